// SPDX-License-Identifier: MIT
// What gompertz.h promises: its bounds, its ends, its inflection.
#define BOOST_TEST_MODULE curve_gompertz
#include "ogive/curve/gompertz.h"

#include <boost/test/unit_test.hpp>
#include <numbers>

#include "curve_checks.h"

using ogive::curve::Gompertz;

OGIVE_CURVE_CHECKS(Gompertz)

BOOST_AUTO_TEST_CASE(the_example_of_the_header_holds) {
  const std::array theta = {2.0, 0.5, 3.0, 1.0};  // L, x0, k, b
  const double y = ogive::curve::Gompertz::value<double>(0.5, theta);
  BOOST_TEST(std::fabs(y - (1 + 2 / std::numbers::e)) <= 4 * 0x1p-53);
}
