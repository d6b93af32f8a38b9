// SPDX-License-Identifier: MIT
// S-curves without an exponential: they have the shape, not the values.
#include <array>
#include <cstdint>
#include <limits>

#include "ogive/sigmoid/variants/build.h"

namespace ogive::sigmoid::variants {
namespace {

/// x / (1 + |x|), from -1 to 1.
struct Softsign {
  template <class T>
  OGIVE_FORMULA static T at(T x) {
    return x / (T(1) + std::fabs(x));
  }
};

struct SoftsignScaled {
  template <class T>
  OGIVE_FORMULA static T at(T x) {
    return T(0.5) + T(0.5) * (x / (T(1) + std::fabs(x)));
  }
};

struct SoftsignSlope {
  template <class T>
  OGIVE_FORMULA static T at(T x) {
    const T d = T(1) + std::fabs(x);
    return T(0.5) / (d * d);
  }
};

/// The square overflows for |x| > 1.8e19 in float32, and the result falls back to 1/2.
struct InverseRoot {
  template <class T>
  OGIVE_FORMULA static T at(T x) {
    return T(0.5) + T(0.5) * (x / std::sqrt(T(1) + x * x));
  }
  /// Where x / 2 is too small to move 1/2, and where x^2 overflows.
  static bool flat(float low, float high) {
    const bool is_finite = low >= -std::numeric_limits<float>::max() && high <= std::numeric_limits<float>::max();
    return (low > -far_below && high < far_below) || (is_finite && (low > 0x1p65F || high < -0x1p65F));
  }
};

struct InverseSquare {
  template <class T>
  OGIVE_FORMULA static T at(T x) {
    const T tail = T(0.5) / (T(1) + x * x);
    return x < T(0) ? tail : T(1) - tail;
  }
};

/// e^|x| by 1 + |x| + .5417 x^2 + .1460 x^4.
struct SimdRough {
  template <class T>
  OGIVE_FORMULA static T at(T x) {
    const T a = std::fabs(x), x2 = x * x;
    const T e = T(1) + a + x2 * T(0.5417) + x2 * x2 * T(0.1460);
    return T(1) / (T(1) + (x > T(0) ? T(1) / e : e));
  }
};

/// e^-x by (1 - x / 128)^128; below 1/2 the base is stopped, and the curve stays at 1 - 2^-128.
struct SimdRough2 {
  template <class T>
  OGIVE_FORMULA static T at(T x) {
    T e = T(1) - x * T(0.0078125);
    e = e > T(0.5) ? e : T(0.5);
    for (int i = 0; i < 7; ++i) e *= e;
    return T(1) / (T(1) + e);
  }
  static bool flat(float low, float high) { return at(low) == at(high); }  // every step is monotone, rounded or not
};

// The integer form. n is x in steps of 1/2048 and 4194304 = 2048^2, so 127 n / sqrt(n^2 + 4194304) = 127 x / sqrt(1 + x^2), cut to
// an integer: an activation of 8 bits from an accumulator. It needs neither root nor division: its value is the number of
// thresholds that |n| has reached, and a balanced tree of comparisons counts them.

/// thresholds[k - 1] is the least n > 0 with 127 n / sqrt(n^2 + 4194304) >= k. The value 127 itself is never reached.
constexpr std::array<std::int32_t, 126> make_thresholds() {
  std::array<std::int32_t, 126> result{};
  std::int64_t n = 0;
  for (std::int64_t k = 1; k <= 126; ++k) {
    while (127 * 127 * n * n < k * k * (n * n + 4194304)) ++n;
    result[static_cast<std::size_t>(k - 1)] = static_cast<std::int32_t>(n);
  }
  return result;
}
constexpr auto thresholds = make_thresholds();

struct IntegerTree {
  template <class T>
  OGIVE_FORMULA static T at(T x) {
    const T scaled = x * T(2048);
    // Integers have neither NaN nor infinity: the one is 0, the other the largest step.
    const std::int32_t n = scaled >= T(1e6)    ? 1000000
                           : scaled <= T(-1e6) ? -1000000
                           : scaled == scaled  ? static_cast<std::int32_t>(scaled)
                                               : 0;
    const std::int32_t size = n < 0 ? -n : n;
    std::int32_t count = 0;  // of thresholds reached; seven comparisons
    for (std::int32_t step = 64; step > 0; step /= 2) {
      const std::int32_t next = count + step;
      if (next <= 126 && size >= thresholds[static_cast<std::size_t>(next - 1)]) count = next;
    }
    return T(0.5) + static_cast<T>(n < 0 ? -count : count) / T(254);
  }

