// SPDX-License-Identifier: MIT
// logistic_fast, float32: 1 / (1 + e^-x) with one polynomial and one division.
//
//   n = round(-x / ln 2),  t = -x - n ln 2,  s = 2^n,   1 + e^-x = (1 + s) + s (t + t^2 g(t))
//
// s t is exact, so the polynomial, the scaling and the sum share one rounding. Errors, as a part of 1 + e^-x and in units of 2^-24:
//   1     the last FMA: the rounding of the sum
//   0.6   t q(t), q = 1 + t g(t): its rounding (half a unit of 1.19, times |t| <= 0.347), the reduction (0.25) and the polynomial
//   0     1 + s for |n| <= 23; 1 for n = 24, where 1 is just lost (the worst inputs are there, near x = -16.64); half that beyond
// and half an ulp of the result for the division; a unit is at most one ulp of the result. In all 2.45 ulp (claims.h).
#include "ogive/sigmoid/kernels.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "ogive/sigmoid/logistic_fast.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "ogive/sigmoid/lanes-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ogive::sigmoid {
namespace HWY_NAMESPACE {
namespace {

constexpr float kMagic = 0x1.8p23f;  // adding it rounds to an integer, which then stands in the low bits
constexpr float kInverseLn2 = 0x1.715476p0f;
constexpr float kLn2High = 0x1.62e4p-1f;  // 15 bits: n kLn2High is exact
constexpr float kLn2Low = 0x1.7f7d1cp-20f;
// (e^t - 1 - t) / t^2 on |t| <= ln 2 / 2; with it e^t has the relative error 2^-27.7.
constexpr float kG[] = {0x1.fffffcp-2f, 0x1.555490p-3f, 0x1.5558f4p-5f, 0x1.123a68p-7f, 0x1.6a238ap-10f};

struct LogisticFast : OfX {
  // 1 / (1 + e^-x), times 2^m when wide.
  template <bool kWide>
  static HWY_INLINE void quotient(const V32 (&x)[kUnroll], V32 (&y)[kUnroll], Scaling (&scaling)[kUnroll]) {
    const V32 one = constant(1.0f);
    V32 t[kUnroll], s[kUnroll], q[kUnroll];
    for (std::size_t u = 0; u < kUnroll; ++u) {
      const V32 w = hn::MulAdd(x[u], constant(-kInverseLn2), constant(kMagic));
      const V32 n = hn::Sub(w, constant(kMagic));
      t[u] = hn::NegMulSub(n, constant(kLn2High), x[u]);
      t[u] = hn::NegMulAdd(n, constant(kLn2Low), t[u]);
      VI32 exponent = bits(w);
      if constexpr (kWide) {
        const VI32 limit = hn::Set(DI32(), 0x4b400000 + 64);  // the bits of kMagic + 64
        const VI32 excess = hn::Max(hn::Sub(exponent, limit), hn::Zero(DI32()));
        exponent = hn::Sub(exponent, excess);
        scaling[u].scale = from_bits(hn::Sub(bits(one), hn::ShiftLeft<23>(excess)));
        const auto subnormal = hn::Gt(excess, hn::Set(DI32(), 126 - 64));
        scaling[u].offset = from_bits(hn::IfThenElseZero(subnormal, bits(constant(0x1p-126f))));
      }
      s[u] = from_bits(hn::Add(hn::ShiftLeft<23>(exponent), bits(one)));
    }
    polynomial(kG, t, q);
    for (std::size_t u = 0; u < kUnroll; ++u) q[u] = hn::MulAdd(t[u], q[u], one);
    for (std::size_t u = 0; u < kUnroll; ++u) {
      y[u] = hn::Div(one, hn::MulAdd(hn::Mul(s[u], t[u]), q[u], hn::Add(one, s[u])));
    }
  }
};

}  // namespace

void logistic_fast_array(const float* x, float* y, std::size_t n) { for_each_element_streamed<ScaledLast<LogisticFast>>(x, y, n); }

}  // namespace HWY_NAMESPACE
}  // namespace ogive::sigmoid
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace ogive::sigmoid {
OGIVE_ARRAY_FUNCTION(logistic_fast, float, logistic_fast_array)
}  // namespace ogive::sigmoid
#endif
