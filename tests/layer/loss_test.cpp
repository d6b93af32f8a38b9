// SPDX-License-Identifier: MIT
// Losses: values and gradients from 60-digit arithmetic, in both tails.
#define BOOST_TEST_MODULE layer_loss
#include "ogive/layer/loss.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "layer/within.h"
#include "ogive/base/errors.h"

using namespace ogive::layer;

namespace {

struct Result {
  double value;
  std::vector<double> gradient;
};

template <class T = double>
Result of_values(const Loss& loss, const std::vector<T>& z, const std::vector<T>& t, std::size_t rows) {
  const std::size_t n = z.size() / rows;
  Targets<T> targets;
  targets.values = {t.data(), t.size() / n, n};
  std::vector<T> dz(z.size());
  const double value = loss.value<T>({z.data(), rows, n}, targets, {dz.data(), rows, n});
  BOOST_TEST(value == (loss.value<T>({z.data(), rows, n}, targets)));  // with or without the gradient
  return {value, {dz.begin(), dz.end()}};
}

Result of_labels(const std::vector<double>& z, const std::vector<std::uint32_t>& labels) {
  const std::size_t n = labels.size(), rows = z.size() / n;
  Targets<double> targets;
  targets.labels = labels;
  std::vector<double> dz(z.size());
  const double value = Loss{LossKind::softmax_cross_entropy}.value<double>({z.data(), rows, n}, targets, {dz.data(), rows, n});
  return {value, dz};
}

const Loss bce{LossKind::bce_with_logits};
const std::vector<double> logits = {-1000, -40, -1, 0, 1, 40, 1000};

void bce_agrees(double target, const std::vector<double>& losses, const std::vector<double>& slopes) {
  for (std::size_t i = 0; i < logits.size(); ++i) {
    const Result result = of_values<double>(bce, {logits[i]}, {target}, 1);
    BOOST_TEST(within::relative(result.value, losses[i]) <= within::losses, "z = " << logits[i] << ", t = " << target);
    BOOST_TEST(within::relative(result.gradient[0], slopes[i]) <= within::losses, "z = " << logits[i] << ", t = " << target);
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(binary_cross_entropy_agrees_with_high_precision_in_both_tails) {
  bce_agrees(0, {0, 4.248354255291589e-18, 0.31326168751822283, 0.69314718055994531, 1.3132616875182228, 40, 1000},
             {0, 4.248354255291589e-18, 0.26894142136999512, 0.5, 0.73105857863000488, 1, 1});
  bce_agrees(1, {1000, 40, 1.3132616875182228, 0.69314718055994531, 0.31326168751822283, 4.248354255291589e-18, 0},
             {-1, -1, -0.73105857863000488, -0.5, -0.26894142136999512, -4.248354255291589e-18, 0});
  bce_agrees(0.25, {250, 10, 0.56326168751822283, 0.69314718055994531, 1.0632616875182228, 30, 750},
             {-0.25, -0.25, 0.018941421369995121, 0.25, 0.48105857863000488, 0.75, 0.75});
}

BOOST_AUTO_TEST_CASE(binary_cross_entropy_teaches_in_float32_where_probabilities_do_not) {
  const Result wrong = of_values<float>(bce, {17.0f}, {0.0f}, 1);  // on s(z) = 1: a loss of 100 or infinity, and a gradient of 0
  BOOST_TEST(within::relative(wrong.value, 17) < 1e-6);
  BOOST_TEST(wrong.gradient[0] == 1);
  const Result right = of_values<float>(bce, {40.0f}, {1.0f}, 1);
  BOOST_TEST(right.gradient[0] < 0);
}

BOOST_AUTO_TEST_CASE(the_weight_of_the_positive_class_counts_for_targets_of_1_only) {
  const Loss weighted{LossKind::bce_with_logits, 3};
  const Result heavy = of_values<double>(weighted, {1, 1}, {1, 0}, 1), plain = of_values<double>(bce, {1, 1}, {1, 0}, 1);
  BOOST_TEST(heavy.gradient[0] == 3 * plain.gradient[0]);
  BOOST_TEST(heavy.gradient[1] == plain.gradient[1]);
  BOOST_TEST(within::relative(heavy.value, (3 * 0.31326168751822283 + 1.3132616875182228) / 2) <= within::losses);
}

BOOST_AUTO_TEST_CASE(cross_entropy_is_minus_the_log_softmax_at_extremes) {
  const auto log_softmax = [](const std::vector<double>& z, std::uint32_t label) { return -of_labels(z, {label}).value; };
  const std::vector<double> a = {1000, 1000, -1000}, b = {-1000, -1001, -1002}, c = {1000, 0, -1000};
  BOOST_TEST(within::relative(log_softmax(a, 0), -0.69314718055994531) <= within::losses);
  BOOST_TEST(within::relative(log_softmax(a, 2), -2000.6931471805599) <= within::losses);
  BOOST_TEST(within::relative(log_softmax(b, 0), -0.4076059644443803) <= within::losses);
  BOOST_TEST(within::relative(log_softmax(b, 1), -1.4076059644443803) <= within::losses);
  BOOST_TEST(within::relative(log_softmax(b, 2), -2.4076059644443803) <= within::losses);
  BOOST_TEST(log_softmax(c, 0) == 0);
  BOOST_TEST(log_softmax(c, 1) == -1000);
  BOOST_TEST(log_softmax(c, 2) == -2000);
}

BOOST_AUTO_TEST_CASE(cross_entropy_of_a_nearly_certain_class_keeps_its_small_gradient) {
  const Result result = of_labels({40, 0}, {0});  // p - 1 would be 0
  BOOST_TEST(within::relative(result.value, 4.248354255291589e-18) <= within::losses);
  BOOST_TEST(within::relative(result.gradient[0], -4.248354255291589e-18) <= within::losses);
  BOOST_TEST(within::relative(result.gradient[1], 4.248354255291589e-18) <= within::losses);
}

BOOST_AUTO_TEST_CASE(cross_entropy_is_a_mean_over_samples) {
  const Result one = of_labels({1, 2, 3}, {2}), two = of_labels({1, 2, 3, 3, 2, 1}, {2, 0});
  BOOST_TEST(within::relative(two.value, one.value) <= within::losses);
  const std::vector<double> expected = {0.090030573170380458, 0.24472847105479765, -0.33475904422517811};
  BOOST_TEST(within::worst(one.gradient, expected) <= within::losses);
  BOOST_TEST(two.gradient[0] == one.gradient[0] / 2);
}

BOOST_AUTO_TEST_CASE(squares_are_a_mean_over_all_numbers) {
  const Result result = of_values<double>(Loss{LossKind::mse}, {1, 2, 3, 4}, {0, 2, 5, 4}, 2);
  BOOST_TEST(result.value == 5.0 / 4);
  BOOST_TEST(result.gradient == (std::vector<double>{0.5, 0, -1, 0}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_likelihood_of_a_normal_distribution_is_that_of_the_formula) {
  const double mean = 1.5, log_sigma = -0.5, t = 2.25, sigma = std::exp(log_sigma);
  const Result result = of_values<double>(Loss{LossKind::gaussian_nll}, {mean, log_sigma}, {t}, 2);
  const double u = (t - mean) / sigma;
  BOOST_TEST(within::relative(result.value, log_sigma + u * u / 2 + std::log(2 * std::acos(-1.0)) / 2) <= within::losses);
  BOOST_TEST(within::relative(result.gradient[0], -u / sigma) <= within::losses);
  BOOST_TEST(within::relative(result.gradient[1], 1 - u * u) <= within::losses);
}

BOOST_AUTO_TEST_CASE(a_loss_of_nan_is_nan) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  BOOST_TEST(std::isnan(of_labels({nan, 1}, {1}).value));
  for (const auto kind : {LossKind::mse, LossKind::bce_with_logits}) {
    Targets<double> targets;
    const double one = 1;
    targets.values = {&one, 1, 1};
    BOOST_TEST(std::isnan(Loss{kind}.value<double>({&nan, 1, 1}, targets)));
  }
}

BOOST_AUTO_TEST_CASE(accuracy_counts_what_is_on_the_right_side) {
  const std::vector<double> z = {1, 2, 3, 3, 2, 1};
  const std::vector<std::uint32_t> labels = {2, 1};
  Targets<double> targets;
  targets.labels = labels;
  BOOST_TEST((accuracy<double>(Loss{LossKind::softmax_cross_entropy}, {z.data(), 3, 2}, targets)) == 0.5);
  const std::vector<double> t = {1, 0, 1, 1};
  targets.values = {t.data(), 2, 2};
  const std::vector<double> z2 = {0.1, -3, -0.1, 5};
  BOOST_TEST((accuracy<double>(bce, {z2.data(), 2, 2}, targets)) == 0.75);
  BOOST_TEST(std::isnan(accuracy<double>(Loss{LossKind::mse}, {z2.data(), 2, 2}, targets)));
}

BOOST_AUTO_TEST_CASE(names_read_back) {
  for (const auto kind : {LossKind::mse, LossKind::bce_with_logits, LossKind::softmax_cross_entropy, LossKind::gaussian_nll})
    BOOST_TEST((parse_loss(to_string(kind)) == kind));
  BOOST_TEST((parse_loss("softmax") == LossKind::softmax_cross_entropy));
  BOOST_CHECK_THROW(parse_loss("hinge"), ogive::InputError);
}
