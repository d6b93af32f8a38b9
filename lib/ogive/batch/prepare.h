// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// One curve made fit for the lanes: missing points left out, x in rising order, replicates merged into their mean with a weight,
/// the unit of weights taken off, as in fit/points.h.

#include <cstddef>
#include <vector>

namespace ogive::batch {

/// The points of one curve after preparation. For every curve through them,
///
///     rss = weight_unit (pure_error + sum w (y - f(x))^2)
struct Prepared {
  std::vector<double> x, y, w;  ///< distinct x, rising; mean of y; how many, or the sum of their weights: in all n
  bool weighted = false;        ///< some w is not 1
  double pure_error = 0;        ///< sum of squares within replicates
  double weight_unit = 1;       ///< the user's weights are this times those here
  double sum_log_weights = 0;   ///< of the user's weights; 0 where there are none
  std::size_t n = 0;            ///< points used
  std::size_t missing = 0;      ///< points left out: x or y is NaN, or the weight is 0
  bool finite = true;           ///< no x or y is infinite, and every weight is finite and positive
  bool even = true;             ///< no weight is so small beside another that sums in float32 would lose it
};

/// Prepares n points; w is null where all weigh 1. `prepared` is used again.
void prepare(const double* x, const double* y, const double* w, std::size_t n, Prepared& prepared);

}  // namespace ogive::batch
