// SPDX-License-Identifier: MIT
// Every gradient that is written by hand, against automatic differentiation; and the check itself, against wrong gradients.
#define BOOST_TEST_MODULE layer_check
#include "ogive/layer/check.h"

#include <boost/test/unit_test.hpp>
#include <cmath>

using namespace ogive::layer;

namespace {

constexpr double bar = 1e-12;

}  // namespace

BOOST_AUTO_TEST_CASE(every_gradient_of_every_layer_and_loss_agrees_with_jets) {
  double worst = 0;
  std::size_t compared = 0;
  for (const std::uint64_t seed : {1u, 2u, 3u, 4u, 5u})
    for (const GradientCheck& entry : check_all_gradients(seed)) {
      BOOST_TEST(entry.worst() <= bar, entry.what << ": " << entry.parameters << ", " << entry.input);
      BOOST_TEST(entry.compared > 0);
      worst = std::max(worst, entry.worst());
      compared += entry.compared;
    }
  BOOST_TEST_MESSAGE("worst of " << compared << " gradients: " << worst << " (bar " << bar << ")");
  BOOST_TEST(compared > 3000);
  BOOST_TEST(worst > 0);
}

BOOST_AUTO_TEST_CASE(a_large_network_agrees_in_a_sample_of_its_gradients) {
  Network network;
  network.add(Dense{784, 64});
  network.add(Activation{64, ActivationKind::sigmoid});
  network.add(Dense{64, 10});
  for (const auto& entry : check_gradients(network, network.initialise(1), Loss{LossKind::softmax_cross_entropy}, 1))
    BOOST_TEST(entry.worst() <= bar, entry.what << ": " << entry.parameters << ", " << entry.input);
}

BOOST_AUTO_TEST_CASE(sees_a_slope_that_is_not_that_of_the_function) {
  Network network;
  network.add(Activation::of_variant(4, "hard_keras"));  // its slope is taken as y (1 - y), the Jet's from the true function
  const auto entries = check_gradients(network, {}, Loss{LossKind::mse}, 1);
  BOOST_TEST(entries.front().input > 1e-3);
  GradientCheck broken;
  broken.input = std::nan("");
  BOOST_TEST(std::isnan(broken.worst()));
}
