// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Samples of a known bump, to see whether it is found again: the experiment of the discussions.
///
/// @code
///   using namespace ogive::layer;
///   const BumpData data = generate_bump({.form = BumpForm::root, .truth = {.sigma = 0.5}, .low = -2, .high = 2});
///   const double first = data.y[0];               // the bump at data.x[0]
/// @endcode

#include <cstddef>
#include <cstdint>
#include <vector>

#include "ogive/layer/bump_form.h"

namespace ogive::layer {

/// Samples: y[i] was seen at x[i].
struct BumpData {
  std::vector<double> x;  ///< where
  std::vector<double> y;  ///< what
};

/// What to generate.
struct BumpDataOptions {
  BumpForm form = BumpForm::root;  ///< which bump
  BumpParameters truth = {};       ///< its parameters
  double low = -1;                 ///< x is uniform from here
  double high = 1;                 ///< to here
  std::size_t samples = 100000;    ///< how many
  double noise = 0;                ///< standard deviation of normal noise added to y
  std::uint64_t seed = 1;          ///< equal seeds give equal data, on every platform
};

/// Draws the samples. The x of a seed do not depend on the bump, nor on the noise.
/// @throws InputError  low >= high, or one of them not finite; a width that is not positive; no samples; noise < 0
BumpData generate_bump(const BumpDataOptions& options);

/// The passes over the data that the experiment grants a width: 3 below 1, 5 below 5, 10 from there on, for the wider the bump, the
/// weaker its gradient.
constexpr std::size_t experiment_epochs(double sigma) { return sigma < 0.95 ? 3 : sigma < 4.95 ? 5 : 10; }

}  // namespace ogive::layer
