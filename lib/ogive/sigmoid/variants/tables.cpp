// SPDX-License-Identifier: MIT
// The logistic function looked up.
#include <array>
#include <memory>

#include "ogive/sigmoid/logistic.h"
#include "ogive/sigmoid/variants/build.h"

namespace ogive::sigmoid::variants {
namespace {

/// word2vec's table: 1000 entries over [-6, 6), no interpolation, 0 and 1 outside. Two flaws are kept because they are what it is:
/// an entry stands for the left end of its step, and the steps per unit are the integer 1000 / 6 / 2 = 83, not 83.3.
struct Word2vec {
  static constexpr int size = 1000, reach = 6;
  static constexpr int steps = size / reach / 2;

  static const std::array<float, size>& table() {
    static const std::array<float, size> entries = [] {
      std::array<float, size> result{};
      for (std::size_t i = 0; i < size; ++i) {
        const float e = std::exp((static_cast<float>(i) / static_cast<float>(size) * 2 - 1) * reach);
        result[i] = e / (e + 1);
      }
      return result;
    }();
    return entries;
  }

  static float at(float x) {
    if (x > reach) return 1;
    if (x < -reach) return 0;
    if (x != x) return x;  // the original would read anywhere
    return table()[static_cast<std::size_t>((x + reach) * steps)];
  }

  /// A sum and a product with what does not depend on x are monotone, rounded or not.
  static bool flat(float low, float high) { return at(low) == at(high); }
};

/// A straight line between neighbours of a table with this many steps over [-8, 8], both ends included; 0 and 1 outside.
template <std::size_t steps>
struct Lerp {
  static constexpr int reach = 8;

  template <class T>
  static const std::array<T, steps + 1>& table() {
    static const auto entries = [] {
      auto result = std::make_unique<std::array<T, steps + 1>>();
      for (std::size_t i = 0; i <= steps; ++i)
        (*result)[i] = static_cast<T>(logistic((static_cast<double>(i) / static_cast<double>(steps) * 2 - 1) * reach));
      return result;
    }();
    return *entries;
  }

  template <class T>
  static T at(T x) {
    if (x > T(reach)) return T(1);
    if (x < T(-reach)) return T(0);
    if (x != x) return x;
    const T place = (x + T(reach)) * (T(steps) / T(2 * reach));
    std::size_t i = static_cast<std::size_t>(place);
    if (i >= steps) i = steps - 1;  // at 8, and where x + 8 is rounded up to 16
    const auto& entries = table<T>();
    return entries[i] + (place - static_cast<T>(i)) * (entries[i + 1] - entries[i]);
  }

  /// Where the sum x + 8 is the same at both ends, it is between.
  static bool flat(float low, float high) {
    return low > reach || high < -reach || (low >= -reach && high <= reach && low + reach == high + reach);
  }
};

/// The largest absolute error within [-8, 8], u being half an ulp of 1 (2^-24, 2^-53).
///
/// A line over a step h is off by at most h^2 / 8 |s''|. Rounding x + 8 to a number in [8, 16) moves x by at most 8 u, and so the
/// result by 8 u s'; an entry, the product and the sum add u / 2, u / 16 and u / 2. With m = |tanh(x / 2)|, s' = (1 - m^2) / 4 and
/// |s''| = m s', so the sum of the first two is
///
///     a (1 - m^2) (m + c) / 4,   a = h^2 / 8,  c = 8 u / a,
///
/// and largest at m = (sqrt(c^2 + 3) - c) / 3.
double lerp_bound(double steps, double u) {
  const double h = 16 / steps, a = h * h / 8, c = 8 * u / a, m = (std::sqrt(c * c + 3) - c) / 3;
  return a * (1 - m * m) * (m + c) / 4 + u * (0.5 + 0.0625 + 0.5);
}

template <std::size_t steps>
Variant lerp(std::string_view name) {
  Variant v{.name = name,
            .formula = "linear interpolation between entries 16 / steps apart on [-8, 8]; 0 and 1 outside",
            .origin = "look-up tables of embedded and database code; the name says the number of steps",
            .domain_low = -8,
            .domain_high = 8,
            .claim32 = {.absolute = lerp_bound(steps, 0x1p-24)},
            .claim64 = {.absolute = lerp_bound(steps, 0x1p-53)}};
  v.float16 = through_float<Lerp<steps>, float16>;
  v.bfloat16 = through_float<Lerp<steps>, bfloat16>;
  v.float32 = plain_loop<Lerp<steps>, float>;
  v.float64 = plain_loop<Lerp<steps>, double>;
  return v;
}

}  // namespace

std::vector<Variant> tables() {
  Variant word2vec{.name = "word2vec",
                   .formula = "table[(x + 6) * 83] of 1000 entries over [-6, 6); 0 and 1 outside",
                   .origin = "word2vec expTable (Mikolov et al. 2013); gensim, fastText alike",
                   .domain_low = -6,
                   .domain_high = 6};
  word2vec.float32 = plain_loop<Word2vec, float>;
  return {word2vec, lerp<64>("lerp_64"), lerp<256>("lerp_256"), lerp<1024>("lerp_1024"), lerp<4096>("lerp_4096")};
}

}  // namespace ogive::sigmoid::variants
