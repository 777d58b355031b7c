// The functions of org.dinobench.torch.nccl.internal.NcclNative. One thread at a time calls them for a communicator.
#include <jni.h>

#include <cstring>
#include <memory>

#include "../src/guarded.h"
#include "communicator.h"

using namespace dinobench;
using namespace dinobench::nccl;

#define DINOBENCH_JNI(type, name) \
    extern "C" JNIEXPORT type JNICALL Java_org_dinobench_torch_nccl_internal_NcclNative_##name

namespace {

Communicator& communicator_of(jlong handle) {
    require(handle != 0, "the communicator is closed");
    return *reinterpret_cast<Communicator*>(handle);
}

void* memory(jlong address, jlong count) {
    require(count >= 0, "negative count");
    require(address != 0 || count == 0, "the tensor has no memory");
    return reinterpret_cast<void*>(address);
}

// The numbers are those of the Java enumeration ElementType.
DataType type_of(jint element) {
    constexpr DataType TYPES[] = {FLOAT32, FLOAT16, BFLOAT16, FLOAT64, INT64};
    require(element >= 0 && element < 5, "unknown element type");
    return TYPES[element];
}

jlong handle_of(Event event) {
    return reinterpret_cast<jlong>(event);
}

class Longs {
public:
    Longs(JNIEnv* env, jlongArray array) : values_(static_cast<std::size_t>(env->GetArrayLength(array))) {
        env->GetLongArrayRegion(array, 0, static_cast<jsize>(values_.size()), values_.data());
    }

    jlong operator[](std::size_t i) const {
        require(i < values_.size(), "the arrays have different lengths");
        return values_[i];
    }

    std::size_t size() const {
        return values_.size();
    }

private:
    std::vector<jlong> values_;
};

class Text {
public:
    Text(JNIEnv* env, jstring text) : env_(env), text_(text), chars_(env->GetStringUTFChars(text, nullptr)) {}
    ~Text() {
        if (chars_ != nullptr) {
            env_->ReleaseStringUTFChars(text_, chars_);
        }
    }
    Text(const Text&) = delete;
    Text& operator=(const Text&) = delete;

    const char* get() const {
        require(chars_ != nullptr, "a name is missing");
        return chars_;
    }

private:
    JNIEnv* env_;
    jstring text_;
    const char* chars_;
};

}  // namespace

DINOBENCH_JNI(jstring, open)(JNIEnv* env, jclass, jstring nccl, jstring cudart) {
    return guarded(env, [&]() -> jstring {
        const std::string problem = nccl::open(Text(env, nccl).get(), Text(env, cudart).get());
        return problem.empty() ? nullptr : env->NewStringUTF(problem.c_str());
    });
}

DINOBENCH_JNI(jint, version)(JNIEnv* env, jclass) {
    return guarded(env, [&]() -> jint {
        int version = 0;
        return api().getVersion(&version) == SUCCESS ? version : 0;
    });
}

DINOBENCH_JNI(jint, devices)(JNIEnv* env, jclass) {
    return guarded(env, [&]() -> jint {
        int count = 0;
        const int code = api().cudaGetDeviceCount(&count);
        if (code != CUDA_SUCCESS) {
            throw CollectiveFailure(api().cudaGetErrorString(code));
        }
        return count;
    });
}

DINOBENCH_JNI(jbyteArray, uniqueId)(JNIEnv* env, jclass) {
    return guarded(env, [&]() -> jbyteArray {
        UniqueId id;
        const int code = api().getUniqueId(&id);
        if (code != SUCCESS) {
            throw CollectiveFailure(std::string("ncclGetUniqueId: ") + api().getErrorString(code));
        }
        jbyteArray bytes = env->NewByteArray(sizeof id.bytes);
        if (bytes != nullptr) {
            env->SetByteArrayRegion(bytes, 0, sizeof id.bytes, reinterpret_cast<const jbyte*>(id.bytes));
        }
        return bytes;
    });
}

DINOBENCH_JNI(jlong, create)(JNIEnv* env, jclass, jbyteArray bytes, jint rank, jint size, jint device) {
    return guarded(env, [&]() -> jlong {
        UniqueId id;
        require(env->GetArrayLength(bytes) == sizeof id.bytes, "an id has 128 bytes");
        env->GetByteArrayRegion(bytes, 0, sizeof id.bytes, reinterpret_cast<jbyte*>(id.bytes));
        return reinterpret_cast<jlong>(std::make_unique<Communicator>(id, rank, size, device).release());
    });
}

DINOBENCH_JNI(jlong, allGather)
(JNIEnv* env, jclass, jlong handle, jlong part, jlong whole, jlong count, jint element) {
    return guarded(env, [&]() -> jlong {
        return handle_of(communicator_of(handle).all_gather(
            memory(part, count), memory(whole, count), static_cast<std::size_t>(count), type_of(element)));
    });
}

DINOBENCH_JNI(jlong, reduceScatter)
(JNIEnv* env, jclass, jlong handle, jlong whole, jlong part, jlong count, jint element) {
    return guarded(env, [&]() -> jlong {
        return handle_of(communicator_of(handle).reduce_scatter(
            memory(whole, count), memory(part, count), static_cast<std::size_t>(count), type_of(element)));
    });
}

DINOBENCH_JNI(jlong, allReduce)(JNIEnv* env, jclass, jlong handle, jlong values, jlong count, jint element) {
    return guarded(env, [&]() -> jlong {
        return handle_of(communicator_of(handle).all_reduce(
            memory(values, count), static_cast<std::size_t>(count), type_of(element)));
    });
}

DINOBENCH_JNI(jlong, broadcast)
(JNIEnv* env, jclass, jlong handle, jlong values, jlong count, jint element, jint root) {
    return guarded(env, [&]() -> jlong {
        return handle_of(communicator_of(handle).broadcast(
            memory(values, count), static_cast<std::size_t>(count), type_of(element), root));
    });
}

DINOBENCH_JNI(jlong, exchange)
(JNIEnv* env, jclass, jlong handle, jlongArray out, jlongArray outBytes, jlongArray in, jlongArray inBytes) {
    return guarded(env, [&]() -> jlong {
        const Longs from(env, out), sent(env, outBytes), to(env, in), received(env, inBytes);
        std::vector<Communicator::Parcel> parcels;
        for (std::size_t peer = 0; peer < from.size(); peer++) {
            parcels.push_back(
                {static_cast<int>(peer), memory(from[peer], sent[peer]), static_cast<std::size_t>(sent[peer]),
                 memory(to[peer], received[peer]), static_cast<std::size_t>(received[peer])});
        }
        return handle_of(communicator_of(handle).exchange(parcels));
    });
}

DINOBENCH_JNI(jboolean, done)(JNIEnv* env, jclass, jlong handle, jlong event) {
    return guarded(env, [&]() -> jboolean {
        return communicator_of(handle).done(reinterpret_cast<Event>(event)) ? JNI_TRUE : JNI_FALSE;
    });
}

DINOBENCH_JNI(void, abort)(JNIEnv* env, jclass, jlong handle) {
    guarded(env, [&] { communicator_of(handle).abort(); });
}

DINOBENCH_JNI(void, close)(JNIEnv* env, jclass, jlong handle) {
    guarded(env, [&] { std::unique_ptr<Communicator> owned(&communicator_of(handle)); });
}
