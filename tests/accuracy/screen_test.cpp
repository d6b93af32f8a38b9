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
#include <limits>
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
constexpr std::array with_an_exp{Target::logistic, Target::derivative, Target::softplus, Target::log_logistic};
constexpr std::size_t count = 4096;

/// A run of neighbours somewhere in the binade [2^exponent, 2^(exponent + 1)), for the loops that go through such.
class Run {
 public:
  static constexpr std::size_t count = 2048;

  Run(int exponent, bool negative, std::uint64_t seed) : step_(std::ldexp(negative ? -1.0F : 1.0F, exponent - 23)) {
    ogive::Random random(seed + 1000 * static_cast<std::uint64_t>(exponent + 100));
    const std::uint64_t places = (std::uint64_t{1} << 23) - count;
    first_ = step_ * static_cast<float>((std::uint64_t{1} << 23) + random.below(places));
    for (std::size_t i = 0; i < count; ++i) fall_[i] = -std::expm1(-std::fabs(double{step_}) * static_cast<double>(i));
  }

  float input(std::size_t i) const { return first_ + step_ * static_cast<float>(i); }
  accuracy::Neighbours neighbours() const {
    const auto exp_first = static_cast<double>(std::exp(-std::fabs(static_cast<long double>(first_))));
    return {exp_first, fall_.data(), first_ < 0, first_, step_};
  }

 private:
  float first_, step_;
  std::array<double, count> fall_;
};

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
      std::vector<double> absolute_at_once(count), error_at_once(count);
      accuracy::Total total_at_once;
      const accuracy::Sight sight = screen.errors(s.data(), y.data(), format, absolute.data(), error.data(), count);
      const accuracy::Sight sight_at_once =
          screen.errors_and_total(s.data(), y.data(), format, absolute_at_once.data(), error_at_once.data(), count, &total_at_once);
      BOOST_TEST(error_at_once == error);
      BOOST_TEST(absolute_at_once == absolute);
      BOOST_TEST(sight_at_once.is_near == sight.is_near);
      BOOST_TEST(total_at_once.max_ulp == total.max_ulp);
      BOOST_TEST(total_at_once.max_absolute == total.max_absolute);
      BOOST_TEST(total_at_once.max_relative == total.max_relative);
      BOOST_TEST(total_at_once.sum == total.sum);
      BOOST_TEST(total_at_once.sum_squared == total.sum_squared);
      for (int k = 0; k < 4; ++k) BOOST_TEST(total_at_once.above[k] == total.above[k]);
      BOOST_TEST(total.sum == expected_total.sum);
      BOOST_TEST(total.sum_squared == expected_total.sum_squared);
      BOOST_TEST(total.max_relative == expected_total.max_relative);
      BOOST_TEST(total.above[1] == expected_total.above[1]);
    }
  }
}

BOOST_DATA_TEST_CASE(the_truth_at_neighbours_is_within_its_bound_in_every_binade, boost::unit_test::data::make(with_an_exp),
                     target) {
  double worst = 0;
  for (int exponent = -26; exponent <= 6; ++exponent) {
    for (const bool negative : {false, true}) {
      for (int sample = 0; sample < 4; ++sample) {
        const Run run(exponent, negative, static_cast<std::uint64_t>(sample));
        if (std::fabs(run.input(Run::count - 1)) > 104) continue;
        std::array<double, Run::count> s;
        accuracy::screen().truth_of_neighbours(target, run.neighbours(), s.data(), Run::count);
        for (std::size_t i = 0; i < Run::count; i += 1 + Run::count / 23) {  // all lanes come about, the last but one vector, too
          const double error = accuracy::ulp_error(target, ogive::FloatType::float64, run.input(i), s[i]) *
                               accuracy::ulp(ogive::FloatType::float64, s[i]) / std::fabs(s[i]);
          BOOST_REQUIRE(error <= accuracy::truth_error);  // fails on NaN, too
          worst = std::max(worst, error);
        }
      }
    }
  }
  BOOST_TEST_MESSAGE("target " << target << ": 2^" << std::log2(worst));
  BOOST_TEST(worst > 0x1p-56);  // a double cannot do better: the comparison is alive
}

