// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Where a search begins: starts that are made from the data, so that nobody has to give any.
///
/// A least-squares optimum of a sigmoid has three or more points within its rise, or two, or one. The first kind is wide and a
/// coarse grid finds it. The others hide in narrow valleys between neighbouring x, so they are looked for where they must be: for
/// each pair of neighbours, and for each single point, the curve that passes through them while all other points sit on the
/// plateaus. A bound, the residual sum of squares that the plateaus alone cause, says which of these can matter at all.

#include <optional>
#include <vector>

#include "ogive/fit/limits.h"
#include "ogive/fit/points.h"

namespace ogive::fit {

struct Start {
  double k;
  double a;
  double bound;  ///< no curve of this kind has a smaller F (0 where not known)
};

/// The z at which a shape takes a value in (0, 1).
struct LogisticInverse {
  double operator()(double f) const;
};
struct RichardsInverse {
  double nu;  ///< 0 for Gompertz
  double operator()(double f) const;
};

/// The neighbours of a single point within the rise may be a little off their plateaus, so the bound is no strict one there.
inline constexpr double one_point_slack = 1.03;

/// Starts for each pair of neighbours and each single point within the rise, of a bound below `target` (below one_point_slack *
/// target for a single point), best bounds first, at most `most`. The curve rises or falls; k > 0 always.
template <class Inverse>
std::vector<Start> local_starts(const Points& points, const PrefixSums& sums, Eliminate eliminate, const Inverse& inverse,
                                double target, std::size_t most);

/// A start for the logistic with L and b free next to the line, where it is a cubic, u + q u^2 + c u^3 with q = k (1 - 2 f) / 2 and
/// c = k^2 (1 - 6 f (1 - f)) / 6 at f = f(-a): the cubic regression gives (k, a). Nothing where the data have no such bend.
std::optional<Start> start_near_line(const Points& points);

/// The nodes of a coarse cover of (k, x0), by rows of one slope; neighbours in a row are neighbours in x0.
struct GridRow {
  double k;
  std::vector<double> x0;
};
const std::vector<GridRow>& coarse_grid();

extern template std::vector<Start> local_starts(const Points&, const PrefixSums&, Eliminate, const LogisticInverse&, double,
                                                std::size_t);
extern template std::vector<Start> local_starts(const Points&, const PrefixSums&, Eliminate, const RichardsInverse&, double,
                                                std::size_t);

}  // namespace ogive::fit
