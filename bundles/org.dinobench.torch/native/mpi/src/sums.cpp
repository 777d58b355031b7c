#include "sums.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <stdexcept>

#if defined(__x86_64__)
#include <immintrin.h>
// One function for every processor, the best of these chosen when the library is loaded.
#define FOR_EACH_PROCESSOR __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define FOR_EACH_PROCESSOR
#endif

namespace dinobench {
namespace {

// Elements that are summed at a time: they stay in the first-level cache.
constexpr std::size_t TILE = 2048;

FOR_EACH_PROCESSOR void add(float* __restrict sum, const float* __restrict more, std::size_t count) {
    for (std::size_t i = 0; i < count; i++) {
        sum[i] += more[i];
    }
}

FOR_EACH_PROCESSOR void add(double* __restrict sum, const double* __restrict more, std::size_t count) {
    for (std::size_t i = 0; i < count; i++) {
        sum[i] += more[i];
    }
}

FOR_EACH_PROCESSOR void add(std::uint64_t* __restrict sum, const std::uint64_t* __restrict more, std::size_t count) {
    for (std::size_t i = 0; i < count; i++) {
        sum[i] += more[i];
    }
}

// The sum of two, which is most of what happens on one machine, in one pass. `out` may be one of the two: each element is
// read before it is written, which the pragma tells the compiler.
FOR_EACH_PROCESSOR void add_two(const float* a, const float* b, float* out, std::size_t count) {
#pragma GCC ivdep
    for (std::size_t i = 0; i < count; i++) {
        out[i] = a[i] + b[i];
    }
}

FOR_EACH_PROCESSOR void add_two(const double* a, const double* b, double* out, std::size_t count) {
#pragma GCC ivdep
    for (std::size_t i = 0; i < count; i++) {
        out[i] = a[i] + b[i];
    }
}

FOR_EACH_PROCESSOR void add_two(
    const std::uint64_t* a, const std::uint64_t* b, std::uint64_t* out, std::size_t count) {
#pragma GCC ivdep
    for (std::size_t i = 0; i < count; i++) {
        out[i] = a[i] + b[i];
    }
}

inline float widened(std::uint16_t value) {
    const std::uint32_t bits = static_cast<std::uint32_t>(value) << 16;
    float result;
    std::memcpy(&result, &bits, sizeof result);
    return result;
}

// Rounds to nearest, ties to even; what is not a number stays so.
inline std::uint16_t narrowed(float value) {
    std::uint32_t bits;
    std::memcpy(&bits, &value, sizeof bits);
    const std::uint32_t rounded = (bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16;
    const std::uint32_t quiet = (bits >> 16) | 0x40u;
    return static_cast<std::uint16_t>((bits & 0x7fffffffu) > 0x7f800000u ? quiet : rounded);
}

FOR_EACH_PROCESSOR void add_two_bfloat16(
    const std::uint16_t* a, const std::uint16_t* b, std::uint16_t* out, std::size_t count) {
#pragma GCC ivdep
    for (std::size_t i = 0; i < count; i++) {
        out[i] = narrowed(widened(a[i]) + widened(b[i]));
    }
}

FOR_EACH_PROCESSOR void widen_bfloat16(const std::uint16_t* __restrict in, float* __restrict out, std::size_t count) {
    for (std::size_t i = 0; i < count; i++) {
        out[i] = widened(in[i]);
    }
}

FOR_EACH_PROCESSOR void narrow_bfloat16(const float* __restrict in, std::uint16_t* __restrict out, std::size_t count) {
    for (std::size_t i = 0; i < count; i++) {
        out[i] = narrowed(in[i]);
    }
}

// Numbers below the smallest normal one are exact multiples of 2^-24: float arithmetic scales and rounds them.
float widen_half(std::uint16_t half) {
    const std::uint32_t sign = static_cast<std::uint32_t>(half & 0x8000u) << 16;
    const std::uint32_t rest = half & 0x7fffu;
    float magnitude;
    if (rest < 0x400u) {
        magnitude = static_cast<float>(rest) * 0x1p-24f;
    } else {
        const std::uint32_t bits = (rest << 13) + (rest >= 0x7c00u ? 0x70000000u : 0x38000000u);
        std::memcpy(&magnitude, &bits, sizeof bits);
    }
    std::uint32_t bits;
    std::memcpy(&bits, &magnitude, sizeof bits);
    bits |= sign;
    float result;
    std::memcpy(&result, &bits, sizeof bits);
    return result;
}

std::uint16_t narrow_half(float value) {
    std::uint32_t bits;
    std::memcpy(&bits, &value, sizeof bits);
    const std::uint32_t sign = (bits >> 16) & 0x8000u;
    bits &= 0x7fffffffu;
    if (bits > 0x7f800000u) {
        return static_cast<std::uint16_t>(sign | 0x7e00u | ((bits >> 13) & 0x3ffu));
    }
    if (bits >= 0x477ff000u) {  // from the middle between the largest half and 2^16 on
        return static_cast<std::uint16_t>(sign | 0x7c00u);
    }
    if (bits < 0x38800000u) {
        float magnitude;
        std::memcpy(&magnitude, &bits, sizeof bits);
        const float shifted = magnitude + 0.5f;  // the unit of the last place of 0.5 is 2^-24
        std::uint32_t placed;
        std::memcpy(&placed, &shifted, sizeof placed);
        return static_cast<std::uint16_t>(sign | (placed - 0x3f000000u));
    }
    return static_cast<std::uint16_t>(sign | ((bits - 0x38000000u + 0xfffu + ((bits >> 13) & 1u)) >> 13));
}

#if defined(__x86_64__)
__attribute__((target("avx,f16c"))) std::size_t widen_halves_fast(
    const std::uint16_t* in, float* out, std::size_t count) {
    std::size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        const __m128i halves = _mm_loadu_si128(reinterpret_cast<const __m128i*>(in + i));
        _mm256_storeu_ps(out + i, _mm256_cvtph_ps(halves));
    }
    return i;
}

__attribute__((target("avx,f16c"))) std::size_t narrow_halves_fast(
    const float* in, std::uint16_t* out, std::size_t count) {
    std::size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        const __m128i halves = _mm256_cvtps_ph(_mm256_loadu_ps(in + i), _MM_FROUND_TO_NEAREST_INT);
        _mm_storeu_si128(reinterpret_cast<__m128i*>(out + i), halves);
    }
    return i;
}

__attribute__((target("avx,f16c"))) std::size_t add_two_halves_fast(
    const std::uint16_t* a, const std::uint16_t* b, std::uint16_t* out, std::size_t count) {
    std::size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        const __m256 left = _mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i*>(a + i)));
        const __m256 right = _mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i*>(b + i)));
        const __m128i sum = _mm256_cvtps_ph(_mm256_add_ps(left, right), _MM_FROUND_TO_NEAREST_INT);
        _mm_storeu_si128(reinterpret_cast<__m128i*>(out + i), sum);
    }
    return i;
}

