// SPDX-License-Identifier: MIT
// e^-x of float lanes in two parts, by a table: what logistic_u1, logistic_cr and the derivative start from (targets with FMA).
//
//   n = round(-x N / ln 2), N = 2^b entries,   e^-x = h e^(t + l),   h = 2^(n/N) rounded,   |t + l| <= ln 2 / 2N
//
// t = -x - n c1 is exact (c1 has 21 bits). l = -n c2 + rho[n mod N] is the rest of the reduction and, at no cost, the rounding of
// the table: rho = ln(2^(i/N) / h). So h counts as exact. Error of l: 2^-24 |l| < 2^-46 (c2), 2^-49 (rho). Included once for each
// instruction set (hence no #pragma once); see hwy/foreach_target.h.
#if defined(OGIVE_SIGMOID_EXP32_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef OGIVE_SIGMOID_EXP32_INL_H_
#undef OGIVE_SIGMOID_EXP32_INL_H_
#else
#define OGIVE_SIGMOID_EXP32_INL_H_
#endif

#include <hwy/highway.h>

#include "ogive/sigmoid/lanes-inl.h"

// Defined where this file offers anything (FMA, and a table that a permutation of registers can read), and where it offers the
// precise form.
#undef OGIVE_SIGMOID_EXP32
#undef OGIVE_SIGMOID_EXP32_PRECISE
#if HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_AVX3_DL || HWY_TARGET == HWY_AVX2
#define OGIVE_SIGMOID_EXP32 1

