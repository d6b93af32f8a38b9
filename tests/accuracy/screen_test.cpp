// SPDX-License-Identifier: MIT
// What screen.h promises: the truth to better than 2^-50, and the same bits with every instruction set.
#define BOOST_TEST_MODULE accuracy_screen
#include "ogive/accuracy/screen.h"

#include <algorithm>
#include <array>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstring>
#include <ostream>
#include <vector>

#include "ogive/accuracy/reference.h"
#include "ogive/base/random.h"

namespace accuracy = ogive::accuracy;
using ogive::sigmoid::Target;

namespace ogive::sigmoid {
std::ostream& operator<<(std::ostream& out, Target target) { return out << static_cast<int>(target); }
}  // namespace ogive::sigmoid

namespace {

constexpr std::array targets{Target::logistic, Target::derivative, Target::logit, Target::softplus, Target::log_logistic};
constexpr std::size_t count = 4096;

/// Inputs all over the function's core, evenly and by binade.
std::vector<float> inputs(Target target) {
  ogive::Random random(3);
  std::vector<float> x;
  while (x.size() < count) {
    if (target == Target::logit) {
      const double p = random.below(2) != 0 ? random.uniform() : std::exp2(-30 * random.uniform());
      const auto one = static_cast<float>(random.below(2) != 0 ? p : 1 - p);
      if (one > 0 && one < 1) x.push_back(one);
    } else {
      const double size = random.below(2) != 0 ? random.uniform(0, 104) : std::exp2(random.uniform(-26, 6.7));
      x.push_back(static_cast<float>(random.below(2) != 0 ? size : -size));
    }
  }
  return x;
}

}  // namespace

BOOST_DATA_TEST_CASE(the_truth_is_within_its_bound, boost::unit_test::data::make(targets), target) {
  const std::vector<float> x = inputs(target);
  std::vector<double> s(count);
  accuracy::screen().truth(target, x.data(), s.data(), count);
  double worst = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const double error = accuracy::ulp_error(target, ogive::FloatType::float64, x[i], s[i]) *
                         accuracy::ulp(ogive::FloatType::float64, s[i]) / std::fabs(s[i]);
    BOOST_REQUIRE(error <= accuracy::truth_error);  // fails on NaN, too
    worst = std::max(worst, error);
  }
  BOOST_TEST_MESSAGE("target " << target << ": 2^" << std::log2(worst));
  BOOST_TEST(worst > 0x1p-56);  // a double cannot do better: the comparison is alive
}

BOOST_DATA_TEST_CASE(every_instruction_set_gives_the_same_bits, boost::unit_test::data::make(targets), target) {
  const std::vector<float> x = inputs(target);
  std::vector<float> y(count);
  std::vector<double> expected(count), expected_absolute(count), expected_error(count);
  const accuracy::Screen& plain = *accuracy::screen_set(0);
  plain.truth(target, x.data(), expected.data(), count);
  for (std::size_t i = 0; i < count; ++i) y[i] = static_cast<float>(expected[i] * (1 + 1e-7 * std::sin(static_cast<double>(i))));
  const auto format = accuracy::format(ogive::FloatType::float32);
  plain.errors(expected.data(), y.data(), format, expected_absolute.data(), expected_error.data(), count);
  const accuracy::Total expected_total = plain.total(expected.data(), expected_absolute.data(), expected_error.data(), count);
  BOOST_TEST(expected_total.above[0] > 0U);
  for (std::size_t set = 1; accuracy::screen_set(set) != nullptr; ++set) {
    const accuracy::Screen& screen = *accuracy::screen_set(set);
    BOOST_TEST_CONTEXT(screen.name) {
      std::vector<double> s(count), absolute(count), error(count);
      screen.truth(target, x.data(), s.data(), count);
      BOOST_TEST(s == expected);
      screen.errors(s.data(), y.data(), format, absolute.data(), error.data(), count);
      BOOST_TEST(error == expected_error);
      const accuracy::Total total = screen.total(s.data(), absolute.data(), error.data(), count);
      BOOST_TEST(total.sum == expected_total.sum);
      BOOST_TEST(total.sum_squared == expected_total.sum_squared);
      BOOST_TEST(total.max_relative == expected_total.max_relative);
      BOOST_TEST(total.above[1] == expected_total.above[1]);
    }
  }
}

BOOST_AUTO_TEST_CASE(sees_what_it_is_asked_for) {
  for (std::size_t set = 0; accuracy::screen_set(set) != nullptr; ++set) {
    const accuracy::Screen& screen = *accuracy::screen_set(set);
    std::vector<float> y(1003);
    for (std::size_t i = 0; i < y.size(); ++i) y[i] = static_cast<float>(i + 1) / 2048;
    BOOST_TEST(!screen.look(y.data(), y.size(), 0, 1, 1).breaks);
    BOOST_TEST(!screen.look(y.data(), y.size(), 0, 1, 1).zero);
    BOOST_TEST(!screen.look(y.data(), y.size(), 0, 1, 1).out_of_range);
    BOOST_TEST(screen.look(y.data(), y.size(), 0, 1, -1).breaks);
    BOOST_TEST(screen.look(y.data(), y.size(), 0, 0.25F, 1).out_of_range);
    std::swap(y[1001], y[1002]);  // the last pair, which no whole vector holds
    BOOST_TEST(screen.look(y.data(), y.size(), 0, 1, 1).breaks);
    y[1002] = 0;
    BOOST_TEST(screen.look(y.data(), y.size(), 0, 1, 1).zero);

    std::vector<float> half(1003, 0.5F);
    BOOST_TEST(screen.all_equal(half.data(), half.size(), 0.5F));
    half[1002] = std::nanf("");
    BOOST_TEST(!screen.all_equal(half.data(), half.size(), 0.5F));
    BOOST_TEST(!screen.same(half.data(), half.data(), half.size()));
    BOOST_TEST(screen.same(half.data(), half.data(), 1002));
  }
}

BOOST_AUTO_TEST_CASE(numbers_are_filled_in_the_order_of_their_bits) {
  std::array<float, 16> x{};
  accuracy::screen().fill(x.data(), 0x3f800000U, 16);
  float expected = 1;
  for (const float value : x) {
    BOOST_TEST(value == expected);
    expected = std::nextafter(expected, 2.0F);
  }
}

BOOST_AUTO_TEST_CASE(a_boundary_is_near_and_a_nan_is_not_finite) {
  const auto format = accuracy::format(ogive::FloatType::float32);
  std::array<double, 8> s, absolute, error;
  std::array<float, 8> y;
  s.fill(0.75);
  y.fill(0.75F);
  const auto sight = [&] { return accuracy::screen().errors(s.data(), y.data(), format, absolute.data(), error.data(), 8); };
  BOOST_TEST(!sight().is_near);
  BOOST_TEST(!sight().is_not_finite);
  s[5] = 0.75 + 0x1p-25 * (1 + 0x1p-25);  // half an ulp, and a little that the window takes in
  BOOST_TEST(sight().is_near);
  BOOST_TEST(error[5] == 0.5 * (1 + 0x1p-25));
  s[5] = 0.75 + 0x1p-25 * (1 + 0x1p-20);
  BOOST_TEST(!sight().is_near);
  y[5] = std::nanf("");
  BOOST_TEST(sight().is_not_finite);
}
