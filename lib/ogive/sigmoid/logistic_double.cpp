// SPDX-License-Identifier: MIT
// The logistic function over arrays of float64, in a precise and a fast form.
//
// With e = exp(-|x|), s(x) = N / (1 + e), where N = 1 for x >= 0 and N = e for x < 0.
//
// 1. Reduction: -|x| = n ln2/16 + t + tl with n whole and |t| <= ln2/32. t is exact; tl holds what ln2/16 lacks in one float64.
//
// 2. e = 2^(n/16) exp(t + tl). The 16 values 2^(i/16) are rounded to T(i), and rho(i) = ln(2^(i/16) / T(i)) is added to tl, which
//    makes T(i) as good as exact at no cost. exp(r) - 1 = r + r^2 q(r), q of degree 5 (error 2^-65 of e).
//
// 3. e is kept as H + L. The precise form takes H = T + T t and in L the rest of that product and all the small terms; the fast
//    form rounds the whole of T (exp(t + tl) - 1) to one float64 first, which costs 0.04 ulp.
//
// 4. y0 = N r with r = 1 / (1 + e), then one step: y = y0 + (N - y0 - y0 H - y0 L) r. N - y0 is exact since y0 >= N / 2, and the
//    product y0 H is taken exactly (FMA, or split where the instruction set has none), so y is rounded once, and r need not be
//    precise.
//
// Far to the left (x < -330) s(x) = e to float64 precision, and e would leave the range in which products are exact. There e is
// computed times 2^512, rounded where the result will have its last bit (adding 2^-510 puts the grid of the subnormals in place),
// and scaled by an integer subtraction from the bits. So subnormal results are rounded once as well, and cost nothing extra.
#include <cstdint>

#include "ogive/sigmoid/kernels.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "ogive/sigmoid/logistic_double.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "ogive/sigmoid/array-inl.h"

#ifndef OGIVE_SIGMOID_LOGISTIC_DOUBLE_ONCE
#define OGIVE_SIGMOID_LOGISTIC_DOUBLE_ONCE
namespace ogive::sigmoid {
namespace {

// 2^(i/16) rounded to float64, with i << 48 taken from the bits: adding n << 48 to them gives 2^(n/16) where i = n mod 16.
struct alignas(64) PowerTable {
  std::uint64_t bits[16];
};
constexpr double power16[16] = {0x1p+0,
                                0x1.0b5586cf9890fp+0,
                                0x1.172b83c7d517bp+0,
                                0x1.2387a6e756238p+0,
                                0x1.306fe0a31b715p+0,
                                0x1.3dea64c123422p+0,
                                0x1.4bfdad5362a27p+0,
                                0x1.5ab07dd485429p+0,
                                0x1.6a09e667f3bcdp+0,
                                0x1.7a11473eb0187p+0,
                                0x1.8ace5422aa0dbp+0,
                                0x1.9c49182a3f090p+0,
                                0x1.ae89f995ad3adp+0,
                                0x1.c199bdd85529cp+0,
                                0x1.d5818dcfba487p+0,
                                0x1.ea4afa2a490dap+0};
constexpr PowerTable make_power_table() {
  PowerTable table{};
  for (std::uint64_t i = 0; i < 16; ++i) table.bits[i] = __builtin_bit_cast(std::uint64_t, power16[i]) - (i << 48);
  return table;
}
constexpr PowerTable power_table = make_power_table();

// ln(2^(i/16) / T(i))
struct alignas(64) CorrectionTable {
  double rho[16];
};
constexpr CorrectionTable correction_table = {
    {0, 0x1.79aa65d837b6cp-54, -0x1.01b15eaa59348p-55, 0x1.68efde3a8a894p-54, 0x1.34d754db0abb6p-55, 0x1.59f48a72a4c6dp-55,
     0x1.690cebb7aafb0p-56, 0x1.063e1e21c5409p-54, -0x1.3b3efbf5e2229p-54, -0x1.b32dcb94da51dp-56, 0x1.db72fc1f0eab4p-55,
     0x1.1affc2b91ce27p-56, 0x1.c1a7792cb3387p-55, 0x1.36eae30af0cb3p-56, 0x1.4a385a63d07a7p-56, -0x1.ff7128fd391f1p-55}};

// (e^r - 1 - r) / r^2 on |r| <= ln2/32.
constexpr double exp_rest[] = {
    0.5, 0x1.5555555555558p-3, 0x1.55555554e6666p-5, 0x1.11111110950edp-7, 0x1.6c17f90070835p-10, 0x1.a01b82770f5aep-13};

constexpr double far_left = -330;        // s(x) = e and e^2 is still normal
constexpr double lowest = -748;          // exp of it rounds to 0
constexpr std::int64_t far_scale = 512;  // the power of two by which e is scaled there

}  // namespace
}  // namespace ogive::sigmoid
#endif  // once

