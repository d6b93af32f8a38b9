// SPDX-License-Identifier: MIT
// logistic_u1, float32: 1 / (1 + e^-x) with the denominator as a sum of two floats and one step of correction after the division.
//
//   e^-x = h (1 + p)                       exp32-inl.h: h exact, |p| <= 2^-6.5 rounded (2^-4.5 with the 8 entries of AVX2)
//   1 + h = a + b, a + h p = d + e         exactly; the denominator is d + (e + b)
//   y = r + r (1 - r d - r (e + b)), r = 1/d
//
// Half an ulp for the rounding of y, and for the rest hardly more than the rounding of p: 2^-6.5 ulp or 2^-4.5 (AVX2). Subnormal
// results are rounded twice (to 24 bits, then to the subnormal grid): at most 0.77 ulp. Without FMA the same is computed in double
// and rounded once.
#include "ogive/sigmoid/kernels.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "ogive/sigmoid/logistic_u1.cpp"
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
struct Pair : OfX {
  // 1 / (1 + e^-x), times 2^m when wide.
  template <bool kWide>
  static HWY_INLINE void quotient(const V32 (&x)[kUnroll], V32 (&y)[kUnroll], Scaling (&scaling)[kUnroll]) {
    const V32 one = constant(1.0f);
    V32 h[kUnroll], t[kUnroll], l[kUnroll], p[kUnroll];
    exp32::reduce<kWide>(x, h, t, l, scaling);
    exp32::exp_minus_1(t, l, p);
    for (std::size_t u = 0; u < kUnroll; ++u) {
      V32 a, b;
      exp32::one_plus(h[u], a, b);
      const V32 d = hn::MulAdd(h[u], p[u], a);
      const V32 low = hn::Add(hn::MulAdd(h[u], p[u], hn::Sub(a, d)), b);
      const V32 r = hn::Div(one, d);
      const V32 rest = hn::NegMulAdd(r, low, hn::NegMulAdd(r, d, one));
      y[u] = hn::MulAdd(rest, r, r);
    }
  }
};
using LogisticU1 = ScaledLast<Pair>;
#else
struct Double {
  static HWY_INLINE exp64::V64 of(exp64::V64 x) {
    const exp64::V64 inside[1] = {x};
    exp64::V64 d[1];
    exp64::denominators_cheap(inside, d);
    return hn::Div(exp64::constant(1.0), d[0]);
  }
};
using LogisticU1 = exp64::Through<Double>;
#endif

}  // namespace

void logistic_u1_array(const float* x, float* y, std::size_t n) { for_each_element<LogisticU1>(x, y, n); }

}  // namespace HWY_NAMESPACE
}  // namespace ogive::sigmoid
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace ogive::sigmoid {
OGIVE_ARRAY_FUNCTION(logistic_u1, float, logistic_u1_array)
}  // namespace ogive::sigmoid
#endif
