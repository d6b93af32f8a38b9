// SPDX-License-Identifier: MIT
// What the kernels share: the walk over an array, and three operations that Highway does not have in the form needed. Included once
// for each instruction set, hence the guard.
#if defined(OGIVE_SIGMOID_ARRAY_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef OGIVE_SIGMOID_ARRAY_INL_H
#undef OGIVE_SIGMOID_ARRAY_INL_H
#else
#define OGIVE_SIGMOID_ARRAY_INL_H
#endif

#include <hwy/highway.h>
#include <algorithm>
#include <cstddef>

HWY_BEFORE_NAMESPACE();
namespace ogive::sigmoid {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// y[i] = kernel(x[i]). Kernel::run<U>(x, y) does U * Kernel::lanes elements and reads all of them before it writes the first.
// Kernel::in_step is the number of vectors that go through it in lock step: the latency of one hides behind the others, as long as
// the registers hold them. The last elements pass through the same vector code in a buffer, so no result depends on where its
// element stands.
template <class Kernel, class T>
void for_each_element(const T* x, T* y, std::size_t n) {
  constexpr std::size_t lanes = Kernel::lanes, in_step = Kernel::in_step;
  std::size_t i = 0;
  for (; n - i >= in_step * lanes; i += in_step * lanes) Kernel::template run<in_step>(x + i, y + i);
  for (; n - i >= lanes; i += lanes) Kernel::template run<1>(x + i, y + i);
  if (i < n) {
    T buffer[lanes] = {};
    std::copy(x + i, x + n, buffer);
    Kernel::template run<1>(buffer, buffer);
    std::copy(buffer, buffer + (n - i), y + i);
  }
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