HWY_BEFORE_NAMESPACE();
namespace ogive::sigmoid {
namespace HWY_NAMESPACE {
namespace {

using D = hn::ScalableTag<double>;
using DI = hn::RebindToSigned<D>;
using V = hn::Vec<D>;
using VI = hn::Vec<DI>;

enum class Form { precise, fast };

#if !HWY_NATIVE_FMA
// a b = high + low exactly, by splitting both factors in halves of 26 bits.
HWY_INLINE V product(V a, V b, V& low) {
  const V split = hn::Set(D(), 0x1p27 + 1);
  const V as = hn::Mul(a, split), bs = hn::Mul(b, split);
  const V ah = hn::Sub(as, hn::Sub(as, a)), bh = hn::Sub(bs, hn::Sub(bs, b));
  const V al = hn::Sub(a, ah), bl = hn::Sub(b, bh);
  const V high = hn::Mul(a, b);
  low = hn::Add(hn::Add(hn::Add(hn::Sub(hn::Mul(ah, bh), high), hn::Mul(ah, bl)), hn::Mul(al, bh)), hn::Mul(al, bl));
  return high;
}
#endif

// The entry n mod 16 of a table; n in the last bits of w.
HWY_INLINE V entry(const double* table, V w) {
#if HWY_TARGET <= HWY_AVX3
  return V{_mm512_permutex2var_pd(_mm512_load_pd(table), _mm512_castpd_si512(w.raw), _mm512_load_pd(table + 8))};
#else
  return hn::GatherIndex(D(), table, hn::And(hn::BitCast(DI(), w), hn::Set(DI(), 15)));
#endif
}

HWY_INLINE VI entry(const std::uint64_t* table, V w) {
#if HWY_TARGET <= HWY_AVX3
  return VI{_mm512_permutex2var_epi64(_mm512_load_si512(table), _mm512_castpd_si512(w.raw), _mm512_load_si512(table + 8))};
#else
  return hn::GatherIndex(DI(), reinterpret_cast<const std::int64_t*>(table), hn::And(hn::BitCast(DI(), w), hn::Set(DI(), 15)));
#endif
}

// exp(z[u]) 2^scale = high[u] + low[u], for z in [lowest, 0] such that it does not underflow.
template <Form form, std::size_t U>
HWY_INLINE void exp_pair(const V (&z)[U], std::int64_t scale, V (&high)[U], V (&low)[U]) {
  const D d;
  const DI di;
  const V magic = hn::Set(d, 0x1.8p52);
  V w[U], n[U], t[U], tl[U], r[U], q[U], th[U];
  for (std::size_t u = 0; u < U; ++u) w[u] = hn::MulAdd(z[u], hn::Set(d, 0x1.71547652b82fep+4), magic);
  for (std::size_t u = 0; u < U; ++u) n[u] = hn::Sub(w[u], magic);
  for (std::size_t u = 0; u < U; ++u) {
    const V rho = entry(correction_table.rho, w[u]);
#if HWY_NATIVE_FMA
    t[u] = hn::NegMulAdd(n[u], hn::Set(d, 0x1.62e42fefa39efp-5), z[u]);
    tl[u] = hn::NegMulAdd(n[u], hn::Set(d, 0x1.abc9e3b39803fp-60), rho);
#else  // ln2/16 in pieces of 36 bits, whose products with n (15 bits) are exact
    const V a = hn::Sub(z[u], hn::Mul(n[u], hn::Set(d, 0x1.62e42fefap-5)));
    const V b = hn::Mul(n[u], hn::Set(d, 0x1.cf79abc9ep-44));
    t[u] = hn::Sub(a, b);
    const V b_seen = hn::Sub(a, t[u]);
    const V lost = hn::Add(hn::Sub(a, hn::Add(t[u], b_seen)), hn::Sub(b_seen, b));
    tl[u] = hn::Add(hn::Sub(lost, hn::Mul(n[u], hn::Set(d, 0x1.d9cc01f97b57ap-83))), rho);
#endif
  }
  for (std::size_t u = 0; u < U; ++u) r[u] = hn::Add(t[u], tl[u]);
  polynomial(exp_rest, r, q);
  for (std::size_t u = 0; u < U; ++u) {
    const VI power = hn::Add(entry(power_table.bits, w[u]), hn::ShiftLeft<48>(hn::BitCast(di, w[u])));
    th[u] = hn::BitCast(d, scale == 0 ? power : hn::Add(power, hn::Set(di, scale << 52)));
  }
  if constexpr (form == Form::fast) {
    for (std::size_t u = 0; u < U; ++u) q[u] = hn::MulAdd(hn::Mul(r[u], r[u]), q[u], r[u]);
    for (std::size_t u = 0; u < U; ++u) q[u] = hn::Mul(th[u], q[u]);
    for (std::size_t u = 0; u < U; ++u) high[u] = hn::Add(th[u], q[u]);
    for (std::size_t u = 0; u < U; ++u) low[u] = hn::Add(hn::Sub(th[u], high[u]), q[u]);
  } else {
    for (std::size_t u = 0; u < U; ++u) q[u] = hn::MulAdd(hn::Mul(r[u], r[u]), q[u], tl[u]);
#if HWY_NATIVE_FMA
    for (std::size_t u = 0; u < U; ++u) high[u] = hn::MulAdd(th[u], t[u], th[u]);
    for (std::size_t u = 0; u < U; ++u) low[u] = hn::MulAdd(th[u], t[u], hn::Sub(th[u], high[u]));
    for (std::size_t u = 0; u < U; ++u) low[u] = hn::MulAdd(th[u], q[u], low[u]);
#else
    for (std::size_t u = 0; u < U; ++u) {
      V rest;
      const V step = product(th[u], t[u], rest);
      high[u] = hn::Add(th[u], step);
      low[u] = hn::Add(hn::Add(hn::Sub(th[u], high[u]), step), hn::Add(rest, hn::Mul(th[u], q[u])));
    }
#endif
  }
}

// y[i] = s(x[i]) where x[i] < far_left, for U vectors; other y[i] stay. Rare, so it is kept out of the way of the rest.
template <Form form, std::size_t U>
HWY_NOINLINE void logistic_far_left(const double* from, double* to) {
  const D d;
  const DI di;
  const std::size_t lanes = HWY_LANES(double);
  V x[U], z[U], high[U], low[U];
  for (std::size_t u = 0; u < U; ++u) x[u] = hn::Load(d, from + u * lanes);
  for (std::size_t u = 0; u < U; ++u) z[u] = raise_to(d, minus_abs(d, x[u]), hn::Set(d, lowest));
  exp_pair<form>(z, far_scale, high, low);
  for (std::size_t u = 0; u < U; ++u) {
    // A normal result is high + low, rounded, and scaled down. A subnormal one is rounded by its sum with the least normal number.
    const V least_normal = hn::Set(d, 0x1p-510);  // 2^(-1022 + far_scale)
    const auto subnormal = hn::Lt(hn::Add(high[u], low[u]), least_normal);
    const V anchor = hn::IfThenElseZero(subnormal, least_normal);
    const V sum = hn::Add(anchor, high[u]);
    const V rest = hn::Add(hn::Add(hn::Sub(anchor, sum), high[u]), low[u]);
    const V scale = hn::IfThenElse(subnormal, least_normal, hn::BitCast(d, hn::Set(di, far_scale << 52)));
    const V y = hn::BitCast(d, hn::Sub(hn::BitCast(di, hn::Add(sum, rest)), hn::BitCast(di, scale)));
    hn::Store(hn::IfThenElse(hn::Lt(x[u], hn::Set(d, far_left)), y, hn::Load(d, to + u * lanes)), d, to + u * lanes);
  }
}

template <Form form>
struct Logistic {
  static constexpr std::size_t lanes = HWY_LANES(double), unit = lanes;
#if HWY_TARGET <= HWY_AVX3
  static constexpr std::size_t in_step = form == Form::fast ? 6 : 5;
#else
  static constexpr std::size_t in_step = 4;
#endif

