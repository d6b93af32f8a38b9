// SPDX-License-Identifier: MIT
// What tanh.h promises: the hyperbolic tangent with its digits near 0 and its sign, and the identity it stands for.
#define BOOST_TEST_MODULE sigmoid_tanh
#include "ogive/sigmoid/tanh.h"

#include <ceres/jet.h>

#include <boost/test/unit_test.hpp>
#include <limits>

#include "ogive/sigmoid/logistic.h"
#include "sigmoid/reference.h"

namespace sigmoid = ogive::sigmoid;
namespace claims = sigmoid::claims::scalar;
using reference::Wide;

namespace {
/// tanh(x) = (1 - e^-2x) / (1 + e^-2x), for small x by its series, where 50 digits would not do.
Wide exact_tanh(const Wide& x) {
  if (abs(x) < Wide(1e-8)) return x * (1 - x * x / 3 * (1 - x * x * 2 / 5));
  const Wide e = exp(Wide(-2 * x));
  return (1 - e) / (1 + e);
}

template <class T>
T f(const T& x) {
  return sigmoid::tanh_logistic(x);
}
}  // namespace

BOOST_AUTO_TEST_CASE(keeps_its_digits_near_zero) {
  BOOST_TEST(sigmoid::tanh_logistic(1e-20) == 1e-20);  // 2 s(2e-20) - 1 is 0
  BOOST_TEST(sigmoid::tanh_logistic(-1e-40f) == -1e-40f);
}

BOOST_AUTO_TEST_CASE(stays_within_its_claim) {
  BOOST_TEST((ogive::ulp_error(f(0.233295619f), exact_tanh(0.233295619f))) <= claims::tanh_float32);
  const auto worst32 = reference::worst_error_at_all_scales<float>(f<float>, exact_tanh, -12, 12);
  BOOST_TEST(worst32.ulp <= claims::tanh_float32, "x = " << worst32.at);
  BOOST_TEST(worst32.ulp > 1);
  const auto worst64 = reference::worst_error_at_all_scales<double>(f<double>, exact_tanh, -24, 24);
  BOOST_TEST(worst64.ulp <= claims::tanh_float64, "x = " << worst64.at);
}

BOOST_AUTO_TEST_CASE(is_odd_to_the_bit_and_keeps_the_sign_of_zero) {
  for (const double x : {1e-300, 0.1, 1.0, 7.5, 30.0}) BOOST_TEST(f(-x) == -f(x));
  BOOST_TEST(!std::signbit(f(0.0)));
  BOOST_TEST(std::signbit(f(-0.0)));
}

BOOST_AUTO_TEST_CASE(has_its_ends) {
  const float inf = std::numeric_limits<float>::infinity();
  BOOST_TEST(f(inf) == 1.0f);
  BOOST_TEST(f(-inf) == -1.0f);
  BOOST_TEST(f(1e30f) == 1.0f);
  BOOST_TEST(std::isnan(f(std::numeric_limits<float>::quiet_NaN())));
}

BOOST_AUTO_TEST_CASE(is_the_logistic_function_in_another_frame) {
  for (const Wide& x : {Wide(-20), Wide(-0.5), Wide(1), Wide(3)}) {
    const Wide difference = sigmoid::tanh_logistic(x) - (sigmoid::logistic(Wide(2 * x)) - sigmoid::logistic(Wide(-2 * x)));
    BOOST_TEST(abs(difference) <= claims::tanh_float64 * std::numeric_limits<Wide>::epsilon());
  }
}

BOOST_AUTO_TEST_CASE(brings_its_gradient_along) {
  using Jet = ceres::Jet<double, 1>;
  constexpr double claim = 8 * 0x1p-52;
  for (const double x : {-10.0, -0.5, 0.5, 10.0}) {
    const Wide c = cosh(Wide(x));
    BOOST_TEST(f(Jet(x, 0)).v[0] == Wide(1 / (c * c)).convert_to<double>(), boost::test_tools::tolerance(claim));
  }
}
