// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// What a layer is: a value that knows its sizes and can run forward and backward; it holds no weights.
///
/// The weights of a whole network live in one flat vector, and a layer is given its part of it. So an optimiser has one count of
/// steps for all parameters, a file of weights is a list of numbers, and the same templates run on float, on double, and on a
/// ceres::Jet that carries exact derivatives along. A sample is a column (matrix.h):
///
///     y = f(p, x)                        forward
///     dp += sum (dy/dp)^T dL/dy          backward, summed up over the samples
///     dx  = (dy/dx)^T dL/dy
///
/// A network asks of a layer what the concept Layer says, and no base class.
///
/// @code
///   #include "ogive/layer/dense.h"
///
///   const ogive::layer::Dense layer{3, 2};
///   std::vector<double> p(layer.parameters());                             // 8: six weights and two biases
///   const std::vector<double> x = {1, 2, 3};                               // one sample
///   std::vector<double> y(2);
///   layer.forward<double>(p, {x.data(), 3, 1}, {y.data(), 2, 1});
/// @endcode

#include <concepts>
#include <cstddef>
#include <span>
#include <string>

#include "ogive/base/random.h"
#include "ogive/layer/initialise.h"
#include "ogive/layer/matrix.h"

namespace ogive::layer {

/// A value with these members is a layer. forward() and backward() need not be given memory that they do not use: `dx` may be
/// empty, when nobody asks for the gradient of the input. x, y, dy and dx are apart from each other.
template <class L>
concept Layer = std::equality_comparable<L> && std::copyable<L> &&
    requires(const L& layer, std::span<const double> p, std::span<double> dp, Columns<const double> in, Columns<double> out,
             Initialiser how, Random& random) {
  { layer.inputs() } -> std::same_as<std::size_t>;
  { layer.outputs() } -> std::same_as<std::size_t>;
  { layer.parameters() } -> std::same_as<std::size_t>;
  { layer.describe() } -> std::same_as<std::string>;
  layer.template forward<double>(p, in, out);
  layer.template backward<double>(p, in, in, in, dp, out);
  layer.template project<double>(dp);
  layer.initialise(dp, how, random);
};

}  // namespace ogive::layer
