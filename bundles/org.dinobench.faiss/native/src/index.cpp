// The life of an index: made, trained, filled, tuned, written and read.
#include "guard.h"
#include "parallel_flat.h"

#include <faiss/AutoTune.h>
#include <faiss/IndexFlat.h>
#include <faiss/IndexIVF.h>
#include <faiss/IndexIDMap.h>
#include <faiss/IndexPreTransform.h>
#include <faiss/IndexRefine.h>
#include <faiss/index_factory.h>
#include <faiss/index_io.h>

#include <cstdint>
#include <memory>
#include <vector>

using namespace dinobench;

namespace {

// The inverted file inside wrappers, or null.
faiss::IndexIVF* inverted_file(faiss::Index* index) {
    if (auto* mapped = dynamic_cast<faiss::IndexIDMap*>(index)) {
        return inverted_file(mapped->index);
    }
    if (auto* transformed = dynamic_cast<faiss::IndexPreTransform*>(index)) {
        return inverted_file(transformed->index);
    }
    if (auto* refined = dynamic_cast<faiss::IndexRefine*>(index)) {
        return inverted_file(refined->base_index);
    }
    return dynamic_cast<faiss::IndexIVF*>(index);
}

struct Silent : AssignmentIndex::Listener {
    void poll() override {}
    void passed(double) override {}
};

// Lets the clustering inside the training of an inverted file use all threads, as long as this object lives.
class ParallelTraining {
public:
    explicit ParallelTraining(faiss::Index* index) : file_(inverted_file(index)) {
        const bool flat = file_ != nullptr && dynamic_cast<faiss::IndexFlat*>(file_->quantizer) != nullptr &&
                file_->quantizer_trains_alone == 0 && file_->clustering_index == nullptr && !file_->is_trained;
        if (!flat) {
            file_ = nullptr;
            return;
        }
        centroids_ = std::make_unique<faiss::IndexFlat>(file_->d, file_->metric_type);
        assignment_ = std::make_unique<AssignmentIndex>(*centroids_, silent_);
        file_->clustering_index = assignment_.get();
    }
    ~ParallelTraining() {
        if (file_ != nullptr) {
            file_->clustering_index = nullptr;
        }
    }
    ParallelTraining(const ParallelTraining&) = delete;
    ParallelTraining& operator=(const ParallelTraining&) = delete;

private:
    faiss::IndexIVF* file_;
    Silent silent_;
    std::unique_ptr<faiss::IndexFlat> centroids_;
    std::unique_ptr<AssignmentIndex> assignment_;
};

}  // namespace

DINOBENCH_JNI(jlong, create)(JNIEnv* env, jclass, jint dimension, jstring description, jboolean inner_product) {
    return guarded(env, [&] {
        require(dimension > 0, "the dimension must be positive");
        Text text(env, description);
        const auto metric = inner_product ? faiss::METRIC_INNER_PRODUCT : faiss::METRIC_L2;
        return reinterpret_cast<jlong>(faiss::index_factory(dimension, text.c_str(), metric));
    });
}

DINOBENCH_JNI(void, free)(JNIEnv*, jclass, jlong handle) {
    delete reinterpret_cast<faiss::Index*>(handle);
}

DINOBENCH_JNI(jlong, size)(JNIEnv* env, jclass, jlong handle) {
    return guarded(env, [&] { return static_cast<jlong>(index_of(handle).ntotal); });
}

DINOBENCH_JNI(jint, dimension)(JNIEnv* env, jclass, jlong handle) {
    return guarded(env, [&] { return static_cast<jint>(index_of(handle).d); });
}

DINOBENCH_JNI(jint, metric)(JNIEnv* env, jclass, jlong handle) {
    return guarded(env, [&] { return static_cast<jint>(index_of(handle).metric_type); });
}

DINOBENCH_JNI(jboolean, isTrained)(JNIEnv* env, jclass, jlong handle) {
    return guarded(env, [&] { return static_cast<jboolean>(index_of(handle).is_trained); });
}

DINOBENCH_JNI(void, train)(JNIEnv* env, jclass, jlong handle, jlong vectors, jlong rows) {
    guarded(env, [&] {
        auto& index = index_of(handle);
        ParallelTraining parallel(&index);
        index.train(rows, floats_at(vectors, rows));
    });
}

DINOBENCH_JNI(void, add)(JNIEnv* env, jclass, jlong handle, jlong vectors, jlong rows) {
    guarded(env, [&] {
        auto& index = index_of(handle);
        index.add(rows, floats_at(vectors, rows));
    });
}

DINOBENCH_JNI(void, addWithIds)(JNIEnv* env, jclass, jlong handle, jlong vectors, jlongArray ids) {
    guarded(env, [&] {
        auto& index = index_of(handle);
        require(ids != nullptr, "null ids");
        const jsize rows = env->GetArrayLength(ids);
        std::vector<jlong> copy(static_cast<size_t>(rows));
        env->GetLongArrayRegion(ids, 0, rows, copy.data());
        checked(env);
        static_assert(sizeof(jlong) == sizeof(faiss::Index::idx_t), "ids are 64-bit");
        index.add_with_ids(
                rows, floats_at(vectors, rows), reinterpret_cast<const faiss::Index::idx_t*>(copy.data()));
    });
}

DINOBENCH_JNI(void, reconstruct)(JNIEnv* env, jclass, jlong handle, jlong id, jfloatArray target) {
    guarded(env, [&] {
        auto& index = index_of(handle);
        if (auto* file = inverted_file(&index)) {
            file->make_direct_map(true);
        }
        std::vector<float> vector(static_cast<size_t>(index.d));
        index.reconstruct(id, vector.data());
        env->SetFloatArrayRegion(target, 0, index.d, vector.data());
    });
}

DINOBENCH_JNI(void, setParameter)(JNIEnv* env, jclass, jlong handle, jstring name, jdouble value) {
    guarded(env, [&] {
        Text text(env, name);
        faiss::ParameterSpace().set_index_parameter(&index_of(handle), text.c_str(), value);
    });
}

DINOBENCH_JNI(void, writeFile)(JNIEnv* env, jclass, jlong handle, jstring path) {
    guarded(env, [&] {
        Text text(env, path);
        faiss::write_index(&index_of(handle), text.c_str());
    });
}

DINOBENCH_JNI(jlong, readFile)(JNIEnv* env, jclass, jstring path, jboolean mapped) {
    return guarded(env, [&] {
        Text text(env, path);
        return reinterpret_cast<jlong>(faiss::read_index(text.c_str(), mapped ? faiss::IO_FLAG_MMAP : 0));
    });
}
