// SPDX-License-Identifier: MIT
// logistic_cr, float32: correctly rounded, by three kernels of rising price (Ziv's scheme). Each knows a bound of its own error and
// hands on the vectors in which some result is nearer to the midpoint of two floats than that.
//
//   1  float-float .................................. one result in 1000 is doubtful   (AVX-512, where |x| <= 76)
//      double, relative error 2^-38.4 or 2^-39.9 .... one in 4000 or 8000             (elsewhere)
//   2  double, relative error 2^-51 ................. one in 2 million
//   3  double-double, one at a time ................. none (exact_rounding.h)
//
// With 8 lanes the table of kernel 1 in float has 8 entries only, 1 % are doubtful, and the kernel in double is faster.
//
// Doubtful results are only noted, without a branch, as one bit each. When a block is done they are gathered and mended together.
// Since every path rounds correctly, the path taken never shows in the result.
#include <algorithm>
#include <bit>
#include <cstring>

#include "ogive/sigmoid/exact_rounding.h"
#include "ogive/sigmoid/kernels.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "ogive/sigmoid/logistic_cr.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "ogive/sigmoid/exp32-inl.h"
#include "ogive/sigmoid/exp64-inl.h"
#include "ogive/sigmoid/lanes-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ogive::sigmoid {
namespace HWY_NAMESPACE {
namespace {

// Work is done in chunks of 16 vectors: first all denominators 1 + e^-x of a chunk into a buffer, then all quotients. Both chains
// are long; cut in two, more of them are in flight at a time. Many chunks make a block: in 4096 results of kernel 1 in float, six
// are doubtful, and to mend them takes as long as to mend one.
constexpr std::size_t kChunkVectors = 16;
constexpr std::size_t kBlockVectors = 256;
constexpr std::size_t kChunk = kChunkVectors * hn::MaxLanes(D32());
constexpr std::size_t kBlock = kBlockVectors * hn::MaxLanes(D32());

// The doubtful results of a block: one bit each, in bytes of kInByte lanes, kBytes to a vector.
constexpr std::size_t kInByte = HWY_MIN(hn::MaxLanes(D32()), 8);
constexpr std::size_t kBytes = hn::MaxLanes(D32()) / kInByte;
constexpr std::size_t kDoubtfulBytes = kBlockVectors * kBytes;

// The doubles that belong to one vector of floats.
constexpr std::size_t kParts = HWY_LANES(float) / HWY_LANES(double);

// The low halves of the doubles.
HWY_INLINE VI32 low_halves(const exp64::V64 (&y)[kParts]) {
#if HWY_TARGET == HWY_SCALAR
  return hn::Set(DI32(), static_cast<std::int32_t>(hn::GetLane(exp64::bits(y[0]))));
#else
  return hn::ConcatEven(DI32(), hn::BitCast(DI32(), y[1]), hn::BitCast(DI32(), y[0]));
#endif
}

// Which of the positive doubles y may round to float wrongly when it is off by 2^kBits units of 2^-52 of its binade. A float
// has 29 bits less, so those bits of y tell; adding 2^-126 to a number below it puts the last bit of the subnormal floats in the
// same place.
template <int kBits>
HWY_INLINE hn::Mask<DI32> doubt(const exp64::V64 (&y)[kParts]) {
  const exp64::V64 least = exp64::constant(0x1p-126);
  exp64::V64 shifted[kParts];
  for (std::size_t m = 0; m < kParts; ++m) shifted[m] = hn::IfThenElse(hn::Lt(y[m], least), hn::Add(y[m], least), y[m]);
  const VI32 from_window = hn::Sub(low_halves(shifted), hn::Set(DI32(), (1 << 28) - (1 << kBits)));
  const VI32 outside = hn::Set(DI32(), (1 << 29) - (1 << (kBits + 1)));
#ifdef OGIVE_SIGMOID_EXP32_PRECISE  // one instruction, which g++ does not find
  return hn::Mask<DI32>{_mm512_testn_epi32_mask(from_window.raw, outside.raw)};
#else
  return hn::Eq(hn::And(from_window, outside), hn::Zero(DI32()));
#endif
}

// Kernel 1 in double, |x| <= 105. The quotients follow one step behind the denominators, so that the divider (busy for half of the
// time) and the multipliers work side by side.
HWY_NOINLINE void double_chunk(const float* from, float* to, std::size_t n, std::uint8_t* doubtful) {
  using namespace exp64;
  constexpr std::size_t part = HWY_LANES(double), step = kUnroll * part, vectors = kUnroll / kParts;
  HWY_ALIGN double denominator[kChunk];
  for (std::size_t i = 0; i < n + step; i += step) {
    if (HWY_LIKELY(i < n)) {
      V64 x[kUnroll], d[kUnroll];
      for (std::size_t u = 0; u < kUnroll; ++u) x[u] = hn::PromoteTo(D64(), hn::LoadU(DHalf(), from + i + u * part));
      denominators_cheap(x, d);
      for (std::size_t u = 0; u < kUnroll; ++u) hn::Store(d[u], D64(), denominator + i + u * part);
    }
    if (HWY_UNLIKELY(i == 0)) continue;
    V64 y[vectors][kParts];
    for (std::size_t u = 0, at = i - step; u < vectors; ++u) {
      for (std::size_t m = 0; m < kParts; ++m, at += part) {
        y[u][m] = hn::Div(exp64::constant(1.0), hn::Load(D64(), denominator + at));
        hn::StoreU(hn::DemoteTo(DHalf(), y[u][m]), DHalf(), to + at);
      }
    }
    for (std::size_t u = 0; u < vectors; ++u, doubtful += kBytes) hn::StoreMaskBits(DI32(), doubt<kCheapDoubt>(y[u]), doubtful);
  }
}

// Kernels 2 and 3, for the results at some places: as many as a vector has lanes.
HWY_NOINLINE void mend(const float* x, float* y, const std::uint16_t* places) {
  using namespace exp64;
  constexpr std::size_t part = HWY_LANES(double), lanes = HWY_LANES(float);
  HWY_ALIGN float from[lanes], to[lanes];
  for (std::size_t j = 0; j < lanes; ++j) from[j] = x[places[j]];
  V64 quotient[kParts];
  for (std::size_t m = 0; m < kParts; ++m) {
    const V64 inside = hn::PromoteTo(D64(), exp64::clamp(DHalf(), hn::Load(DHalf(), from + m * part)));
    quotient[m] = hn::Div(exp64::constant(1.0), denominator_precise(inside));
    hn::Store(hn::DemoteTo(DHalf(), quotient[m]), DHalf(), to + m * part);
  }
  if (HWY_UNLIKELY(!hn::AllFalse(DI32(), doubt<kPreciseDoubt>(quotient)))) {
    for (std::size_t j = 0; j < lanes; ++j)
      if (from[j] >= -105.0f && from[j] <= 105.0f) to[j] = logistic_exact(from[j]);
  }
  for (std::size_t j = 0; j < lanes; ++j) y[places[j]] = to[j];
}

// All that is doubtful in a block of n. Behind its last byte stand 8 that are 0.
HWY_INLINE void mend_block(const float* x, float* y, std::size_t n, const std::uint8_t* doubtful) {
  constexpr std::size_t lanes = HWY_LANES(float);
  std::uint16_t places[kBlock + lanes];
  std::size_t count = 0;
  for (std::size_t i = 0; i < n / kInByte; i += 8) {
    std::uint64_t word;
    std::memcpy(&word, doubtful + i, sizeof word);
    for (; word != 0; word &= word - 1) {
      const auto bit = static_cast<std::size_t>(std::countr_zero(word));
      places[count++] = static_cast<std::uint16_t>((i + bit / 8) * kInByte + bit % 8);
    }
  }
  if (count == 0) return;
  std::fill_n(places + count, lanes, places[0]);
  for (std::size_t i = 0; i < count; i += lanes) mend(x, y, places + i);
}

#ifdef OGIVE_SIGMOID_EXP32_PRECISE
// Kernel 1 in float, |x| <= 76.
//
//   e^-x = h (1 + t + r)                           exp32-inl.h: h and t exact, r to 5 roundings of |r| <= 2^-14
//   1 + h = a + b, a + h t = d + e, the denominator is d + c, c = e + h r + b, |c| <= 2^-13.9 d
//   y = 1/d,  w = 1 - y d - y c,  s = y + y (w + w^2)
//
// Relative error of s, in units of 2^-38.06 (the rounding of a number of the size of r): 5 (r), 2 (the sums in c), 3 (w, w + w^2
// and the next step), and a tenth for the polynomial, w^3 and the rest: < 2^-34.7. A result is accepted when s (1 - 2^-34.5) and s
// (1 + 2^-34.5) round to the same float, for the true value lies between them.
constexpr float kCaution = 0x1.6a09e6p-35f;

// kInner: |x| <= 16.5, where h < 2^24 and 1 + h is split with fewer operations.
template <bool kInner>
HWY_NOINLINE void float_chunk(const float* from, float* to, std::size_t n, std::uint8_t* doubtful) {
  const V32 one = constant(1.0f);
  HWY_ALIGN float denominator[kChunk], rest[kChunk];
  for (std::size_t i = 0; i < n; i += kGroup) {
    V32 x[kUnroll], h[kUnroll], t[kUnroll], l[kUnroll], r[kUnroll], d[kUnroll], c[kUnroll];
    Scaling unused[kUnroll];
    load_group(from + i, x);
    exp32::reduce<false>(x, h, t, l, unused);
    exp32::exp_minus_1_rest(t, l, r);
    for (std::size_t u = 0; u < kUnroll; ++u) {
      V32 a, b;
      exp32::one_plus<kInner>(h[u], a, b);
      d[u] = hn::MulAdd(h[u], t[u], a);
      c[u] = hn::Add(hn::MulAdd(h[u], r[u], hn::MulAdd(h[u], t[u], hn::Sub(a, d[u]))), b);
    }
    store_group(d, denominator + i);
    store_group(c, rest + i);
  }
  for (std::size_t i = 0; i < n; i += kGroup) {
    V32 d[kUnroll], c[kUnroll], y[kUnroll], w[kUnroll], lower[kUnroll], upper[kUnroll];
    load_group(denominator + i, d);
    load_group(rest + i, c);
    for (std::size_t u = 0; u < kUnroll; ++u) y[u] = hn::Div(one, d[u]);
    for (std::size_t u = 0; u < kUnroll; ++u) w[u] = hn::NegMulAdd(y[u], c[u], hn::NegMulAdd(y[u], d[u], one));
    for (std::size_t u = 0; u < kUnroll; ++u) w[u] = hn::MulAdd(w[u], w[u], w[u]);
    for (std::size_t u = 0; u < kUnroll; ++u) lower[u] = hn::MulAdd(hn::Sub(w[u], constant(kCaution)), y[u], y[u]);
    for (std::size_t u = 0; u < kUnroll; ++u) upper[u] = hn::MulAdd(hn::Add(w[u], constant(kCaution)), y[u], y[u]);
    store_group(lower, to + i);
    for (std::size_t u = 0; u < kUnroll; ++u, doubtful += kBytes) hn::StoreMaskBits(D32(), hn::Ne(lower[u], upper[u]), doubtful);
  }
}
#endif

HWY_INLINE void chunk(const float* from, float* to, std::size_t n, std::uint8_t* doubtful) {
  const std::size_t lanes = hn::Lanes(D32());
  VI32 largest = hn::Zero(DI32());
  for (std::size_t i = 0; i < n; i += lanes) largest = hn::Max(largest, bits(hn::Abs(hn::LoadU(D32(), from + i))));
  const auto all_within = [largest](float bound) HWY_ATTR { return hn::AllFalse(DI32(), hn::Gt(largest, bits(constant(bound)))); };
#ifdef OGIVE_SIGMOID_EXP32_PRECISE
  if (HWY_LIKELY(all_within(16.5f))) return float_chunk<true>(from, to, n, doubtful);
  if (all_within(kNarrow)) return float_chunk<false>(from, to, n, doubtful);
#endif
  if (all_within(105.0f)) return double_chunk(from, to, n, doubtful);
  HWY_ALIGN float inside[kChunk];
  for (std::size_t i = 0; i < n; i += lanes) hn::Store(exp64::clamp(D32(), hn::LoadU(D32(), from + i)), D32(), inside + i);
  return double_chunk(inside, to, n, doubtful);
}

// n: a multiple of kGroup, at most kBlock. x and y do not overlap.
HWY_INLINE void block(const float* x, float* y, std::size_t n) {
  const std::size_t step = kChunkVectors * hn::Lanes(D32());
  std::uint8_t doubtful[kDoubtfulBytes + 8];
  std::memset(doubtful + n / kInByte, 0, 8);
  for (std::size_t i = 0; i < n; i += step) chunk(x + i, y + i, HWY_MIN(step, n - i), doubtful + i / kInByte);
  mend_block(x, y, n, doubtful);
}

}  // namespace

void logistic_cr_array(const float* x, float* y, std::size_t n) {
  HWY_ALIGN float copy[kBlock];  // of x, where y overwrites it before all is mended
  const std::size_t whole = n - n % kGroup, step = kBlockVectors * hn::Lanes(D32());
  for (std::size_t i = 0; i < whole; i += step) {
    const std::size_t size = HWY_MIN(step, whole - i);
    if (x == y) std::memcpy(copy, x + i, size * sizeof(float));
    block(x == y ? copy : x + i, y + i, size);
  }
  if (whole < n)
    run_rest<kGroup>(x + whole, y + whole, n - whole, [](const float* from, float* to) HWY_ATTR { block(from, to, kGroup); });
}

}  // namespace HWY_NAMESPACE
}  // namespace ogive::sigmoid
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace ogive::sigmoid {
OGIVE_ARRAY_FUNCTION(logistic_cr, float, logistic_cr_array)
}  // namespace ogive::sigmoid
#endif
