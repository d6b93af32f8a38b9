// SPDX-License-Identifier: MIT
// logit(p) = log(p / (1 - p)) over arrays of float32, computed in float64.
//
// Let a = min(p, 1 - p) and b = 1 - a, so that logit(p) is log(a / b) for p <= 1/2 and -log(a / b) for p > 1/2. With a whole k such
// that 2^k a / b is between 1/1.51 and 1.51,
//
//     log(a / b) = 2 atanh(h) - k ln2,    h = (2^k a - b) / (2^k a + b),  |h| <= 0.2005.
//
// Near p = 1/2, where the result goes through 0, k = 0 and h = (a - b) / 1 is exact (p has 24 bits), so the relative accuracy
// survives. Far from it 1 - p may be rounded; that costs 2^-54 of a logarithm that is at least 1. k comes from the bits: those of a
// float64, read as an integer, are 2^52 log2 to within 0.086 2^52. atanh by its series in h^2, as a minimax polynomial (error
// 2^-41). One rounding at the end. No product needs to be exact: the instruction sets without FMA keep the same bound.
#include <cstdint>
#include <limits>

#include "ogive/sigmoid/kernels.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "ogive/sigmoid/logit.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "ogive/sigmoid/array-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ogive::sigmoid {
namespace HWY_NAMESPACE {
namespace {

using D = hn::ScalableTag<double>;
using DU = hn::RebindToUnsigned<D>;
using DF = hn::Rebind<float, D>;
using V = hn::Vec<D>;

// (2 atanh(h) - 2 h) / h^3, of h^2, for |h| <= 0.2005.
constexpr double atanh_rest[] = {0x1.5555555953c26p-1, 0x1.99998ebf819dfp-2, 0x1.249710a4af965p-2, 0x1.c5480d0149566p-3,
                                 0x1.9ca01b044b75bp-3};

struct Logit {
  static constexpr std::size_t lanes = HWY_LANES(double), unit = lanes;
  static constexpr std::size_t in_step = 4;

  template <std::size_t U>
  static HWY_INLINE void run(const float* from, float* to) {
    const D d;
    const DU du;
    const DF df;
    const V zero = hn::Zero(d), one = hn::Set(d, 1.0), half = hn::Set(d, 0.5);
    const V magic = hn::Set(d, 0x1p52);
    V p[U], a[U], b[U], k[U], h[U], square[U], q[U];
    for (std::size_t u = 0; u < U; ++u) p[u] = hn::PromoteTo(d, hn::LoadU(df, from + u * lanes));
    for (std::size_t u = 0; u < U; ++u) b[u] = hn::Sub(one, p[u]);
    for (std::size_t u = 0; u < U; ++u) {
      const auto right = hn::Gt(p[u], half);
      a[u] = hn::IfThenElse(right, b[u], p[u]);
      b[u] = hn::IfThenElse(right, p[u], b[u]);
    }
    for (std::size_t u = 0; u < U; ++u) {
      const auto difference = hn::Sub(hn::BitCast(du, b[u]), hn::BitCast(du, a[u]));
      const auto whole = hn::ShiftRight<52>(hn::Add(difference, hn::Set(du, std::uint64_t{1} << 51)));
      k[u] = hn::Sub(hn::BitCast(d, hn::Or(whole, hn::BitCast(du, magic))), magic);
      h[u] = hn::BitCast(d, hn::Add(hn::BitCast(du, a[u]), hn::ShiftLeft<52>(whole)));  // 2^k a
    }
    for (std::size_t u = 0; u < U; ++u) h[u] = hn::Div(hn::Sub(h[u], b[u]), hn::Add(h[u], b[u]));
    for (std::size_t u = 0; u < U; ++u) square[u] = hn::Mul(h[u], h[u]);
    polynomial(atanh_rest, square, q);
    for (std::size_t u = 0; u < U; ++u) q[u] = hn::MulAdd(hn::Mul(h[u], square[u]), q[u], hn::Add(h[u], h[u]));
    for (std::size_t u = 0; u < U; ++u) q[u] = hn::NegMulAdd(k[u], hn::Set(d, 0x1.62e42fefa39efp-1), q[u]);
    for (std::size_t u = 0; u < U; ++u) {
      q[u] = hn::IfThenElse(hn::Eq(a[u], zero), hn::Set(d, -std::numeric_limits<double>::infinity()), q[u]);
      q[u] = hn::IfThenElse(hn::Gt(p[u], half), hn::Neg(q[u]), q[u]);
      const auto inside = hn::And(hn::Ge(p[u], zero), hn::Le(p[u], one));
      q[u] = hn::IfThenElse(inside, q[u], hn::Set(d, std::numeric_limits<double>::quiet_NaN()));
    }
    for (std::size_t u = 0; u < U; ++u) hn::StoreU(narrow(df, d, q[u]), df, to + u * lanes);
  }
};

void logit_array(const float* p, float* y, std::size_t n) { for_each_element<Logit>(p, y, n); }

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace ogive::sigmoid
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace ogive::sigmoid {
OGIVE_ARRAY_FUNCTION(logit, float, logit_array)
}  // namespace ogive::sigmoid
#endif
