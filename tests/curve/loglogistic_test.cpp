// SPDX-License-Identifier: MIT
// What loglogistic.h promises: dose 0 and the doses beyond, the order of the effective doses.
#define BOOST_TEST_MODULE curve_loglogistic
#include "ogive/curve/loglogistic.h"

#include <boost/test/unit_test.hpp>

#include "curve_checks.h"

using ogive::curve::LogLogistic;

OGIVE_CURVE_CHECKS(LogLogistic)

BOOST_AUTO_TEST_CASE(dose_0_is_a_plateau_or_the_middle) {
  BOOST_TEST(LogLogistic::value<double>(0.0, std::array{2.0, 3.0, 1.5, 1.0}) == 1.0);
  BOOST_TEST(LogLogistic::value<double>(0.0, std::array{2.0, 3.0, -1.5, 1.0}) == 3.0);
  BOOST_TEST(LogLogistic::value<double>(0.0, std::array{2.0, 3.0, 0.0, 1.0}) == 2.0);
  BOOST_TEST(LogLogistic::value<double>(-0.0, std::array{2.0, 3.0, 1.5, 1.0}) == 1.0);
}

BOOST_AUTO_TEST_CASE(is_nan_outside_the_domain) {
  std::array<double, 4> gradient{};
  for (const double k : {1.5, 0.0, -1.5}) {
    BOOST_TEST(std::isnan(LogLogistic::value<double>(-1.0, std::array{2.0, 3.0, k, 1.0})));
    BOOST_TEST(std::isnan(LogLogistic::value<double>(1.0, std::array{2.0, 0.0, k, 1.0})));
    BOOST_TEST(std::isnan(LogLogistic::value<double>(1.0, std::array{2.0, -3.0, k, 1.0})));
    BOOST_TEST(std::isnan(LogLogistic::value_and_gradient(-1.0, std::array{2.0, 3.0, k, 1.0}, gradient)));
  }
}

BOOST_AUTO_TEST_CASE(effective_doses_are_in_order_for_either_sign_of_k) {
  std::array<double, 5> values{};
  for (const double k : {1.5, -1.5}) {
    const std::array theta = {2.0, 3.0, k, 1.0};
    LogLogistic::derive(theta, values, {});
    BOOST_TEST(values[3] < 3.0);
    BOOST_TEST(values[4] > 3.0);
    const double start = LogLogistic::value<double>(0.0, theta);
    const double end = LogLogistic::value<double>(HUGE_VAL, theta);
    const double rounding = 1e-15;
    BOOST_TEST(std::fabs(LogLogistic::value<double>(values[3], theta) - (start + 0.1 * (end - start))) <= rounding);
    BOOST_TEST(std::fabs(LogLogistic::value<double>(values[4], theta) - (start + 0.9 * (end - start))) <= rounding);
  }
}

BOOST_AUTO_TEST_CASE(the_example_of_the_header_holds) {
  const std::array theta = {2.0, 3.0, 1.5, 1.0};  // L, ec50, k, b
  const double y = ogive::curve::LogLogistic::value<double>(3.0, theta);
  BOOST_TEST(y == 2.0);
}
