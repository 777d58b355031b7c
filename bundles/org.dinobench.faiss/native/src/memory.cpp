// Float matrices outside the Java heap: allocated, mapped from a file, or inside a direct buffer of the caller.
#include "guard.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <vector>

using namespace dinobench;

namespace {

constexpr size_t ALIGNMENT = 64;

class File {
public:
    explicit File(const char* path) : descriptor_(open(path, O_RDONLY | O_CLOEXEC)), path_(path) {
        if (descriptor_ < 0) {
            fail("cannot be opened");
        }
    }
    ~File() {
        close(descriptor_);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    int64_t size() const {
        struct stat status;
        if (fstat(descriptor_, &status) != 0) {
            fail("cannot be examined");
        }
        return status.st_size;
    }

    void* map(int64_t offset, size_t length) const {
        void* start = mmap(nullptr, length, PROT_READ, MAP_SHARED, descriptor_, offset);
        if (start == MAP_FAILED) {
            fail("cannot be mapped");
        }
        return start;
    }

private:
    [[noreturn]] void fail(const char* what) const {
        throw faiss::FaissException(path_ + ": " + what + ": " + std::strerror(errno));
    }

    int descriptor_;
    std::string path_;
};

int64_t page_start(int64_t offset) {
    const int64_t page = sysconf(_SC_PAGESIZE);
    return offset / page * page;
}

}  // namespace

DINOBENCH_JNI(jlong, allocate)(JNIEnv* env, jclass, jlong bytes) {
    return guarded(env, [&] {
        require(bytes > 0, "nothing to allocate");
        const size_t rounded = (static_cast<size_t>(bytes) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        void* memory = std::aligned_alloc(ALIGNMENT, rounded);
        if (memory == nullptr) {
            throw std::bad_alloc();
        }
        std::memset(memory, 0, rounded);
        return reinterpret_cast<jlong>(memory);
    });
}

DINOBENCH_JNI(void, release)(JNIEnv*, jclass, jlong address) {
    std::free(reinterpret_cast<void*>(address));
}

// The address of byte `offset` of the file; the mapping starts at the page before it.
DINOBENCH_JNI(jlong, map)(JNIEnv* env, jclass, jstring path, jlong offset, jlong bytes) {
    return guarded(env, [&] {
        require(offset >= 0 && bytes > 0, "the part to map is empty or starts before the file");
        require(offset % static_cast<jlong>(sizeof(float)) == 0, "the vectors do not start at a multiple of 4 bytes");
        Text name(env, path);
        File file(name.c_str());
        require(bytes <= file.size() && offset <= file.size() - bytes, "the file is shorter than the part to map");
        const int64_t start = page_start(offset);
        char* mapped = static_cast<char*>(file.map(start, static_cast<size_t>(bytes + (offset - start))));
        return reinterpret_cast<jlong>(mapped + (offset - start));
    });
}

DINOBENCH_JNI(void, unmap)(JNIEnv*, jclass, jlong address, jlong bytes) {
    const int64_t start = page_start(address);
    munmap(reinterpret_cast<void*>(start), static_cast<size_t>(bytes + (address - start)));
}

DINOBENCH_JNI(jlong, bufferAddress)(JNIEnv* env, jclass, jobject buffer) {
    return guarded(env, [&] {
        require(buffer != nullptr, "null buffer");
        void* address = env->GetDirectBufferAddress(buffer);
        require(address != nullptr, "the buffer is not direct");
        return reinterpret_cast<jlong>(address);
    });
}

DINOBENCH_JNI(void, read)(JNIEnv* env, jclass, jlong address, jfloatArray target, jint from, jint count) {
    guarded(env, [&] {
        env->SetFloatArrayRegion(target, from, count, floats_at(address, count));
    });
}

DINOBENCH_JNI(void, write)(JNIEnv* env, jclass, jlong address, jfloatArray source, jint from, jint count) {
    guarded(env, [&] {
        floats_at(address, count);
        env->GetFloatArrayRegion(source, from, count, reinterpret_cast<jfloat*>(address));
    });
}

DINOBENCH_JNI(void, copy)(JNIEnv* env, jclass, jlong from, jlong to, jlong floats) {
    guarded(env, [&] {
        floats_at(to, floats);
        std::memmove(reinterpret_cast<void*>(to), floats_at(from, floats), static_cast<size_t>(floats) * sizeof(float));
    });
}

// Copies the rows of `from` that `rows` names, one after the other.
DINOBENCH_JNI(void, gather)
(JNIEnv* env, jclass, jlong from, jlong available, jint dimension, jintArray rows, jlong to) {
    guarded(env, [&] {
        require(available >= 0 && dimension > 0 && rows != nullptr, "nothing to gather");
        const jsize count = env->GetArrayLength(rows);
        std::vector<jint> wanted(static_cast<size_t>(count));
        env->GetIntArrayRegion(rows, 0, count, wanted.data());
        checked(env);
        for (jint row : wanted) {
            require(row >= 0 && row < available, "there is no such row");
        }
        const float* source = floats_at(from, available);
        floats_at(to, count);
        float* target = reinterpret_cast<float*>(to);
        for (jsize i = 0; i < count; i++) {
            std::memcpy(
                    target + static_cast<int64_t>(i) * dimension,
                    source + static_cast<int64_t>(wanted[static_cast<size_t>(i)]) * dimension,
                    static_cast<size_t>(dimension) * sizeof(float));
        }
    });
}

// The first row with a NaN or an infinity, or -1.
DINOBENCH_JNI(jlong, firstNotFinite)(JNIEnv* env, jclass, jlong address, jlong rows, jint dimension) {
    return guarded(env, [&]() -> jlong {
        require(rows >= 0 && dimension > 0, "negative count");
        const float* values = floats_at(address, rows);
        int64_t first = rows;
#pragma omp parallel for reduction(min : first) schedule(static) if (rows * dimension > 65536)
        for (int64_t row = 0; row < rows; row++) {
            const float* vector = values + row * dimension;
            // x * 0 is 0 for finite numbers alone, and the sum keeps a NaN.
            float sum = 0;
            for (int column = 0; column < dimension; column++) {
                sum += vector[column] * 0.0f;
            }
            if (!(sum == 0.0f) && row < first) {
                first = row;
            }
        }
        return first == rows ? -1 : first;
    });
}

// Every row divided by its length; rows of length zero stay.
DINOBENCH_JNI(void, normalize)(JNIEnv* env, jclass, jlong address, jlong rows, jint dimension) {
    guarded(env, [&] {
        require(rows >= 0 && dimension > 0, "negative count");
        floats_at(address, rows);
        float* values = reinterpret_cast<float*>(address);
#pragma omp parallel for schedule(static) if (rows * dimension > 65536)
        for (int64_t row = 0; row < rows; row++) {
            float* vector = values + row * dimension;
            double squares = 0;
            for (int column = 0; column < dimension; column++) {
                squares += static_cast<double>(vector[column]) * vector[column];
            }
            if (squares > 0) {
                const float scale = static_cast<float>(1.0 / std::sqrt(squares));
                for (int column = 0; column < dimension; column++) {
                    vector[column] *= scale;
                }
            }
        }
    });
}
