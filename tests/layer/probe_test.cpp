// SPDX-License-Identifier: MIT
// The probe: sums and activations that belong together to the last bit, and the sum that people got instead.
#define BOOST_TEST_MODULE layer_probe
#include "ogive/layer/probe.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "layer/within.h"
#include "ogive/base/errors.h"
#include "ogive/base/random.h"
#include "ogive/sigmoid/kernels.h"
#include "ogive/sigmoid/logit.h"

using namespace ogive::layer;

namespace {

Network of_the_discussion() {
  Network network;
  network.add(Dense{784, 256});
  network.add(Activation{256, ActivationKind::sigmoid});
  network.add(Dense{256, 10});
  return network;
}

std::vector<double> image() {
  ogive::Random random(2);
  std::vector<double> x(784);
  for (double& value : x) value = random.uniform() < 0.7 ? 0 : random.uniform();
  return x;
}

}  // namespace

BOOST_AUTO_TEST_CASE(an_activation_is_the_sigmoid_of_its_sum_to_the_last_bit) {
  const Network network = of_the_discussion();
  const auto wide = network.initialise(1);
  const auto x = image();
  const auto in_double = probe<double>(network, wide, x);
  for (const auto& neuron : in_double[0].neurons) {
    double a = 0;
    ogive::sigmoid::logistic(&neuron.sum, &a, 1);
    BOOST_TEST((neuron.activation == a && neuron.recomputed == a));
  }
  const std::vector<float> p(wide.begin(), wide.end()), narrow(x.begin(), x.end());
  const auto in_float = probe<float>(network, p, narrow);
  for (const auto& neuron : in_float[0].neurons) {
    float a = 0;
    ogive::sigmoid::logistic_u1(&neuron.sum, &a, 1);
    BOOST_TEST((neuron.activation == a && neuron.recomputed == a));
  }
}

BOOST_AUTO_TEST_CASE(the_logit_of_an_activation_is_its_sum) {
  const Network network = of_the_discussion();
  const auto found = probe<double>(network, network.initialise(1), image());
  for (const auto& neuron : found[0].neurons) {
    BOOST_TEST(std::abs(ogive::sigmoid::logit(neuron.activation) - neuron.sum) <= 1e-12);
    BOOST_TEST(std::abs(neuron.by_hand - neuron.sum) <= 1e-12);
  }
}

BOOST_AUTO_TEST_CASE(the_sums_that_the_discussion_asked_for_are_logits_of_its_activations) {
  const std::vector<double> a = {0.9452044367790222, 0.9996762871742249, 0.04697105288505554,  0.11655014753341675,
                                 0.7969928979873657, 0.8819616436958313, 0.0007617903756909072};
  const std::vector<double> z = {2.8477920117571147, 8.0353300101717602, -3.0101137620144995, -2.0255128987467925,
                                 1.3676048041049961, 2.011138942115555,  -7.1790770569569604};
  for (std::size_t i = 0; i < a.size(); ++i) BOOST_TEST(within::relative(ogive::sigmoid::logit(a[i]), z[i]) <= 1e-13);
}

BOOST_AUTO_TEST_CASE(the_misread_sum_is_the_broadcast_product_summed_up) {
  const Network network = of_the_discussion();
  const auto p = network.initialise(1);
  const auto found = probe<double>(network, p, image())[0];
  const Columns<const double> w(p.data(), 256, 784);
  for (const std::size_t i : {14u, 20u}) {
    double broadcast = 0;  // a (1 x 256) * W_i (784 x 1), all 784 x 256 products
    for (std::size_t k = 0; k < 784; ++k)
      for (const auto& neuron : found.neurons) broadcast += neuron.activation * w(i, k);
    broadcast += p[784 * 256 + i];
    BOOST_TEST(within::relative(found.neurons[i].misread, broadcast) < 1e-9);
    BOOST_TEST(std::abs(found.neurons[i].misread - found.neurons[i].sum) > 0.1);
  }
}

BOOST_AUTO_TEST_CASE(refuses_the_shapes_that_were_broadcast) {
  const std::vector<double> a(256), w(784);
  BOOST_CHECK_EXCEPTION(weighted_sum<double>(a, w, 0), ogive::InputError,
                        [](const auto& error) { return std::string(error.what()).find("1x256 * 784x1") != std::string::npos; });
  BOOST_CHECK_THROW(probe<double>(of_the_discussion(), of_the_discussion().initialise(1), a), ogive::InputError);
}

BOOST_AUTO_TEST_CASE(a_layer_without_activation_shows_its_sums) {
  const Network network = of_the_discussion();
  const auto found = probe<double>(network, network.initialise(1), image());
  BOOST_TEST(found.size() == 2);
  BOOST_TEST((found[0].dense == 0 && found[0].activation == 1 && found[1].dense == 2 && found[1].activation == 2));
  BOOST_TEST(found[0].name == "dense 784 256, activation sigmoid 256");
  for (const auto& neuron : found[1].neurons) BOOST_TEST((neuron.sum == neuron.activation && neuron.sum == neuron.recomputed));
}
