// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The last digits: Ceres' TinySolver on all parameters of the normalised problem, from where the search ended.
///
/// TinySolver's stopping test on the cost is absolute, so it is switched off; what stops it is the size of its steps. Its word is
/// not taken for convergence: judge() computes the gradient.

#include "ogive/fit/frame.h"
#include "ogive/fit/linearise.h"

namespace ogive::fit {

/// Improves frame.best in place where the solver finds a smaller F; returns the number of evaluations.
int solve(Frame& frame);

/// Gauss-Newton steps by QR for as long as they make the gradient smaller, and the tangent plane where they end.
Linearised refine(Frame& frame, bool with_condition);

}  // namespace ogive::fit
