// Sums over ranks. 16-bit elements are widened to float32, added there and rounded once.
#pragma once
#include <cstddef>

namespace dinobench {

// The numbers are those of the Java enumeration ElementType.
enum class Element { FLOAT32 = 0, FLOAT16 = 1, BFLOAT16 = 2, FLOAT64 = 3, INT64 = 4 };

// Bytes of one element.
std::size_t width(Element element);

// out[i] = inputs[0][i] + inputs[1][i] + ..., added in this order, so that the result does not depend on which message
// arrived first. `out` may be one of the inputs, but may not overlap one otherwise.
void sum(Element element, const void* const* inputs, std::size_t number, void* out, std::size_t count);

}  // namespace dinobench