  static bool flat(float low, float high) { return at(low) == at(high); }  // it never falls
};

}  // namespace

std::vector<Variant> algebraic() {
  // Where the two curves have the same slope; float32 measured in November 2026 over every input in [-105, 105].
  constexpr double softsign = 0.08229;          // at 3.774: 0.0822893
  constexpr double rough = 0.0022946;           // at 5.303: 0.00229445, in float32 0.00229454
  constexpr double rough2_float32 = 0.001722;   // at 2.389: 0.00172169; the power of 128 carries the rounding of its base with it
  constexpr double rough2_float64 = 0.0017212;  // at 2.391: 0.00172111
  constexpr double finite = std::numeric_limits<double>::max();  // at infinity the quotient is infinity over infinity
  return {
      in_all_types<SoftsignScaled>({.name = "softsign_scaled",
                                    .formula = "(1 + x / (1 + |x|)) / 2",
                                    .origin = "fast sigmoids of neural-network code (Elliott 1993, softsign), moved to [0, 1]",
                                    .domain_low = -finite,
                                    .domain_high = finite,
                                    .claim32 = {.absolute = softsign},
                                    .claim64 = {.absolute = softsign}}),
      in_all_types<Softsign>({.name = "softsign",
                              .formula = "x / (1 + |x|)",
                              .origin = "Elliott 1993 (NASA TR 93-8); in [-1, 1], used in place of the logistic function as it is",
                              .domain_low = -finite,
                              .domain_high = finite}),
      in_all_types<SoftsignSlope>({.name = "softsign_scaled_derivative",
                                   .formula = "1 / (2 (1 + |x|)^2)",
                                   .origin = "the slope of softsign_scaled, used in place of s'(x)",
                                   .target = Target::derivative}),
      in_all_types<InverseRoot>({.name = "inverse_root",
                                 .formula = "(1 + x / sqrt(1 + x^2)) / 2",
                                 .origin = "inverse square root unit (Carlile et al. 2017), moved to [0, 1]"}),
      in_all_types<IntegerTree>(
          {.name = "integer_tree",
           .formula = "1/2 + trunc(127 n / sqrt(n^2 + 4194304)) / 254, n = trunc(2048 x), by a tree of comparisons",
           .origin = "8-bit activations of integer networks, without root or division",
           .domain_low = -8,
           .domain_high = 8}),
      in_all_types<InverseSquare>({.name = "inverse_square",
                                   .formula = "x < 0: 0.5 / (1 + x^2); else 1 - 0.5 / (1 + x^2)",
                                   .origin = "fast sigmoids of neural-network code"}),
      in_all_types<SimdRough>({.name = "simd_rough",
                               .formula = "e = 1 + |x| + 0.5417 x^2 + 0.1460 x^4; 1 / (1 + (x > 0 ? 1 / e : e))",
                               .origin = "Simd library, NeuralRoughSigmoid (until January 2024)",
                               .claim32 = {.absolute = rough},
                               .claim64 = {.absolute = rough}}),
      in_all_types<SimdRough2>({.name = "simd_rough2",
                                .formula = "1 / (1 + max(1 - x / 128, 0.5)^128)",
                                .origin = "Simd library, NeuralRoughSigmoid2 (until January 2024)",
                                .claim32 = {.absolute = rough2_float32},
                                .claim64 = {.absolute = rough2_float64}}),
  };
}

}  // namespace ogive::sigmoid::variants