HWY_BEFORE_NAMESPACE();
namespace ogive::sigmoid {
namespace HWY_NAMESPACE {
namespace exp32 {

constexpr float kMagic = 0x1.8p23f;  // adding it rounds to an integer, which then stands in the low bits
constexpr int kMagicBits = 0x4b400000;

#if HWY_TARGET == HWY_AVX2  // 8 entries: one vpermps
constexpr int kTableBits = 3;
constexpr float kStepsPerUnit = 0x1.715476p3f;  // N / ln 2
constexpr float kStepHigh = 0x1.62e43p-4f;      // ln 2 / N = c1 + c2
constexpr float kStepLow = -0x1.05c61p-32f;
// The bits of 2^(i/N), less i steps of the shifted exponent.
alignas(32) constexpr std::int32_t kPower[8] = {0x3f800000, 0x3f7b95c2, 0x3f7837f0, 0x3f75fed7,
                                                0x3f7504f3, 0x3f75672a, 0x3f7744fd, 0x3f7ac0c7};
alignas(32) constexpr float kRho[8] = {0.0f,
                                       -0x1.9c0c22p-27f,
                                       0x1.125002p-25f,
                                       -0x1.0a3552p-25f,
                                       0x1.26055cp-26f,
                                       0x1.67a1cap-28f,
                                       -0x1.f9c306p-27f,
                                       -0x1.a5217cp-28f};
// (e^t - 1 - t) / t^2 on |t| <= ln 2 / 2N, times t^2 to 2^-32.4.
constexpr float kQ[] = {0x1p-1f, 0x1.555c84p-3f, 0x1.555db6p-5f};
template <class T>
HWY_INLINE V32 lookup(const T (&table)[8], VI32 index) {
  const auto entry = hn::IndicesFromVec(D32(), hn::And(index, hn::Set(DI32(), 7)));
  return hn::TableLookupLanes(hn::Load(D32(), reinterpret_cast<const float*>(table)), entry);
}
#else  // 32 entries: one vpermt2ps, for which Highway 1.0.3 has no name
#define OGIVE_SIGMOID_EXP32_PRECISE 1
constexpr int kTableBits = 5;
constexpr float kStepsPerUnit = 0x1.715476p5f;
constexpr float kStepHigh = 0x1.62e43p-6f;
constexpr float kStepLow = -0x1.05c61p-34f;
alignas(64) constexpr std::int32_t kPower[32] = {0x3f800000, 0x3f7ecd87, 0x3f7daac3, 0x3f7c980f, 0x3f7b95c2, 0x3f7aa43a, 0x3f79c3d3,
                                                 0x3f78f4f0, 0x3f7837f0, 0x3f778d3a, 0x3f76f532, 0x3f767043, 0x3f75fed7, 0x3f75a15b,
                                                 0x3f75583f, 0x3f7523f6, 0x3f7504f3, 0x3f74fbaf, 0x3f7508a4, 0x3f752c4d, 0x3f75672a,
                                                 0x3f75b9be, 0x3f76248c, 0x3f76a81e, 0x3f7744fd, 0x3f77fbb8, 0x3f78ccdf, 0x3f79b907,
                                                 0x3f7ac0c7, 0x3f7be4ba, 0x3f7d257d, 0x3f7e83b3};
alignas(64) constexpr float kRho[32] = {0.0f,
                                        -0x1.947416p-25f,
                                        0x1.8d96d4p-25f,
                                        -0x1.dda2fep-25f,
                                        -0x1.9c0c22p-27f,
                                        -0x1.a2fbb4p-25f,
                                        0x1.964902p-25f,
                                        -0x1.2b0dbcp-25f,
                                        0x1.125002p-25f,
                                        -0x1.cde8cep-26f,
                                        0x1.370be4p-25f,
                                        0x1.336de2p-30f,
                                        -0x1.0a3552p-25f,
                                        -0x1.c541b6p-26f,
                                        -0x1.00d8acp-27f,
                                        -0x1.6cb284p-25f,
                                        0x1.26055cp-26f,
                                        0x1.8b2bb8p-26f,
                                        -0x1.05cb44p-25f,
                                        -0x1.1c2142p-26f,
                                        0x1.67a1cap-28f,
                                        -0x1.348e56p-25f,
                                        0x1.a3b5e4p-28f,
                                        -0x1.0b7ec8p-25f,
                                        -0x1.f9c306p-27f,
                                        -0x1.e4c886p-26f,
                                        -0x1.6961b4p-28f,
                                        -0x1.b5151ep-28f,
                                        -0x1.a5217cp-28f,
                                        -0x1.ab7132p-26f,
                                        0x1.61428ep-28f,
                                        -0x1.2ad5f8p-27f};
// (e^t - 1 - t) / t^2 on |t| <= ln 2 / 2N, times t^2 to 2^-33.2 and 2^-42.4.
constexpr float kQ[] = {0x1.000088p-1f, 0x1.5555dap-3f};
constexpr float kQPrecise[] = {0x1p-1f, 0x1.5555c8p-3f, 0x1.5555dcp-5f};
template <class T>
HWY_INLINE V32 lookup(const T (&table)[32], VI32 index) {  // the instruction itself takes the low five bits
  const V32 low = hn::Load(D32(), reinterpret_cast<const float*>(table));
  const V32 high = hn::Load(D32(), reinterpret_cast<const float*>(table) + 16);
  return V32{_mm512_permutex2var_ps(low.raw, index.raw, high.raw)};
}
#endif

constexpr int kToExponent = 23 - kTableBits;

// h, t and l of a group. When wide, h stops near 2^64 (kSide = 1) or 2^-64 (kSide = -1), and `scaling` takes the rest m of the
// exponent: the result is 2^-m times what the caller computes. It is surely subnormal for m > 62.
template <bool kWide, int kSide = 1>
HWY_INLINE void reduce(const V32 (&x)[kUnroll], V32 (&h)[kUnroll], V32 (&t)[kUnroll], V32 (&l)[kUnroll],
                       Scaling (&scaling)[kUnroll]) {
  for (std::size_t u = 0; u < kUnroll; ++u) {
    const V32 w = hn::MulAdd(x[u], constant(-kStepsPerUnit), constant(kMagic));
    const V32 n = hn::Sub(w, constant(kMagic));
    t[u] = hn::NegMulSub(n, constant(kStepHigh), x[u]);
    l[u] = hn::MulAdd(n, constant(-kStepLow), lookup(kRho, bits(w)));
    VI32 steps = bits(w);
    if constexpr (kWide) {
      const VI32 limit = hn::Set(DI32(), kMagicBits + kSide * (64 << kTableBits));
      const VI32 beyond = kSide == 1 ? hn::Sub(steps, limit) : hn::Sub(limit, steps);
      const VI32 excess = hn::AndNot(hn::Set(DI32(), (1 << kTableBits) - 1), hn::Max(beyond, hn::Zero(DI32())));
      steps = kSide == 1 ? hn::Sub(steps, excess) : hn::Add(steps, excess);
      scaling[u].scale = from_bits(hn::Sub(bits(constant(1.0f)), hn::ShiftLeft<kToExponent>(excess)));
      const auto subnormal = hn::Gt(excess, hn::Set(DI32(), 62 << kTableBits));
      scaling[u].offset = from_bits(hn::IfThenElseZero(subnormal, bits(constant(0x1p-126f))));
    }
    h[u] = from_bits(hn::Add(bits(lookup(kPower, steps)), hn::ShiftLeft<kToExponent>(steps)));
  }
}

// e^(t + l) - 1 to 2^-32.4 of e^t; the error of the product h p is the same part of h.
HWY_INLINE void exp_minus_1(const V32 (&t)[kUnroll], const V32 (&l)[kUnroll], V32 (&p)[kUnroll]) {
  V32 sum[kUnroll], q[kUnroll];
  for (std::size_t u = 0; u < kUnroll; ++u) sum[u] = hn::Add(t[u], l[u]);
  polynomial(kQ, sum, q);
  for (std::size_t u = 0; u < kUnroll; ++u) p[u] = hn::MulAdd(hn::Mul(sum[u], sum[u]), q[u], sum[u]);
}

#ifdef OGIVE_SIGMOID_EXP32_PRECISE
// e^(t + l) - 1 = t + r, where |r| <= 2^-14 is rounded only relative to itself.
HWY_INLINE void exp_minus_1_rest(const V32 (&t)[kUnroll], const V32 (&l)[kUnroll], V32 (&r)[kUnroll]) {
  V32 sum[kUnroll], q[kUnroll];
  for (std::size_t u = 0; u < kUnroll; ++u) sum[u] = hn::Add(t[u], l[u]);
  polynomial(kQPrecise, sum, q);
  for (std::size_t u = 0; u < kUnroll; ++u) r[u] = hn::MulAdd(hn::Mul(sum[u], sum[u]), q[u], l[u]);
}
#endif

// sum = 1 + h rounded, low = what the rounding lost (exact). Either of the two may be the larger; but below 2^24, sum - 1 is exact
// in any case (1 is a multiple of the last bit of sum), and two operations are saved.
template <bool kBelow2To24 = false>
HWY_INLINE void one_plus(V32 h, V32& sum, V32& low) {
  const V32 one = constant(1.0f);
  sum = hn::Add(one, h);
  if constexpr (kBelow2To24) {
    low = hn::Sub(h, hn::Sub(sum, one));
  } else {
    low = hn::Add(hn::Sub(hn::Max(h, one), sum), hn::Min(h, one));
  }
}

}  // namespace exp32
}  // namespace HWY_NAMESPACE
}  // namespace ogive::sigmoid
HWY_AFTER_NAMESPACE();
#endif  // targets
#endif
