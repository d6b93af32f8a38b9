// SPDX-License-Identifier: MIT
// softplus(x) = log(1 + e^x) and log_logistic(x) = log s(x) = -softplus(-x) over arrays of float32, computed in float64.
//
// softplus(x) = max(x, 0) + log(1 + e) and log_logistic(x) = min(x, 0) - log(1 + e) with e = e^-|x|: two terms of one sign, so
// nothing cancels. e = 2^n 2^r with n whole and |r| <= 1/2; 2^r by a polynomial of degree 8 (error 2^-40 of e). log(1 + e) = 2
// atanh(h) with h = e / (2 + e) <= 1/3, which keeps its relative accuracy for small e; atanh by its series in h^2, as a minimax
// polynomial (error 2^-42). The sum is rounded to float32 once, so subnormal results are as good as the others. No product needs to
// be exact: the instruction sets without FMA keep the same bound.
#include <cstdint>

#include "ogive/sigmoid/kernels.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "ogive/sigmoid/log_logistic.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "ogive/sigmoid/array-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ogive::sigmoid {
namespace HWY_NAMESPACE {
namespace {

using D = hn::ScalableTag<double>;
using DI = hn::RebindToSigned<D>;
using DF = hn::Rebind<float, D>;
using V = hn::Vec<D>;

// 2^r on |r| <= 1/2.
constexpr double power[] = {0x1.ffffffffff7a6p-1,  0x1.62e42fef8614bp-1,  0x1.ebfbdff931800p-3,
                            0x1.c6b08dd46fa16p-5,  0x1.3b2ab5c54128fp-7,  0x1.5d874835f5456p-10,
                            0x1.430acc855f081p-13, 0x1.00dad3a6a2644p-16, 0x1.61afe891718e9p-20};
// (2 atanh(h) - 2 h) / h^3, of h^2, for h <= 1/3.
constexpr double atanh_rest[] = {0x1.5555555638d28p-1, 0x1.99999806c2b18p-2, 0x1.2492c18b995fep-2, 0x1.c6fa73e88f068p-3,
                                 0x1.76e939a888c82p-3, 0x1.209ffe6f27429p-3, 0x1.99ef97fc5ef88p-3};

enum class Function { softplus, log_logistic };

template <Function function>
struct Softplus {
  static constexpr std::size_t lanes = HWY_LANES(double), unit = lanes;
  static constexpr std::size_t in_step = 4;

  template <std::size_t U>
  static HWY_INLINE void run(const float* from, float* to) {
    const D d;
    const DI di;
    const DF df;
    const V magic = hn::Set(d, 0x1.8p52);
    V x[U], w[U], r[U], p[U], h[U], square[U];
    for (std::size_t u = 0; u < U; ++u) x[u] = hn::PromoteTo(d, hn::LoadU(df, from + u * lanes));
    // Below -110 the result rounds to 0.
    for (std::size_t u = 0; u < U; ++u) r[u] = raise_to(d, minus_abs(d, x[u]), hn::Set(d, -110.0));
    for (std::size_t u = 0; u < U; ++u) r[u] = hn::Mul(r[u], hn::Set(d, 0x1.71547652b82fep+0));
    for (std::size_t u = 0; u < U; ++u) w[u] = hn::Add(r[u], magic);
    for (std::size_t u = 0; u < U; ++u) r[u] = hn::Sub(r[u], hn::Sub(w[u], magic));
    polynomial(power, r, p);
    // Times 2^n, through the bits. (In a NaN from a float32 the last bits of w are 0, so it stays one.)
    for (std::size_t u = 0; u < U; ++u) {
      p[u] = hn::BitCast(d, hn::Add(hn::BitCast(di, p[u]), hn::ShiftLeft<52>(hn::BitCast(di, w[u]))));
    }
    for (std::size_t u = 0; u < U; ++u) h[u] = hn::Div(p[u], hn::Add(p[u], hn::Set(d, 2.0)));
    for (std::size_t u = 0; u < U; ++u) square[u] = hn::Mul(h[u], h[u]);
    polynomial(atanh_rest, square, p);
    for (std::size_t u = 0; u < U; ++u) p[u] = hn::MulAdd(hn::Mul(h[u], square[u]), p[u], hn::Add(h[u], h[u]));
    if constexpr (function == Function::softplus) {
      for (std::size_t u = 0; u < U; ++u) p[u] = hn::Add(hn::IfThenElseZero(hn::Gt(x[u], hn::Zero(d)), x[u]), p[u]);
    } else {
      for (std::size_t u = 0; u < U; ++u) p[u] = hn::Sub(hn::IfThenElseZero(hn::Lt(x[u], hn::Zero(d)), x[u]), p[u]);
    }
    for (std::size_t u = 0; u < U; ++u) hn::StoreU(narrow(df, d, p[u]), df, to + u * lanes);
  }
};

void softplus_array(const float* x, float* y, std::size_t n) { for_each_element<Softplus<Function::softplus>>(x, y, n); }
void log_logistic_array(const float* x, float* y, std::size_t n) { for_each_element<Softplus<Function::log_logistic>>(x, y, n); }

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace ogive::sigmoid
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace ogive::sigmoid {
OGIVE_ARRAY_FUNCTION(softplus, float, softplus_array)
OGIVE_ARRAY_FUNCTION(log_logistic, float, log_logistic_array)
}  // namespace ogive::sigmoid
#endif
