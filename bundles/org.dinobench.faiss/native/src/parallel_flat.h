// Search with the queries shared out over the threads in blocks of a fixed size.
#pragma once
#include "guard.h"

#include <functional>

namespace dinobench {

using idx_t = faiss::Index::idx_t;

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
