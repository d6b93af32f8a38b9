// SPDX-License-Identifier: MIT
// What complement.h promises: 1 - s(x) with all its digits, where the difference has none.
#define BOOST_TEST_MODULE sigmoid_complement
#include "ogive/sigmoid/complement.h"

#include <boost/test/unit_test.hpp>
#include <limits>

#include "sigmoid/reference.h"

namespace sigmoid = ogive::sigmoid;
namespace claims = sigmoid::claims::scalar;
using reference::Wide;

BOOST_AUTO_TEST_CASE(has_a_value_where_the_difference_is_zero) {
  BOOST_TEST(1 - sigmoid::logistic(17.5f) == 0.0f);
  BOOST_TEST(sigmoid::complement(17.5f) > 2.5e-8f);
  BOOST_TEST(sigmoid::complement(103.9f) == std::numeric_limits<float>::denorm_min());
}

BOOST_AUTO_TEST_CASE(stays_within_the_claim_of_the_logistic_function) {
  const auto exact = [](const Wide& x) { return Wide(1 - reference::logistic(x)); };
  const auto worst32 = reference::worst_error<float>([](float x) { return sigmoid::complement(x); }, exact, -20, 60);
  BOOST_TEST(worst32.ulp <= claims::logistic_float32, "x = " << worst32.at);
  BOOST_TEST(worst32.ulp > 1);
  const auto worst64 = reference::worst_error<double>([](double x) { return sigmoid::complement(x); }, exact, -40, 60);
  BOOST_TEST(worst64.ulp <= claims::logistic_float64, "x = " << worst64.at);
}

BOOST_AUTO_TEST_CASE(meets_its_ends_and_passes_nan_through) {
  const double inf = std::numeric_limits<double>::infinity();
  BOOST_TEST(sigmoid::complement(inf) == 0.0);
  BOOST_TEST(sigmoid::complement(-inf) == 1.0);
  BOOST_TEST(sigmoid::complement(0.0) == 0.5);
  BOOST_TEST(std::isnan(sigmoid::complement(std::numeric_limits<double>::quiet_NaN())));
}
