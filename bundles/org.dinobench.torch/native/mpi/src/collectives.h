// Collective operations over point-to-point messages: direct exchange among all ranks, in chunks. A reduction is summed
// by the rank that owns the block, in rank order, with one rounding; so results are the same on every rank and in every
// run, and 16-bit types lose nothing on the way. The chunks keep messages and scratch memory within the caches.
#pragma once
#include <cstddef>

#include "group.h"
#include "sums.h"

namespace dinobench {

struct Limits {
    std::size_t chunk;  // bytes of one message
    double seconds;     // without any arrival
};

// `part` has `bytes`, `whole` size * bytes; `part` may be this rank's slice of `whole`.
void all_gather(Group& group, const char* part, char* whole, std::size_t bytes, const Limits& limits);

// `part` has `count` elements, `whole` size * count; `part` may be this rank's slice of `whole`.
void reduce_scatter(
    Group& group, const char* whole, char* part, std::size_t count, Element element, const Limits& limits);

void all_reduce(Group& group, char* values, std::size_t count, Element element, const Limits& limits);

void broadcast(Group& group, char* values, std::size_t count, Element element, int root, const Limits& limits);

void barrier(Group& group, const Limits& limits);

}  // namespace dinobench
