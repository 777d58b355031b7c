// Nearest neighbours and everything within a radius.
#include "guard.h"
#include "parallel_flat.h"

#include <faiss/impl/AuxIndexStructures.h>

#include <limits>
#include <vector>

using namespace dinobench;

DINOBENCH_JNI(void, search)
(JNIEnv* env, jclass, jlong handle, jlong queries, jint rows, jint k, jfloatArray distances, jlongArray labels) {
    guarded(env, [&] {
        auto& index = index_of(handle);
        require(k > 0 && rows >= 0, "k must be positive and the number of queries not negative");
        const int64_t results = static_cast<int64_t>(rows) * k;
        require(results <= std::numeric_limits<jint>::max(), "too many results for one call");
        require(distances != nullptr && env->GetArrayLength(distances) >= results, "distances too short");
        require(labels != nullptr && env->GetArrayLength(labels) >= results, "labels too short");
        std::vector<float> found(static_cast<size_t>(results));
        std::vector<idx_t> ids(static_cast<size_t>(results));
        search_in_blocks(index, rows, floats_at(queries, rows), k, found.data(), ids.data(), [] {});
        env->SetFloatArrayRegion(distances, 0, static_cast<jsize>(results), found.data());
        checked(env);
        env->SetLongArrayRegion(labels, 0, static_cast<jsize>(results), reinterpret_cast<const jlong*>(ids.data()));
    });
}

// Fills `limits` (rows + 1 offsets) and returns {float[] distances, long[] labels}; throws where there are more than
// `most` results.
DINOBENCH_JNI(jobjectArray, rangeSearch)
(JNIEnv* env, jclass, jlong handle, jlong queries, jint rows, jfloat radius, jlong most, jlongArray limits) {
    return guarded(env, [&]() -> jobjectArray {
        auto& index = index_of(handle);
        require(rows >= 0, "negative number of queries");
        require(limits != nullptr && env->GetArrayLength(limits) >= rows + 1, "limits too short");
        faiss::RangeSearchResult result(rows);
        if (rows > 0) {
            index.range_search(rows, floats_at(queries, rows), radius, &result);
        }
        std::vector<jlong> offsets(result.lims, result.lims + rows + 1);
        const jlong total = offsets.back();
        require(total <= most, "the radius takes in more results than the limit that was given");
        env->SetLongArrayRegion(limits, 0, rows + 1, offsets.data());
        checked(env);
        const auto count = static_cast<jsize>(total);
        jfloatArray distances = env->NewFloatArray(count);
        jlongArray labels = distances == nullptr ? nullptr : env->NewLongArray(count);
        jclass type = labels == nullptr ? nullptr : env->FindClass("java/lang/Object");
        jobjectArray both = type == nullptr ? nullptr : env->NewObjectArray(2, type, nullptr);
        checked(env);
        env->SetFloatArrayRegion(distances, 0, count, result.distances);
        env->SetLongArrayRegion(labels, 0, count, reinterpret_cast<const jlong*>(result.labels));
        env->SetObjectArrayElement(both, 0, distances);
        env->SetObjectArrayElement(both, 1, labels);
        return both;
    });
}