BOOST_DATA_TEST_CASE(a_scan_finds_what_errors_and_total_find, boost::unit_test::data::make(with_an_exp), target) {
  for (const int exponent : {-20, -3, 0, 2}) {
    for (const bool negative : {false, true}) {
      for (const std::size_t n : {std::size_t{1}, std::size_t{8}, std::size_t{9}, std::size_t{2047}}) {
        const Run run(exponent, negative, n);
        std::array<double, Run::count> s, absolute, error;
        std::array<float, Run::count> y;
        accuracy::screen_set(0)->truth_of_neighbours(target, run.neighbours(), s.data(), Run::count);
        const double unit = accuracy::ulp(ogive::FloatType::float32, s[0]);
        for (std::size_t i = 0; i < Run::count; ++i)
          y[i] = static_cast<float>(s[i] + (i % 5 == 0 ? 3.0 : 0.8) * unit * std::sin(static_cast<double>(i)));
        const auto format = accuracy::format(ogive::FloatType::float32);
        accuracy::screen_set(0)->errors(s.data(), y.data(), format, absolute.data(), error.data(), Run::count);
        for (std::size_t i = n; i < Run::count; ++i) absolute[i] = error[i] = 0;
        const accuracy::Total total = accuracy::screen_set(0)->total(s.data(), absolute.data(), error.data(), Run::count);
        const bool falls = negative;
        bool breaks = false;
        for (std::size_t i = 1; i < n; ++i) breaks |= falls ? y[i] > y[i - 1] : y[i] < y[i - 1];
        for (std::size_t set = 0; accuracy::screen_set(set) != nullptr; ++set) {
          BOOST_TEST_CONTEXT(accuracy::screen_set(set)->name << ", 2^" << exponent << ", " << n) {
            const accuracy::Scan scan = accuracy::screen_set(set)->scan(target, run.neighbours(), y.data(), n, unit, falls);
            BOOST_TEST(scan.max_difference == total.max_absolute);
            BOOST_TEST(scan.above == total.above, boost::test_tools::per_element());
            BOOST_TEST(scan.sum == total.sum * unit);
            BOOST_TEST(scan.sum_squared == total.sum_squared * unit * unit);
            BOOST_TEST(scan.breaks == breaks);
            BOOST_TEST(!scan.is_near);
          }
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(a_scan_sees_a_boundary_a_step_back_and_a_nan_at_any_place) {
  const Run run(0, false, 5);
  constexpr std::size_t n = 2047;
  std::array<double, Run::count> s;
  std::array<float, Run::count> right;
  accuracy::screen_set(0)->truth_of_neighbours(Target::logistic, run.neighbours(), s.data(), Run::count);
  for (std::size_t i = 0; i < Run::count; ++i) right[i] = static_cast<float>(s[i]);
  const double unit = accuracy::ulp(ogive::FloatType::float32, s[0]);
  for (std::size_t set = 0; accuracy::screen_set(set) != nullptr; ++set) {
    const auto scan = [&](const std::array<float, Run::count>& y, double ulp) {
      return accuracy::screen_set(set)->scan(Target::logistic, run.neighbours(), y.data(), n, ulp, false);
    };
    BOOST_TEST(!scan(right, unit).is_near);
    BOOST_TEST(!scan(right, unit).breaks);
    for (const std::size_t i : {std::size_t{0}, std::size_t{1}, std::size_t{7}, std::size_t{8}, std::size_t{1000}, n - 8, n - 1}) {
      BOOST_TEST_CONTEXT(accuracy::screen_set(set)->name << ", input " << i) {
        std::array<float, Run::count> y = right;
        y[i] = std::nanf("");
        BOOST_TEST(!std::isfinite(scan(y, unit).sum));
        y[i] = std::numeric_limits<float>::infinity();
        BOOST_TEST(!std::isfinite(scan(y, unit).sum));
        y[i] = i == 0 ? 1.0F : 0.0F;
        BOOST_TEST(scan(y, unit).breaks);
        BOOST_TEST(scan(y, unit).above[3] == 1U);
        y[i] = static_cast<float>(0x1p20 + s[i]);  // off by 2^20, to one part in 2^24
        BOOST_TEST(scan(y, unit).is_near);
        y[i] = 0x1.4p20F;
        BOOST_TEST(!scan(y, unit).is_near);
        // What is after the last input counts for nothing.
        y = right;
        y[n] = std::nanf("");
        BOOST_TEST(std::isfinite(scan(y, unit).sum));
      }
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

BOOST_AUTO_TEST_CASE(places_steps_and_counts_are_those_found_one_by_one) {
  constexpr std::size_t room = 64;
  ogive::Random random(7);
  constexpr std::array<float, 8> values{
      -0.25F, 0.0F, 0.5F, 0.75F, 1.0F, 1.25F, std::numeric_limits<float>::infinity(), std::numeric_limits<float>::quiet_NaN()};
  for (int sample = 0; sample < 300; ++sample) {
    std::array<float, room> y;
    std::array<double, room> error;
    for (float& value : y) value = sample % 3 == 0 ? values[random.below(values.size())] : values[2 + random.below(3)];
    for (double& value : error) value = random.uniform(0, 10);
    const std::size_t n = 1 + random.below(room - 2 * accuracy::lanes);
    std::vector<std::size_t> outside, steps;
    double largest = 0;
    for (std::size_t i = 0; i < n; ++i) {
      if (y[i] < 0 || y[i] > 1) outside.push_back(i);
      if (i == 0 || !(y[i] < y[i - 1])) continue;
      steps.push_back(i);
      largest = std::max(largest, double{y[i - 1]} - double{y[i]});
    }
    const auto above = static_cast<std::uint64_t>(std::count_if(error.begin(), error.end(), [](double e) { return e > 4; }));
    for (std::size_t set = 0; accuracy::screen_set(set) != nullptr; ++set) {
      const accuracy::Screen& screen = *accuracy::screen_set(set);
      const auto is = [](const accuracy::Places& places, const std::vector<std::size_t>& expected) {
        return places.count == expected.size() &&
               (expected.empty() || (places.first == expected.front() && places.last == expected.back()));
      };
      BOOST_TEST_CONTEXT(screen.name << ", sample " << sample) {
        BOOST_TEST(is(screen.outside(y.data(), n, 0, 1), outside));
        const accuracy::Steps found = screen.steps(y.data(), n, false);
        BOOST_TEST(is(found.places, steps));
        BOOST_TEST(found.largest == largest);
        for (float& value : y) value = -value;  // what fell now rises
        BOOST_TEST(is(screen.steps(y.data(), n, true).places, steps));
        BOOST_TEST(screen.steps(y.data(), n, true).largest == largest);
        for (float& value : y) value = -value;
        BOOST_TEST(screen.count_above(error.data(), room, 4) == above);
      }
    }
  }
}
