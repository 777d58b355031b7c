#include "collectives.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "errors.h"

namespace dinobench {
namespace {

// Two chunks are under way at a time; more memory than this is not taken for what arrives to be summed.
constexpr std::size_t SCRATCH_LIMIT = std::size_t{64} << 20;

// What is only summed travels in messages that the caches hold twice.
constexpr std::size_t SUMMED = std::size_t{1} << 20;

enum Kind { ALL_GATHER = 1, REDUCE_SCATTER, ALL_REDUCE, BROADCAST, BARRIER };

int begin(Group& group, Kind kind, int detail) {
    group.operations++;
    return static_cast<int>((group.operations & 0xfffffu) << 8) | (kind << 4) | detail;
}

// A tensor of `count` elements in blocks, one for each rank, that differ by one element at most.
class Blocks {
public:
    Blocks(std::size_t count, int ranks, std::size_t width)
        : share_(count / ranks), rest_(count % ranks), width_(width) {}

    std::size_t offset(int rank) const {
        return (share_ * rank + std::min<std::size_t>(rank, rest_)) * width_;
    }

    std::size_t bytes(int rank) const {
        return (share_ + (static_cast<std::size_t>(rank) < rest_ ? 1 : 0)) * width_;
    }

    std::size_t longest() const {
        return bytes(0);
    }

private:
    std::size_t share_;
    std::size_t rest_;
    std::size_t width_;
};

// The same for a sum that every rank takes of the whole tensor.
class Copies {
public:
    explicit Copies(std::size_t bytes) : bytes_(bytes) {}

    std::size_t offset(int) const {
        return 0;
    }

    std::size_t bytes(int) const {
        return bytes_;
    }

    std::size_t longest() const {
        return bytes_;
    }

private:
    std::size_t bytes_;
};

// What of a block of `bytes` lies in the chunk that begins at `from`.
std::size_t within(std::size_t bytes, std::size_t from, std::size_t chunk) {
    return from >= bytes ? 0 : std::min(chunk, bytes - from);
}

// Posts chunk after chunk, one ahead of the one that is finished.
template <class Post, class Finish>
void pipeline(const Group& group, std::size_t bytes, std::size_t chunk, Watch& watch, Post post, Finish finish) {
    Transfers even(group);
    Transfers odd(group);
    Transfers* current = &even;
    Transfers* next = &odd;
    if (bytes > 0) {
        post(*current, std::size_t{0}, 0);
    }
    int slot = 0;
    for (std::size_t from = 0; from < bytes; from += chunk) {
        if (from + chunk < bytes) {
            post(*next, from + chunk, 1 - slot);
        }
        current->wait(watch);
        finish(from, slot);
        std::swap(current, next);
        slot = 1 - slot;
    }
}

// Sends this rank's block to the others and receives theirs, from byte `from` of each block on.
void post_gather(
    const Group& group, Transfers& transfers, const char* own, char* whole, const Blocks& blocks, std::size_t from,
    std::size_t chunk, int tag) {
    for (int step = 1; step < group.size; step++) {
        const int source = (group.rank - step + group.size) % group.size;
        transfers.receive(
            whole + blocks.offset(source) + from, within(blocks.bytes(source), from, chunk), source, tag);
    }
    const std::size_t mine = within(blocks.bytes(group.rank), from, chunk);
    for (int step = 1; step < group.size; step++) {
        transfers.send(own + from, mine, (group.rank + step) % group.size, tag);
    }
}

// Where the blocks of other ranks arrive before they are summed: two slots, so that one fills while the other is
// summed.
class Arrivals {
public:
    Arrivals(Group& group, std::size_t longest, std::size_t chunk) : group_(group) {
        const std::size_t others = std::max(group.size - 1, 1);
        const std::size_t share = std::max<std::size_t>(SCRATCH_LIMIT / 2 / others, 64);
        chunk_ = std::min({chunk, share, std::max<std::size_t>(longest, 64)}) / 64 * 64;
        if (group.scratch.size() < 2 * others * chunk_) {
            group.scratch.resize(2 * others * chunk_);
        }
        inputs_.resize(group.size);
    }

    // Bytes of a message; the same on all ranks.
    std::size_t chunk() const {
        return chunk_;
    }

    template <class Layout>
    void post(
        Transfers& transfers, const char* whole, const Layout& blocks, std::size_t from, int slot, int tag) {
        for (int step = 1; step < group_.size; step++) {
            const int source = (group_.rank - step + group_.size) % group_.size;
            transfers.receive(place(source, slot), within(blocks.bytes(group_.rank), from, chunk_), source, tag);
        }
        for (int step = 1; step < group_.size; step++) {
            const int target = (group_.rank + step) % group_.size;
            transfers.send(
                whole + blocks.offset(target) + from, within(blocks.bytes(target), from, chunk_), target, tag);
        }
    }

    // Sums this rank's chunk of `bytes` at `own` and the arrived ones into `out`.
    void add(Element element, const char* own, std::size_t bytes, int slot, char* out) {
        for (int rank = 0; rank < group_.size; rank++) {
            inputs_[rank] = rank == group_.rank ? own : place(rank, slot);
        }
        sum(element, inputs_.data(), inputs_.size(), out, bytes / width(element));
    }

private:
    char* place(int source, int slot) {
        const int index = slot * (group_.size - 1) + (source < group_.rank ? source : source - 1);
        return group_.scratch.data() + index * chunk_;
    }

