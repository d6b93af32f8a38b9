// SPDX-License-Identifier: MIT
#define BOOST_TEST_MODULE layer_bump_form
#include "ogive/layer/bump_form.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>

using namespace ogive::layer;

BOOST_AUTO_TEST_CASE(every_name_is_read_back) {
  for (const BumpForm form : bump_forms) BOOST_TEST((parse_bump_form(to_string(form)) == form));
  BOOST_TEST(!parse_bump_form("round").has_value());
}

BOOST_AUTO_TEST_CASE(each_form_is_its_function) {
  const BumpParameters p{2, 0.1, 0.7};
  BOOST_TEST(evaluate(BumpForm::canonical, 0.3, p).fs == bump(0.3, 2.0, 0.1, 0.7).fs);
  BOOST_TEST(evaluate(BumpForm::root, 0.3, p).fs == root_bump(0.3, 2.0, 0.1, 0.7).fs);
  BOOST_TEST(evaluate(BumpForm::gaussian, 0.3, p).fs == gaussian(0.3, 2.0, 0.1, 0.7).fs);
}

BOOST_AUTO_TEST_CASE(the_half_width_is_where_the_support_ends) {
  for (const double sigma : {0.01, 0.5, 1.0, 2.0, 9.0})
    for (const BumpForm form : {BumpForm::canonical, BumpForm::root}) {
      const double edge = half_width(form, sigma);
      const BumpParameters p{1, 0, sigma};
      BOOST_TEST(evaluate(form, edge * 1.0001, p).f == 0);
      BOOST_TEST(evaluate(form, edge * 0.99, p).f > 0);
    }
  BOOST_TEST(half_width(BumpForm::gaussian, 3) == std::numeric_limits<double>::infinity());
  BOOST_TEST(half_width(BumpForm::canonical, -1) == 0);
}
