// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Activations by the names that --hidden takes.

#include <cstddef>
#include <string>
#include <vector>

#include "ogive/layer/activation.h"

namespace ogive::tools {

/// sigmoid, tanh, relu, leaky_relu, softplus, or a variant of the logistic function from the catalogue.
/// @throws UsageError that suggests a name
layer::Activation activation_of(const std::string& name, std::size_t size);

/// The names, with "all" replaced by sigmoid and every variant of the logistic function that exists for that type.
std::vector<std::string> expanded(const std::vector<std::string>& names, FloatType type);

}  // namespace ogive::tools
