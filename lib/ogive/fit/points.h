// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The points of one curve as the fitter sees them: sorted, merged, without units.
///
/// A least-squares fit must not depend on the units of x and y. Here x becomes u = (x - center) / half in [-1, 1], and y becomes
/// (y - shift) / scale of order one. Points of equal x are merged into their mean with a weight: for every curve the residual sum
/// of squares is then
///
///     rss = scale^2 (pure_error + sum_j weight_j (y_j - f(u_j))^2)
///
/// with the pure error within replicates a constant. Only what is left matters to the search.
///
/// Weights of the user's own have a unit, too, and lose it likewise: here they are w_i n / sum w, so that they sum to n, and
///
///     rss = weight_unit scale^2 (pure_error + sum_j weight_j (y_j - f(u_j))^2),        weight_unit = sum w / n
///
/// where replicates merge into their weighted mean with the sum of their weights, and pure_error = sum w_i (y_i - mean)^2.
///
/// x = -inf (the logarithm of dose 0) is a point like others: it stands at u = -far_away, where every shape has reached its limit.
///
/// Two reflections bring every curve into the frame where k > 0 and L > 0: mirrored() turns u into -u, negated() turns y into -y.

#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

#include "ogive/curve/model.h"

namespace ogive::fit {

/// Stands for infinity in u. Products with a slope of 0 must stay 0, which infinity itself does not grant.
inline constexpr double far_away = 1e300;

struct Points {
  std::vector<double> u;       ///< distinct, rising
  std::vector<double> user_x;  ///< the same in the user's units, to the bit
  std::vector<double> y;       ///< (weighted) mean of the replicates, scaled
  std::vector<double> weight;  ///< number of replicates, or the sum of their weights
  double total_weight = 0;     ///< n, with weights up to rounding
  double pure_error = 0;       ///< sum of squares within replicates, scaled
  double tss = 0;              ///< sum of squares about the mean, between distinct u, scaled
  double mean = 0;             ///< weighted mean of y, scaled (0 where b is free)
  double noise_floor = 0;      ///< an rss, scaled, that rounding alone can explain

  double center = 0;  ///< x = center + x_sign * half * u
  double half = 1;
  double shift = 0;  ///< y = shift + y_sign * scale * (y here)
  double scale = 1;
  double weight_unit = 1;      ///< the user's weight is weight_unit times the one here
  double sum_log_weights = 0;  ///< of the points before they are merged, as they are here; 0 where all weigh the same
  double x_sign = 1;
  double y_sign = 1;

  std::size_t size() const { return u.size(); }
  bool has_far_point() const { return !u.empty() && (u.front() == -far_away || u.back() == far_away); }
  double x_of(double at) const { return center + x_sign * half * at; }
  double u_of(double x) const;  ///< the inverse; infinite x gives +-far_away
  /// The unit of a residual that carries the root of its weight: rss = residual_unit()^2 (pure_error + ...).
  double residual_unit() const { return scale * std::sqrt(weight_unit); }
};

/// Normalises, sorts and merges. `linear` says which of L and b are free: without a free b, y is not shifted; without a free L it
/// is not scaled either. Requires finite y, x finite or -inf, and w finite and positive; an empty w: all weigh 1.
Points make_points(std::span<const double> x, std::span<const double> y, curve::Linear linear, std::span<const double> w = {});

/// The same points seen from the other side: u -> -u.
Points mirrored(const Points& points);

/// The same points upside down: y -> -y.
Points negated(const Points& points);

}  // namespace ogive::fit
