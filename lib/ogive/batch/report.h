// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// From the engine's state, without units, to entries of Fits.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "ogive/batch/fit_many.h"
#include "ogive/batch/state.h"

namespace ogive::batch {

/// What preparation knows of a curve.
struct PointCounts {
  std::uint32_t n = 0, missing = 0;
  double pure_error = 0;   ///< in the unit of weights that the group has
  double weight_unit = 1;  ///< the user's weights are this times the group's
};

/// What depends on the number of points alone.
struct Thresholds {
  double t = 0;         ///< quantile of Student's distribution
  double critical = 0;  ///< of the F test against the constant
};

/// Below this share of the squares of y, a sum of squares of n residuals may be rounding, and the single path, which knows its own
/// rounding, decides what the data say.
constexpr double rounding_of(double n) {
  constexpr double rounding = 16 * std::numeric_limits<double>::epsilon();
  return 4 * n * rounding * rounding;
}

/// Where a model's parameters stand among its parameters; -1: it has no such.
struct Places {
  int L = -1, x0 = -1, k = -1, b = -1;
};

/// Writes entries; different curves from different threads.
class Reporter {
 public:
  Reporter(const curve::Model& model, const Options& options, Fits& fits);

  /// For curves of n points; infinite where these are too few to judge.
  Thresholds thresholds(std::size_t n) const;

  /// The entry of `curve`, to which a limit fits best, from place `at` of a group's state; false (and nothing written) where the
  /// single path must decide. Ordinary optima are written by report_regular(), in regular.h.
  bool report_limit(GroupState& state, std::size_t at, std::size_t curve, const PointCounts& counts, const Thresholds& limit) const;

  const Places& places() const { return places_; }  ///< of the model's parameters
  bool one_sided() const { return one_sided_; }     ///< (k, L, b) and (-k, -L, b + L) are one curve, reported with L > 0

  /// The entry from a result of the single path.
  void report(const fit::Result& result, std::size_t curve, std::size_t missing) const;

 private:
  const curve::Model& model_;
  double confidence_;
  Fits& fits_;
  Places places_;
  bool one_sided_;
};

}  // namespace ogive::batch
