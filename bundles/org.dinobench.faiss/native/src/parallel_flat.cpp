#include "parallel_flat.h"

#include <omp.h>

#include <algorithm>
#include <atomic>
#include <exception>

namespace dinobench {

namespace {

// The first exception of any thread: none may leave a parallel region.
class FirstFailure {
public:
    template <class Body>
    void run(Body body) {
        if (failed_.load(std::memory_order_relaxed)) {
            return;
        }
        try {
            body();
        } catch (...) {
            bool expected = false;
            if (claimed_.compare_exchange_strong(expected, true)) {
                failure_ = std::current_exception();
            }
            failed_.store(true);
        }
    }
    void rethrow() const {
        if (failure_) {
            std::rethrow_exception(failure_);
        }
    }

private:
    std::atomic<bool> failed_{false};
    std::atomic<bool> claimed_{false};
    std::exception_ptr failure_;
};

}  // namespace

void search_in_blocks(
        const faiss::Index& index,
        idx_t n,
        const float* queries,
        idx_t k,
        float* distances,
        idx_t* labels,
        const std::function<void()>& poll) {
    const idx_t blocks = (n + BLOCK - 1) / BLOCK;
    FirstFailure failure;
#pragma omp parallel for schedule(dynamic) if (blocks > 1)
    for (idx_t block = 0; block < blocks; block++) {
        failure.run([&] {
            if (omp_get_thread_num() == 0) {
                poll();
            }
            const idx_t from = block * BLOCK;
            const idx_t count = std::min(BLOCK, n - from);
            index.search(count, queries + from * index.d, k, distances + from * k, labels + from * k);
        });
    }
    failure.rethrow();
}

AssignmentIndex::AssignmentIndex(faiss::Index& inner, Listener& listener)
        : faiss::Index(inner.d, inner.metric_type), inner_(inner), listener_(listener) {
    is_trained = inner.is_trained;
    ntotal = inner.ntotal;
}

void AssignmentIndex::add(idx_t n, const float* vectors) {
    inner_.add(n, vectors);
    ntotal = inner_.ntotal;
}

void AssignmentIndex::reset() {
    inner_.reset();
    ntotal = 0;
}

void AssignmentIndex::search(
        idx_t n,
        const float* queries,
        idx_t k,
        float* distances,
        idx_t* labels,
        const faiss::SearchParameters*) const {
    idx_t from = 0;
    idx_t count = n;
    listener_.part(n, from, count);
    search_in_blocks(
            inner_, count, queries + from * d, k, distances + from * k, labels + from * k, [this] { listener_.poll(); });
    listener_.exchange(n * k, distances, labels);
    double objective = 0;
    for (idx_t i = 0; i < n * k; i++) {
        objective += distances[i];
    }
    listener_.passed(objective);
}

}  // namespace dinobench
