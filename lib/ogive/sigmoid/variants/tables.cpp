// SPDX-License-Identifier: MIT
// The logistic function looked up.
#include <array>
#include <cstdint>
#include <memory>
#include <type_traits>

#include "ogive/sigmoid/logistic.h"
#include "ogive/sigmoid/variants/build.h"

namespace ogive::sigmoid::variants {
namespace {

/// word2vec's table: 1000 entries over [-6, 6), no interpolation, 0 and 1 outside. Two flaws are kept because they are what it is:
/// an entry stands for the left end of its step, and the steps per unit are the integer 1000 / 6 / 2 = 83, not 83.3.
struct Word2vec {
  static constexpr int size = 1000, reach = 6;
  static constexpr int steps = size / reach / 2;

  template <class T>
  static const std::array<T, size>& table() {
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

  OGIVE_FORMULA static float at(float x, const std::array<float, size>& entries) {
    const float below = x > -reach ? x : -reach;  // a NaN, too: the original would read anywhere
    const float inside = below < reach ? below : reach;
    const float entry = entries[static_cast<std::size_t>(static_cast<std::int32_t>((inside + reach) * steps))];
    const float at_least_0 = x < -reach ? 0 : entry;
    const float limited = x > reach ? 1 : at_least_0;
    return x == x ? limited : x;
  }

  /// A sum and a product with what does not depend on x are monotone, rounded or not.
  static bool flat(float low, float high) { return at(low, table<float>()) == at(high, table<float>()); }
};

/// A straight line between neighbours of a table with this many steps over [-8, 8], both ends included; 0 and 1 outside.
template <std::size_t steps>
struct Lerp {
  static constexpr int reach = 8;
  static constexpr std::int32_t last = static_cast<std::int32_t>(steps) - 1;

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

  /// The pieces are chosen from, as vectors do it.
  template <class T>
  OGIVE_FORMULA static T at(T x, const std::array<T, steps + 1>& entries) {
    const T below = x > T(-reach) ? x : T(-reach);  // a NaN, too
    const T inside = below < T(reach) ? below : T(reach);
    const T place = (inside + T(reach)) * (T(steps) / T(2 * reach));
    const auto at_most = static_cast<std::int32_t>(place);
    const std::int32_t i = at_most < last ? at_most : last;  // at 8, and where x + 8 is rounded up to 16
    const auto entry = entries.data() + i;
    const T line = entry[0] + (place - static_cast<T>(i)) * (entry[1] - entry[0]);
    const T at_least_0 = x < T(-reach) ? T(0) : line;
    const T limited = x > T(reach) ? T(1) : at_least_0;
    return x == x ? limited : x;
  }

  /// Where the sum x + 8 is the same at both ends, it is between.
  static bool flat(float low, float high) {
    return low > reach || high < -reach || (low >= -reach && high <= reach && low + reach == high + reach);
  }
};

/// y[i] = F::at(x[i], table). The table is asked for once, before the loop, which the compiler can then make vector code of.
template <class F, class T>
OGIVE_FORMULA void look_up(const T* x, T* y, std::size_t n) {
  const auto& entries = F::template table<T>();
  constexpr std::size_t block = 128;
  for (std::size_t done = 0; done < n; done += block) {
    const std::size_t end = n - done < block ? n : done + block;
    if constexpr (std::is_same_v<T, float>) {
      if (is_flat<F>(x + done, end - done)) {
        const T value = F::at(x[done], entries);
        for (std::size_t i = done; i < end; ++i) y[i] = value;
        continue;
      }
    }
    for (std::size_t i = done; i < end; ++i) y[i] = F::at(x[i], entries);
  }
}

template <class F, class T>
void look_up_plain(const T* x, T* y, std::size_t n) {
  look_up<F>(x, y, n);
}

#ifdef OGIVE_HAS_WIDE_LOOPS
template <class F, class T>
[[gnu::target("avx2,fma")]] void look_up_wide(const T* x, T* y, std::size_t n) {
  look_up<F>(x, y, n);
}
#endif

/// A table as an array function.
template <class F, class T>
void looked_up(const T* x, T* y, std::size_t n) {
#ifdef OGIVE_HAS_WIDE_LOOPS
  if (has_wide_loops()) return look_up_wide<F>(x, y, n);
#endif
  look_up_plain<F>(x, y, n);
}

/// The same in a type of 16 bits, computed in float32 and rounded once. By blocks that fit the cache.
template <class F, class Half>
void looked_up_in_16_bits(const Half* x, Half* y, std::size_t n) {
  constexpr std::size_t block = 256;
  float wide[block];
  for (std::size_t done = 0; done < n; done += block) {
    const std::size_t count = n - done < block ? n - done : block;
    for (std::size_t i = 0; i < count; ++i) wide[i] = to_float(x[done + i]);
    looked_up<F>(wide, wide, count);
    for (std::size_t i = 0; i < count; ++i) narrow(wide[i], y[done + i]);
  }
}

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
  v.float16 = looked_up_in_16_bits<Lerp<steps>, float16>;
  v.bfloat16 = looked_up_in_16_bits<Lerp<steps>, bfloat16>;
  v.float32 = looked_up<Lerp<steps>, float>;
  v.float64 = looked_up<Lerp<steps>, double>;
  return v;
}

}  // namespace

std::vector<Variant> tables() {
  Variant word2vec{.name = "word2vec",
                   .formula = "table[(x + 6) * 83] of 1000 entries over [-6, 6); 0 and 1 outside",
                   .origin = "word2vec expTable (Mikolov et al. 2013); gensim, fastText alike",
                   .domain_low = -6,
                   .domain_high = 6};
  word2vec.float32 = looked_up<Word2vec, float>;
  return {word2vec, lerp<64>("lerp_64"), lerp<256>("lerp_256"), lerp<1024>("lerp_1024"), lerp<4096>("lerp_4096")};
}

}  // namespace ogive::sigmoid::variants
