// SPDX-License-Identifier: MIT
#pragma once

// Far inputs: so near to 0, or so far from it, that exp and its kin are at their limits there, to the last bit. Seven of eight
// float32 numbers are far, and calls of libm for them would be most of the time of an exhaustive sweep. Private to the catalogue.
//
// A formula that says `static constexpr bool limits_at_far = true;` is instantiated with Far for blocks of such inputs; one that
// says nan_outside_unit, for blocks of inputs outside [0, 1], where libm spends its time on errno. The arithmetic is that of float;
// exp, tanh and the others are the limits below. A test compares the bits with those of libm's functions, over far inputs of every
// binade, for each formula (tests/sigmoid/far_test.cpp).

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace ogive::sigmoid::variants {

/// Below the first and above the second magnitude an input is far. The margin allows for a factor from 1/2 to 3/2 before the
/// function is called.
inline constexpr float far_below = 0x1p-28f, far_above = 256;

/// What libm says at the arguments between the limits that compositions lead to: log1p(exp(tiny)), and what is made of it.
struct FarValues {
  float log_of_2;          ///< log(2)
  float log_of_half;       ///< log(1/2)
  float log1p_of_1;        ///< log1p(1)
  float exp_of_minus_it;   ///< exp(-log1p(1))
  float log_of_minus_1;    ///< the NaN of log(-1): its sign is libm's choice
  float log1p_of_minus_2;  ///< likewise
};
extern const FarValues far_values;

// Each of these becomes part of a loop that is compiled for several instruction sets.
#define OGIVE_FAR [[gnu::always_inline]] friend inline

/// A float32 on its way through a formula from a far input.
struct Far {
  float value;

  explicit Far(float v) : value(v) {}
  explicit Far(double v) : value(static_cast<float>(v)) {}
  explicit Far(int v) : value(static_cast<float>(v)) {}

  OGIVE_FAR Far operator+(Far a, Far b) { return Far(a.value + b.value); }
  OGIVE_FAR Far operator-(Far a, Far b) { return Far(a.value - b.value); }
  OGIVE_FAR Far operator*(Far a, Far b) { return Far(a.value * b.value); }
  OGIVE_FAR Far operator/(Far a, Far b) { return Far(a.value / b.value); }
  OGIVE_FAR Far operator-(Far a) { return Far(-a.value); }
  OGIVE_FAR bool operator>=(Far a, Far b) { return a.value >= b.value; }
  OGIVE_FAR bool operator>(Far a, Far b) { return a.value > b.value; }
  OGIVE_FAR bool operator<(Far a, Far b) { return a.value < b.value; }
  OGIVE_FAR Far fabs(Far a) { return Far(std::fabs(a.value)); }

  /// `near` where |a| < 1/2, `low` and `high` beyond, NaN for NaN.
  OGIVE_FAR Far limit(Far a, float near, float low, float high) {
    const float far = a.value > 0 ? high : low;
    const float limit = std::fabs(a.value) < 0.5F ? near : far;
    return Far(a.value == a.value ? limit : a.value);
  }
  OGIVE_FAR Far exp(Far a) {
    const Far e = limit(a, 1, 0, std::numeric_limits<float>::infinity());
    return a.value == -far_values.log1p_of_1 ? Far(far_values.exp_of_minus_it) : e;
  }
  OGIVE_FAR Far exp2(Far a) { return limit(a, 1, 0, std::numeric_limits<float>::infinity()); }
  OGIVE_FAR Far expm1(Far a) { return limit(a, a.value, -1, std::numeric_limits<float>::infinity()); }
  OGIVE_FAR Far tanh(Far a) { return limit(a, a.value, -1, 1); }
  /// Of a base between 0 and 1.
  OGIVE_FAR Far pow(Far, Far a) { return limit(a, 1, std::numeric_limits<float>::infinity(), 0); }
  /// Of what exp gives, 0, 1, infinity or NaN; or of a number below -1.
  OGIVE_FAR Far log1p(Far a) {
    const float limit = a.value == 1 ? far_values.log1p_of_1 : a.value;
    return Far(a.value < -1 ? far_values.log1p_of_minus_2 : limit);
  }
  /// Of 0, 1/2, 1, 2, infinity or NaN; or of a negative number.
  OGIVE_FAR Far log(Far a) {
    const float at_most_1 = a.value == 0 ? -std::numeric_limits<float>::infinity() : a.value == 1 ? 0.0F : far_values.log_of_half;
    const float finite = a.value == 2 ? far_values.log_of_2 : at_most_1;
    const float positive = a.value <= 2 ? finite : a.value;
    return Far(a.value < 0 ? far_values.log_of_minus_1 : positive);
  }
};

#undef OGIVE_FAR

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
