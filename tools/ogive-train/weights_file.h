// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Weights in a file: for inputs as they stand in the data.
///
/// A network learns from inputs divided by a power of two. What is written are the weights for the inputs themselves: those of the
/// first layer are divided instead, which changes no digit of them and none of what the network says.

#include <string>
#include <vector>

#include "ogive/layer/network.h"
#include "ogive/layer/weights.h"

namespace ogive::tools {

/// @throws FileError, InputError
layer::Weights read_weights(const std::string& path);

/// @param divisor  what the inputs were divided by
/// @throws FileError; InputError where a weight is not finite
template <class T>
void write_weights(const std::string& path, const layer::Network& network, std::vector<T> p, double divisor);

/// From the weights of a file to those for inputs that are divided.
template <class T>
void multiply_first_layer(const layer::Network& network, std::vector<T>& p, double factor);

}  // namespace ogive::tools
