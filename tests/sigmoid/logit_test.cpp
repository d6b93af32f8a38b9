// SPDX-License-Identifier: MIT
// What logit.h promises: all digits near 1/2, where the odds are near 1, and the inverse of the logistic function.
#define BOOST_TEST_MODULE sigmoid_logit
#include "ogive/sigmoid/logit.h"

#include <ceres/jet.h>

#include <boost/test/unit_test.hpp>
#include <limits>

#include "ogive/sigmoid/logistic.h"
#include "sigmoid/reference.h"

namespace sigmoid = ogive::sigmoid;
namespace claims = sigmoid::claims::scalar;
using reference::Wide;

namespace {
template <class T>
T f(const T& p) {
  return sigmoid::logit(p);
}
}  // namespace

BOOST_AUTO_TEST_CASE(keeps_its_digits_near_one_half) {
  // 4 (p - 1/2) to first order, where 1 - p is rounded to 1/2
  BOOST_TEST((ogive::ulp_error(f(std::nextafter(0.5f, 0.0f)), Wide(-0x1p-23))) <= claims::logit_float32);
  BOOST_TEST((ogive::ulp_error(f(std::nextafter(0.5f, 1.0f)), Wide(0x1p-22))) <= claims::logit_float32);
  BOOST_TEST(sigmoid::logit(0.5f) == 0.0f);
  const auto worst = reference::worst_error<double>(f<double>, reference::logit, 0.499999, 0.500001);
  BOOST_TEST(worst.ulp <= claims::logit_float64, "p = " << worst.at);
}

BOOST_AUTO_TEST_CASE(stays_within_its_claim_on_the_worst_inputs_known) {
  for (const float p : {0.379176348f, 0.270249397f, 0.33f})
    BOOST_TEST((ogive::ulp_error(f(p), reference::logit(p))) <= claims::logit_float32, "p = " << p);
  for (const double p : {0.37794157833153236, 0.26910464375011295, 0.20146979776288504})
    BOOST_TEST((ogive::ulp_error(f(p), reference::logit(p))) <= claims::logit_float64, "p = " << p);
}

BOOST_AUTO_TEST_CASE(stays_within_its_claim_everywhere) {
  const auto worst32 = reference::worst_error_at_all_scales<float>(f<float>, reference::logit, 0, 1);
  BOOST_TEST(worst32.ulp <= claims::logit_float32, "p = " << worst32.at);
  BOOST_TEST(worst32.ulp > 1);
  const auto worst64 = reference::worst_error_at_all_scales<double>(f<double>, reference::logit, 0, 1);
  BOOST_TEST(worst64.ulp <= claims::logit_float64, "p = " << worst64.at);
}

BOOST_AUTO_TEST_CASE(has_ends_and_nothing_beyond_them) {
  const double inf = std::numeric_limits<double>::infinity();
  BOOST_TEST(sigmoid::logit(0.0) == -inf);
  BOOST_TEST(sigmoid::logit(-0.0) == -inf);
  BOOST_TEST(sigmoid::logit(1.0) == inf);
  for (const double p : {-1e-300, -1.0, -inf, std::nextafter(1.0, 2.0), 2.0, inf, std::numeric_limits<double>::quiet_NaN()})
    BOOST_TEST(std::isnan(sigmoid::logit(p)), "p = " << p);
}

BOOST_AUTO_TEST_CASE(undoes_the_logistic_function) {
  // Half an ulp of s moves x by ulp(s) / (2 s (1 - s)); below 0 that is at most an ulp of 1.
  constexpr double claim = (claims::logistic_float64 + claims::logit_float64) * 0x1p-52;
  for (const double x : {-600.0, -20.0, -1.0})
    BOOST_TEST(sigmoid::logit(sigmoid::logistic(x)) == x, boost::test_tools::tolerance(2 * claim));
}

BOOST_AUTO_TEST_CASE(brings_its_gradient_along) {
  using Jet = ceres::Jet<double, 1>;
  constexpr double claim = 8 * 0x1p-52;  // relative: a few roundings of a Jet's division
  for (const double p : {1e-300, 0.1, 0.33, 0.5, 0.75, 0.999})
    BOOST_TEST(sigmoid::logit(Jet(p, 0)).v[0] == 1 / (p * (1 - p)), boost::test_tools::tolerance(claim));
}
