// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// What a sigmoid can tend to, and the best of it in closed form.
///
/// Let parameters run away while the residual sum of squares stays bounded. Then b + L f(k (x - x0)), whatever the shape f, tends
/// to one of few curves, and the infimum over all sigmoids is either reached inside or by one of these:
///
///   k -> infinity     a step: one level left of the rise, one right of it, and at most one x within, at a level between
///   x0 -> +-infinity  an exponential b + A e^(c u), one plateau being out of sight
///   k -> 0            the straight line (b and L free), or a constant
///
/// Steps are found exactly by prefix sums in O(n); the exponential by a search over its one parameter.

#include <cstddef>
#include <limits>
#include <vector>

#include "ogive/fit/points.h"
#include "ogive/fit/reduced.h"
#include "ogive/fit/result.h"

namespace ogive::fit {

/// A curve at the limit. `F` is its sum of squares over the points, in the sense of Reduced.
struct LimitCurve {
  Limit::Kind kind = Limit::Kind::none;
  double F = std::numeric_limits<double>::infinity();
  double low = 0;               ///< step: the level left. constant, line, exponential: b, the level at rate or slope 0
  double high = 0;              ///< step: the level right. line: the slope. exponential: A in y = low + A e^(rate (u - far end))
  double middle = 0;            ///< step with a point within: its level
  std::size_t first_right = 0;  ///< step: index of the first point on the right level (after the point within, if any)
  bool has_middle = false;
  double rate = 0;  ///< exponential: of either sign

  bool exists() const { return F < std::numeric_limits<double>::infinity(); }
};

/// Which direction a limit may take: `rising` where it must be a limit of curves with k > 0 and L > 0.
enum class Direction { any, rising };

/// Sums over the first i points, so that the sum of squares of a run about its own mean takes O(1).
class PrefixSums {
 public:
  explicit PrefixSums(const Points& points);

  double weight(std::size_t first, std::size_t last) const { return weight_[last] - weight_[first]; }
  /// The mean over [first, last), 0 where it is empty.
  double mean(std::size_t first, std::size_t last) const;
  /// Sum of squares over [first, last) about its mean.
  double about_mean(std::size_t first, std::size_t last) const;
  /// Sum of squares over [first, last) about a given level.
  double about(double level, std::size_t first, std::size_t last) const;

 private:
  std::vector<double> weight_, sum_, square_;
};

/// The levels that a step may have, by what is free: left 0 unless b is free, right 1 unless L is free.
struct StepLevels {
  const PrefixSums& sums;
  Eliminate eliminate;

  double left_rss(std::size_t end) const {
    return eliminate == Eliminate::L_and_b ? sums.about_mean(0, end) : sums.about(0.0, 0, end);
  }
  double right_rss(std::size_t begin, std::size_t size) const {
    return eliminate == Eliminate::none ? sums.about(1.0, begin, size) : sums.about_mean(begin, size);
  }
  double left(std::size_t end) const { return eliminate == Eliminate::L_and_b ? sums.mean(0, end) : 0.0; }
  double right(std::size_t begin, std::size_t size) const { return eliminate == Eliminate::none ? 1.0 : sums.mean(begin, size); }
};

LimitCurve best_constant(const Points& points, Eliminate eliminate);
LimitCurve best_line(const Points& points, Direction direction = Direction::any);
LimitCurve best_step(const Points& points, const PrefixSums& sums, Eliminate eliminate, Direction direction = Direction::any);

/// The best b + A e^(c u) with c > 0 (sign = +1) or c < 0 (sign = -1); without a free b, b = 0.
/// `evaluations` is increased by the number of passes over the points.
LimitCurve best_exponential(const Points& points, Eliminate eliminate, int sign, Direction direction, int& evaluations);

/// y of a limit curve at u, in the units of `points`; NaN within the gap of a step.
double limit_value(const LimitCurve& curve, const Points& points, double u);

}  // namespace ogive::fit
