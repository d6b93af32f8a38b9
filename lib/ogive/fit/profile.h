// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Profile-likelihood intervals: all values of a parameter for which some curve is not significantly worse than the best one.
///
///     { v : min over the other parameters of rss(v, ...) <= rss_min (1 + t^2 / dof) }
///
/// (Bates and Watts, Nonlinear Regression Analysis, 1988, section 6.1.) The curve need not be near its tangent plane for this, the
/// interval does not change with the parametrisation, and it may be unbounded: an end is infinite where a limit of curves
/// (limits.h) with that parameter at infinity is itself not significantly worse. That is decided by the closed forms; a finite end
/// is found by following the profile outwards and a root search on the square root of the rise, which is nearly linear.

#include <span>
#include <vector>

#include "ogive/fit/frame.h"

namespace ogive::fit {

struct Ends {
  double lower;
  double upper;
};

/// The ends for each parameter, in the frame.
/// @param critical  the greatest F that is not significantly worse
/// @param reach     for each parameter about how far its interval may extend to either side (t * se); NaN: not known
std::vector<Ends> profile_ends(const Frame& frame, double critical, std::span<const double> reach);

}  // namespace ogive::fit
