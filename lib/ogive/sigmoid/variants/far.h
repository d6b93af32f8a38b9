// SPDX-License-Identifier: MIT
#pragma once

// Far inputs: so near to 0, or so far from it, that exp and its kin are at their limits there, to the last bit. Seven of eight
// float32 numbers are far, and calls of libm for them would be most of the time of an exhaustive sweep. Private to the catalogue.
//
// A formula that says `static constexpr bool limits_at_far = true;` is instantiated with Far for blocks of such inputs; one that
// says nan_outside_unit, for blocks of inputs outside [0, 1], where libm spends its time on errno. The arithmetic is that of float;
// exp, tanh and the others are the limits below. One that says `repeats` takes a slow function of libm's from its last argument
// where that is the same. Tests compare the bits with those of libm's functions, over inputs of every binade, for each formula
// (tests/sigmoid/far_test.cpp).

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace ogive::sigmoid::variants {

/// Below the first and above the second magnitude an input is far. The margin allows for a factor from 1/2 to 3/2 before the
/// function is called.
inline constexpr float far_below = 0x1p-26f, far_above = 256;

/// What libm says at the arguments between the limits that compositions lead to: log1p(exp(tiny)), and what is made of it. Kept as
/// bits: the compiler knows that no store of a float changes them.
class FarValues {
 public:
  FarValues();
  float log_of_2() const { return std::bit_cast<float>(log_of_2_); }
  float log_of_half() const { return std::bit_cast<float>(log_of_half_); }
  float log1p_of_1() const { return std::bit_cast<float>(log1p_of_1_); }
  float exp_of_minus_it() const { return std::bit_cast<float>(exp_of_minus_it_); }    ///< exp(-log1p(1))
  float log_of_minus_1() const { return std::bit_cast<float>(log_of_minus_1_); }      ///< a NaN: its sign is libm's choice
  float log1p_of_minus_2() const { return std::bit_cast<float>(log1p_of_minus_2_); }  ///< likewise

 private:
  std::uint32_t log_of_2_, log_of_half_, log1p_of_1_, exp_of_minus_it_, log_of_minus_1_, log1p_of_minus_2_;
};
extern const FarValues far_values;

/// A float32 on its way through a formula. The arithmetic is float's; exp and its kin are those of `Functions`.
template <class Functions>
struct Through {
  float value;

  explicit Through(float v) : value(v) {}
  explicit Through(double v) : value(static_cast<float>(v)) {}
  explicit Through(int v) : value(static_cast<float>(v)) {}

#define OGIVE_THROUGH [[gnu::always_inline]] friend inline  // part of a loop that is compiled for several instruction sets
  OGIVE_THROUGH Through operator+(Through a, Through b) { return Through(a.value + b.value); }
  OGIVE_THROUGH Through operator-(Through a, Through b) { return Through(a.value - b.value); }
  OGIVE_THROUGH Through operator*(Through a, Through b) { return Through(a.value * b.value); }
  OGIVE_THROUGH Through operator/(Through a, Through b) { return Through(a.value / b.value); }
  OGIVE_THROUGH Through operator-(Through a) { return Through(-a.value); }
  OGIVE_THROUGH bool operator>=(Through a, Through b) { return a.value >= b.value; }
  OGIVE_THROUGH bool operator>(Through a, Through b) { return a.value > b.value; }
  OGIVE_THROUGH bool operator<(Through a, Through b) { return a.value < b.value; }
  OGIVE_THROUGH Through fabs(Through a) { return Through(std::fabs(a.value)); }
  OGIVE_THROUGH Through exp(Through a) { return Through(Functions::exp(a.value)); }
  OGIVE_THROUGH Through exp2(Through a) { return Through(Functions::exp2(a.value)); }
  OGIVE_THROUGH Through expm1(Through a) { return Through(Functions::expm1(a.value)); }
  OGIVE_THROUGH Through tanh(Through a) { return Through(Functions::tanh(a.value)); }
  OGIVE_THROUGH Through log(Through a) { return Through(Functions::log(a.value)); }
  OGIVE_THROUGH Through log1p(Through a) { return Through(Functions::log1p(a.value)); }
  OGIVE_THROUGH Through pow(Through base, Through a) { return Through(Functions::pow(base.value, a.value)); }
#undef OGIVE_THROUGH
};

#define OGIVE_HERE [[gnu::always_inline]] static inline

/// The functions at far inputs.
struct FarFunctions {
  /// `near` where |a| < 1/2, `low` and `high` beyond, NaN for NaN.
  OGIVE_HERE float limit(float a, float near, float low, float high) {
    const float far = a > 0 ? high : low;
    const float limit = std::fabs(a) < 0.5F ? near : far;
    return a == a ? limit : a;
  }
  OGIVE_HERE float exp(float a) {
    const float e = limit(a, 1, 0, std::numeric_limits<float>::infinity());
    return a == -far_values.log1p_of_1() ? far_values.exp_of_minus_it() : e;
  }
  OGIVE_HERE float exp2(float a) { return limit(a, 1, 0, std::numeric_limits<float>::infinity()); }
  OGIVE_HERE float expm1(float a) { return limit(a, a, -1, std::numeric_limits<float>::infinity()); }
  OGIVE_HERE float tanh(float a) { return limit(a, a, -1, 1); }
  /// Of a base between 0 and 1.
  OGIVE_HERE float pow(float, float a) { return limit(a, 1, std::numeric_limits<float>::infinity(), 0); }
  /// Of what exp gives, 0, 1, infinity or NaN; or of a number below -1.
  OGIVE_HERE float log1p(float a) {
    const float limit = a == 1 ? far_values.log1p_of_1() : a;
    return a < -1 ? far_values.log1p_of_minus_2() : limit;
  }
  /// Of 0, 1/2, 1, 2, infinity or NaN; or of a negative number.
  OGIVE_HERE float log(float a) {
    const float at_most_1 = a == 0 ? -std::numeric_limits<float>::infinity() : a == 1 ? 0.0F : far_values.log_of_half();
    const float finite = a == 2 ? far_values.log_of_2() : at_most_1;
    const float positive = a <= 2 ? finite : a;
    return a < 0 ? far_values.log_of_minus_1() : positive;
  }
};
using Far = Through<FarFunctions>;

/// libm's, behind a call that the compiler does not make before it has to.
float libm_log(float x);
float libm_log1p(float x);

/// libm's functions, where the slow ones remember their last argument: in compositions such as log1p(exp(-x)), small neighbours x
/// have the same exp(-x), thousands of them.
struct RepeatedFunctions {
  OGIVE_HERE float exp(float a) { return std::exp(a); }
  OGIVE_HERE float log(float a) {
    thread_local Last last;
    if (!(a == last.argument)) last = {a, libm_log(a)};
    return last.value;
  }
  OGIVE_HERE float log1p(float a) {
    thread_local Last last;
    if (!(a == last.argument)) last = {a, libm_log1p(a)};
    return last.value;
  }

 private:
  struct Last {
    float argument = std::numeric_limits<float>::quiet_NaN();  // equal to none
    float value = 0;
  };
};
using Repeated = Through<RepeatedFunctions>;

#undef OGIVE_HERE

/// Whether all of x are outside [0, 1], where a logit is NaN.
[[gnu::always_inline]] inline bool all_outside_unit(const float* x, std::size_t n) {
  std::uint32_t inside = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const auto bits = std::bit_cast<std::uint32_t>(x[i]);
    inside |=
        static_cast<std::uint32_t>(bits <= std::bit_cast<std::uint32_t>(1.0F)) | static_cast<std::uint32_t>(bits == 0x80000000U);
  }
  return inside == 0;
}

