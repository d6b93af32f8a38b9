// SPDX-License-Identifier: MIT
// What product.h promises: the whole survives where its parts do not.
#define BOOST_TEST_MODULE curve_product
#include "ogive/curve/product.h"

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "exact.h"
#include "ogive/base/random.h"

using exact::Big;
using ogive::curve::held;
using ogive::curve::product;
using ogive::curve::quotient;

namespace {
constexpr double max = std::numeric_limits<double>::max();
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
}  // namespace

BOOST_AUTO_TEST_CASE(keeps_its_claim_wherever_the_result_is_a_normal_number) {
  ogive::Random random(3);
  int counted = 0;
  for (int i = 0; i < 100000; ++i) {
    const auto any = [&] { return random.uniform(-2, 2) * std::pow(10.0, random.uniform(-300, 300)); };
    const double a = any(), b = any(), c = any(), d = any();
    const Big expected = Big(a) * b * c / d;
    if (abs(expected) > max) {
      BOOST_TEST(std::fabs(quotient(a, b, c, d)) == max);
    } else if (abs(expected) > std::numeric_limits<double>::min()) {
      ++counted;
      BOOST_TEST(exact::units(quotient(a, b, c, d), expected) <= ogive::curve::claims::product);
    }
  }
  BOOST_TEST(counted > 30000);
}

BOOST_AUTO_TEST_CASE(zero_wins_over_infinity_but_not_over_nan) {
  BOOST_TEST(product(0, infinity, 2) == 0);
  BOOST_TEST(product(infinity, 0, 2, 2) == 0);
  BOOST_TEST(product(2, infinity, 1, 0) == 0);
  BOOST_TEST(std::isnan(product(0, not_a_number, 2)));
  BOOST_TEST(std::isnan(product(not_a_number, 1, 2)));
  BOOST_TEST(std::isnan(quotient(0, 1, 2, not_a_number)));
}

BOOST_AUTO_TEST_CASE(held_stops_at_the_largest_double) {
  BOOST_TEST(held(infinity) == max);
  BOOST_TEST(held(-infinity) == -max);
  BOOST_TEST(held(3.0) == 3.0);
  BOOST_TEST(std::isnan(held(not_a_number)));
  BOOST_TEST(product(1e200, 1e200, -1e200) == -max);
}

BOOST_AUTO_TEST_CASE(the_example_of_the_header_holds) {
  const double p = ogive::curve::product(1e200, 1e200, 1e-300);
  const double q = ogive::curve::quotient(1e-200, 1e-200, 1.0, 1e-300);
  const double claim = ogive::curve::claims::product + 4;  // and four decimal constants that are not exact
  BOOST_TEST(exact::units(p, Big("1e100")) <= claim);
  BOOST_TEST(exact::units(q, Big("1e-100")) <= claim);
}
