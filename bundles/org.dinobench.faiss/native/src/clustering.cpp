// k-means with progress, cancel, weights and a start that can be given.
#include "guard.h"
#include "parallel_flat.h"

#include <faiss/Clustering.h>
#include <faiss/IndexFlat.h>

#include <algorithm>
#include <limits>
#include <vector>

using namespace dinobench;

namespace {

// Hands each finished pass to the Java object, ends the clustering when it says so, and shares the points out when the
// object stands for one of several processes.
class JavaListener : public AssignmentIndex::Listener {
public:
    JavaListener(JNIEnv* env, jobject listener) : env_(env), listener_(listener) {
        require(listener != nullptr, "null listener");
        jclass type = env->GetObjectClass(listener);
        stopped_ = env->GetMethodID(type, "isStopped", "()Z");
        passed_ = stopped_ == nullptr ? nullptr : env->GetMethodID(type, "passed", "(D)V");
        rank_ = passed_ == nullptr ? nullptr : env->GetMethodID(type, "rank", "()I");
        size_ = rank_ == nullptr ? nullptr : env->GetMethodID(type, "size", "()I");
        exchange_ = size_ == nullptr
                ? nullptr
                : env->GetMethodID(type, "exchange", "(Ljava/nio/ByteBuffer;Ljava/nio/ByteBuffer;I)V");
        checked(env);
    }
    void poll() override {
        const bool stop = env_->CallBooleanMethod(listener_, stopped_);
        checked(env_);
        if (stop) {
            throw Cancelled();
        }
    }
    void passed(double objective) override {
        env_->CallVoidMethod(listener_, passed_, static_cast<jdouble>(objective));
        checked(env_);
        poll();
    }

    void part(idx_t n, idx_t& from, idx_t& count) override {
        const jint size = env_->CallIntMethod(listener_, size_);
        checked(env_);
        const jint rank = env_->CallIntMethod(listener_, rank_);
        checked(env_);
        const idx_t share = share_of(n, size);
        from = std::min(n, share * rank);
        count = std::min(n - from, share);
    }
    void exchange(idx_t n, float* distances, idx_t* labels) override {
        const jint size = env_->CallIntMethod(listener_, size_);
        checked(env_);
        if (size == 1) {
            return;
        }
        jobject first = env_->NewDirectByteBuffer(distances, static_cast<jlong>(n) * sizeof(float));
        jobject second = first == nullptr ? nullptr : env_->NewDirectByteBuffer(labels, static_cast<jlong>(n) * sizeof(idx_t));
        checked(env_);
        env_->CallVoidMethod(listener_, exchange_, first, second, static_cast<jint>(share_of(n, size)));
        checked(env_);
        env_->DeleteLocalRef(first);
        env_->DeleteLocalRef(second);
    }

private:
    // Rows of each process but the last ones: whole blocks.
    static idx_t share_of(idx_t n, jint size) {
        const idx_t blocks = (n + BLOCK - 1) / BLOCK;
        return (blocks + size - 1) / size * BLOCK;
    }

    JNIEnv* env_;
    jobject listener_;
    jmethodID stopped_;
    jmethodID passed_;
    jmethodID rank_;
    jmethodID size_;
    jmethodID exchange_;
};

}  // namespace

// `centroids` (k x d) holds the start when `started`, and the result afterwards.
DINOBENCH_JNI(void, kmeans)
(JNIEnv* env,
 jclass,
 jlong points,
 jlong rows,
 jint dimension,
 jint k,
 jint iterations,
 jboolean spherical,
 jint seed,
 jint runs,
 jfloatArray weights,
 jfloatArray centroids,
 jboolean started,
 jobject listener) {
    guarded(env, [&] {
        require(dimension > 0 && k > 0 && iterations > 0 && runs > 0, "sizes must be positive");
        require(rows >= k, "fewer points than clusters");
        const int64_t values = static_cast<int64_t>(k) * dimension;
        require(centroids != nullptr && env->GetArrayLength(centroids) == values, "wrong size of the centroids");
        std::vector<float> weight;
        if (weights != nullptr) {
            require(env->GetArrayLength(weights) == rows, "wrong number of weights");
            weight.resize(static_cast<size_t>(rows));
            env->GetFloatArrayRegion(weights, 0, static_cast<jsize>(rows), weight.data());
            checked(env);
        }
        faiss::ClusteringParameters parameters;
        parameters.niter = iterations;
        parameters.nredo = runs;
        parameters.spherical = spherical;
        parameters.seed = seed;
        parameters.min_points_per_centroid = 1;
        // Sampling is the caller's, who knows which points were taken.
        parameters.max_points_per_centroid = static_cast<int>(
                std::min<jlong>(rows / k + 1, std::numeric_limits<int>::max()));
        faiss::Clustering clustering(dimension, k, parameters);
        if (started) {
            clustering.centroids.resize(static_cast<size_t>(values));
            env->GetFloatArrayRegion(centroids, 0, static_cast<jsize>(values), clustering.centroids.data());
            checked(env);
        }
        faiss::IndexFlat flat(dimension, spherical ? faiss::METRIC_INNER_PRODUCT : faiss::METRIC_L2);
        JavaListener passes(env, listener);
        AssignmentIndex assignment(flat, passes);
        clustering.train(rows, floats_at(points, rows), assignment, weights == nullptr ? nullptr : weight.data());
        env->SetFloatArrayRegion(centroids, 0, static_cast<jsize>(values), clustering.centroids.data());
    });
}
