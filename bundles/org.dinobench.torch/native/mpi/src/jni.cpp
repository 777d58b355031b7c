// The functions of org.dinobench.torch.mpi.internal.MpiNative. One thread at a time calls them.
#include <jni.h>
#include <mpi.h>

#include <dlfcn.h>
#include <signal.h>

#include <memory>
#include <string>

#include "collectives.h"
#include "errors.h"
#include "guarded.h"

using namespace dinobench;

#define DINOBENCH_JNI(type, name) \
    extern "C" JNIEXPORT type JNICALL Java_org_dinobench_torch_mpi_internal_MpiNative_##name

namespace {

// MPI may install handlers for these; the Java machine lives on its own.
constexpr int SIGNALS[] = {SIGABRT, SIGBUS, SIGFPE, SIGSEGV};
constexpr int SIGNAL_COUNT = sizeof(SIGNALS) / sizeof(SIGNALS[0]);

class KeptSignals {
public:
    KeptSignals() {
        for (int i = 0; i < SIGNAL_COUNT; i++) {
            sigaction(SIGNALS[i], nullptr, &actions_[i]);
        }
    }
    ~KeptSignals() {
        for (int i = 0; i < SIGNAL_COUNT; i++) {
            sigaction(SIGNALS[i], &actions_[i], nullptr);
        }
    }
    KeptSignals(const KeptSignals&) = delete;
    KeptSignals& operator=(const KeptSignals&) = delete;

private:
    struct sigaction actions_[SIGNAL_COUNT];
};

Group& group_of(jlong handle) {
    require(handle != 0, "the group is closed");
    return *reinterpret_cast<Group*>(handle);
}

char* memory(jlong address, jlong count) {
    require(count >= 0, "negative count");
    require(address != 0 || count == 0, "the tensor has no memory");
    return reinterpret_cast<char*>(address);
}

Element element_of(jint number) {
    require(number >= 0 && number <= static_cast<jint>(Element::INT64), "unknown element type");
    return static_cast<Element>(number);
}

Limits limits_of(jint chunk, jdouble seconds) {
    require(chunk >= 64, "a chunk has at least 64 bytes");
    return {static_cast<std::size_t>(chunk) / 64 * 64, seconds};
}

jlong handle_of(MPI_Comm comm) {
    return reinterpret_cast<jlong>(std::make_unique<Group>(comm).release());
}

}  // namespace

DINOBENCH_JNI(jint, init)(JNIEnv* env, jclass) {
    return guarded(env, [&]() -> jint {
        // Open MPI's plug-ins look its symbols up globally, while Java loads libraries locally.
        if (dlopen("libmpi.so.40", RTLD_NOW | RTLD_GLOBAL) == nullptr) {
            throw CollectiveFailure(dlerror());
        }
        KeptSignals kept;
        int provided = MPI_THREAD_SINGLE;
        check(MPI_Init_thread(nullptr, nullptr, MPI_THREAD_SERIALIZED, &provided), "MPI_Init_thread");
        if (provided < MPI_THREAD_SERIALIZED) {
            throw CollectiveFailure("this MPI library does not allow threads");
        }
        check(MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN), "MPI_Comm_set_errhandler");
        return provided;
    });
}

DINOBENCH_JNI(jstring, version)(JNIEnv* env, jclass) {
    return guarded(env, [&]() -> jstring {
        char text[MPI_MAX_LIBRARY_VERSION_STRING];
        int length = 0;
        check(MPI_Get_library_version(text, &length), "MPI_Get_library_version");
        return env->NewStringUTF(text);
    });
}

DINOBENCH_JNI(jlong, world)(JNIEnv* env, jclass) {
    return guarded(env, [&]() -> jlong {
        MPI_Comm comm;
        check(MPI_Comm_dup(MPI_COMM_WORLD, &comm), "MPI_Comm_dup");
        return handle_of(comm);
    });
}

DINOBENCH_JNI(jlong, split)(JNIEnv* env, jclass, jlong group, jint color, jint key) {
    return guarded(env, [&]() -> jlong {
        require(color >= 0, "a color is not negative");
        MPI_Comm comm;
        check(MPI_Comm_split(group_of(group).comm, color, key, &comm), "MPI_Comm_split");
        return handle_of(comm);
    });
}

DINOBENCH_JNI(jlong, splitNode)(JNIEnv* env, jclass, jlong group) {
    return guarded(env, [&]() -> jlong {
        Group& all = group_of(group);
        MPI_Comm comm;
        check(
            MPI_Comm_split_type(all.comm, MPI_COMM_TYPE_SHARED, all.rank, MPI_INFO_NULL, &comm),
            "MPI_Comm_split_type");
        return handle_of(comm);
    });
}

DINOBENCH_JNI(void, free)(JNIEnv* env, jclass, jlong group) {
    guarded(env, [&] {
        std::unique_ptr<Group> owned(&group_of(group));
        check(MPI_Comm_free(&owned->comm), "MPI_Comm_free");
    });
}

DINOBENCH_JNI(jint, rank)(JNIEnv* env, jclass, jlong group) {
    return guarded(env, [&]() -> jint { return group_of(group).rank; });
}

DINOBENCH_JNI(jint, size)(JNIEnv* env, jclass, jlong group) {
    return guarded(env, [&]() -> jint { return group_of(group).size; });
}

DINOBENCH_JNI(void, allGather)
(JNIEnv* env, jclass, jlong group, jlong part, jlong whole, jlong bytes, jint chunk, jdouble seconds) {
    guarded(env, [&] {
        all_gather(
            group_of(group), memory(part, bytes), memory(whole, bytes), static_cast<std::size_t>(bytes),
            limits_of(chunk, seconds));
    });
}

DINOBENCH_JNI(void, reduceScatter)
(JNIEnv* env, jclass, jlong group, jlong whole, jlong part, jlong count, jint element, jint chunk, jdouble seconds) {
    guarded(env, [&] {
        reduce_scatter(
            group_of(group), memory(whole, count), memory(part, count), static_cast<std::size_t>(count),
            element_of(element), limits_of(chunk, seconds));
    });
}

DINOBENCH_JNI(void, allReduce)
(JNIEnv* env, jclass, jlong group, jlong values, jlong count, jint element, jint chunk, jdouble seconds) {
    guarded(env, [&] {
        all_reduce(
            group_of(group), memory(values, count), static_cast<std::size_t>(count), element_of(element),
            limits_of(chunk, seconds));
    });
}

DINOBENCH_JNI(void, broadcast)
(JNIEnv* env, jclass, jlong group, jlong values, jlong count, jint element, jint root, jint chunk, jdouble seconds) {
    guarded(env, [&] {
        broadcast(
            group_of(group), memory(values, count), static_cast<std::size_t>(count), element_of(element), root,
            limits_of(chunk, seconds));
    });
}

DINOBENCH_JNI(void, barrier)(JNIEnv* env, jclass, jlong group, jdouble seconds) {
    guarded(env, [&] { barrier(group_of(group), limits_of(64, seconds)); });
}

DINOBENCH_JNI(void, finish)(JNIEnv* env, jclass) {
    guarded(env, [&] { check(MPI_Finalize(), "MPI_Finalize"); });
}
