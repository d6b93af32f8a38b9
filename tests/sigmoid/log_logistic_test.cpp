// SPDX-License-Identifier: MIT
// What log_logistic.h promises: right in the tail where s(x) is 0, and in the tail where it is 1.
#define BOOST_TEST_MODULE sigmoid_log_logistic
#include "ogive/sigmoid/log_logistic.h"

#include <ceres/jet.h>

#include <boost/test/unit_test.hpp>
#include <limits>

#include "ogive/sigmoid/complement.h"
#include "sigmoid/reference.h"

namespace sigmoid = ogive::sigmoid;
namespace claims = sigmoid::claims::scalar;

namespace {
template <class T>
T f(const T& x) {
  return sigmoid::log_logistic(x);
}
}  // namespace

BOOST_AUTO_TEST_CASE(follows_x_where_the_logistic_function_is_zero) {
  BOOST_TEST(sigmoid::log_logistic(-300.0f) == -300.0f);
  BOOST_TEST(sigmoid::log_logistic(-1e30) == -1e30);
}

BOOST_AUTO_TEST_CASE(keeps_the_tail_where_the_logistic_function_is_one) {
  BOOST_TEST(sigmoid::log_logistic(20.0f) == -2.0611537e-9f);
  BOOST_TEST(sigmoid::log_logistic(103.9f) == -std::numeric_limits<float>::denorm_min());
}

BOOST_AUTO_TEST_CASE(stays_within_its_claim_on_the_worst_inputs_known) {
  for (const float x : {1.26561165f, -0.43229f})
    BOOST_TEST((ogive::ulp_error(f(x), reference::log_logistic(x))) <= claims::log_logistic_float32, "x = " << x);
  for (const double x : {1.2699290514169492, -0.43229075721287319, -1.0245168428857323})
    BOOST_TEST((ogive::ulp_error(f(x), reference::log_logistic(x))) <= claims::log_logistic_float64, "x = " << x);
}

BOOST_AUTO_TEST_CASE(stays_within_its_claim_everywhere) {
  const auto worst32 = reference::worst_error_at_all_scales<float>(f<float>, reference::log_logistic, -110, 110);
  BOOST_TEST(worst32.ulp <= claims::log_logistic_float32, "x = " << worst32.at);
  BOOST_TEST(worst32.ulp > 0.9);
  const auto worst64 = reference::worst_error_at_all_scales<double>(f<double>, reference::log_logistic, -760, 760);
  BOOST_TEST(worst64.ulp <= claims::log_logistic_float64, "x = " << worst64.at);
}

BOOST_AUTO_TEST_CASE(has_its_ends) {
  const double inf = std::numeric_limits<double>::infinity();
  BOOST_TEST(sigmoid::log_logistic(-inf) == -inf);
  BOOST_TEST(sigmoid::log_logistic(inf) == 0.0);
  BOOST_TEST(std::isnan(sigmoid::log_logistic(std::numeric_limits<double>::quiet_NaN())));
}

BOOST_AUTO_TEST_CASE(brings_its_gradient_along) {
  using Jet = ceres::Jet<double, 1>;
  constexpr double claim = 8 * 0x1p-52;
  for (const double x : {-700.0, -3.0, 0.0, 3.0, 40.0, 700.0})
    BOOST_TEST(sigmoid::log_logistic(Jet(x, 0)).v[0] == sigmoid::complement(x), boost::test_tools::tolerance(claim));
}
