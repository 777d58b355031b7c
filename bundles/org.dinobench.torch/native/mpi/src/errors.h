// What the JNI functions of this library share: C++ exceptions become Java exceptions, MPI error codes become
// exceptions with MPI's own words.
#pragma once
#include <jni.h>
#include <mpi.h>

#include <new>
#include <stdexcept>
#include <string>

namespace dinobench {

// A collective operation did not succeed; nothing may be sent in this process any more.
class CollectiveFailure : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

inline std::string mpi_text(int code) {
    char text[MPI_MAX_ERROR_STRING];
    int length = 0;
    if (MPI_Error_string(code, text, &length) != MPI_SUCCESS) {
        return "MPI error " + std::to_string(code);
    }
    return std::string(text, static_cast<std::size_t>(length));
}

inline void check(int code, const char* call) {
    if (code != MPI_SUCCESS) {
        throw CollectiveFailure(std::string(call) + ": " + mpi_text(code));
    }
}

inline void require(bool condition, const char* message) {
    if (!condition) {
        throw std::invalid_argument(message);
    }
}

inline void raise(JNIEnv* env, const char* type, const char* message) {
    if (env->ExceptionCheck()) {
        return;
    }
    jclass found = env->FindClass(type);
    if (found != nullptr) {
        env->ThrowNew(found, message);
    }
}

// Runs a body and turns whatever it throws into a Java exception; then the value returned is meaningless.
template <class Body>
auto guarded(JNIEnv* env, Body body) -> decltype(body()) {
    using Result = decltype(body());
    try {
        return body();
    } catch (const CollectiveFailure& error) {
        raise(env, "org/dinobench/torch/collective/CollectiveException", error.what());
    } catch (const std::bad_alloc&) {
        raise(env, "java/lang/OutOfMemoryError", "no native memory for a collective operation");
    } catch (const std::invalid_argument& error) {
        raise(env, "java/lang/IllegalArgumentException", error.what());
    } catch (const std::exception& error) {
        raise(env, "java/lang/IllegalStateException", error.what());
    }
    return Result();
}

}  // namespace dinobench
