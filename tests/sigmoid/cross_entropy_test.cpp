// SPDX-License-Identifier: MIT
// What cross_entropy.h promises: loss and gradient right in both tails, for both labels and between them.
#define BOOST_TEST_MODULE sigmoid_cross_entropy
#include "ogive/sigmoid/cross_entropy.h"

#include <ceres/jet.h>

#include <boost/test/unit_test.hpp>
#include <limits>

#include "sigmoid/reference.h"

namespace sigmoid = ogive::sigmoid;
namespace claims = sigmoid::claims::scalar;
using reference::Wide;

namespace {
constexpr double infinity = std::numeric_limits<double>::infinity();

Wide exact_loss(const Wide& x, const Wide& target) {
  return target * reference::softplus(Wide(-x)) + (1 - target) * reference::softplus(x);
}
}  // namespace

BOOST_AUTO_TEST_CASE(keeps_the_loss_of_a_sample_that_is_almost_right) {
  BOOST_TEST(sigmoid::cross_entropy(40.0f, 1.0f) == 4.248354e-18f);  // softplus(x) - x is 0
  BOOST_TEST(sigmoid::cross_entropy(-40.0f, 0.0f) == 4.248354e-18f);
  BOOST_TEST(sigmoid::cross_entropy_gradient(40.0f, 1.0f) == -4.248354e-18f);  // s(x) - 1 is 0
  BOOST_TEST(sigmoid::cross_entropy_gradient(-40.0f, 0.0f) == 4.248354e-18f);
}

BOOST_AUTO_TEST_CASE(grows_like_x_where_the_sample_is_wrong) {
  BOOST_TEST(sigmoid::cross_entropy(-300.0f, 1.0f) == 300.0f);
  BOOST_TEST(sigmoid::cross_entropy(1e30, 0.0) == 1e30);
  BOOST_TEST(sigmoid::cross_entropy_gradient(-300.0f, 1.0f) == -1.0f);
  BOOST_TEST(sigmoid::cross_entropy_gradient(300.0f, 0.0f) == 1.0f);
}

BOOST_AUTO_TEST_CASE(is_within_its_claim_for_labels_and_for_probabilities) {
  for (const double target : {0.0, 0.25, 0.5, 0.9375, 1.0}) {
    const auto exact = [&](const Wide& x) { return exact_loss(x, target); };
    const auto t = static_cast<float>(target);
    const auto worst32 =
        reference::worst_error<float>([&](float x) { return sigmoid::cross_entropy(x, t); }, exact, -100, 100, 5000);
    const auto worst64 =
        reference::worst_error<double>([&](double x) { return sigmoid::cross_entropy(x, target); }, exact, -100, 100, 5000);
    const auto near64 =
        reference::worst_error<double>([&](double x) { return sigmoid::cross_entropy(x, target); }, exact, -4, 4, 5000);
    BOOST_TEST_MESSAGE(target << ": " << worst32.ulp << ' ' << worst64.ulp << ' ' << near64.ulp);
    BOOST_TEST(worst32.ulp <= claims::cross_entropy_float32, "x = " << worst32.at << ", target = " << target);
    BOOST_TEST(worst64.ulp <= claims::cross_entropy_float64, "x = " << worst64.at << ", target = " << target);
    BOOST_TEST(near64.ulp <= claims::cross_entropy_float64, "x = " << near64.at << ", target = " << target);
  }
}

BOOST_AUTO_TEST_CASE(has_the_slope_of_the_loss) {
  ogive::Random random(5);
  for (int i = 0; i < 2000; ++i) {
    const double x = random.uniform(-40, 40);
    for (const double target : {0.0, 1.0}) {
      const Wide exact = target == 0 ? reference::logistic(x) : Wide(-reference::logistic(Wide(-x)));
      const double error = ogive::ulp_error(sigmoid::cross_entropy_gradient(x, target), exact);
      BOOST_TEST(error <= claims::logistic_float64, "x = " << x);
    }
    const double between = sigmoid::cross_entropy_gradient(x, 0.3);
    const Wide exact = reference::logistic(x) - Wide(0.3);
    BOOST_TEST(abs(Wide(Wide(between) - exact)) <= claims::logistic_float64 * 0x1p-52, "x = " << x);
  }
}

BOOST_AUTO_TEST_CASE(is_zero_when_infinitely_right_and_infinite_when_infinitely_wrong) {
  BOOST_TEST(sigmoid::cross_entropy(infinity, 1.0) == 0.0);
  BOOST_TEST(sigmoid::cross_entropy(-infinity, 0.0) == 0.0);
  BOOST_TEST(sigmoid::cross_entropy(-infinity, 1.0) == infinity);
  BOOST_TEST(sigmoid::cross_entropy(infinity, 0.0) == infinity);
  BOOST_TEST(sigmoid::cross_entropy(infinity, 0.5) == infinity);
  BOOST_TEST(sigmoid::cross_entropy_gradient(infinity, 0.25) == 0.75);
}

BOOST_AUTO_TEST_CASE(refuses_a_target_that_is_no_probability) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const double target : {-0.1, 1.1, infinity, nan}) {
    BOOST_TEST(std::isnan(sigmoid::cross_entropy(1.0, target)), "target = " << target);
    BOOST_TEST(std::isnan(sigmoid::cross_entropy_gradient(1.0, target)), "target = " << target);
  }
  BOOST_TEST(std::isnan(sigmoid::cross_entropy(nan, 1.0)));
  BOOST_TEST(std::isnan(sigmoid::cross_entropy_gradient(nan, 0.5)));
}

BOOST_AUTO_TEST_CASE(has_the_gradient_that_a_jet_finds) {
  using Jet = ceres::Jet<double, 1>;
  constexpr double claim = 16 * 0x1p-52;
  for (const double x : {-40.0, -1.0, 2.0, 40.0})
    for (const double target : {0.0, 0.25, 1.0})
      BOOST_TEST(sigmoid::cross_entropy(Jet(x, 0), Jet(target)).v[0] == sigmoid::cross_entropy_gradient(x, target),
                 boost::test_tools::tolerance(claim));
}