const bool HAS_F16C = __builtin_cpu_supports("avx") && __builtin_cpu_supports("f16c");
#endif

void widen_float16(const std::uint16_t* in, float* out, std::size_t count) {
    std::size_t i = 0;
#if defined(__x86_64__)
    if (HAS_F16C) {
        i = widen_halves_fast(in, out, count);
    }
#endif
    for (; i < count; i++) {
        out[i] = widen_half(in[i]);
    }
}

void narrow_float16(const float* in, std::uint16_t* out, std::size_t count) {
    std::size_t i = 0;
#if defined(__x86_64__)
    if (HAS_F16C) {
        i = narrow_halves_fast(in, out, count);
    }
#endif
    for (; i < count; i++) {
        out[i] = narrow_half(in[i]);
    }
}

void add_two_float16(const std::uint16_t* a, const std::uint16_t* b, std::uint16_t* out, std::size_t count) {
    std::size_t i = 0;
#if defined(__x86_64__)
    if (HAS_F16C) {
        i = add_two_halves_fast(a, b, out, count);
    }
#endif
    for (; i < count; i++) {
        out[i] = narrow_half(widen_half(a[i]) + widen_half(b[i]));
    }
}

template <class T>
void sum_plain(const void* const* inputs, std::size_t number, void* out, std::size_t count) {
    if (number == 2) {
        add_two(static_cast<const T*>(inputs[0]), static_cast<const T*>(inputs[1]), static_cast<T*>(out), count);
        return;
    }
    T tile[TILE];
    for (std::size_t from = 0; from < count; from += TILE) {
        const std::size_t now = std::min(TILE, count - from);
        std::memcpy(tile, static_cast<const T*>(inputs[0]) + from, now * sizeof(T));
        for (std::size_t k = 1; k < number; k++) {
            add(tile, static_cast<const T*>(inputs[k]) + from, now);
        }
        std::memcpy(static_cast<T*>(out) + from, tile, now * sizeof(T));
    }
}

template <class Widen, class Narrow, class AddTwo>
void sum_narrow(
    const void* const* inputs, std::size_t number, void* out, std::size_t count, Widen widen, Narrow narrow,
    AddTwo add_two) {
    if (number == 2) {
        add_two(
            static_cast<const std::uint16_t*>(inputs[0]), static_cast<const std::uint16_t*>(inputs[1]),
            static_cast<std::uint16_t*>(out), count);
        return;
    }
    float tile[TILE];
    float more[TILE];
    for (std::size_t from = 0; from < count; from += TILE) {
        const std::size_t now = std::min(TILE, count - from);
        widen(static_cast<const std::uint16_t*>(inputs[0]) + from, tile, now);
        for (std::size_t k = 1; k < number; k++) {
            widen(static_cast<const std::uint16_t*>(inputs[k]) + from, more, now);
            add(tile, more, now);
        }
        narrow(tile, static_cast<std::uint16_t*>(out) + from, now);
    }
}

}  // namespace

std::size_t width(Element element) {
    switch (element) {
        case Element::FLOAT32:
            return 4;
        case Element::FLOAT16:
        case Element::BFLOAT16:
            return 2;
        case Element::FLOAT64:
        case Element::INT64:
            return 8;
    }
    throw std::invalid_argument("unknown element type");
}

void sum(Element element, const void* const* inputs, std::size_t number, void* out, std::size_t count) {
    switch (element) {
        case Element::FLOAT32:
            sum_plain<float>(inputs, number, out, count);
            break;
        case Element::FLOAT16:
            sum_narrow(inputs, number, out, count, widen_float16, narrow_float16, add_two_float16);
            break;
        case Element::BFLOAT16:
            sum_narrow(inputs, number, out, count, widen_bfloat16, narrow_bfloat16, add_two_bfloat16);
            break;
        case Element::FLOAT64:
            sum_plain<double>(inputs, number, out, count);
            break;
        case Element::INT64:  // unsigned: overflow wraps around as in Java
            sum_plain<std::uint64_t>(inputs, number, out, count);
            break;
    }
}

}  // namespace dinobench
