// SPDX-License-Identifier: MIT
// What range.h promises: both ends exactly, nothing outside, and the way back.
#define BOOST_TEST_MODULE sigmoid_range
#include "ogive/sigmoid/range.h"

#include <ceres/jet.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <limits>

#include "sigmoid/reference.h"

namespace sigmoid = ogive::sigmoid;
namespace claims = sigmoid::claims::scalar;
using reference::Wide;

namespace {

constexpr struct {
  double low, high;
} ranges[] = {{0, 1}, {0, 100}, {-1, 1}, {5, 2}, {-1e300, 1e300 / 3}, {1e-310, 3e-310}, {-7, -7}};

/// The error of logistic_range(x, low, high) in ulp of the larger end.
template <class T>
double range_error(T x, T low, T high) {
  const Wide exact = Wide(low) + (Wide(high) - Wide(low)) * reference::logistic(x);
  const Wide unit = ogive::ulp<T>(Wide(std::max(std::fabs(low), std::fabs(high))));
  const Wide difference = Wide(sigmoid::logistic_range(x, low, high)) - exact;
  return Wide(abs(difference) / unit).convert_to<double>();
}

}  // namespace

BOOST_AUTO_TEST_CASE(meets_both_ends_exactly_and_stays_between_them) {
  const double inf = std::numeric_limits<double>::infinity();
  for (const auto [low, high] : ranges) {
    BOOST_TEST(sigmoid::logistic_range(-inf, low, high) == low);
    BOOST_TEST(sigmoid::logistic_range(inf, low, high) == high);
    for (double x = -50; x <= 50; x += 0.37) {
      const double y = sigmoid::logistic_range(x, low, high);
      BOOST_TEST((y >= std::min(low, high) && y <= std::max(low, high)), "x = " << x << " in [" << low << ", " << high << "]");
    }
  }
  BOOST_TEST(std::isnan(sigmoid::logistic_range(std::numeric_limits<double>::quiet_NaN(), 0.0, 1.0)));
}

BOOST_AUTO_TEST_CASE(stays_within_its_claim) {
  ogive::Random random(3);
  double worst32 = 0, worst64 = 0;
  for (const auto [low, high] : ranges) {
    for (int i = 0; i < 2000; ++i) {
      const double x = random.uniform(-30, 30);
      worst64 = std::max(worst64, range_error<double>(x, low, high));
      if (std::fabs(low) < 1e30)
        worst32 = std::max(worst32, range_error<float>(static_cast<float>(x), static_cast<float>(low), static_cast<float>(high)));
    }
  }
  BOOST_TEST_MESSAGE("float32 " << worst32 << ", float64 " << worst64);
  BOOST_TEST(worst32 <= claims::range_float32);
  BOOST_TEST(worst64 <= claims::range_float64);
  BOOST_TEST(worst32 > 0.5);
}

BOOST_AUTO_TEST_CASE(approaches_the_upper_end_as_smoothly_as_the_lower) {
  // 0 is the upper end of a falling scale; its tail keeps all digits.
  BOOST_TEST(sigmoid::logistic_range(40.0, -1.0, 0.0) == -sigmoid::logistic(-40.0));
  BOOST_TEST(sigmoid::logistic_range(-40.0, 0.0, 1.0) == sigmoid::logistic(-40.0));
}

BOOST_AUTO_TEST_CASE(comes_back_by_its_inverse) {
  const auto exact = [](double y, double low, double high) {
    return Wide(log(Wide((Wide(y) - Wide(low)) / (Wide(high) - Wide(y))))).convert_to<double>();
  };
  // 0 and 64 and the multiples of 2^-40 between them have exact differences, so the claim is that of logit().
  ogive::Random random(4);
  for (int i = 0; i < 1000; ++i) {
    const double y = std::floor(random.uniform(0, 64) * 0x1p40) * 0x1p-40;
    BOOST_TEST(sigmoid::logit_range(y, 0.0, 64.0) == exact(y, 0, 64), boost::test_tools::tolerance(4 * 0x1p-52));
  }
  BOOST_TEST(sigmoid::logit_range(32.0, 0.0, 64.0) == 0.0);
  BOOST_TEST(sigmoid::logit_range(sigmoid::logistic_range(1.5, 0.0, 100.0), 0.0, 100.0) == 1.5,
             boost::test_tools::tolerance(1e-14));
}

BOOST_AUTO_TEST_CASE(has_ends_and_nothing_beyond_them) {
  const double inf = std::numeric_limits<double>::infinity(), nan = std::numeric_limits<double>::quiet_NaN();
  BOOST_TEST(sigmoid::logit_range(2.0, 2.0, 5.0) == -inf);
  BOOST_TEST(sigmoid::logit_range(5.0, 2.0, 5.0) == inf);
  BOOST_TEST(sigmoid::logit_range(5.0, 5.0, 2.0) == -inf);  // a falling curve starts at its low
  for (const double y : {1.0, 6.0, -inf, inf, nan}) BOOST_TEST(std::isnan(sigmoid::logit_range(y, 2.0, 5.0)), "y = " << y);
  BOOST_TEST(std::isnan(sigmoid::logit_range(2.0, 2.0, 2.0)));
}

BOOST_AUTO_TEST_CASE(brings_the_gradient_in_x_and_in_both_ends_along) {
  using Jet = ceres::Jet<double, 3>;
  const Jet y = sigmoid::logistic_range(Jet(0.7, 0), Jet(2, 1), Jet(5, 2));
  constexpr double claim = 8 * 0x1p-52;
  BOOST_TEST(y.v[0] == 3 * reference::derivative(0.7).convert_to<double>(), boost::test_tools::tolerance(claim));
  BOOST_TEST(y.v[1] == sigmoid::complement(0.7), boost::test_tools::tolerance(claim));
  BOOST_TEST(y.v[2] == sigmoid::logistic(0.7), boost::test_tools::tolerance(claim));
}
