// SPDX-License-Identifier: MIT
// The logistic function over arrays of float16 and bfloat16: through float32, with one rounding at the end.
//
// e = e^-|x| = 2^n e^t with n whole and |t| <= ln2/2, e^t by a polynomial of degree 5 (error 2^-23); s(x) = N / (1 + e) with N = 1
// for x >= 0 and N = e for x < 0. That is within 3 ulp of float32. Except for |x| < 2^-5 in float16, which has a line of its own,
// no s(x) of a number of 16 bits lies so near to the middle of two results that this tips it over: the test tries all of them. Only
// the result is ever rounded to 16 bits.
//
// For bfloat16 results go down to 2^-133, below the least normal float32: e is computed with an exponent not below -64, and the
// last factor of two is multiplied at the end.
#include <cstdint>
#include <type_traits>

#include "ogive/sigmoid/kernels.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "ogive/sigmoid/logistic16.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "ogive/sigmoid/array-inl.h"

// F16C, the instructions that convert float16, come with AVX2.
#undef OGIVE_CONVERTS_FLOAT16
#if HWY_TARGET <= HWY_AVX2 && !defined(HWY_DISABLE_F16C)
#define OGIVE_CONVERTS_FLOAT16 1
#else
#define OGIVE_CONVERTS_FLOAT16 0
#endif

HWY_BEFORE_NAMESPACE();
namespace ogive::sigmoid {
namespace HWY_NAMESPACE {
namespace {

using D = hn::ScalableTag<float>;
using DI = hn::RebindToSigned<D>;
using DU = hn::RebindToUnsigned<D>;
using V = hn::Vec<D>;
using D16 = hn::Rebind<std::uint16_t, D>;

HWY_INLINE void store_bits(hn::Vec<DU> bits, std::uint16_t* to) {
  hn::StoreU(hn::DemoteTo(D16(), hn::BitCast(DI(), bits)), D16(), to);
}

HWY_INLINE V widen(const float16* from) {
#if OGIVE_CONVERTS_FLOAT16
  const hn::Rebind<hwy::float16_t, D> d16;
  return hn::PromoteTo(D(), hn::BitCast(d16, hn::LoadU(D16(), &from->bits)));
#else
  const D d;
  const DU du;
  const auto bits = hn::PromoteTo(du, hn::LoadU(D16(), &from->bits));
  const auto sign = hn::ShiftLeft<16>(hn::And(bits, hn::Set(du, 0x8000u)));
  const auto rest = hn::ShiftLeft<13>(hn::And(bits, hn::Set(du, 0x7fffu)));
  // As a float32 the rest is 2^112 too small, subnormal or not. Infinity and NaN need the greatest exponent of float32 instead.
  const V number = hn::Mul(hn::BitCast(d, rest), hn::Set(d, 0x1p112f));
  const V special = hn::BitCast(d, hn::Or(rest, hn::Set(du, 0x7f800000u)));
  const auto is_special = hn::Ge(number, hn::Set(d, 0x1p16f));
  return hn::Or(hn::IfThenElse(is_special, special, number), hn::BitCast(d, sign));
#endif
}

HWY_INLINE V widen(const bfloat16* from) {
  return hn::BitCast(D(), hn::ShiftLeft<16>(hn::PromoteTo(DU(), hn::LoadU(D16(), &from->bits))));
}

// Rounds y, which is in [0, 1] or a NaN, to nearest even.
HWY_INLINE void store_rounded(V y, float16* to) {
#if OGIVE_CONVERTS_FLOAT16
  const hn::Rebind<hwy::float16_t, D> d16;
  hn::StoreU(hn::BitCast(D16(), hn::DemoteTo(d16, y)), D16(), &to->bits);
#else
  const D d;
  const DU du;
  const auto bits = hn::BitCast(du, y);
  const auto odd = hn::And(hn::ShiftRight<13>(bits), hn::Set(du, 1));
  const auto normal = hn::ShiftRight<13>(hn::Add(hn::Add(bits, odd), hn::Set(du, 0xfffu - (112u << 23))));
  // Below 2^-14: adding 0.5 rounds at 2^-24, the last bit of a subnormal float16.
  const auto subnormal = hn::Sub(hn::BitCast(du, hn::Add(y, hn::Set(d, 0.5f))), hn::BitCast(du, hn::Set(d, 0.5f)));
  const auto number = hn::IfThenElse(hn::RebindMask(du, hn::Lt(y, hn::Set(d, 0x1p-14f))), subnormal, normal);
  store_bits(hn::IfThenElse(hn::RebindMask(du, hn::Eq(y, y)), number, hn::Set(du, 0x7e00u)), &to->bits);
#endif
}

HWY_INLINE void store_rounded(V y, bfloat16* to) {
  const DU du;
  const auto bits = hn::BitCast(du, y);
  const auto odd = hn::And(hn::ShiftRight<16>(bits), hn::Set(du, 1));
  const auto number = hn::ShiftRight<16>(hn::Add(hn::Add(bits, odd), hn::Set(du, 0x7fffu)));
  store_bits(hn::IfThenElse(hn::RebindMask(du, hn::Eq(y, y)), number, hn::Set(du, 0x7fc0u)), &to->bits);
}

// (e^t - 1 - t) / t^2 on |t| <= ln2/2.
constexpr float exp_rest[] = {0x1.fffdfcp-2f, 0x1.5557aep-3f, 0x1.5729fp-5f, 0x1.106286p-7f};

template <class T>
struct Logistic16 {
  static constexpr std::size_t lanes = HWY_LANES(float), unit = lanes;
#if HWY_TARGET <= HWY_AVX3
  static constexpr std::size_t in_step = 4;
#else
  static constexpr std::size_t in_step = 2;
#endif
  static constexpr bool wide_range = std::is_same_v<T, bfloat16>;
  static constexpr float lowest = wide_range ? -96.0f : -20.0f;  // the logistic function of it rounds to 0

