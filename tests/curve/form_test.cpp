// SPDX-License-Identifier: MIT
// What form.h promises beyond what each curve's own test checks: the places of the parameters, the levels, the example.
#define BOOST_TEST_MODULE curve_form
#include "ogive/curve/form.h"

#include <boost/test/unit_test.hpp>

#include "exact.h"

namespace curve = ogive::curve;
using curve::Family;
using curve::Linear;
using exact::Big;

BOOST_AUTO_TEST_CASE(parameters_have_their_places) {
  using Four = curve::Form<Family::logistic, Linear::L_and_b>;
  BOOST_TEST((Four::place_L == 0 && Four::place_x0 == 1 && Four::place_k == 2 && Four::place_b == 3 && Four::place_nu == -1));
  using Two = curve::Form<Family::logistic, Linear::none>;
  BOOST_TEST((Two::place_L == -1 && Two::place_x0 == 0 && Two::place_k == 1 && Two::place_b == -1 && Two::size == 2));
  using Five = curve::Form<Family::richards, Linear::L_and_b>;
  BOOST_TEST((Five::place_b == 3 && Five::place_nu == 4 && Five::size == 5));
  using Rat43 = curve::Form<Family::richards, Linear::L_only>;
  BOOST_TEST((Rat43::place_k == 2 && Rat43::place_nu == 3 && Rat43::size == 4));
}

BOOST_AUTO_TEST_CASE(level_is_where_the_shape_reaches_p) {
  for (const double p : {0.01, 0.1, 0.5, 0.9, 0.99})
    for (const double nu : {0.0, 1e-300, 1e-15, 1e-3, 0.4, 0.6, 1.0, 7.0, 1e3, 1e6}) {
      const curve::Level at = curve::level(Family::richards, p, nu);
      const exact::Shape f(at.z, nu);
      // The rounding of z by half a unit moves f by |z| f' / f: that much cannot be asked for.
      const double allowed = curve::claims::derived * (1 + (1 + std::fabs(at.z)) * static_cast<double>(f.slope / f.value));
      BOOST_TEST(exact::units(p, f.value) <= allowed, "p = " << p << ", nu = " << nu);
      // On the level, f' dz + df/dnu dnu = 0.
      BOOST_TEST(exact::units(at.nu_derivative, Big(-f.nu_derivative / f.slope)) <=
                     curve::claims::derived_gradient * (1 + std::fabs(at.z)),
                 "p = " << p << ", nu = " << nu);
    }
}

BOOST_AUTO_TEST_CASE(levels_of_the_three_shapes_are_one_family) {
  for (const double p : {0.01, 0.1, 0.5, 0.9, 0.99}) {
    const double rounding = curve::claims::derived * 0x1p-53 * 10;  // |z| is below 5
    BOOST_TEST(std::fabs(curve::level(Family::logistic, p, 0).z - curve::level(Family::richards, p, 1).z) <= rounding);
    BOOST_TEST(std::fabs(curve::level(Family::gompertz, p, 0).z - curve::level(Family::richards, p, 0).z) <= rounding);
  }
}

BOOST_AUTO_TEST_CASE(a_span_of_x_beyond_the_largest_double_is_no_infinity) {
  using Form = curve::Form<Family::logistic, Linear::L_and_b>;
  constexpr double max = std::numeric_limits<double>::max();
  // x - x0 = 2 max overflows, but z = k (x - x0) is 2.
  const std::array theta = {1.0, -max, 1 / max, 0.0};
  std::array<double, 4> gradient{};
  const double y = Form::value_and_gradient(max, theta, gradient);
  const exact::Shape f(2, 1);
  BOOST_TEST(exact::units(y, f.value) <= curve::claims::value * 4);  // 1 / max is subnormal: two bits short
  BOOST_TEST(y == Form::value<double>(max, theta));
  BOOST_TEST(gradient[2] > max * 0.2);
  BOOST_TEST(std::isfinite(gradient[2]));
}

BOOST_AUTO_TEST_CASE(nan_goes_through_even_where_k_is_0) {
  using Form = curve::Form<Family::logistic, Linear::L_and_b>;
  const std::array theta = {1.0, 2.0, 0.0, 0.0};
  std::array<double, 4> gradient{};
  const double nan = std::numeric_limits<double>::quiet_NaN();
  BOOST_TEST(std::isnan(Form::value<double>(nan, theta)));
  BOOST_TEST(std::isnan(Form::value_and_gradient(nan, theta, gradient)));
}

BOOST_AUTO_TEST_CASE(without_a_slope_there_is_no_x_at_10_percent) {
  using Form = curve::Form<Family::logistic, Linear::L_and_b>;
  std::array<double, Form::derived_size> values{};
  Form::derive(std::array{1.0, 2.0, 0.0, 0.0}, values, {});
  BOOST_TEST(values[0] == 0);
  BOOST_TEST(values[1] == 1);
  BOOST_TEST(values[2] == 0);
  BOOST_TEST(!std::isfinite(values[3]));
  BOOST_TEST(!std::isfinite(values[4]));
}

BOOST_AUTO_TEST_CASE(the_example_of_the_header_holds) {
  using Form = ogive::curve::Form<ogive::curve::Family::logistic, ogive::curve::Linear::L_and_b>;
  const std::array theta = {2.0, 0.5, 3.0, 1.0};  // L, x0, k, b
  std::array<double, 4> gradient;
  const double y = Form::value_and_gradient(0.5, theta, gradient);
  BOOST_TEST(y == 2.0);
  const std::array expected = {0.5, -1.5, 0.0, 1.0};
  BOOST_TEST(gradient == expected, boost::test_tools::per_element());
}
