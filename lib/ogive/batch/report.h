// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// From the engine's state, without units, to entries of Fits.

#include <cstddef>
#include <cstdint>
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

/// Writes entries; different curves from different threads.
class Reporter {
 public:
  Reporter(const curve::Model& model, const Options& options, Fits& fits);

  /// For curves of n points; infinite where these are too few to judge.
  Thresholds thresholds(std::size_t n) const;

  /// The entry of `curve` from place `at` of a group's state; false (and nothing written) where the single path must decide.
  bool report(GroupState& state, std::size_t at, std::size_t curve, const PointCounts& counts, const Thresholds& limit) const;

  /// The entry from a result of the single path.
  void report(const fit::Result& result, std::size_t curve, std::size_t missing) const;

 private:
  const curve::Model& model_;
  double confidence_;
  Fits& fits_;
  int place_L_, place_x0_, place_k_, place_b_;
  bool one_sided_;
};

}  // namespace ogive::batch
