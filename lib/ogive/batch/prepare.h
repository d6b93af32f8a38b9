// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// One curve made fit for the lanes: missing points left out, x in rising order, replicates merged into their mean with a weight.

#include <cstddef>
#include <vector>

namespace ogive::batch {

/// The points of one curve after preparation. For every curve through them, rss = pure_error + sum w (y - f(x))^2.
struct Prepared {
  std::vector<double> x, y, w;  ///< distinct x, rising; mean of y; how many
  bool weighted = false;        ///< some weight is not 1
  double pure_error = 0;        ///< sum of squares within replicates
  std::size_t n = 0;            ///< points used
  std::size_t missing = 0;      ///< points left out: x or y is NaN
  bool finite = true;           ///< no x or y is infinite
};

/// Prepares n points. `prepared` is used again.
void prepare(const double* x, const double* y, std::size_t n, Prepared& prepared);

}  // namespace ogive::batch