/// Whether all of x are finite and below 0, or all finite and above 1: a logit is one NaN there.
[[gnu::always_inline]] inline bool all_outside_alike(const float* x, std::size_t n) {
  constexpr std::uint32_t sign = 0x80000000U, one = 0x3f800000U, infinity = 0x7f800000U;
  const bool negative = std::signbit(x[0]);
  const std::uint32_t first = negative ? sign + 1 : one + 1, count = negative ? infinity - 1 : infinity - one - 1;
  std::uint32_t others = 0;
  for (std::size_t i = 0; i < n; ++i) others |= static_cast<std::uint32_t>(std::bit_cast<std::uint32_t>(x[i]) - first >= count);
  return others == 0;
}

/// Whether 0 < x < far_below for all of x.
[[gnu::always_inline]] inline bool all_small(const float* x, std::size_t n) {
  constexpr auto below = std::bit_cast<std::uint32_t>(far_below);
  std::uint32_t others = 0;
  for (std::size_t i = 0; i < n; ++i) others |= static_cast<std::uint32_t>(std::bit_cast<std::uint32_t>(x[i]) - 1 >= below - 1);
  return others == 0;
}

/// Whether all of x are far.
[[gnu::always_inline]] inline bool all_far(const float* x, std::size_t n) {
  constexpr auto below = std::bit_cast<std::uint32_t>(far_below), above = std::bit_cast<std::uint32_t>(far_above);
  std::uint32_t near = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const std::uint32_t magnitude = std::bit_cast<std::uint32_t>(x[i]) & 0x7fffffffU;
    near |= static_cast<std::uint32_t>(magnitude - below <= above - below);
  }
  return near == 0;
}

}  // namespace ogive::sigmoid::variants
