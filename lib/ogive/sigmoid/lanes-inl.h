// SPDX-License-Identifier: MIT
// What the float32 kernels share: groups of vectors, and the scaling of subnormal results.
// Included once for each instruction set (hence no #pragma once); see hwy/foreach_target.h.
#if defined(OGIVE_SIGMOID_LANES_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef OGIVE_SIGMOID_LANES_INL_H_
#undef OGIVE_SIGMOID_LANES_INL_H_
#else
#define OGIVE_SIGMOID_LANES_INL_H_
#endif

#include <hwy/highway.h>

#include <cstddef>
#include <cstdint>

#include "ogive/sigmoid/array-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ogive::sigmoid {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using D32 = hn::ScalableTag<float>;
using DI32 = hn::RebindToSigned<D32>;
using V32 = hn::Vec<D32>;
using VI32 = hn::Vec<DI32>;

// Vectors that go through a kernel in lock step: the chain of one result is some 80 cycles long, and four of them fill the machine.
constexpr std::size_t kUnroll = 4;

constexpr std::size_t kGroup = kUnroll * HWY_LANES(float);

HWY_INLINE V32 constant(float value) { return hn::Set(D32(), value); }
HWY_INLINE VI32 bits(V32 v) { return hn::BitCast(DI32(), v); }
HWY_INLINE V32 from_bits(VI32 v) { return hn::BitCast(D32(), v); }

HWY_INLINE void load_group(const float* x, V32 (&v)[kUnroll]) {
  const std::size_t lanes = hn::Lanes(D32());
  for (std::size_t u = 0; u < kUnroll; ++u) v[u] = hn::LoadU(D32(), x + u * lanes);
}

HWY_INLINE void store_group(const V32 (&v)[kUnroll], float* y) {
  const std::size_t lanes = hn::Lanes(D32());
  for (std::size_t u = 0; u < kUnroll; ++u) hn::StoreU(v[u], D32(), y + u * lanes);
}

// A group is narrow when |x| <= 76 in all its lanes: then e^-x, its products and the results are normal numbers, and nothing need
// be clamped. NaN is never narrow (as integers, the bits of |NaN| exceed those of all numbers).
constexpr float kNarrow = 76.0f;

HWY_INLINE bool is_narrow(const V32 (&v)[kUnroll]) {
  const VI32 magnitude = hn::Set(DI32(), 0x7fffffff);
  VI32 largest = hn::And(bits(v[0]), magnitude);
  for (std::size_t u = 1; u < kUnroll; ++u) largest = hn::Max(largest, hn::And(bits(v[u]), magnitude));
  return hn::AllFalse(DI32(), hn::Gt(largest, bits(constant(kNarrow))));
}

// For wide groups. Beyond these ends the result no longer changes: s(60) rounds to 1 and s(-104.5) < 2^-150 to 0.
constexpr float kTop = 60.0f;
constexpr float kBottom = -104.5f;
HWY_INLINE V32 clamp_wide(V32 x) { return hn::Max(hn::Min(x, constant(kTop)), constant(kBottom)); }
HWY_INLINE V32 keep_nan(V32 x, V32 y) { return hn::IfThenElse(hn::IsNaN(x), hn::Add(x, x), y); }

// Scaled last. A result below 2^-126 is y0 2^-m with y0 a normal number; dividing or multiplying subnormal numbers stalls the
// pipes. So 2^-126 is added in the same FMA (its last bit is that of the subnormal numbers, so the sum is rounded as the product
// would be) and its bits are subtracted as an integer. `scale` = 2^-m; `offset` = 2^-126 in lanes whose result is surely subnormal,
// else 0.
struct Scaling {
  V32 scale, offset;
};

HWY_INLINE V32 scale_last(V32 y0, const Scaling& s) {
  return from_bits(hn::Sub(bits(hn::MulAdd(y0, s.scale, s.offset)), bits(s.offset)));
}

// What the forms of the logistic function compute with: x itself.
struct OfX {
  template <bool kWide>
  static HWY_INLINE V32 inside(V32 x) {
    return kWide ? clamp_wide(x) : x;
  }
};

// A kernel that is scaled last. Form::inside<kWide>(x) is what Form::quotient<kWide>(inside, y, scaling) computes with; when wide,
// it leaves y for scaling.
template <class Form>
struct ScaledLast {
  static constexpr std::size_t unit = kGroup, in_step = 1;

  template <bool kWide>
  static HWY_INLINE void group(const V32 (&x)[kUnroll], V32 (&y)[kUnroll]) {
    V32 inside[kUnroll];
    Scaling scaling[kUnroll];
    for (std::size_t u = 0; u < kUnroll; ++u) inside[u] = Form::template inside<kWide>(x[u]);
    Form::template quotient<kWide>(inside, y, scaling);
    if constexpr (kWide) {
      for (std::size_t u = 0; u < kUnroll; ++u) y[u] = keep_nan(x[u], scale_last(y[u], scaling[u]));
    }
  }

  template <std::size_t>
  static HWY_INLINE void run(const float* from, float* to) {
    V32 x[kUnroll], y[kUnroll];
    load_group(from, x);
    if (HWY_LIKELY(is_narrow(x))) {
      group<false>(x, y);
    } else {
      group<true>(x, y);
    }
    store_group(y, to);
  }
};

}  // namespace HWY_NAMESPACE
}  // namespace ogive::sigmoid
HWY_AFTER_NAMESPACE();
#endif
