// SPDX-License-Identifier: MIT
// What logistic.h promises: its bounds, its ends, its two names for the same curve.
#define BOOST_TEST_MODULE curve_logistic
#include "ogive/curve/logistic.h"

#include <boost/test/unit_test.hpp>

#include "curve_checks.h"

using ogive::curve::Logistic;

OGIVE_CURVE_CHECKS(Logistic)

BOOST_AUTO_TEST_CASE(minus_L_and_minus_k_from_the_other_plateau_is_the_same_curve) {
  for (double x = -20; x <= 20; x += 0.37) {
    // All sums are exact here: b + L = 4.
    const double one = Logistic::value<double>(x, std::array{3.0, 0.5, 1.25, 1.0});
    const double other = Logistic::value<double>(x, std::array{-3.0, 0.5, -1.25, 4.0});
    BOOST_TEST(std::fabs(one - other) <= 2 * ogive::curve::claims::value * 0x1p-53 * 4.0, "x = " << x);
  }
}

BOOST_AUTO_TEST_CASE(the_example_of_the_header_holds) {
  const std::array theta = {2.0, 0.5, 3.0, 1.0};  // L, x0, k, b
  const double y = ogive::curve::Logistic::value<double>(0.5, theta);
  BOOST_TEST(y == 2.0);
}