  template <std::size_t U>
  static HWY_INLINE void run(const T* from, T* to) {
    const D d;
    const DI di;
    const V one = hn::Set(d, 1.0f);
    const V magic = hn::Set(d, 0x1.8p23f);
    V x[U], z[U], w[U], n[U], t[U], e[U], y[U];
    for (std::size_t u = 0; u < U; ++u) x[u] = widen(from + u * lanes);
    for (std::size_t u = 0; u < U; ++u) z[u] = raise_to(d, minus_abs(d, x[u]), hn::Set(d, lowest));
    for (std::size_t u = 0; u < U; ++u) w[u] = hn::MulAdd(z[u], hn::Set(d, 0x1.715476p+0f), magic);
    for (std::size_t u = 0; u < U; ++u) n[u] = hn::Sub(w[u], magic);
    for (std::size_t u = 0; u < U; ++u) t[u] = hn::NegMulAdd(n[u], hn::Set(d, 0x1.62e4p-1f), z[u]);  // exact: ln2 to 14 bits
    for (std::size_t u = 0; u < U; ++u) t[u] = hn::NegMulAdd(n[u], hn::Set(d, 0x1.7f7d1cp-20f), t[u]);
    polynomial(exp_rest, t, e);
    for (std::size_t u = 0; u < U; ++u) e[u] = hn::Add(one, hn::MulAdd(hn::Mul(t[u], t[u]), e[u], t[u]));
    if constexpr (wide_range) {
      for (std::size_t u = 0; u < U; ++u) w[u] = hn::Add(magic, raise_to(d, n[u], hn::Set(d, -64.0f)));
    }
    // Times 2^n, through the bits. (In a NaN from 16 bits the last bits of w are 0, so it stays one.)
    for (std::size_t u = 0; u < U; ++u) {
      e[u] = hn::BitCast(d, hn::Add(hn::BitCast(di, e[u]), hn::ShiftLeft<23>(hn::BitCast(di, w[u]))));
    }
    for (std::size_t u = 0; u < U; ++u) {
      y[u] = hn::Div(hn::IfThenElse(hn::Lt(x[u], hn::Zero(d)), e[u], one), hn::Add(one, e[u]));
    }
    if constexpr (wide_range) {
      for (std::size_t u = 0; u < U; ++u) {
        // What is left of n: 0 where n >= -64, and for x > 0, where y = 1 whatever e is, without effect.
        const V left = hn::Sub(n[u], raise_to(d, n[u], hn::Set(d, -64.0f)));
        const auto bits = hn::ShiftLeft<23>(hn::BitCast(di, hn::Add(left, hn::Set(d, 0x1.8p23f + 127))));
        const V factor = hn::BitCast(d, bits);
        y[u] = hn::IfThenElse(hn::Lt(x[u], hn::Zero(d)), hn::Mul(y[u], factor), y[u]);
      }
    }
    if constexpr (!wide_range) {
      // s(x) = 1/2 + x/4 - x^3/48 + ... where 1/2 + x/4 is in the middle of two float16 and float32 does not see the x^3: a little
      // less than x/4 decides as the x^3 does. It is nearer than any other 1/2 + x/4 can come to a middle.
      for (std::size_t u = 0; u < U; ++u) {
        const V near_half = hn::MulAdd(x[u], hn::Set(d, 0x1.ffep-3f), hn::Set(d, 0.5f));  // 0.25 (1 - 2^-12)
        y[u] = hn::IfThenElse(hn::Lt(hn::Abs(x[u]), hn::Set(d, 0x1p-5f)), near_half, y[u]);
      }
    }
    for (std::size_t u = 0; u < U; ++u) store_rounded(y[u], to + u * lanes);
  }
};

void logistic_float16(const float16* x, float16* y, std::size_t n) { for_each_element<Logistic16<float16>>(x, y, n); }
void logistic_bfloat16(const bfloat16* x, bfloat16* y, std::size_t n) { for_each_element<Logistic16<bfloat16>>(x, y, n); }

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace ogive::sigmoid
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace ogive::sigmoid {
OGIVE_ARRAY_FUNCTION(logistic, float16, logistic_float16)
OGIVE_ARRAY_FUNCTION(logistic, bfloat16, logistic_bfloat16)
}  // namespace ogive::sigmoid
#endif
