// SPDX-License-Identifier: MIT
// What logistic2.h promises: its bounds, its symmetry.
#define BOOST_TEST_MODULE curve_logistic2
#include "ogive/curve/logistic2.h"

#include <boost/test/unit_test.hpp>

#include "curve_checks.h"

using ogive::curve::Logistic2;

OGIVE_CURVE_CHECKS(Logistic2)

BOOST_AUTO_TEST_CASE(a_share_and_the_rest_are_mirror_images) {
  for (double x = -20; x <= 20; x += 0.37)
    BOOST_TEST(std::fabs(Logistic2::value<double>(x, std::array{0.5, 3.0}) + Logistic2::value<double>(x, std::array{0.5, -3.0}) -
                         1) <= 2 * 0x1p-53);
}

BOOST_AUTO_TEST_CASE(the_example_of_the_header_holds) {
  const std::array theta = {0.5, 3.0};  // x0, k
  const double y = ogive::curve::Logistic2::value<double>(0.5, theta);
  BOOST_TEST(y == 0.5);
}
