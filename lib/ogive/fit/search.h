// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The global search: the best curve inside, and the best limit, without start values.

#include "ogive/curve/model.h"
#include "ogive/fit/limits.h"
#include "ogive/fit/points.h"

namespace ogive::fit {

/// The best curve found, in the frame of the points that it names.
struct Optimum {
  double F = std::numeric_limits<double>::infinity();
  double k = 1;
  double a = 0;  ///< z = k u - a
  double nu = 1;
  double L = 0;
  double decrease = 0;  ///< decrease of F still to be had, by the Newton decrement
  bool converged = false;
  bool mirrored = false;  ///< (k, a) belong to mirrored(points)

  bool exists() const { return F < std::numeric_limits<double>::infinity(); }
};

struct SearchResult {
  Optimum interior;
  LimitCurve limit;             ///< the best limit
  bool limit_mirrored = false;  ///< it belongs to mirrored(points)
  int evaluations = 0;
};

/// A start that the user gave, in the frame of the points.
struct UserStart {
  double k, a, nu;
};

/// Searches all curves of `family` over `points`.
SearchResult search(const Points& points, curve::Family family, curve::Linear linear, const UserStart* start = nullptr);

}  // namespace ogive::fit
