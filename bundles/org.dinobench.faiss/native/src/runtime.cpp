// Version and threads of the library.
#include "guard.h"

#include <omp.h>

#include <faiss/utils/utils.h>

using namespace dinobench;

extern "C" void openblas_set_num_threads(int);

jint JNI_OnLoad(JavaVM*, void*) {
    // Work is shared out by queries, above the matrix multiplications; threads below them would only be in the way.
    openblas_set_num_threads(1);
    return JNI_VERSION_10;
}

DINOBENCH_JNI(jstring, version)(JNIEnv* env, jclass) {
    const std::string version = std::to_string(FAISS_VERSION_MAJOR) + "." + std::to_string(FAISS_VERSION_MINOR) + "." +
            std::to_string(FAISS_VERSION_PATCH);
    return env->NewStringUTF(version.c_str());
}

DINOBENCH_JNI(jstring, compileOptions)(JNIEnv* env, jclass) {
    return guarded(env, [&] { return env->NewStringUTF(faiss::get_compile_options().c_str()); });
}

// OpenMP keeps the number for each calling thread by itself: Java sets it before each call that computes and puts the
// old one back, so that others in the process keep theirs. Returns the number before.
DINOBENCH_JNI(jint, useThreads)(JNIEnv*, jclass, jint threads) {
    const jint before = omp_get_max_threads();
    if (threads > 0 && before != threads) {
        omp_set_num_threads(threads);
    }
    return before;
}
