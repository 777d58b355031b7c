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

void gather_blocks(
    const Group& group, const char* own, char* whole, const Blocks& blocks, std::size_t chunk, int tag, Watch& watch) {
    const std::size_t mine = blocks.bytes(group.rank);
    char* const place = whole + blocks.offset(group.rank);
    const auto post = [&](Transfers& transfers, std::size_t from, int) {
        for (int step = 1; step < group.size; step++) {
            const int source = (group.rank - step + group.size) % group.size;
            transfers.receive(
                whole + blocks.offset(source) + from, within(blocks.bytes(source), from, chunk), source, tag);
        }
        for (int step = 1; step < group.size; step++) {
            transfers.send(own + from, within(mine, from, chunk), (group.rank + step) % group.size, tag);
        }
    };
    const auto finish = [&](std::size_t from, int) {
        if (own != place) {
            std::memcpy(place + from, own + from, within(mine, from, chunk));
        }
    };
    pipeline(group, blocks.longest(), chunk, watch, post, finish);
}

void reduce_blocks(
    Group& group,
    const char* whole,
    char* part,
    const Blocks& blocks,
    Element element,
    std::size_t chunk,
    int tag,
    Watch& watch) {
    const std::size_t others = static_cast<std::size_t>(group.size) - 1;
    const std::size_t mine = blocks.bytes(group.rank);
    const std::size_t share = SCRATCH_LIMIT / 2 / std::max<std::size_t>(others, 1);
    chunk = std::min(std::min(chunk, std::max<std::size_t>(share, 64)), std::max<std::size_t>(blocks.longest(), 64));
    chunk = chunk / 64 * 64;
    if (group.scratch.size() < 2 * others * chunk) {
        group.scratch.resize(2 * others * chunk);
    }
    const auto arrived = [&](int source, int slot) {
        const std::size_t index = static_cast<std::size_t>(source < group.rank ? source : source - 1);
        return group.scratch.data() + (slot * others + index) * chunk;
    };
    const auto post = [&](Transfers& transfers, std::size_t from, int slot) {
        for (int step = 1; step < group.size; step++) {
            const int source = (group.rank - step + group.size) % group.size;
            transfers.receive(arrived(source, slot), within(mine, from, chunk), source, tag);
        }
        for (int step = 1; step < group.size; step++) {
            const int target = (group.rank + step) % group.size;
            transfers.send(
                whole + blocks.offset(target) + from, within(blocks.bytes(target), from, chunk), target, tag);
        }
    };
    std::vector<const void*> inputs(group.size);
    const auto finish = [&](std::size_t from, int slot) {
        for (int rank = 0; rank < group.size; rank++) {
            inputs[rank] = rank == group.rank ? whole + blocks.offset(rank) + from : arrived(rank, slot);
        }
        sum(element, inputs.data(), inputs.size(), part + from, within(mine, from, chunk) / width(element));
    };
    pipeline(group, blocks.longest(), chunk, watch, post, finish);
}

}  // namespace

void all_gather(Group& group, const char* part, char* whole, std::size_t bytes, const Limits& limits) {
    const int tag = begin(group, ALL_GATHER, 0);
    Watch watch("all-gather", group, limits.seconds);
    const Blocks blocks(bytes * group.size, group.size, 1);
    gather_blocks(group, part, whole, blocks, limits.chunk, tag, watch);
}

void reduce_scatter(
    Group& group, const char* whole, char* part, std::size_t count, Element element, const Limits& limits) {
    const int tag = begin(group, REDUCE_SCATTER, static_cast<int>(element));
    Watch watch("reduce-scatter", group, limits.seconds);
    const Blocks blocks(count * group.size, group.size, width(element));
    reduce_blocks(group, whole, part, blocks, element, limits.chunk, tag, watch);
}

void all_reduce(Group& group, char* values, std::size_t count, Element element, const Limits& limits) {
    const int tag = begin(group, ALL_REDUCE, static_cast<int>(element));
    Watch watch("all-reduce", group, limits.seconds);
    // Segment by segment: what has just been summed is sent on while the caches still hold it.
    const std::size_t segment = std::max<std::size_t>(limits.chunk / width(element), 64) * group.size;
    for (std::size_t from = 0; from < count; from += segment) {
        char* const start = values + from * width(element);
        const Blocks blocks(std::min(segment, count - from), group.size, width(element));
        char* const own = start + blocks.offset(group.rank);
        reduce_blocks(group, start, own, blocks, element, limits.chunk, tag, watch);
        gather_blocks(group, own, start, blocks, limits.chunk, tag, watch);
    }
}

void broadcast(Group& group, char* values, std::size_t count, Element element, int root, const Limits& limits) {
    require(root >= 0 && root < group.size, "there is no such root");
    const int tag = begin(group, BROADCAST, static_cast<int>(element));
    Watch watch("broadcast", group, limits.seconds);
    // Every rank passes on its own block, so that no rank sends the whole tensor to all others.
    const std::size_t segment = std::max<std::size_t>(limits.chunk / width(element), 64) * group.size;
    for (std::size_t from = 0; from < count; from += segment) {
        char* const start = values + from * width(element);
        const Blocks blocks(std::min(segment, count - from), group.size, width(element));
        char* const own = start + blocks.offset(group.rank);
        Transfers scatter(group);
        if (group.rank != root) {
            scatter.receive(own, blocks.bytes(group.rank), root, tag);
        } else {
            for (int step = 1; step < group.size; step++) {
                const int target = (root + step) % group.size;
                scatter.send(start + blocks.offset(target), blocks.bytes(target), target, tag);
            }
        }
        scatter.wait(watch);
        gather_blocks(group, own, start, blocks, limits.chunk, tag, watch);
    }
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
