// SPDX-License-Identifier: MIT
// The last floats before the edge of the support, and arguments from the ends of the number range: nothing may come out that is not
// finite.
#define BOOST_TEST_MODULE layer_bump_edge
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

#include "ogive/base/random.h"
#include "ogive/layer/bump.h"

using namespace ogive::layer;

namespace {

template <class T>
bool finite(const BumpValue<T>& at) {
  return std::isfinite(at.f) && std::isfinite(at.fx) && std::isfinite(at.fc) && std::isfinite(at.fs) && std::isfinite(at.fa);
}

template <class T>
struct Bits;
template <>
struct Bits<float> {
  using Word = std::uint32_t;
  static constexpr int mantissa = 23, exponents = 254;  // of normal numbers
};
template <>
struct Bits<double> {
  using Word = std::uint64_t;
  static constexpr int mantissa = 52, exponents = 2046;
};

template <class T>
T normal(int exponent, ogive::Random& random) {
  using Word = typename Bits<T>::Word;
  const Word low = static_cast<Word>(random.bits()) & ((Word{1} << Bits<T>::mantissa) - 1);
  const Word word = (static_cast<Word>(exponent) << Bits<T>::mantissa) | low;
  T value;
  std::memcpy(&value, &word, sizeof value);
  return value;
}

/// A number of any size and sign, subnormal ones and zeros included.
template <class T>
T any(ogive::Random& random) {
  const T value = normal<T>(static_cast<int>(random.below(Bits<T>::exponents + 1)), random);
  return random.below(2) == 0 ? value : -value;
}

constexpr int ulps = 20;

struct Sweep {
  std::uint64_t points = 0, bad = 0, reciprocal_at_edge = 0, alive = 0;
};

template <class T>
void at_the_edge(T sigma, Sweep& sweep) {
  const T reciprocal = 1 / sigma;
  T x = sigma;
  for (int i = 0; i < ulps; ++i) {
    x = std::nextafter(x, T(0));
    const BumpValue<T> at = bump(x, T(1), T(0), sigma);
    ++sweep.points;
    sweep.bad += !finite(at);
    const T u = x * reciprocal;
    sweep.reciprocal_at_edge += u * u >= 1;
  }
}

template <class T>
void around_the_root(T sigma, Sweep& sweep) {
  const T edge = std::sqrt(sigma);
  T x = edge;
  for (int i = 0; i < ulps / 2; ++i) x = std::nextafter(x, T(0));
  for (int i = 0; i < ulps; ++i) {
    const BumpValue<T> at = root_bump(x, sigma);
    ++sweep.points;
    sweep.bad += !finite(at) || at.f > 1;
    x = std::nextafter(x, std::numeric_limits<T>::max());
  }
}

template <class T>
void from_the_ends(int count) {
  ogive::Random random(23);
  std::uint64_t bad = 0, alive = 0;
  for (int i = 0; i < count; ++i) {
    const T x = any<T>(random), a = any<T>(random), c = i % 2 ? any<T>(random) : T(0), sigma = any<T>(random);
    const T near = i % 3 ? x : static_cast<T>(static_cast<T>(random.uniform(-1, 1)) * sigma);  // else most are far outside
    for (const BumpValue<T>& at :
         {bump(near, a, c, sigma), bump_raw(near, a, c, sigma), root_bump(near, a, c, sigma), gaussian(near, a, c, sigma),
          static_cast<BumpValue<T>>(shaped_bump(near, a, c, sigma, any<T>(random), any<T>(random)))}) {
      bad += !finite(at);
      alive += at.f != 0;
    }
  }
  BOOST_TEST_MESSAGE(5 * count << " evaluations anywhere in " << 8 * sizeof(T) << " bits, " << alive << " inside: " << bad
                               << " not finite");
  BOOST_TEST(bad == 0u);
  BOOST_TEST(alive > static_cast<std::uint64_t>(count / 4));
}

}  // namespace

BOOST_AUTO_TEST_CASE(ten_million_floats_before_the_edge_give_finite_results_in_every_binade) {
  ogive::Random random(21);
  Sweep sweep;
  for (int exponent = 1; exponent <= Bits<float>::exponents; ++exponent)
    for (int i = 0; i < 2000; ++i) at_the_edge(normal<float>(exponent, random), sweep);
  const auto part = [&] { return static_cast<double>(sweep.reciprocal_at_edge) / static_cast<double>(sweep.points); };
  BOOST_TEST_MESSAGE(sweep.points << " floats: " << sweep.bad << " not finite; x (1 / sigma) reaches the edge in " << 100 * part()
                                  << " %");
  BOOST_TEST(sweep.points >= 10'000'000u);
  BOOST_TEST(sweep.bad == 0u);
  BOOST_TEST(part() > 0);  // what bump.h avoids

  // Subnormal widths too, whose slopes may be too large for the type and are then its largest number.
  for (int exponent = -138; exponent < -126; ++exponent)
    for (int i = 0; i < 2000; ++i) at_the_edge(std::ldexp(static_cast<float>(random.uniform(1, 2)), exponent), sweep);
  BOOST_TEST_MESSAGE(sweep.points << " with subnormal widths: " << sweep.bad << " not finite; x (1 / sigma): " << 100 * part()
                                  << " %");
  BOOST_TEST(sweep.bad == 0u);
  BOOST_TEST(part() > 0.04);
  BOOST_TEST(part() < 0.06);
}

BOOST_AUTO_TEST_CASE(so_do_doubles_of_all_binades) {
  ogive::Random random(22);
  Sweep sweep;
  for (int exponent = 1; exponent <= Bits<double>::exponents; ++exponent)
    for (int i = 0; i < 20; ++i) at_the_edge(normal<double>(exponent, random), sweep);
  BOOST_TEST_MESSAGE(sweep.points << " doubles: " << sweep.bad << " not finite");
  BOOST_TEST(sweep.bad == 0u);
}

BOOST_AUTO_TEST_CASE(the_root_form_is_finite_on_both_sides_of_its_edge) {
  ogive::Random random(24);
  Sweep sweep;
  for (int exponent = 1; exponent <= Bits<float>::exponents; ++exponent)
    for (int i = 0; i < 200; ++i) around_the_root(normal<float>(exponent, random), sweep);
  for (int exponent = 1; exponent <= Bits<double>::exponents; ++exponent)
    for (int i = 0; i < 10; ++i) around_the_root(normal<double>(exponent, random), sweep);
  BOOST_TEST_MESSAGE(sweep.points << " numbers around sqrt(sigma): " << sweep.bad << " not finite, or above 1");
  BOOST_TEST(sweep.bad == 0u);
}

BOOST_AUTO_TEST_CASE(no_finite_argument_gives_anything_else) {
  from_the_ends<float>(400000);
  from_the_ends<double>(400000);
}
