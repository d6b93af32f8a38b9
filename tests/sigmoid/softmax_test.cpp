// SPDX-License-Identifier: MIT
// What softmax.h promises: no overflow, the certain class keeps its distance from 1, and Jacobians that are the slopes.
#define BOOST_TEST_MODULE sigmoid_softmax
#include "ogive/sigmoid/softmax.h"

#include <ceres/jet.h>

#include <array>
#include <boost/test/unit_test.hpp>
#include <limits>
#include <vector>

#include "ogive/sigmoid/log_logistic.h"
#include "ogive/sigmoid/logistic.h"
#include "sigmoid/reference.h"

namespace sigmoid = ogive::sigmoid;
namespace claims = sigmoid::claims::scalar;
using reference::Wide;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

template <class T>
std::vector<T> softmax(const std::vector<T>& x) {
  std::vector<T> y(x.size());
  sigmoid::softmax<T>(x, y);
  return y;
}

template <class T>
std::vector<T> log_softmax(const std::vector<T>& x) {
  std::vector<T> y(x.size());
  sigmoid::log_softmax<T>(x, y);
  return y;
}

/// The probability of class i, in 50 digits.
template <class T>
Wide exact_softmax(const std::vector<T>& x, std::size_t i) {
  Wide sum = 0;
  for (const T& value : x) sum += exp(Wide(Wide(value) - Wide(x[i])));
  return 1 / sum;
}

/// Its logarithm, with the digits of a class that is nearly certain.
template <class T>
Wide exact_log_softmax(const std::vector<T>& x, std::size_t i) {
  Wide others = 0;
  for (std::size_t j = 0; j < x.size(); ++j)
    if (j != i) others += exp(Wide(Wide(x[j]) - Wide(x[i])));
  return -log1p(others);
}

/// The largest errors over vectors of up to 16 logits within 16 of each other.
template <class T>
std::array<double, 2> worst_errors() {
  std::array<double, 2> worst{};
  ogive::Random random(6);
  for (int k = 0; k < 1500; ++k) {
    std::vector<T> x(1 + random.below(16));
    const double centre = random.uniform(-1000, 1000);
    for (T& value : x) value = static_cast<T>(centre + random.uniform(-8, 8));
    const auto y = softmax(x), l = log_softmax(x);
    for (std::size_t i = 0; i < x.size(); ++i) {
      worst[0] = std::max(worst[0], ogive::ulp_error(y[i], exact_softmax(x, i)));
      worst[1] = std::max(worst[1], ogive::ulp_error(l[i], exact_log_softmax(x, i)));
    }
  }
  return worst;
}

}  // namespace

BOOST_AUTO_TEST_CASE(is_the_logistic_function_for_two_classes) {
  for (const double x : {-30.0, -1.0, 0.0, 2.5, 30.0}) {
    const auto y = softmax<double>({x, 0});
    BOOST_TEST(y[0] == sigmoid::logistic(x), boost::test_tools::tolerance(claims::softmax_float64 * 0x1p-52));
    BOOST_TEST(log_softmax<double>({x, 0})[0] == sigmoid::log_logistic(x),
               boost::test_tools::tolerance(claims::log_softmax_float64 * 0x1p-52));
  }
}

BOOST_AUTO_TEST_CASE(stays_within_its_claims) {
  const auto worst32 = worst_errors<float>();
  const auto worst64 = worst_errors<double>();
  BOOST_TEST_MESSAGE(worst32[0] << ' ' << worst64[0] << ' ' << worst32[1] << ' ' << worst64[1]);
  BOOST_TEST(worst32[0] <= claims::softmax_float32);
  BOOST_TEST(worst64[0] <= claims::softmax_float64);
  BOOST_TEST(worst32[1] <= claims::log_softmax_float32);
  BOOST_TEST(worst64[1] <= claims::log_softmax_float64);
  BOOST_TEST(worst32[0] > 1);
}

