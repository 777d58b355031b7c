// C++ exceptions become Java exceptions.
#pragma once
#include <jni.h>

#include <new>
#include <stdexcept>

#include "failure.h"

namespace dinobench {

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
