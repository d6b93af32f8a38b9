// SPDX-License-Identifier: MIT
// The dense layer: a case in numbers, the order of its parameters, and the sums of its gradients.
#define BOOST_TEST_MODULE layer_dense
#include "ogive/layer/dense.h"

#include <boost/test/unit_test.hpp>
#include <vector>

#include "layer/within.h"
#include "ogive/layer/activation.h"

using namespace ogive::layer;
using boost::test_tools::per_element;

BOOST_AUTO_TEST_CASE(agrees_with_a_case_of_three_inputs_and_two_outputs) {
  const Dense layer{3, 2};
  const std::vector<double> p = {0.1, -0.2, 0.3, 0.4, -0.5, 0.6, 0.05, -0.05};  // (in, out) row by row, then b
  const std::vector<double> x = {1, -2, 0.5};
  std::vector<double> z(2), a(2);
  layer.forward<double>(p, {x.data(), 3, 1}, {z.data(), 2, 1});
  BOOST_TEST(within::worst(z, std::vector<double>{-0.7, -0.75}) <= within::losses);
  const auto of = [&](ActivationKind kind) {
    Activation{2, kind}.forward<double>({}, {z.data(), 2, 1}, {a.data(), 2, 1});
    return a;
  };
  BOOST_TEST(within::worst(of(ActivationKind::sigmoid), std::vector<double>{0.3318122278318339, 0.32082130082460701}) <=
             within::losses);
  BOOST_TEST(within::worst(of(ActivationKind::tanh), std::vector<double>{-0.60436777711716348, -0.63514895238728736}) <=
             within::losses);
  BOOST_TEST(of(ActivationKind::relu) == (std::vector<double>{0, 0}), per_element());
}

BOOST_AUTO_TEST_CASE(adds_to_the_gradient_and_overwrites_that_of_the_input) {
  const Dense layer{2, 1};
  const std::vector<double> p = {3, 4, 0.5}, x = {1, 10, 2, 20}, y = {0, 0}, dy = {1, -2};
  std::vector<double> dp = {100, 200, 300}, dx = {7, 7, 7, 7};
  layer.backward<double>(p, {x.data(), 2, 2}, {y.data(), 1, 2}, {dy.data(), 1, 2}, dp, {dx.data(), 2, 2});
  BOOST_TEST(dp == (std::vector<double>{100 + 1 - 4, 200 + 10 - 40, 300 + 1 - 2}), per_element());
  BOOST_TEST(dx == (std::vector<double>{3, 4, -6, -8}), per_element());
  layer.backward<double>(p, {x.data(), 2, 2}, {y.data(), 1, 2}, {dy.data(), 1, 2}, dp, {});
  BOOST_TEST(dp.front() == 94);
}

BOOST_AUTO_TEST_CASE(goes_without_a_bias) {
  const Dense layer{2, 2, false};
  BOOST_TEST(layer.parameters() == 4);
  const std::vector<float> p = {1, 2, 3, 4}, x = {1, 1};
  std::vector<float> y = {9, 9};
  layer.forward<float>(p, {x.data(), 2, 1}, {y.data(), 2, 1});
  BOOST_TEST(y == (std::vector<float>{4, 6}), per_element());
  BOOST_TEST(layer.describe() == "dense 2 2 no_bias");
}

BOOST_AUTO_TEST_CASE(starts_with_random_weights_and_biases_of_0) {
  const Dense layer{5, 3};
  std::vector<double> p(layer.parameters(), 9);
  ogive::Random random(1);
  layer.initialise(p, Initialiser::he, random);
  for (std::size_t i = 0; i < 15; ++i) BOOST_TEST((p[i] != 0 && std::abs(p[i]) <= std::sqrt(6.0 / 5)));
  for (std::size_t i = 15; i < 18; ++i) BOOST_TEST(p[i] == 0);
}
