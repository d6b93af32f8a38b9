// SPDX-License-Identifier: MIT
// What softplus.h promises: no overflow on the right, no zero on the left.
#define BOOST_TEST_MODULE sigmoid_softplus
#include "ogive/sigmoid/softplus.h"

#include <boost/test/unit_test.hpp>
#include <limits>

#include "sigmoid/reference.h"

namespace sigmoid = ogive::sigmoid;
namespace claims = sigmoid::claims::scalar;

BOOST_AUTO_TEST_CASE(does_not_overflow) {
  BOOST_TEST(sigmoid::softplus(100.0f) == 100.0f);  // log(1 + expf(100)) is infinite
  BOOST_TEST(sigmoid::softplus(1e308) == 1e308);
}

BOOST_AUTO_TEST_CASE(keeps_the_left_tail) {
  BOOST_TEST(sigmoid::softplus(-20.0f) == 2.0611537e-9f);  // log(1 + expf(-20)) is 0
  BOOST_TEST(sigmoid::softplus(-103.9f) == std::numeric_limits<float>::denorm_min());
}

BOOST_AUTO_TEST_CASE(stays_within_the_claim_of_log_logistic) {
  const auto worst32 =
      reference::worst_error_at_all_scales<float>([](float x) { return sigmoid::softplus(x); }, reference::softplus, -110, 110);
  BOOST_TEST(worst32.ulp <= claims::log_logistic_float32, "x = " << worst32.at);
  BOOST_TEST(worst32.ulp > 0.9);
  const auto worst64 =
      reference::worst_error_at_all_scales<double>([](double x) { return sigmoid::softplus(x); }, reference::softplus, -760, 760);
  BOOST_TEST(worst64.ulp <= claims::log_logistic_float64, "x = " << worst64.at);
}

BOOST_AUTO_TEST_CASE(has_its_ends) {
  const float inf = std::numeric_limits<float>::infinity();
  BOOST_TEST(sigmoid::softplus(-inf) == 0.0f);
  BOOST_TEST(!std::signbit(sigmoid::softplus(-inf)));
  BOOST_TEST(sigmoid::softplus(inf) == inf);
  BOOST_TEST(std::isnan(sigmoid::softplus(std::numeric_limits<float>::quiet_NaN())));
}
