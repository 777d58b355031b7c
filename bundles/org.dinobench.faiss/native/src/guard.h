// What every JNI function of this library shares: C++ exceptions become Java exceptions, Java strings and arrays
// are held for no longer than the call, and arguments that Java passes are checked once more where a wrong one would
// crash.
#pragma once
#include <jni.h>

#include <faiss/Index.h>
#include <faiss/impl/FaissException.h>

#include <new>
#include <stdexcept>
#include <string>

#define DINOBENCH_JNI(type, name) extern "C" JNIEXPORT type JNICALL Java_org_dinobench_faiss_internal_Native_##name

namespace dinobench {

// Thrown when a Java exception is pending and the C++ frames between only have to unwind.
struct PendingJavaException {};

// Thrown when the caller asked for the end of a long computation.
struct Cancelled {};

inline void raise(JNIEnv* env, const char* type, const char* message) {
    if (env->ExceptionCheck()) {
        return;
    }
    jclass found = env->FindClass(type);
    if (found != nullptr) {
        env->ThrowNew(found, message);
    }
}

inline constexpr const char* FAISS_EXCEPTION = "org/dinobench/faiss/FaissException";
inline constexpr const char* STOPPED_EXCEPTION = "org/dinobench/core/problem/StoppedException";

// Runs a body and turns whatever it throws into a Java exception; then the value returned is meaningless.
template <class Body>
auto guarded(JNIEnv* env, Body body) -> decltype(body()) {
    using Result = decltype(body());
    try {
        return body();
    } catch (const PendingJavaException&) {
    } catch (const Cancelled&) {
        raise(env, STOPPED_EXCEPTION, "Stopped on request");
    } catch (const std::bad_alloc&) {
        raise(env, "java/lang/OutOfMemoryError", "Faiss could not allocate native memory");
    } catch (const std::length_error& error) {
        raise(env, "java/lang/IllegalArgumentException", error.what());
    } catch (const std::invalid_argument& error) {
        raise(env, "java/lang/IllegalArgumentException", error.what());
    } catch (const std::exception& error) {
        raise(env, FAISS_EXCEPTION, error.what());
    } catch (...) {
        raise(env, FAISS_EXCEPTION, "unknown native exception");
    }
    return Result();
}

inline void require(bool condition, const char* message) {
    if (!condition) {
        throw std::invalid_argument(message);
    }
}

inline faiss::Index& index_of(jlong handle) {
    require(handle != 0, "the index is closed");
    return *reinterpret_cast<faiss::Index*>(handle);
}

inline const float* floats_at(jlong address, jlong count) {
    require(count >= 0, "negative count");
    require(address != 0 || count == 0, "the vectors have no memory");
    return reinterpret_cast<const float*>(address);
}

inline void checked(JNIEnv* env) {
    if (env->ExceptionCheck()) {
        throw PendingJavaException();
    }
}

// A Java string as UTF-8 for the time of one call.
class Text {
public:
    Text(JNIEnv* env, jstring string) : env_(env), string_(string) {
        require(string != nullptr, "null string");
        characters_ = env->GetStringUTFChars(string, nullptr);
        if (characters_ == nullptr) {
            throw PendingJavaException();
        }
    }
    ~Text() {
        env_->ReleaseStringUTFChars(string_, characters_);
    }
    Text(const Text&) = delete;
    Text& operator=(const Text&) = delete;
    const char* c_str() const {
        return characters_;
    }

private:
    JNIEnv* env_;
    jstring string_;
    const char* characters_;
};

}  // namespace dinobench
