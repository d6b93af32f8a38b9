// SPDX-License-Identifier: MIT
// e^-x of float lanes widened to double: for results with many subnormal numbers, for doubtful cases, and for targets without FMA
// (nothing here needs it).
//
//   y = x log2(e),   n = round(y),   r = y - n,   e^-x = 2^-n 2^-r
//
// Included once for each instruction set (hence no #pragma once); see hwy/foreach_target.h.
#if defined(OGIVE_SIGMOID_EXP64_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef OGIVE_SIGMOID_EXP64_INL_H_
#undef OGIVE_SIGMOID_EXP64_INL_H_
#else
#define OGIVE_SIGMOID_EXP64_INL_H_
#endif

#include <hwy/highway.h>

#include "ogive/sigmoid/lanes-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ogive::sigmoid {
namespace HWY_NAMESPACE {
namespace exp64 {

using D64 = hn::ScalableTag<double>;
using DI64 = hn::RebindToSigned<D64>;
using DHalf = hn::Rebind<float, D64>;  // as many floats as there are doubles in a vector
using V64 = hn::Vec<D64>;
using VI64 = hn::Vec<DI64>;
using VHalf = hn::Vec<DHalf>;

HWY_INLINE V64 constant(double value) { return hn::Set(D64(), value); }
HWY_INLINE VI64 bits(V64 v) { return hn::BitCast(DI64(), v); }
HWY_INLINE V64 from_bits(VI64 v) { return hn::BitCast(D64(), v); }

// Beyond these ends the results no longer change, and up to them every double below is a normal number.
// Comparisons and not Min and Max: a NaN stays a NaN, here and in all that follows.
template <class D>
HWY_INLINE hn::Vec<D> clamp(D d, hn::Vec<D> x) {
  const auto low = hn::Set(d, -105.0f), high = hn::Set(d, 105.0f);
  x = hn::IfThenElse(hn::Lt(x, low), low, x);
  return hn::IfThenElse(hn::Gt(x, high), high, x);
}

// log2(e) = the first 24 bits + the rest: the product of a float and the first is exact.
constexpr double kLog2eHigh = 0x1.715476p0;
constexpr double kLog2eLow = 0x1.4ae0bf85ddf44p-26;
constexpr double kLog2e = 0x1.71547652b82fep0;

template <std::size_t kSize>
HWY_INLINE V64 polynomial(const double (&coefficient)[kSize], V64 r) {
  V64 p = hn::MulAdd(r, constant(coefficient[kSize - 1]), constant(coefficient[kSize - 2]));
  for (std::size_t k = kSize - 2; k-- > 0;) p = hn::MulAdd(r, p, constant(coefficient[k]));
  return p;
}

// Cheap: relative error < 2^-39.9 with the table-free form, 2^-38.4 with the table (polynomial 2^-40.2 or 2^-38.5, and the rounding
// of y, at most 2^-46 of e^-x).
#if HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_AVX3_DL
// 2^r = table of 16 by vpermt2pd (for which Highway 1.0.3 has no name), degree 4 on |r| <= 1/32.
alignas(64) constexpr std::uint64_t kPower[16] = {  // the bits of 2^(i/16), less i steps of the shifted exponent
    0x3ff0000000000000, 0x3fefb5586cf9890f, 0x3fef72b83c7d517b, 0x3fef387a6e756238, 0x3fef06fe0a31b715, 0x3feedea64c123422,
    0x3feebfdad5362a27, 0x3feeab07dd485429, 0x3feea09e667f3bcd, 0x3feea11473eb0187, 0x3feeace5422aa0db, 0x3feec49182a3f090,
    0x3feee89f995ad3ad, 0x3fef199bdd85529c, 0x3fef5818dcfba487, 0x3fefa4afa2a490da};
constexpr double kCheap[] = {0x1.ffffffffffe6cp-1, 0x1.62e42fec39e2ep-1, 0x1.ebfbe0033fc24p-3, 0x1.c6b3f73ea9fb9p-5,
                             0x1.3b2920fb6c032p-7};
constexpr int kCheapDoubt = 15;
HWY_INLINE void exp_cheap(V64 x, V64& factor, V64& p) {
  const V64 magic = constant(0x1.8p48);  // rounds to 1/16
  const V64 y = hn::Mul(x, constant(-kLog2e));
  const V64 w = hn::Add(y, magic);
  p = polynomial(kCheap, hn::Sub(y, hn::Sub(w, magic)));
  const V64 low = hn::Load(D64(), reinterpret_cast<const double*>(kPower));
  const V64 high = hn::Load(D64(), reinterpret_cast<const double*>(kPower) + 8);
  const V64 entry{_mm512_permutex2var_pd(low.raw, bits(w).raw, high.raw)};  // takes the low four bits
  factor = from_bits(hn::Add(bits(entry), hn::ShiftLeft<48>(bits(w))));
}
#else
constexpr double kCheap[] = {0x1.ffffffffff7a4p-1,  0x1.62e42fef86162p-1,  0x1.ebfbdff93189fp-3,
                             0x1.c6b08dd46cb0fp-5,  0x1.3b2ab5c545680p-7,  0x1.5d874838e27e2p-10,
                             0x1.430acc6f78de9p-13, 0x1.00dad2063f638p-16, 0x1.61b007958456ap-20};
constexpr int kCheapDoubt = 14;
HWY_INLINE void exp_cheap(V64 x, V64& factor, V64& p) {
  const V64 magic = constant(0x1.8p52);
  const V64 y = hn::Mul(x, constant(-kLog2e));
  const V64 w = hn::Add(y, magic);
  p = polynomial(kCheap, hn::Sub(y, hn::Sub(w, magic)));
  factor = from_bits(hn::Add(hn::ShiftLeft<52>(bits(w)), bits(constant(1.0))));
}
#endif

// Precise: relative error < 2^-51.5 of e^-x (the polynomial 2^-54.6, its evaluation, the rest of the reduction).
constexpr double kPrecise[] = {0x1p0,
                               0x1.62e42fefa39efp-1,
                               0x1.ebfbdff82c5adp-3,
                               0x1.c6b08d7049fd1p-5,
                               0x1.3b2ab6fb9f41ap-7,
                               0x1.5d87fe78cf04fp-10,
                               0x1.43091310be07ep-13,
                               0x1.ffcbfba85bf5ep-17,
                               0x1.62bfc3c52a629p-20,
                               0x1.b5267735a3a61p-24,
                               0x1.e620f5d796bedp-28,
                               0x1.e7ac11c6ed840p-32};
constexpr int kPreciseDoubt = 6;
HWY_INLINE void exp_precise(V64 x, V64& factor, V64& p) {
  const V64 magic = constant(0x1.8p52);
  const V64 y = hn::Mul(x, constant(-kLog2eHigh));  // exact
  const V64 w = hn::Add(y, magic);
  const V64 r = hn::Add(hn::Sub(y, hn::Sub(w, magic)), hn::Mul(x, constant(-kLog2eLow)));
  p = polynomial(kPrecise, r);
  factor = from_bits(hn::Add(hn::ShiftLeft<52>(bits(w)), bits(constant(1.0))));
}

// 1 + e^-x in double; x within clamp().
template <std::size_t kCount>
HWY_INLINE void denominators_cheap(const V64 (&x)[kCount], V64 (&d)[kCount]) {
  V64 factor[kCount], p[kCount];
  for (std::size_t u = 0; u < kCount; ++u) exp_cheap(x[u], factor[u], p[u]);
  for (std::size_t u = 0; u < kCount; ++u) d[u] = hn::MulAdd(factor[u], p[u], constant(1.0));
}
HWY_INLINE V64 denominator_precise(V64 x) {
  V64 factor, p;
  exp_precise(x, factor, p);
  return hn::MulAdd(factor, p, constant(1.0));
}

// A float32 kernel that is computed in double, by Function::of(x) with x within clamp(), and rounded once.
template <class Function>
struct Through {
  static constexpr std::size_t unit = kGroup, in_step = 1;

  template <std::size_t>
  static HWY_INLINE void run(const float* from, float* to) {
    for (std::size_t i = 0; i < unit; i += HWY_LANES(double)) {
      const V64 x = hn::PromoteTo(D64(), clamp(DHalf(), hn::LoadU(DHalf(), from + i)));
      hn::StoreU(hn::DemoteTo(DHalf(), Function::of(x)), DHalf(), to + i);
    }
  }
};

}  // namespace exp64
}  // namespace HWY_NAMESPACE
}  // namespace ogive::sigmoid
HWY_AFTER_NAMESPACE();
#endif
