// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Every gradient that is written by hand, compared with automatic differentiation (ceres::Jet) of the same forward pass. No step
/// size is involved, as there is with finite differences, so a wrong sign or a lost term shows at the last digits already.
///
/// For a layer, L = sum_ij w_ij y_ij with random w is differentiated by the parameters and by the input. For a loss, the loss
/// itself by the outputs.
///
/// @code
///   for (const ogive::layer::GradientCheck& entry : ogive::layer::check_all_gradients(1))
///     if (!(entry.worst() <= 1e-12)) std::cerr << entry.what << " is wrong\n";
/// @endcode

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "ogive/layer/loss.h"
#include "ogive/layer/network.h"

namespace ogive::layer {

/// The worst differences of one layer or loss, |by hand - by Jet| / |by Jet|; the divisor is at least a thousandth of the largest
/// gradient of its kind, below which cancellation decides. NaN where a gradient is NaN.
struct GradientCheck {
  std::string what;          ///< "dense 3 4", "bce_with_logits"
  double parameters = 0;     ///< by the parameters; 0 where there are none
  double input = 0;          ///< by the input
  std::size_t compared = 0;  ///< how many gradients were compared

  double worst() const;  ///< the larger of the two; NaN where one is
};

/// The layers of a network, each at what the layers before it make of random samples, and the loss at what comes out. Of a layer
/// with more than 256 parameters or inputs, 256 of them are drawn. A Jet knows the true logistic function only, so the entry of an
/// activation `variant` tells how far its slope is from the true one.
/// @param network     any network
/// @param parameters  as many as it has
/// @param loss        a loss that fits its outputs
/// @param seed        of the samples, targets and draws
std::vector<GradientCheck> check_gradients(const Network& network, std::span<const double> parameters, const Loss& loss,
                                           std::uint64_t seed);

/// Every kind of layer and every loss there is, small.
std::vector<GradientCheck> check_all_gradients(std::uint64_t seed);

}  // namespace ogive::layer
