// SPDX-License-Identifier: MIT
// What shape_value.h promises: the shapes with the digits of each scalar.
#define BOOST_TEST_MODULE curve_shape_value
#include "ogive/curve/shape_value.h"

#include <boost/test/unit_test.hpp>

#include "exact.h"

namespace curve = ogive::curve;
using exact::Big;

namespace {

// Relative error of a value in the type's own epsilons, over 1 - log f for the rounding of log f.
template <class T>
double epsilons(const T& got, const exact::Shape& f) {
  const Big error = abs(Big(Big(got) - f.value)) / f.value / (1 - log(f.value));
  return static_cast<double>(Big(error / Big(std::numeric_limits<T>::epsilon())));
}

template <class T>
void keeps_the_digits_of() {
  constexpr double claim = curve::claims::shape_value;
  for (double z = -60; z <= 60; z += 0.5) {
    BOOST_TEST(epsilons<T>(curve::logistic_value(T(z)), exact::Shape(z, 1)) <= claim, "z = " << z);
    if (z >= -4) BOOST_TEST(epsilons<T>(curve::gompertz_value(T(z)), exact::Shape(z, 0)) <= claim, "z = " << z);
    for (const double nu : {0.0, 0x1p-40, 0.0078125, 0.5, 1.0, 7.0, 1024.0, 1048576.0})
      if (z >= -4 || nu >= 1)
        BOOST_TEST(epsilons<T>(curve::richards_value(T(z), T(nu)), exact::Shape(z, nu)) <= claim, z << ' ' << nu);
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(keeps_the_digits_of_float) { keeps_the_digits_of<float>(); }
BOOST_AUTO_TEST_CASE(keeps_the_digits_of_double) { keeps_the_digits_of<double>(); }
BOOST_AUTO_TEST_CASE(keeps_the_digits_of_long_double) { keeps_the_digits_of<long double>(); }

BOOST_AUTO_TEST_CASE(keeps_45_of_50_digits) {
  const Big allowed("1e-45");
  for (double z = -60; z <= 60; z += 0.5)
    for (const double nu : {0.0, 0x1p-40, 0.0078125, 0.5, 1.0, 7.0, 1024.0}) {
      const exact::Shape f(z, nu);
      if (f.value < Big("1e-1000")) continue;
      BOOST_TEST(abs(Big(curve::richards_value(Big(z), Big(nu)) - f.value)) <= allowed * f.value, "z = " << z << ", nu = " << nu);
    }
}

BOOST_AUTO_TEST_CASE(log1p_over_is_the_quotient_and_1_at_0) {
  for (const double y : {1e-10, 1e-3, 0.1, 0.5}) {
    const Big expected = log(Big(1 + Big(y))) / Big(y);
    BOOST_TEST(exact::units(curve::log1p_over(y), expected) <= curve::claims::shape_value, "y = " << y);
  }
  BOOST_TEST(curve::log1p_over(0.0) == 1.0);
}

BOOST_AUTO_TEST_CASE(the_example_of_the_header_holds) {
  const long double f = ogive::curve::logistic_value(2.0L);
  BOOST_TEST(std::fabs(f - 0.88079707797788244406L) <= 2e-19L);
}
