// SPDX-License-Identifier: MIT
// What logistic.h promises: its bounds, its ends, its small tail, and the gradient that comes along with a Jet.
#define BOOST_TEST_MODULE sigmoid_logistic
#include "ogive/sigmoid/logistic.h"

#include <ceres/jet.h>

#include <boost/test/unit_test.hpp>
#include <limits>

#include "sigmoid/reference.h"

namespace sigmoid = ogive::sigmoid;
namespace claims = sigmoid::claims::scalar;
using reference::Wide;

namespace {
template <class T>
T f(const T& x) {
  return sigmoid::logistic(x);
}
}  // namespace

BOOST_AUTO_TEST_CASE(keeps_the_small_tail_down_to_the_last_subnormal) {
  BOOST_TEST(sigmoid::logistic(-88.75f) > 0.0f);  // 1 / (1 + expf(88.75f)) is 0
  BOOST_TEST(sigmoid::logistic(-103.9f) == std::numeric_limits<float>::denorm_min());
  BOOST_TEST(sigmoid::logistic(-745.1) == std::numeric_limits<double>::denorm_min());
}

BOOST_AUTO_TEST_CASE(stays_within_its_claim_on_the_worst_inputs_known) {
  for (const float x : {-4.1572938f, -88.7228394f, -17.31f, 16.75f, -3.43434f})
    BOOST_TEST((ogive::ulp_error(f(x), reference::logistic(x))) <= claims::logistic_float32, "x = " << x);
  for (const double x : {-6.9309254890394767, -36.7370, -40.209911991469887, 17.51602010594949})
    BOOST_TEST((ogive::ulp_error(f(x), reference::logistic(x))) <= claims::logistic_float64, "x = " << x);
}

BOOST_AUTO_TEST_CASE(stays_within_its_claim_everywhere) {
  const auto worst32 = reference::worst_error_at_all_scales<float>(f<float>, reference::logistic, -110, 110);
  BOOST_TEST(worst32.ulp <= claims::logistic_float32, "x = " << worst32.at);
  BOOST_TEST(worst32.ulp > 1);  // the measurement sees something
  const auto worst64 = reference::worst_error_at_all_scales<double>(f<double>, reference::logistic, -760, 760);
  BOOST_TEST(worst64.ulp <= claims::logistic_float64, "x = " << worst64.at);
}

BOOST_AUTO_TEST_CASE(meets_its_ends_exactly_and_half_at_zero) {
  const float inf = std::numeric_limits<float>::infinity();
  BOOST_TEST(sigmoid::logistic(inf) == 1.0f);
  BOOST_TEST(sigmoid::logistic(-inf) == 0.0f);
  BOOST_TEST(sigmoid::logistic(std::numeric_limits<float>::max()) == 1.0f);
  BOOST_TEST(sigmoid::logistic(std::numeric_limits<float>::lowest()) == 0.0f);
  BOOST_TEST(sigmoid::logistic(0.0f) == 0.5f);
  BOOST_TEST(sigmoid::logistic(-0.0f) == 0.5f);
}

BOOST_AUTO_TEST_CASE(passes_nan_through) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  BOOST_TEST(std::isnan(sigmoid::logistic(nan)));
}

BOOST_AUTO_TEST_CASE(is_as_good_in_long_double_and_in_fifty_digits) {
  using std::fabs;
  const long double unit = std::numeric_limits<long double>::epsilon();
  for (const double x : {-11000.0, -40.0, -1.5, 0.25, 3.0, 60.0}) {
    const Wide exact = reference::logistic(x);
    BOOST_TEST(fabs(Wide(sigmoid::logistic(static_cast<long double>(x))) / exact - 1) <= Wide(claims::logistic_float64 * unit),
               "x = " << x);
    BOOST_TEST(sigmoid::logistic(Wide(x)) / exact - 1 <= Wide(claims::logistic_float64) * std::numeric_limits<Wide>::epsilon());
  }
}

BOOST_AUTO_TEST_CASE(brings_its_gradient_along_in_both_tails) {
  using Jet = ceres::Jet<double, 1>;
  for (const double x : {-700.0, -40.0, -1.0, 0.0, 2.0, 40.0, 700.0}) {
    const Jet y = sigmoid::logistic(Jet(x, 0));
    const auto slope = reference::derivative(x).convert_to<double>();
    BOOST_TEST(y.a == sigmoid::logistic(x),
               boost::test_tools::tolerance(claims::logistic_float64 * 0x1p-52));  // a Jet divides otherwise
    BOOST_TEST(y.v[0] == slope, boost::test_tools::tolerance(claims::derivative_float64 * 0x1p-52));
  }
}
