// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// One descent of one curve, to be run by the refill engine.

#include <cstddef>
#include <cstdint>
#include <limits>

#include "ogive/batch/state.h"

namespace ogive::batch {

enum class JobEnd : std::uint8_t { converged, hopeless, given_up };

struct Job {
  std::size_t curve = 0;                                    ///< index in its group
  double k = 1, a = 0;                                      ///< where it starts, and after the run where it ended
  double target = std::numeric_limits<double>::infinity();  ///< it is dropped when F will not come near this
  double best = std::numeric_limits<double>::infinity();    ///< the least F known of its curve
  double F = 0;                                             ///< at the end, with the decrease that the last small step promises
  JobEnd end = JobEnd::given_up;
};

struct RefillOptions {
  double tolerance = 1e-9;  ///< converged when the decrease still to be had is below this share of F (a hundredth by Gauss-Newton)
  double floor = 1e-28;     ///< and so is a decrease that rounding explains
  double newton_below = 0.3;  ///< see quadratic_at()
  double most_evaluations = 60;
  double hopeless_below = 1e30;  ///< what a job can reach is guessed where its decrease is below this share of F
  bool verify = true;            ///< the last move is small, or the decrease smaller still
};

}  // namespace ogive::batch
