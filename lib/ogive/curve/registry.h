// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The models by name.
///
/// @code
///   for (const ogive::curve::Model& m : ogive::curve::models()) std::cout << m.name << "  " << m.formula << '\n';
/// @endcode

#include <span>
#include <string_view>

#include "ogive/curve/model.h"

namespace ogive::curve {

/// All models, in the order in which they are listed to users; the first is the default.
std::span<const Model> models();

/// The model of that name, or nullptr.
const Model* find_model(std::string_view name);

/// The model of that name. @throws InputError that lists the names there are.
const Model& model(std::string_view name);

}  // namespace ogive::curve
