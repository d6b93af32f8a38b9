// SPDX-License-Identifier: MIT
// What logistic3.h promises: its bounds, and that it is NIST's Rat42.
#define BOOST_TEST_MODULE curve_logistic3
#include "ogive/curve/logistic3.h"

#include <boost/test/unit_test.hpp>

#include "curve_checks.h"

using ogive::curve::Logistic3;

OGIVE_CURVE_CHECKS(Logistic3)

BOOST_AUTO_TEST_CASE(is_logistic_with_b_0) {
  for (double x = -20; x <= 20; x += 0.37) {
    const double with_b = ogive::curve::Form<ogive::curve::Family::logistic, ogive::curve::Linear::L_and_b>::value<double>(
        x, std::array{3.0, 0.5, -1.25, 0.0});
    BOOST_TEST(Logistic3::value<double>(x, std::array{3.0, 0.5, -1.25}) == with_b, "x = " << x);
  }
}

BOOST_AUTO_TEST_CASE(is_the_rat42_of_nist) {
  const double b1 = 72.5, b2 = 2.6, b3 = 0.067;
  for (double x = 9; x <= 79; x += 7) {
    const double rat42 = b1 / (1 + std::exp(b2 - b3 * x));
    const double rounding = 16 * 0x1p-53;  // of both formulas together
    BOOST_TEST(std::fabs(Logistic3::value<double>(x, std::array{b1, b2 / b3, b3}) - rat42) <= rounding * rat42, "x = " << x);
  }
}

BOOST_AUTO_TEST_CASE(the_example_of_the_header_holds) {
  const std::array theta = {2.0, 0.5, 3.0};  // L, x0, k
  const double y = ogive::curve::Logistic3::value<double>(0.5, theta);
  BOOST_TEST(y == 1.0);
}
