// SPDX-License-Identifier: MIT
// What richards.h promises: its bounds, and the curves that it contains.
#define BOOST_TEST_MODULE curve_richards
#include "ogive/curve/richards.h"

#include <boost/test/unit_test.hpp>

#include "curve_checks.h"
#include "ogive/curve/gompertz.h"
#include "ogive/curve/logistic.h"

using ogive::curve::Richards;

OGIVE_CURVE_CHECKS(Richards)

BOOST_AUTO_TEST_CASE(contains_the_logistic_and_the_gompertz_curve) {
  const double both = 2 * ogive::curve::claims::value * 0x1p-53 * 3.0;
  for (double x = -20; x <= 20; x += 0.37) {
    const std::array four = {3.0, 0.5, -1.25, 1.0};
    const double logistic = ogive::curve::Logistic::value<double>(x, four);
    const double gompertz = ogive::curve::Gompertz::value<double>(x, four);
    BOOST_TEST(std::fabs(Richards::value<double>(x, std::array{3.0, 0.5, -1.25, 1.0, 1.0}) - logistic) <= both, "x = " << x);
    BOOST_TEST(std::fabs(Richards::value<double>(x, std::array{3.0, 0.5, -1.25, 1.0, 0.0}) - gompertz) <= both, "x = " << x);
  }
}

BOOST_AUTO_TEST_CASE(is_steepest_at_x0_for_every_nu) {
  std::array<double, 5> gradient{};
  for (const double nu : {0.0, 1e-12, 0.3, 1.0, 7.0, 1e3}) {
    const auto slope = [&](double x) {
      Richards::value_and_gradient(x, std::array{3.0, 0.5, 1.25, 1.0, nu}, gradient);
      return -gradient[1];  // dy/dx = -dy/dx0
    };
    BOOST_TEST(slope(0.5) > slope(0.5 + 1e-4));
    BOOST_TEST(slope(0.5) > slope(0.5 - 1e-4));
  }
}

BOOST_AUTO_TEST_CASE(a_negative_nu_is_nan) {
  BOOST_TEST(std::isnan(Richards::value<double>(0.5, std::array{3.0, 0.5, 1.25, 1.0, -0.1})));
}

BOOST_AUTO_TEST_CASE(the_example_of_the_header_holds) {
  const std::array theta = {2.0, 0.5, 3.0, 1.0, 1.0};  // L, x0, k, b, nu
  const double y = ogive::curve::Richards::value<double>(0.5, theta);
  BOOST_TEST(y == 2.0);
}
