// SPDX-License-Identifier: MIT
// What richards4.h promises: its bounds, and that it is NIST's Rat43.
#define BOOST_TEST_MODULE curve_richards4
#include "ogive/curve/richards4.h"

#include <boost/test/unit_test.hpp>

#include "curve_checks.h"

using ogive::curve::Richards4;

OGIVE_CURVE_CHECKS(Richards4)

BOOST_AUTO_TEST_CASE(is_the_rat43_of_nist) {
  const double b1 = 700, b2 = 5.3, b3 = 0.76, b4 = 1.28;
  for (double x = 1; x <= 15; x += 1) {
    const double rat43 = b1 / std::pow(1 + std::exp(b2 - b3 * x), 1 / b4);
    const double rounding = 32 * 0x1p-53;  // of both formulas together
    const double y = Richards4::value<double>(x, std::array{b1, (b2 - std::log(b4)) / b3, b3, b4});
    BOOST_TEST(std::fabs(y - rat43) <= rounding * rat43, "x = " << x);
  }
}

BOOST_AUTO_TEST_CASE(the_example_of_the_header_holds) {
  const std::array theta = {2.0, 0.5, 3.0, 1.0};  // L, x0, k, nu
  const double y = ogive::curve::Richards4::value<double>(0.5, theta);
  BOOST_TEST(y == 1.0);
}