BOOST_AUTO_TEST_CASE(does_not_overflow_and_does_not_vanish) {
  BOOST_TEST(softmax<float>({1000, 1000, 1000})[1] == 1.0f / 3);
  BOOST_TEST(softmax<float>({-1000, -1000})[0] == 0.5f);
  BOOST_TEST(log_softmax<float>({0, -500})[1] == -500.0f);
}

BOOST_AUTO_TEST_CASE(keeps_the_logarithm_of_a_class_that_is_nearly_certain) {
  BOOST_TEST(log_softmax<double>({40, 0})[0] == -std::exp(-40.0));
  BOOST_TEST(log_softmax<double>({0, 40, 0})[1] == -2 * std::exp(-40.0));
}

BOOST_AUTO_TEST_CASE(shares_the_probability_among_infinite_logits) {
  BOOST_TEST(softmax<double>({infinity, 0, infinity}) == (std::vector<double>{0.5, 0, 0.5}), boost::test_tools::per_element());
  BOOST_TEST(softmax<double>({-infinity, 0}) == (std::vector<double>{0, 1}), boost::test_tools::per_element());
  BOOST_TEST(softmax<double>({-infinity, -infinity})[0] == 0.5);
  BOOST_TEST(log_softmax<double>({-infinity, 0})[0] == -infinity);
}

BOOST_AUTO_TEST_CASE(passes_nan_to_every_class) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const auto& y : {softmax<double>({1, nan, 2}), log_softmax<double>({nan, 1, 2}), softmax<double>({1, 2, nan})})
    for (const double value : y) BOOST_TEST(std::isnan(value));
}

BOOST_AUTO_TEST_CASE(may_write_over_its_input_and_takes_an_empty_one) {
  std::vector<double> x = {1, 2, 3}, l = x;
  const auto y = softmax(x), m = log_softmax(x);
  sigmoid::softmax<double>(x, x);
  sigmoid::log_softmax<double>(l, l);
  BOOST_TEST(x == y, boost::test_tools::per_element());
  BOOST_TEST(l == m, boost::test_tools::per_element());
  BOOST_TEST(softmax<double>({}).empty());
  BOOST_TEST(log_softmax<double>({}).empty());
}

BOOST_AUTO_TEST_CASE(has_the_jacobians_that_jets_find) {
  using Jet = ceres::Jet<double, 3>;
  constexpr double claim = 32 * 0x1p-52;
  for (const auto& x : {std::vector<double>{1, 2, 3}, std::vector<double>{-30, 5, 4.5}, std::vector<double>{0, 0, 40}}) {
    std::vector<Jet> jets;
    for (int i = 0; i < 3; ++i) jets.emplace_back(x[static_cast<std::size_t>(i)], i);
    const auto y = softmax(x);
    const auto y_jets = softmax(jets), l_jets = log_softmax(jets);
    std::vector<double> slopes(9), log_slopes(9);
    sigmoid::softmax_jacobian<double>(y, slopes);
    sigmoid::log_softmax_jacobian<double>(y, log_slopes);
    for (std::size_t i = 0; i < 3; ++i) {
      for (std::size_t j = 0; j < 3; ++j) {
        // A Jet takes the diagonal as 1 - y_i, with an absolute error; that is what it can confirm.
        const auto k = static_cast<int>(j);
        BOOST_TEST(std::fabs(slopes[3 * i + j] - y_jets[i].v[k]) <= claim);
        BOOST_TEST(std::fabs(log_slopes[3 * i + j] - l_jets[i].v[k]) <= claim);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(keeps_the_slope_of_a_class_that_is_nearly_certain) {
  const auto y = softmax<double>({40, 0});
  std::vector<double> slopes(4);
  sigmoid::softmax_jacobian<double>(y, slopes);
  BOOST_TEST(y[0] * (1 - y[0]) == 0.0);
  for (const double slope : slopes)
    BOOST_TEST(std::fabs(slope) == std::exp(-40.0), boost::test_tools::tolerance(claims::softmax_float64 * 0x1p-52));
}
