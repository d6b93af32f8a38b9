// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Which variants are worth choosing: those that no other one beats in both time and error.
///
/// @code
///   const std::vector<ogive::accuracy::Cost> costs = {{0.19, 3.85}, {0.25, 2.40}, {0.30, 6.58}, {0.44, 0.76}};
///   const std::vector<std::size_t> worth = ogive::accuracy::pareto(costs);  // 0, 1, 3
/// @endcode

#include <cstddef>
#include <span>
#include <vector>

namespace ogive::accuracy {

/// What a variant costs.
struct Cost {
  double time = 0;   ///< in any unit, the same for all
  double error = 0;  ///< in any unit, the same for all; NaN: not known, never worth choosing
};

/// The indices of the costs worth choosing, by time ascending (and so by error descending). A cost is not worth choosing where
/// another one has at most its time and at most its error, and less of one of them; of equal costs the first is kept.
///
/// @param time_spread  times within this factor of each other are taken to be equal: 0.02 for measurements that repeat to 2 %
std::vector<std::size_t> pareto(std::span<const Cost> costs, double time_spread = 0);

}  // namespace ogive::accuracy
