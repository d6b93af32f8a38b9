// SPDX-License-Identifier: MIT
// What derivative.h promises: a slope that is even, right in both tails, and never 0 before its time.
#define BOOST_TEST_MODULE sigmoid_derivative
#include "ogive/sigmoid/derivative.h"

#include <ceres/jet.h>

#include <boost/test/unit_test.hpp>
#include <limits>

#include "ogive/sigmoid/logistic.h"
#include "sigmoid/reference.h"

namespace sigmoid = ogive::sigmoid;
namespace claims = sigmoid::claims::scalar;

namespace {
template <class T>
T f(const T& x) {
  return sigmoid::derivative(x);
}
}  // namespace

BOOST_AUTO_TEST_CASE(is_not_zero_where_s_times_one_minus_s_is) {
  const float s = sigmoid::logistic(17.5f);
  BOOST_TEST(s * (1 - s) == 0.0f);
  BOOST_TEST(sigmoid::derivative(17.5f) > 2.5e-8f);
  BOOST_TEST(sigmoid::derivative(40.0) > 4.2e-18);
  BOOST_TEST(sigmoid::derivative(103.9f) == std::numeric_limits<float>::denorm_min());
}

BOOST_AUTO_TEST_CASE(stays_within_its_claim_on_the_worst_inputs_known) {
  for (const float x : {-5.53844357f, 4.83994961f})
    BOOST_TEST((ogive::ulp_error(f(x), reference::derivative(x))) <= claims::derivative_float32, "x = " << x);
  for (const double x : {-7.6239741806732919, 0.68885985716123499})
    BOOST_TEST((ogive::ulp_error(f(x), reference::derivative(x))) <= claims::derivative_float64, "x = " << x);
}

BOOST_AUTO_TEST_CASE(stays_within_its_claim_everywhere) {
  const auto worst32 = reference::worst_error_at_all_scales<float>(f<float>, reference::derivative, -110, 110);
  BOOST_TEST(worst32.ulp <= claims::derivative_float32, "x = " << worst32.at);
  BOOST_TEST(worst32.ulp > 1);
  const auto worst64 = reference::worst_error_at_all_scales<double>(f<double>, reference::derivative, -760, 760);
  BOOST_TEST(worst64.ulp <= claims::derivative_float64, "x = " << worst64.at);
}

BOOST_AUTO_TEST_CASE(is_even_to_the_bit) {
  ogive::Random random(1);
  for (int i = 0; i < 1000; ++i) {
    const double x = random.uniform(-50, 50);
    BOOST_TEST(sigmoid::derivative(x) == sigmoid::derivative(-x));
  }
}

BOOST_AUTO_TEST_CASE(is_a_quarter_at_zero_and_zero_at_the_ends) {
  const float inf = std::numeric_limits<float>::infinity();
  BOOST_TEST(sigmoid::derivative(0.0f) == 0.25f);
  BOOST_TEST(sigmoid::derivative(-0.0f) == 0.25f);
  BOOST_TEST(sigmoid::derivative(inf) == 0.0f);
  BOOST_TEST(sigmoid::derivative(-inf) == 0.0f);
  BOOST_TEST(std::isnan(sigmoid::derivative(std::numeric_limits<float>::quiet_NaN())));
}

BOOST_AUTO_TEST_CASE(brings_the_second_derivative_along) {
  using Jet = ceres::Jet<double, 1>;
  constexpr double claim = 8 * 0x1p-52;  // relative; a Jet's division and products add a few roundings
  for (const double x : {-40.0, -2.0, 3.0, 40.0}) {
    const reference::Wide s = reference::logistic(x), c = reference::logistic(-x);
    const auto exact = reference::Wide(s * c * (c - s)).convert_to<double>();
    BOOST_TEST(sigmoid::derivative(Jet(x, 0)).v[0] == exact, boost::test_tools::tolerance(claim));
  }
}
