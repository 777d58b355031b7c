// Search with the queries shared out over the threads in blocks of a fixed size.
#pragma once
#include "guard.h"

#include <functional>

namespace dinobench {

using idx_t = faiss::Index::idx_t;

// Large enough for the matrix multiplication to run at full speed, small enough for a few thousand queries to keep
// all cores busy.
constexpr idx_t BLOCK = 512;

// Searches `index` for the k nearest neighbours of n queries. The blocks do not depend on the number of threads, so
// the results do not either. `poll` is called by the calling thread between blocks and may throw.
void search_in_blocks(
        const faiss::Index& index,
        idx_t n,
        const float* queries,
        idx_t k,
        float* distances,
        idx_t* labels,
        const std::function<void()>& poll);

// An index that k-means assigns its points by: it searches in blocks, tells of each pass over the points, and is
// where a request to stop is noticed.
class AssignmentIndex : public faiss::Index {
public:
    struct Listener {
        virtual ~Listener() = default;
        // Called often; throws to end the clustering.
        virtual void poll() = 0;
        // A pass over all points is done; the sum of their distances (or similarities) to the nearest centroid.
        virtual void passed(double objective) = 0;
        // The part of n rows that this process searches. Parts of several processes start at multiples of BLOCK, so
        // that the blocks, and with them the results, are those of one process.
        virtual void part(idx_t n, idx_t& from, idx_t& count) {
            from = 0;
            count = n;
        }
        // Called after the own part was searched: fills in the rows that others searched.
        virtual void exchange(idx_t n, float* distances, idx_t* labels) {}
    };

    AssignmentIndex(faiss::Index& inner, Listener& listener);
    void add(idx_t n, const float* vectors) override;
    void reset() override;
    void search(
            idx_t n,
            const float* queries,
            idx_t k,
            float* distances,
            idx_t* labels,
            const faiss::SearchParameters* parameters = nullptr) const override;

private:
    faiss::Index& inner_;
    Listener& listener_;
};

}  // namespace dinobench
