// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The curve's tangent plane at its optimum: J = Q R, for standard errors and for the judgement of convergence.

#include <vector>

#include "ogive/fit/frame.h"

namespace ogive::fit {

struct Linearised {
  std::vector<double>
      inverse_r;               ///< R^-1, row-major, free x free parameters; (J'J)^-1 = R^-1 R^-T. Empty where J has not full rank
  Theta step{};                ///< the Gauss-Newton step: theta + step is the optimum of the linear model
  double F = 0;                ///< sum of squares at the curve
  double decrease = 0;         ///< |Q' r|^2, the decrease of F that the linear model still promises
  double condition = unknown;  ///< of J with columns scaled to length 1
};

/// Householder QR of the Jacobian sqrt(w_j) df(u_j)/dtheta at the best curve. Requires at least as many points as parameters.
Linearised linearise(const Frame& frame, bool with_condition);

}  // namespace ogive::fit
