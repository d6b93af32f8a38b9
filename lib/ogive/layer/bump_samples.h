// SPDX-License-Identifier: MIT
// What every fit of a bump begins and ends with: samples that were looked at, sums over them, and what a result is worth.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "ogive/layer/bump_fit.h"
#include "ogive/layer/bump_kernel.h"

namespace ogive::layer::detail {

/// Samples with room for whole vectors behind them.
struct BumpSamples {
  explicit BumpSamples(const BumpProblem& problem);  ///< refuses what cannot be fitted (InputError)

  std::size_t count;         ///< without the room
  std::vector<double> x, y;  ///< and then zeros
  double null_rss = 0;       ///< sum y^2
  double largest_y = 0;      ///< of |y|

  /// The normal equations at a point.
  kernel::NormalSums sums(BumpForm form, const BumpParameters& at) const;
};

/// What came of one start.
struct Run {
  BumpParameters start, at;  ///< where it began and ended
  kernel::NormalSums sums;   ///< there
  Status status = Status::ok;
  std::string message = {};
  std::vector<double> loss = {};
  std::size_t steps = 0;  ///< or iterations
};

/// A fit before its first run.
BumpFit begin_fit(const BumpProblem& problem, const BumpSamples& samples);

/// Makes the best run the answer of a fit.
void answer(BumpFit& fit, Run best);

/// Refuses a start without a width (InputError).
void require_start(const BumpProblem& problem);

/// Room behind the samples, in numbers.
inline constexpr std::size_t padding = 16;

/// The free parameters in the order a, c, sigma.
inline std::array<bool, 3> mask(const FreeParameters& free) { return {free.a, free.c, free.sigma}; }

/// Solves (G + damping diag G) step = -g over the free parameters; the others, and those without any slope, get 0.
/// Nothing where G is singular to rounding.
std::optional<std::array<double, 3>> damped_step(const kernel::NormalSums& sums, const std::array<bool, 3>& free, double damping);

/// The sizes that steps are compared with: |a|, the larger of |c| and the half-width, sigma.
std::array<double, 3> sizes(BumpForm form, const BumpParameters& at);

/// The state of an answer that the solver is content with: ok, or why not, with a reason in `message`.
Status judge(const BumpProblem& problem, const BumpSamples& samples, const BumpParameters& at, const kernel::NormalSums& sums,
             std::string& message);

/// The state of a start that cannot move: dead_support or underflow, else ok.
Status judge_start(const kernel::NormalSums& sums, std::string& message);

/// Starts read off the data, the most promising first; fixed parameters stay what they are.
std::vector<BumpParameters> starts_from_data(const BumpProblem& problem, const BumpSamples& samples);

}  // namespace ogive::layer::detail
