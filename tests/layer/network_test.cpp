// SPDX-License-Identifier: MIT
// A network: shapes that must fit, the tape, gradients through several layers, and descriptions that read back.
#define BOOST_TEST_MODULE layer_network
#include "ogive/layer/network.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "layer/within.h"
#include "ogive/base/errors.h"
#include "ogive/layer/loss.h"

using namespace ogive::layer;

namespace {

Network small() {
  Network network;
  network.add(Dense{3, 5});
  network.add(Activation{5, ActivationKind::sigmoid});
  network.add(Dense{5, 4});
  network.add(Activation{4, ActivationKind::tanh});
  network.add(Dense{4, 2});
  return network;
}

bool says(const std::string& text, const ogive::InputError& error) {
  return std::string(error.what()).find(text) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_CASE(refuses_shapes_that_do_not_fit_and_names_both) {
  Network network;
  network.add(Dense{784, 256});
  BOOST_CHECK_EXCEPTION(network.add(Dense{784, 10}), ogive::InputError,
                        [](const auto& error) { return says("takes 784", error) && says("gives 256", error); });
  BOOST_CHECK_THROW(network.add(Dense{256, 0}), ogive::InputError);
  BOOST_TEST(network.layers().size() == 1);
}

BOOST_AUTO_TEST_CASE(refuses_samples_and_parameters_of_another_size) {
  const Network network = small();
  const auto p = network.initialise(1);
  const std::vector<double> x(8);
  Tape<double> tape;
  BOOST_CHECK_EXCEPTION(network.forward<double>(p, Columns<const double>(x.data(), 4, 2), tape), ogive::InputError,
                        [](const auto& error) { return says("4 numbers", error) && says("takes 3", error); });
  BOOST_CHECK_THROW(network.forward<double>(std::span(p).first(7), Columns<const double>(x.data(), 3, 2), tape), ogive::InputError);
}

BOOST_AUTO_TEST_CASE(the_tape_keeps_every_weighted_sum_and_every_activation) {
  const Network network = small();
  const auto p = network.initialise(1);
  const std::vector<double> x = {0.3, -1, 2, 4, 5, 6};
  Tape<double> tape;
  const auto y = network.forward<double>(p, Columns<const double>(x.data(), 3, 2), tape);
  BOOST_TEST(tape.layers() == 5);
  BOOST_TEST(y.data() == tape.output(4).data());
  const Columns<const double> w(p.data(), 5, 3);
  for (std::size_t s = 0; s < 2; ++s)
    for (std::size_t i = 0; i < 5; ++i) {
      double sum = p[15 + i];
      for (std::size_t k = 0; k < 3; ++k) sum += w(i, k) * x[3 * s + k];
      BOOST_TEST(within::relative(tape.output(0)(i, s), sum) < 1e-14);
      BOOST_TEST(within::relative(tape.output(1)(i, s), 1 / (1 + std::exp(-sum))) < 1e-14);
    }
}

BOOST_AUTO_TEST_CASE(a_sample_gives_the_same_bits_alone_and_in_a_batch) {
  const Network network = small();
  const auto wide = network.initialise(1);
  const std::vector<float> p(wide.begin(), wide.end());
  std::vector<float> x(3 * 700), y(2 * 700);
  ogive::Random random(5);
  for (float& value : x) value = static_cast<float>(random.normal());
  network.predict<float>(p, Columns<const float>(x.data(), 3, 700), {y.data(), 2, 700});
  for (const std::size_t s : {0u, 255u, 256u, 699u}) {
    Tape<float> tape;
    const auto alone = network.forward<float>(p, Columns<const float>(x.data() + 3 * s, 3, 1), tape);
    BOOST_TEST((alone(0, 0) == y[2 * s] && alone(1, 0) == y[2 * s + 1]));
  }
}

BOOST_AUTO_TEST_CASE(the_gradient_is_that_of_the_loss_through_all_layers) {
  const Network network = small();
  auto p = network.initialise(1);
  const std::vector<double> x = {0.3, -1, 2, 1, 0.5, -0.6};
  const std::vector<std::uint32_t> labels = {1, 0};
  Targets<double> targets;
  targets.labels = labels;
  const Loss loss{LossKind::softmax_cross_entropy};
  Tape<double> tape;
  const auto value = [&](Columns<double> dz) {
    return loss.value<double>(network.forward<double>(p, Columns<const double>(x.data(), 3, 2), tape), targets, dz);
  };
  std::vector<double> slopes(4), gradient(p.size()), dx(6);
  value({slopes.data(), 2, 2});
  network.backward<double>(p, tape, Columns<const double>(slopes.data(), 2, 2), gradient, {dx.data(), 3, 2});
  // Central differences are good to some 1e-9 here; the layers one by one are compared with Jets to 1e-12 in check_test.cpp.
  constexpr double h = 1e-5, good = 1e-8;
  for (std::size_t i = 0; i < p.size(); ++i) {
    const double at = p[i];
    p[i] = at + h;
    const double above = value({});
    p[i] = at - h;
    const double below = value({});
    p[i] = at;
    BOOST_TEST(std::abs((above - below) / (2 * h) - gradient[i]) < good, "parameter " << i);
  }
  BOOST_TEST(std::abs(dx[0]) > 0);
}

BOOST_AUTO_TEST_CASE(float_starts_where_double_does) {
  const Network network = small();
  BOOST_TEST(network.initialise(3) == network.initialise(3), boost::test_tools::per_element());
  BOOST_TEST(network.initialise(3) != network.initialise(4));
  BOOST_TEST(network.parameters() == 20 + 24 + 10);
  BOOST_TEST(network.first_parameter(2) == 20);
}

BOOST_AUTO_TEST_CASE(descriptions_of_all_layers_read_back) {
  const std::vector<AnyLayer> layers = {Dense{64, 128},
                                        Dense{64, 128, false},
                                        Activation{7, ActivationKind::sigmoid},
                                        Activation{7, ActivationKind::tanh},
                                        Activation{7, ActivationKind::relu},
                                        Activation{7, ActivationKind::softplus},
                                        Activation{7, ActivationKind::softmax},
                                        Activation::leaky_relu(7, 0.1),
                                        Activation::sigmoid_range(7, -0.1, 5.5),
                                        Activation::of_variant(7, "textbook"),
                                        BumpLayer(4),
                                        Embedding{10, 20, 3},
                                        Embedding{10, 20, 3, false},
                                        SplitHead{8, 2}};
  for (const AnyLayer& layer : layers) BOOST_TEST((parse_layer(describe(layer)) == layer), describe(layer));
}

BOOST_AUTO_TEST_CASE(descriptions_of_no_layer_are_refused_with_their_place) {
  for (const char* text :
       {"", "dense", "dense 3", "dense 3 0", "dense 3 -1", "dense 3 4 5", "dense 3 4 no_bias 1", "dense 3 4294967296", "activation",
        "activation relu", "activation swish 3", "activation variant 3 none_such", "activation sigmoid_range 3 2 1",
        "activation leaky_relu 3 x", "embedding 1 2", "split_head 3", "bump 0 x", "conv 3 4"})
    BOOST_CHECK_EXCEPTION(parse_layer(text, {"net.weights", 5, 0}), ogive::InputError, [](const auto& error) {
      return error.place().source == "net.weights" && error.place().line == 5 &&
             std::string(error.what()).find("net.weights:5") == std::string(error.what()).rfind("net.weights:5");
    });
}
