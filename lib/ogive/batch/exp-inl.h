// SPDX-License-Identifier: MIT
// e^t for lanes within range.
//
//   n = round(t N / ln 2),   r = t - n ln 2 / N,   e^t = 2^(n/N) p(r)
//
// N = 16 with a table in two registers on AVX-512 (degree 5), else N = 1 (degree 10). The best polynomial of degree d leaves
// h^(d+1) / ((d + 1)! 2^d) of e^r on |r| <= h = ln 2 / (2 N): 4.5e-15 and 2.2e-16. Relative error with all roundings: float64
// 5.5e-15 + 2^-53 |t| (the latter without fused multiply-add only), float32 2e-7 + 2^-24 |t|; callers promise |t| <= kMostExponent.
#if defined(OGIVE_BATCH_EXP_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef OGIVE_BATCH_EXP_INL_H_
#undef OGIVE_BATCH_EXP_INL_H_
#else
#define OGIVE_BATCH_EXP_INL_H_
#endif

#include "ogive/batch/lanes-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ogive::batch {
namespace HWY_NAMESPACE {

template <class T>
constexpr double kMostExponent = is_double<T> ? 690.0 : 80.0;

template <class T>
HWY_INLINE Vec<T> clamp_exponent(Vec<T> t) {
  return hn::Max(hn::Min(t, set<T>(kMostExponent<T>)), set<T>(-kMostExponent<T>));
}

template <class T, std::size_t kSize>
HWY_INLINE Vec<T> polynomial(const double (&coefficient)[kSize], Vec<T> r) {
  auto p = hn::MulAdd(r, set<T>(coefficient[kSize - 1]), set<T>(coefficient[kSize - 2]));
  for (std::size_t k = kSize - 2; k-- > 0;) p = hn::MulAdd(r, p, set<T>(coefficient[k]));
  return p;
}

constexpr double kExp32[] = {0x1.000001460719fp+0, 0x1.0000002e8ac3dp+0, 0x1.fffd063556d58p-2,
                             0x1.55547bd420ef9p-3, 0x1.576470786575fp-5, 0x1.123e1bb920e29p-7};
#ifdef OGIVE_BATCH_AVX512
constexpr double kExp64[] = {0x1.0000000000014p+0, 0x1.0000000000003p+0, 0x1.fffffffd0b49bp-2,
                             0x1.555555547d216p-3, 0x1.55576239dec7fp-5, 0x1.11123d01366d4p-7};
alignas(64) constexpr std::uint64_t kPower[16] = {  // the bits of 2^(i/16), less i steps of the shifted exponent
    0x3ff0000000000000, 0x3fefb5586cf9890f, 0x3fef72b83c7d517b, 0x3fef387a6e756238, 0x3fef06fe0a31b715, 0x3feedea64c123422,
    0x3feebfdad5362a27, 0x3feeab07dd485429, 0x3feea09e667f3bcd, 0x3feea11473eb0187, 0x3feeace5422aa0db, 0x3feec49182a3f090,
    0x3feee89f995ad3ad, 0x3fef199bdd85529c, 0x3fef5818dcfba487, 0x3fefa4afa2a490da};
#else
constexpr double kExp64[] = {0x1.0000000000000p+0,  0x1.000000000001ep+0,  0x1.0000000000005p-1,  0x1.555555554b736p-3,
                             0x1.55555555520a4p-5,  0x1.1111112ddae8bp-7,  0x1.6c16c17f46982p-10, 0x1.a01978b8b3d18p-13,
                             0x1.a019a6611cad5p-16, 0x1.72fafebdaf273p-19, 0x1.28a2ca617b969p-22};
#endif

template <class T>
HWY_INLINE Vec<T> exp(Vec<T> t) {
  const Tag<T> d;
  const hn::RebindToSigned<Tag<T>> di;
  if constexpr (is_double<T>) {
#ifdef OGIVE_BATCH_AVX512
    const auto magic = set<T>(0x1.8p52);
    const auto w = hn::MulAdd(t, set<T>(0x1.71547652b82fep+4), magic);
    const auto n = hn::Sub(w, magic);
    auto r = hn::NegMulAdd(n, set<T>(0x1.62e42fefa3800p-5), t);
    r = hn::NegMulAdd(n, set<T>(0x1.ef35793c76730p-49), r);
    const auto p = polynomial<T>(kExp64, r);
    const auto low = load<T>(reinterpret_cast<const double*>(kPower));
    const auto high = load<T>(reinterpret_cast<const double*>(kPower) + 8);
    const auto bits = hn::BitCast(di, w);
    const Vec<T> entry{_mm512_permutex2var_pd(low.raw, bits.raw, high.raw)};  // takes the low four bits
    const auto power = hn::BitCast(d, hn::Add(hn::BitCast(di, entry), hn::ShiftLeft<48>(bits)));
    return hn::Mul(p, power);
#else
    const auto magic = set<T>(0x1.8p52);
    const auto w = hn::MulAdd(t, set<T>(0x1.71547652b82fep+0), magic);
    const auto n = hn::Sub(w, magic);
    auto r = hn::NegMulAdd(n, set<T>(0x1.62e42fefa3800p-1), t);
    r = hn::NegMulAdd(n, set<T>(0x1.ef35793c76730p-45), r);
    const auto p = polynomial<T>(kExp64, r);
    return hn::BitCast(d, hn::Add(hn::BitCast(di, p), hn::ShiftLeft<52>(hn::BitCast(di, w))));
#endif
  } else {
    const auto magic = set<T>(0x1.8p23);
    const auto w = hn::MulAdd(t, set<T>(0x1.715476p+0), magic);
    const auto n = hn::Sub(w, magic);
    auto r = hn::NegMulAdd(n, set<T>(0x1.62e4p-1), t);
    r = hn::NegMulAdd(n, set<T>(0x1.7f7d1cp-20), r);
    const auto p = polynomial<T>(kExp32, r);
    return hn::BitCast(d, hn::Add(hn::BitCast(di, p), hn::ShiftLeft<23>(hn::BitCast(di, w))));
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace ogive::batch
HWY_AFTER_NAMESPACE();
#endif
