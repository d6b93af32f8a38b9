// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Where weights start: random, of a size that keeps the signals of a layer as large as those that come in.
///
/// With n_in inputs and n_out outputs, and u uniform in [-1, 1):
///
///     glorot    u sqrt(6 / (n_in + n_out))   for sigmoid and tanh (Glorot and Bengio, AISTATS 2010)
///     he        u sqrt(6 / n_in)             for relu (He et al., ICCV 2015)
///     uniform   u / 20                       what Keras calls "uniform"
///     zeros     0                            for biases; a network of hidden layers does not leave it
///
/// They are drawn in double, in the order in which they stand, from a generator that is the same on every platform: a network in
/// float32 starts where its float64 twin does, but for the rounding.
///
/// @code
///   ogive::Random random(1);
///   std::vector<double> weights(64 * 128);
///   ogive::layer::initialise(weights, 64, 128, ogive::layer::Initialiser::glorot, random);
/// @endcode

#include <cstddef>
#include <span>
#include <string_view>

#include "ogive/base/random.h"

namespace ogive::layer {

/// The ways to draw the weights of a layer.
enum class Initialiser {
  glorot,   ///< u sqrt(6 / (n_in + n_out))
  he,       ///< u sqrt(6 / n_in)
  uniform,  ///< u / 20
  zeros     ///< 0
};

std::string_view to_string(Initialiser how);           ///< "glorot", "he", "uniform", "zeros"
Initialiser parse_initialiser(std::string_view name);  ///< @throws InputError that names the four

/// Fills `weights`, in order. Requires inputs + outputs > 0.
void initialise(std::span<double> weights, std::size_t inputs, std::size_t outputs, Initialiser how, Random& random);

}  // namespace ogive::layer
