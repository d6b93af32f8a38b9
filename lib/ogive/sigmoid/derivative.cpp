// SPDX-License-Identifier: MIT
// derivative, float32: s(x) s(-x) = e / (1 + e)^2, e = e^-|x| <= 1. No difference of near numbers, one division.
//
//   e = H + L                              exp32-inl.h
//   1 + H = d + c exactly; 1 / (1 + e) = r + r w,  r = 1/d,  w = 1 - r d - r (c + L)
//   e r^2 (1 + 2 w):  a + al = H r,  b + bl = a r  exactly;  y = b + (bl + r (al + 2 a w + r L))
//
// Half an ulp for the last rounding, and for the rest hardly more than the rounding of e - h (2^-6.5 ulp; 2^-4.5 on AVX2).
// Subnormal results are rounded twice: at most 0.77 ulp. Without FMA the same is computed in double and rounded once.
#include "ogive/sigmoid/kernels.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "ogive/sigmoid/derivative.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "ogive/sigmoid/exp32-inl.h"
#include "ogive/sigmoid/exp64-inl.h"
#include "ogive/sigmoid/lanes-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ogive::sigmoid {
namespace HWY_NAMESPACE {
namespace {

#ifdef OGIVE_SIGMOID_EXP32
struct Pair {
  template <bool kWide>
  static HWY_INLINE V32 inside(V32 x) {
    return kWide ? hn::Min(hn::Abs(x), constant(-kBottom)) : hn::Abs(x);
  }

  // e / (1 + e)^2, times 2^m when wide.
  template <bool kWide>
  static HWY_INLINE void quotient(const V32 (&magnitude)[kUnroll], V32 (&y)[kUnroll], Scaling (&scaling)[kUnroll]) {
    const V32 one = constant(1.0f);
    V32 h[kUnroll], t[kUnroll], l[kUnroll], p[kUnroll];
    exp32::reduce<kWide, -1>(magnitude, h, t, l, scaling);
    exp32::exp_minus_1(t, l, p);
    for (std::size_t u = 0; u < kUnroll; ++u) {
      const V32 high = hn::MulAdd(h[u], p[u], h[u]);
      const V32 low = hn::MulAdd(h[u], p[u], hn::Sub(h[u], high));
      const V32 d = hn::Add(one, high);
      const V32 rest = hn::Add(hn::Add(hn::Sub(one, d), high), low);
      const V32 r = hn::Div(one, d);
      const V32 half_w = hn::NegMulAdd(r, rest, hn::NegMulAdd(r, d, one));
      const V32 w = hn::Add(half_w, half_w);
      const V32 a = hn::Mul(high, r);
      const V32 a_low = hn::MulSub(high, r, a);
      const V32 b = hn::Mul(a, r);
      const V32 b_low = hn::MulSub(a, r, b);
      const V32 correction = hn::MulAdd(low, r, hn::MulAdd(a, w, a_low));
      y[u] = hn::Add(b, hn::MulAdd(correction, r, b_low));
    }
  }
};
using Derivative = ScaledLast<Pair>;
#else
struct Double {
  static HWY_INLINE exp64::V64 of(exp64::V64 x) {
    exp64::V64 factor, p;
    exp64::exp_cheap(hn::Abs(x), factor, p);
    const exp64::V64 e = hn::Mul(factor, p);
    const exp64::V64 d = hn::Add(exp64::constant(1.0), e);
    return hn::Div(e, hn::Mul(d, d));
  }
};
using Derivative = exp64::Through<Double>;
#endif

}  // namespace

void derivative_array(const float* x, float* y, std::size_t n) { for_each_element<Derivative>(x, y, n); }

}  // namespace HWY_NAMESPACE
}  // namespace ogive::sigmoid
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace ogive::sigmoid {
OGIVE_ARRAY_FUNCTION(derivative, float, derivative_array)
}  // namespace ogive::sigmoid
#endif
