// SPDX-License-Identifier: MIT
// What normalised.h promises: which deviation is meant, no overflow, and an answer for input without spread.
#define BOOST_TEST_MODULE sigmoid_normalised
#include "ogive/sigmoid/normalised.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "sigmoid/reference.h"

namespace sigmoid = ogive::sigmoid;
namespace claims = sigmoid::claims::scalar;
using reference::Wide;
using sigmoid::Deviation;

namespace {

template <class T>
std::vector<T> normalised(const std::vector<T>& x, Deviation deviation) {
  std::vector<T> y(x.size());
  sigmoid::normalised_logistic<T>(x, y, deviation);
  return y;
}

/// The largest difference from the true value, in ulp of 1.
template <class T>
double worst_error(const std::vector<T>& x, Deviation deviation) {
  Wide mean = 0, squares = 0;
  for (const T value : x) mean += Wide(value);
  mean /= x.size();
  for (const T value : x) squares += (Wide(value) - mean) * (Wide(value) - mean);
  const Wide spread = sqrt(Wide(squares / (deviation == Deviation::sample ? x.size() - 1 : x.size())));
  const auto y = normalised(x, deviation);
  Wide worst = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const Wide difference = abs(Wide(Wide(y[i]) - reference::logistic(Wide((Wide(x[i]) - mean) / spread))));
    if (difference > worst) worst = difference;
  }
  return Wide(worst / ogive::ulp<T>(Wide(1))).convert_to<double>();
}

template <class T>
double worst_of_many(double scale) {
  ogive::Random random(7);
  double worst = 0;
  for (int k = 0; k < 60; ++k) {
    std::vector<T> x(2 + random.below(999));
    for (T& value : x) value = static_cast<T>(scale * (random.normal() + 1));
    worst = std::max({worst, worst_error(x, Deviation::sample), worst_error(x, Deviation::population)});
  }
  return worst;
}

}  // namespace

BOOST_AUTO_TEST_CASE(tells_the_two_deviations_apart) {
  const std::vector<double> x = {1, 3};  // mean 2; deviation 1 of the population, sqrt 2 of the sample
  const auto population = normalised(x, Deviation::population), sample = normalised(x, Deviation::sample);
  BOOST_TEST(population[1] == sigmoid::logistic(1.0));
  BOOST_TEST(population[0] == sigmoid::logistic(-1.0));
  BOOST_TEST(sample[1] == sigmoid::logistic(1 / std::sqrt(2.0)),
             boost::test_tools::tolerance(claims::normalised_float64 * 0x1p-52));
}

BOOST_AUTO_TEST_CASE(stays_within_its_claim) {
  const double worst32 = worst_of_many<float>(1), worst64 = worst_of_many<double>(1);
  BOOST_TEST_MESSAGE(worst32 << ' ' << worst64);
  BOOST_TEST(worst32 <= claims::normalised_float32);
  BOOST_TEST(worst64 <= claims::normalised_float64);
  BOOST_TEST(worst64 > 0.1);
}

BOOST_AUTO_TEST_CASE(does_not_depend_on_the_unit_of_the_input) {
  BOOST_TEST(worst_of_many<double>(1e300) <= claims::normalised_float64);   // the squares would overflow
  BOOST_TEST(worst_of_many<double>(1e-300) <= claims::normalised_float64);  // the squares would vanish
  BOOST_TEST(worst_of_many<float>(1e-30) <= claims::normalised_float32);
}

BOOST_AUTO_TEST_CASE(gives_one_half_where_there_is_no_spread) {
  for (const Deviation deviation : {Deviation::population, Deviation::sample}) {
    BOOST_TEST(normalised<double>({7}, deviation) == std::vector<double>{0.5}, boost::test_tools::per_element());
    BOOST_TEST(normalised<double>({0.1, 0.1, 0.1}, deviation) == (std::vector<double>{0.5, 0.5, 0.5}),
               boost::test_tools::per_element());
    BOOST_TEST(normalised<double>({}, deviation).empty());
  }
}

BOOST_AUTO_TEST_CASE(makes_everything_nan_for_a_nan_or_an_infinity) {
  const double inf = std::numeric_limits<double>::infinity(), nan = std::numeric_limits<double>::quiet_NaN();
  for (const auto& x : {std::vector<double>{1, nan, 2}, std::vector<double>{nan, 1}, std::vector<double>{1, 2, inf},
                        std::vector<double>{-inf, inf, 0}, std::vector<double>{inf, inf}})
    for (const double y : normalised(x, Deviation::sample)) BOOST_TEST(std::isnan(y));
}

BOOST_AUTO_TEST_CASE(may_write_over_its_input) {
  std::vector<float> x = {1, 2, 4};
  const auto y = normalised(x, Deviation::sample);
  sigmoid::normalised_logistic<float>(x, x, Deviation::sample);
  BOOST_TEST(x == y, boost::test_tools::per_element());
}

// The two examples of the discussions: 1, 2, 3 by the sample's deviation, and ten times in seconds by the population's, of which
// one is far from the others. True values by 60 digits.
BOOST_AUTO_TEST_CASE(the_examples_of_the_discussions_come_out) {
  constexpr double sample_tolerance = 1e-15, population_tolerance = 1e-14;  // relative
  const auto check = [](const std::vector<double>& got, const std::vector<double>& expected, double tolerance) {
    BOOST_REQUIRE(got.size() == expected.size());
    for (std::size_t i = 0; i < got.size(); ++i) {
      const double error = std::fabs(got[i] - expected[i]);
      BOOST_TEST(error <= tolerance * expected[i], "value " << i << " is " << got[i] << ", off by " << error);
    }
  };
  check(normalised<double>({1, 2, 3}, Deviation::sample), {0.26894142136999512, 0.5, 0.73105857863000488}, sample_tolerance);
  check(normalised<double>({0.01, 0.2, 0.5, 0.6, 0.7, 1, 2.5, 5, 50, 5000}, Deviation::population),
        {0.41634424723091175, 0.41637506775962187, 0.41642373308335139, 0.41643995521998252, 0.41645617753758577,
         0.41650484557589706, 0.41674821016291753, 0.4171539079240115, 0.42447514815188238, 0.95256770487769871},
        population_tolerance);
}