    Group& group_;
    std::size_t chunk_;
    std::vector<const void*> inputs_;
};

// Leaves this rank the sum of its block at `part`.
template <class Layout>
void reduce_blocks(
    Group& group, const char* whole, char* part, const Layout& blocks, Element element, std::size_t chunk, int tag,
    Watch& watch) {
    Arrivals arrivals(group, blocks.longest(), chunk);
    const char* const own = whole + blocks.offset(group.rank);
    const std::size_t mine = blocks.bytes(group.rank);
    pipeline(
        group, blocks.longest(), arrivals.chunk(), watch,
        [&](Transfers& transfers, std::size_t from, int slot) {
            arrivals.post(transfers, whole, blocks, from, slot, tag);
        },
        [&](std::size_t from, int slot) {
            arrivals.add(element, own + from, within(mine, from, arrivals.chunk()), slot, part + from);
        });
}

}  // namespace

void all_gather(Group& group, const char* part, char* whole, std::size_t bytes, const Limits& limits) {
    const int tag = begin(group, ALL_GATHER, 0);
    Watch watch("all-gather", group, limits.seconds);
    const Blocks blocks(bytes * group.size, group.size, 1);
    char* const place = whole + blocks.offset(group.rank);
    if (part != place) {
        std::memcpy(place, part, bytes);  // at one go, which leaves the caches alone where it is long
    }
    pipeline(
        group, bytes, limits.chunk, watch,
        [&](Transfers& transfers, std::size_t from, int) {
            post_gather(group, transfers, part, whole, blocks, from, limits.chunk, tag);
        },
        [](std::size_t, int) {});
}

void reduce_scatter(
    Group& group, const char* whole, char* part, std::size_t count, Element element, const Limits& limits) {
    const int tag = begin(group, REDUCE_SCATTER, static_cast<int>(element));
    Watch watch("reduce-scatter", group, limits.seconds);
    const Blocks blocks(count * group.size, group.size, width(element));
    reduce_blocks(group, whole, part, blocks, element, std::min(limits.chunk, SUMMED), tag, watch);
}

void all_reduce(Group& group, char* values, std::size_t count, Element element, const Limits& limits) {
    const int tag = begin(group, ALL_REDUCE, static_cast<int>(element));
    Watch watch("all-reduce", group, limits.seconds);
    const std::size_t size = width(element);
    if (group.size == 2 && count * size <= SUMMED) {
        // Two ranks send no more when each takes the whole sum, and meet half as often, which counts for short ones.
        reduce_blocks(group, values, values, Copies(count * size), element, limits.chunk, tag, watch);
        return;
    }
    // Segment by segment, so that what has just been summed is sent on while the caches still hold it; the next
    // segment's addends and the last one's sums travel meanwhile.
    Arrivals arrivals(group, limits.chunk, limits.chunk);
    const std::size_t segment = arrivals.chunk() / size * group.size;
    const auto blocks_at = [&](std::size_t from) {
        return Blocks(std::min(segment, count - from), group.size, size);
    };
    Transfers sums(group);
    pipeline(
        group, count, segment, watch,
        [&](Transfers& transfers, std::size_t from, int slot) {
            arrivals.post(transfers, values + from * size, blocks_at(from), 0, slot, tag);
        },
        [&](std::size_t from, int slot) {
            const Blocks blocks = blocks_at(from);
            char* const start = values + from * size;
            char* const own = start + blocks.offset(group.rank);
            arrivals.add(element, own, blocks.bytes(group.rank), slot, own);
            sums.wait(watch);
            post_gather(group, sums, own, start, blocks, 0, arrivals.chunk(), tag);
        });
    sums.wait(watch);
}

void broadcast(Group& group, char* values, std::size_t count, Element element, int root, const Limits& limits) {
    require(root >= 0 && root < group.size, "there is no such root");
    const int tag = begin(group, BROADCAST, static_cast<int>(element));
    Watch watch("broadcast", group, limits.seconds);
    // A chain: every rank passes a chunk on while it receives the next, and none sends the tensor more than once.
    const std::size_t bytes = count * width(element);
    const bool last = (group.rank + 1) % group.size == root;
    const int next = (group.rank + 1) % group.size;
    const int before = (group.rank - 1 + group.size) % group.size;
    Transfers passed(group);
    pipeline(
        group, bytes, limits.chunk, watch,
        [&](Transfers& transfers, std::size_t from, int) {
            if (group.rank != root) {
                transfers.receive(values + from, within(bytes, from, limits.chunk), before, tag);
            }
        },
        [&](std::size_t from, int) {
            if (!last) {
                passed.send(values + from, within(bytes, from, limits.chunk), next, tag);
            }
        });
    passed.wait(watch);
}

void barrier(Group& group, const Limits& limits) {
    const int tag = begin(group, BARRIER, 0);
    Watch watch("barrier", group, limits.seconds);
    // In round k every rank hears from the one 2^k before it, which has heard from 2^k - 1 others.
    char out = 0;
    char in = 0;
    for (int distance = 1; distance < group.size; distance *= 2) {
        Transfers transfers(group);
        transfers.receive(&in, 1, (group.rank - distance + group.size) % group.size, tag);
        transfers.send(&out, 1, (group.rank + distance) % group.size, tag);
        transfers.wait(watch);
    }
}

}  // namespace dinobench
