// SPDX-License-Identifier: MIT
// What all kernels share: the walk over an array, polynomials, and three operations that Highway does not have in the form needed.
// Included once for each instruction set, hence the guard.
#if defined(OGIVE_SIGMOID_ARRAY_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef OGIVE_SIGMOID_ARRAY_INL_H
#undef OGIVE_SIGMOID_ARRAY_INL_H
#else
#define OGIVE_SIGMOID_ARRAY_INL_H
#endif

#include <hwy/cache_control.h>
#include <hwy/highway.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "ogive/sigmoid/streaming.h"

// The function `name` over arrays of T, which calls the function of the name `by` of the best instruction set. For the part of a
// file that is compiled once.
#undef OGIVE_ARRAY_FUNCTION
#define OGIVE_ARRAY_FUNCTION(name, T, by) \
  HWY_EXPORT(by);                         \
  void name(const T* x, T* y, std::size_t n) { HWY_DYNAMIC_DISPATCH(by)(x, y, n); }

HWY_BEFORE_NAMESPACE();
namespace ogive::sigmoid {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// Applies run(from, to) for kUnit elements to the last n < kUnit of an array: from one buffer into another.
template <std::size_t kUnit, class T, class Run>
HWY_INLINE void run_rest(const T* x, T* y, std::size_t n, Run run) {
  HWY_ALIGN T from[kUnit] = {};
  HWY_ALIGN T to[kUnit];
  std::copy(x, x + n, from);
  run(from, to);
  std::copy(to, to + n, y);
}

// y[i] = kernel(x[i]). Kernel::run<U>(x, y) does U * Kernel::unit elements and reads all of them before it writes the first.
// Kernel::in_step is the number of units that go through it in lock step: the latency of one hides behind the others, as long as
// the registers hold them. The last elements pass through the same vector code in a buffer, so no result depends on where its
// element stands.
template <class Kernel, class T>
void for_each_element(const T* x, T* y, std::size_t n) {
  constexpr std::size_t unit = Kernel::unit, in_step = Kernel::in_step;
  std::size_t i = 0;
  for (; n - i >= in_step * unit; i += in_step * unit) Kernel::template run<in_step>(x + i, y + i);
  if constexpr (in_step > 1) {
    for (; n - i >= unit; i += unit) Kernel::template run<1>(x + i, y + i);
  }
  if (i < n) run_rest<unit>(x + i, y + i, n - i, Kernel::template run<1>);
}

// The same, for a kernel that is as fast as memory. From a size on, the results would not stay in any cache, and are written past
// all of them where the processor does that well: no line of y is read before it is overwritten, and it stays as fast where x and y
// are an unfortunate distance apart.
constexpr std::size_t kLargeBytes = std::size_t{1} << 27;

template <class Kernel, class T>
void for_each_element_streamed(const T* x, T* y, std::size_t n) {
  std::size_t i = 0;
#if HWY_TARGET != HWY_SCALAR && HWY_TARGET != HWY_EMU128
  if (HWY_UNLIKELY(n >= kLargeBytes / sizeof(T)) && x != y &&
      streaming_pays()) {  // in place, the lines of y are in the cache already
    const hn::ScalableTag<T> d;
    constexpr std::size_t lanes = HWY_LANES(T), step = Kernel::in_step * Kernel::unit;
    i = (sizeof(T) * lanes - reinterpret_cast<std::uintptr_t>(y) % (sizeof(T) * lanes)) / sizeof(T) % lanes;
    for_each_element<Kernel>(x, y, i);
    HWY_ALIGN T results[step];
    for (; n - i >= step; i += step) {
      Kernel::template run<Kernel::in_step>(x + i, results);
      for (std::size_t j = 0; j < step; j += lanes) hn::Stream(hn::Load(d, results + j), d, y + i + j);
    }
    hwy::FlushStream();
  }
#endif
  for_each_element<Kernel>(x + i, y + i, n - i);
}

// sum[u] = c[0] + r[u] (c[1] + r[u] (c[2] + ...)), step by step for all vectors.
template <class T, std::size_t kSize, class V, std::size_t U>
HWY_INLINE void polynomial(const T (&c)[kSize], const V (&r)[U], V (&sum)[U]) {
  const hn::ScalableTag<T> d;
  for (std::size_t u = 0; u < U; ++u) sum[u] = hn::MulAdd(r[u], hn::Set(d, c[kSize - 1]), hn::Set(d, c[kSize - 2]));
  for (std::size_t k = kSize - 2; k-- > 0;)
    for (std::size_t u = 0; u < U; ++u) sum[u] = hn::MulAdd(r[u], sum[u], hn::Set(d, c[k]));
}

// The greater of v and low; a NaN in v stays. (x86 takes the second operand where one is NaN, the emulated targets the other one.)
template <class D, class V>
HWY_INLINE V raise_to([[maybe_unused]] D d, V v, V low) {
#if HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_EMU128
  return hn::IfThenElse(hn::Lt(v, low), low, v);
#else
  return hn::Max(low, v);
#endif
}

// -|v|
template <class D, class V>
HWY_INLINE V minus_abs(D d, V v) {
  return hn::Or(v, hn::SignBit(d));
}

// float64 to float32 with one rounding to nearest even. (The emulated targets of Highway make infinity the greatest float.)
template <class DF, class DD, class V>
HWY_INLINE hn::Vec<DF> narrow(DF df, [[maybe_unused]] DD dd, V v) {
#if HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_EMU128
  HWY_ALIGN double wide[HWY_LANES(double)];
  HWY_ALIGN float narrowed[HWY_LANES(double)];
  hn::Store(v, dd, wide);
  for (std::size_t i = 0; i < HWY_LANES(double); ++i) narrowed[i] = static_cast<float>(wide[i]);
  return hn::Load(df, narrowed);
#else
  return hn::DemoteTo(df, v);
#endif
}

}  // namespace HWY_NAMESPACE
}  // namespace ogive::sigmoid
HWY_AFTER_NAMESPACE();

#endif  // toggled for each instruction set