  template <std::size_t U>
  static HWY_INLINE void run(const double* from, double* to) {
    const D d;
    const V one = hn::Set(d, 1.0);
    V x[U], z[U], high[U], low[U], r[U], numerator[U], y[U], rest[U];
    for (std::size_t u = 0; u < U; ++u) x[u] = hn::LoadU(d, from + u * lanes);
    for (std::size_t u = 0; u < U; ++u) z[u] = raise_to(d, minus_abs(d, x[u]), hn::Set(d, far_left));
    exp_pair<form>(z, 0, high, low);
    if constexpr (form == Form::fast) {
      for (std::size_t u = 0; u < U; ++u) r[u] = hn::Add(one, high[u]);
    } else {
      for (std::size_t u = 0; u < U; ++u) r[u] = hn::Add(one, hn::Add(high[u], low[u]));
    }
    for (std::size_t u = 0; u < U; ++u) r[u] = hn::Div(one, r[u]);
    for (std::size_t u = 0; u < U; ++u) numerator[u] = hn::IfThenElse(hn::Lt(x[u], hn::Zero(d)), high[u], one);
    for (std::size_t u = 0; u < U; ++u) y[u] = hn::Mul(numerator[u], r[u]);
    for (std::size_t u = 0; u < U; ++u) rest[u] = hn::Sub(numerator[u], y[u]);
#if HWY_NATIVE_FMA
    for (std::size_t u = 0; u < U; ++u) rest[u] = hn::NegMulAdd(y[u], high[u], rest[u]);
    for (std::size_t u = 0; u < U; ++u) rest[u] = hn::NegMulAdd(y[u], low[u], rest[u]);
#else
    for (std::size_t u = 0; u < U; ++u) {
      V part;
      const V whole = product(y[u], high[u], part);
      rest[u] = hn::Sub(hn::Sub(hn::Sub(rest[u], whole), part), hn::Mul(y[u], low[u]));
    }
#endif
    for (std::size_t u = 0; u < U; ++u) {
      rest[u] = hn::IfThenElse(hn::Lt(x[u], hn::Zero(d)), hn::Add(rest[u], low[u]), rest[u]);
    }
    for (std::size_t u = 0; u < U; ++u) y[u] = hn::MulAdd(rest[u], r[u], y[u]);

    auto far = hn::Lt(x[0], hn::Set(d, far_left));
    for (std::size_t u = 1; u < U; ++u) far = hn::Or(far, hn::Lt(x[u], hn::Set(d, far_left)));
    if (HWY_UNLIKELY(!hn::AllFalse(d, far))) {
      HWY_ALIGN double x_copy[U * lanes];
      HWY_ALIGN double y_copy[U * lanes];
      for (std::size_t u = 0; u < U; ++u) hn::Store(x[u], d, x_copy + u * lanes);
      for (std::size_t u = 0; u < U; ++u) hn::Store(y[u], d, y_copy + u * lanes);
      logistic_far_left<form, U>(x_copy, y_copy);
      for (std::size_t u = 0; u < U; ++u) y[u] = hn::Load(d, y_copy + u * lanes);
    }
    for (std::size_t u = 0; u < U; ++u) hn::StoreU(y[u], d, to + u * lanes);
  }
};

void logistic_precise(const double* x, double* y, std::size_t n) { for_each_element<Logistic<Form::precise>>(x, y, n); }
void logistic_quick(const double* x, double* y, std::size_t n) { for_each_element<Logistic<Form::fast>>(x, y, n); }

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace ogive::sigmoid
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace ogive::sigmoid {
OGIVE_ARRAY_FUNCTION(logistic, double, logistic_precise)
OGIVE_ARRAY_FUNCTION(logistic_fast, double, logistic_quick)
}  // namespace ogive::sigmoid
#endif
