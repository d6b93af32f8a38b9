// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Looking into a network: for one sample, every neuron's weighted sum and activation.
///
///     z_i = sum_k x_k W_ki + b_i        x: what the layer takes, k over its inputs
///     a_i = f(z_i)
///
/// a_i is f(z_i) to the last bit, and probe() says so for each neuron. People who compute z_i by hand from the weights of a library
/// sometimes multiply the layer's own output by the column of weights, a (1 x 256) by W_i (784 x 1). The shapes do not fit; numpy
/// broadcasts them to 784 x 256 and sums up everything, which is
///
///     (sum_j a_j) (sum_k W_ki) + b_i
///
/// and has nothing to do with z_i. weighted_sum() refuses these shapes; broadcast_sum() shows what they come to.
///
/// @code
///   using namespace ogive::layer;
///   Network network;
///   network.add(Dense{2, 3});
///   network.add(Activation{3, ActivationKind::sigmoid});
///   const std::vector<double> p = network.initialise(1), sample = {0.5, -1};
///   for (const LayerProbe<double>& layer : probe<double>(network, p, sample))
///     for (const NeuronProbe<double>& neuron : layer.neurons) use(neuron.activation == neuron.recomputed);   // true
/// @endcode

#include <cstddef>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "ogive/layer/network.h"

namespace ogive::layer {

/// One neuron and one sample.
template <class T>
struct NeuronProbe {
  T sum = 0;         ///< the weighted sum of its inputs and its bias, from the forward pass
  T by_hand = 0;     ///< the same by weighted_sum(), one product after the other; differs from `sum` by rounding at most
  T activation = 0;  ///< from the forward pass; equal to `sum` where no activation follows
  T recomputed = 0;  ///< the activation function of `sum`, computed again: the same bits as `activation`
  T misread = 0;     ///< what `sum` reads when the layer's own output is multiplied by the weights: broadcast_sum()
};

/// A dense layer and the activation behind it, if there is one.
template <class T>
struct LayerProbe {
  std::size_t dense = 0;                ///< which layer of the network the sums are of
  std::size_t activation = 0;           ///< which layer the activations are of; `dense` where no activation follows
  std::string name;                     ///< "dense 784 256, activation sigmoid 256"
  std::vector<NeuronProbe<T>> neurons;  ///< in order
};

/// Runs one sample through the network and looks at each dense layer.
/// @tparam T       float or double
/// @param network  the layers
/// @param p        its parameters
/// @param sample   as many numbers as the network takes
/// @throws InputError where the numbers are too many or too few
template <class T>
std::vector<LayerProbe<T>> probe(const Network& network, std::span<const std::type_identity_t<T>> p,
                                 std::span<const std::type_identity_t<T>> sample);

/// sum_k x_k w_k + bias.
/// @throws InputError that names the shapes, "1x256 * 784x1", where x and w differ in length
template <class T>
T weighted_sum(std::span<const T> x, std::span<const std::type_identity_t<T>> w, std::type_identity_t<T> bias);

/// (sum_j a_j) (sum_k w_k) + bias: what a * w + bias, broadcast and summed up, comes to, for any two lengths. Not a weighted sum.
template <class T>
T broadcast_sum(std::span<const T> a, std::span<const std::type_identity_t<T>> w, std::type_identity_t<T> bias);

}  // namespace ogive::layer
