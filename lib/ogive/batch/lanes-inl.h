// SPDX-License-Identifier: MIT
// What every part of the engine starts from: vectors of T, one curve a lane, and their reciprocals.
// Included once for each instruction set (hence no #pragma once); see hwy/foreach_target.h.
#if defined(OGIVE_BATCH_LANES_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef OGIVE_BATCH_LANES_INL_H_
#undef OGIVE_BATCH_LANES_INL_H_
#else
#define OGIVE_BATCH_LANES_INL_H_
#endif

#include <hwy/highway.h>

#include <cstddef>
#include <cstdint>
#include <type_traits>

// Highway has no name for what these targets alone can do: a table of 16 doubles, reciprocals of doubles to 14 bits.
#undef OGIVE_BATCH_AVX512
#if HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_AVX3_DL
#define OGIVE_BATCH_AVX512 1
#endif

// Before a loop over an array of vectors, which then stays in registers at every level of optimisation.
#undef OGIVE_BATCH_UNROLL
#ifdef __clang__
#define OGIVE_BATCH_UNROLL _Pragma("clang loop unroll(full)")
#else
#define OGIVE_BATCH_UNROLL _Pragma("GCC unroll 16")
#endif

HWY_BEFORE_NAMESPACE();
namespace ogive::batch {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using D64 = hn::ScalableTag<double>;
using D32 = hn::ScalableTag<float>;
template <class T>
using Tag = hn::ScalableTag<T>;
template <class T>
using Vec = hn::Vec<Tag<T>>;
template <class T>
using Mask = hn::Mask<Tag<T>>;
template <class T>
constexpr bool is_double = std::is_same_v<T, double>;

constexpr std::size_t kLanes32 = HWY_LANES(float);   // the curves of a block
constexpr std::size_t kLanes64 = HWY_LANES(double);  // a block is worked on in float64 by parts of so many
constexpr std::size_t kParts = kLanes32 / kLanes64;
template <class T>
constexpr std::size_t kLanes = HWY_LANES(T);

template <class T>
HWY_INLINE Vec<T> set(double value) {
  return hn::Set(Tag<T>(), static_cast<T>(value));
}
template <class T>
HWY_INLINE Vec<T> load(const T* from) {
  return hn::Load(Tag<T>(), from);
}
template <class T>
HWY_INLINE void store(Vec<T> v, T* to) {
  hn::Store(v, Tag<T>(), to);
}

// 1 / v for normal v of any sign. Relative error: float64 4e-13 or better, float32 2^-22.
// A constant number of Newton steps from the processor's own estimate; where that has only 12 bits, division is as good for
// doubles.
template <class T>
HWY_INLINE Vec<T> reciprocal(Vec<T> v) {
  const auto one = set<T>(1);
  if constexpr (is_double<T>) {
#ifdef OGIVE_BATCH_AVX512
    const Vec<T> y{_mm512_rcp14_pd(v.raw)};
    const auto e = hn::NegMulAdd(v, y, one);
    return hn::MulAdd(hn::Mul(y, e), hn::Add(one, e), y);  // y (1 + e + e^2): the error is e^3 < 2^-42
#else
    return hn::Div(one, v);
#endif
  } else {
#ifdef OGIVE_BATCH_AVX512
    const Vec<T> y{_mm512_rcp14_ps(v.raw)};
    return hn::MulAdd(y, hn::NegMulAdd(v, y, one), y);
#elif HWY_TARGET == HWY_AVX2 || HWY_TARGET == HWY_SSE4
    const auto y = hn::ApproximateReciprocal(v);
    return hn::MulAdd(y, hn::NegMulAdd(v, y, one), y);
#else
    return hn::Div(one, v);
#endif
  }
}

// Good to 3 digits at least: for choices that need no more.
HWY_INLINE Vec<float> rough_reciprocal(Vec<float> v) {
#ifdef OGIVE_BATCH_AVX512
  return Vec<float>{_mm512_rcp14_ps(v.raw)};
#elif HWY_TARGET == HWY_AVX2 || HWY_TARGET == HWY_SSE4
  return hn::ApproximateReciprocal(v);
#else
  return hn::Div(set<float>(1), v);
#endif
}

template <class T>
HWY_INLINE Vec<T> select(Mask<T> condition, Vec<T> yes, Vec<T> no) {
  return hn::IfThenElse(condition, yes, no);
}

// Bit i: whether the condition holds in lane i.
template <class T>
HWY_INLINE std::uint32_t bits_of(Mask<T> condition) {
  std::uint8_t bytes[8] = {};
  hn::StoreMaskBits(Tag<T>(), condition, bytes);
  return bytes[0] | static_cast<std::uint32_t>(bytes[1]) << 8;
}

// 1 in lanes where the condition holds, 0 elsewhere, as T; for handing masks over to scalar code.
template <class T>
HWY_INLINE void store_flags(Mask<T> condition, T* to) {
  store<T>(hn::IfThenElseZero(condition, set<T>(1)), to);
}

}  // namespace HWY_NAMESPACE
}  // namespace ogive::batch
HWY_AFTER_NAMESPACE();
#endif
