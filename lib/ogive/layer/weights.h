// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// A trained network as text that reads back bit for bit.
///
///     ogive-weights 1
///     type float32
///     layers 3
///     dense 64 128
///     activation relu 128
///     dense 128 10
///     parameters 9610
///     0.011894985
///     ...                      one parameter a line, in the order of the network
///
/// A number is the shortest decimal that is read back as the same float (at most 9 significant digits) or double (17). With 8
/// digits, 3 % of ordinary float32 weights would come back changed. The type in the header says how to round; a file of float32
/// loads into a network of doubles exactly, the other way round is refused unless asked for.
///
/// @code
///   ogive::layer::Network network;
///   network.add(ogive::layer::Dense{2, 1});
///   const std::vector<float> p = {0.1f, -0.25f, 3};
///   const std::string text = ogive::layer::weights_text<float>(network, p);
///   const ogive::layer::Weights loaded = ogive::layer::parse_weights(text, "net.weights");
///   const std::vector<float> same = loaded.as<float>();
/// @endcode

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "ogive/base/float_types.h"
#include "ogive/layer/network.h"

namespace ogive::layer {

/// What a file of weights holds.
struct Weights {
  std::string source;                   ///< the name of the text, for messages
  FloatType type = FloatType::float64;  ///< float32 or float64: that of the network that was saved
  Network network;                      ///< its layers
  std::vector<double> parameters;       ///< exactly those that were saved; those of float32 are floats

  /// The parameters as T.
  /// @throws InputError where double was saved and float is asked for, which would change them
  template <class T>
  std::vector<T> as() const;
};

/// The text of a network with its parameters.
/// @tparam T  float or double
/// @throws InputError where a parameter is not finite, or their number is not the network's
template <class T>
std::string weights_text(const Network& network, std::span<const std::type_identity_t<T>> parameters);

/// Reads what weights_text() wrote.
/// @param text    all of the file
/// @param source  its name, for messages
/// @throws InputError with source, line and reason for anything else
Weights parse_weights(std::string_view text, const std::string& source);

/// @throws InputError that names the first layer that differs, where the weights are those of another network
void require_network(const Weights& weights, const Network& expected);

}  // namespace ogive::layer
