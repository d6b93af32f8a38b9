// SPDX-License-Identifier: MIT
#include "ogive/layer/bump_samples.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "ogive/base/errors.h"

namespace ogive::layer::detail {
namespace {

/// A height below this part of the largest |y| has collapsed.
constexpr double collapsed = 1e-3;
/// A fit that takes less than this part off the sum of squares of a flat zero explains nothing.
constexpr double nothing = 1e-6;

std::string number(double value) { return std::to_string(static_cast<std::size_t>(value)); }

}  // namespace

BumpSamples::BumpSamples(const BumpProblem& problem) : count(problem.x.size()) {
  const auto refuse = [](const std::string& reason) { throw InputError({}, reason); };
  if (problem.x.size() != problem.y.size())
    refuse("there are " + std::to_string(problem.x.size()) + " x, but " + std::to_string(problem.y.size()) + " y");
  if (count == 0) refuse("there are no samples");
  if (problem.free.count() == 0) refuse("no parameter is free to move");
  if (!(problem.sigma_min > 0) || !std::isfinite(problem.sigma_min))
    refuse("the least width must be positive: at 0 a bump has no gradient");
  if (!std::isfinite(problem.start.a) || !std::isfinite(problem.start.c)) refuse("height and centre must be finite at the start");
  for (std::size_t i = 0; i < count; ++i)
    if (!std::isfinite(problem.x[i]) || !std::isfinite(problem.y[i]))
      refuse("sample " + std::to_string(i + 1) + " is not a finite number");
  x.reserve(count + padding);
  y.reserve(count + padding);
  x.assign(problem.x.begin(), problem.x.end());
  y.assign(problem.y.begin(), problem.y.end());
  x.resize(count + padding);
  y.resize(count + padding);
  for (const double value : y) {
    null_rss += value * value;
    largest_y = std::max(largest_y, std::abs(value));
  }
}

void require_start(const BumpProblem& problem) {
  if (!(problem.start.sigma > 0) || !std::isfinite(problem.start.sigma))
    throw InputError({}, "the width must be positive at the start: a bump without support has no gradient");
}

kernel::NormalSums BumpSamples::sums(BumpForm form, const BumpParameters& at) const {
  kernel::NormalSums sums;
  kernel::loops().normal(form, at.a, at.c, at.sigma, x.data(), y.data(), count, sums);
  return sums;
}

BumpFit begin_fit(const BumpProblem& problem, const BumpSamples& samples) {
  BumpFit fit;
  fit.samples = samples.count;
  fit.null_mse = samples.null_rss / static_cast<double>(samples.count);
  fit.active_at_start = static_cast<std::size_t>(samples.sums(problem.form, problem.start).inside);
  return fit;
}

void answer(BumpFit& fit, Run best) {
  fit.status = best.status;
  fit.message = std::move(best.message);
  fit.found = best.at;
  fit.start = best.start;
  fit.mse = best.sums.rr / static_cast<double>(fit.samples);
  fit.active = static_cast<std::size_t>(best.sums.inside);
  fit.loss = std::move(best.loss);
}

std::optional<std::array<double, 3>> damped_step(const kernel::NormalSums& sums, const std::array<bool, 3>& free, double damping) {
  constexpr std::size_t at[3][3] = {{0, 1, 2}, {1, 3, 4}, {2, 4, 5}};
  // Each parameter in the unit that makes its diagonal 1: then a pivot near 0 means singular, whatever the units of the data.
  double unit[3], lower[3][3] = {};
  std::size_t index[3], n = 0;
  for (std::size_t i = 0; i < 3; ++i)
    if (free[i] && sums.gg[at[i][i]] > 0) {
      unit[n] = 1 / std::sqrt(sums.gg[at[i][i]]);
      index[n++] = i;
    }
  constexpr double singular = 1e-14;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double s = i == j ? 1 + damping : sums.gg[at[index[i]][index[j]]] * unit[i] * unit[j];
      for (std::size_t k = 0; k < j; ++k) s -= lower[i][k] * lower[j][k];
      if (i == j) {
        if (!(s > singular)) return std::nullopt;
        lower[i][i] = std::sqrt(s);
      } else {
        lower[i][j] = s / lower[j][j];
      }
    }
  }
  double solution[3];
  for (std::size_t i = 0; i < n; ++i) {
    double s = -sums.gr[index[i]] * unit[i];
    for (std::size_t k = 0; k < i; ++k) s -= lower[i][k] * solution[k];
    solution[i] = s / lower[i][i];
  }
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t k = i + 1; k < n; ++k) solution[i] -= lower[k][i] * solution[k];
    solution[i] /= lower[i][i];
  }
  std::array<double, 3> step{};
  for (std::size_t i = 0; i < n; ++i) {
    step[index[i]] = solution[i] * unit[i];
    if (!std::isfinite(step[index[i]])) return std::nullopt;
  }
  return step;
}

std::array<double, 3> sizes(BumpForm form, const BumpParameters& at) {
  const double width = form == BumpForm::gaussian ? 1 / std::sqrt(at.sigma) : half_width(form, at.sigma);
  return {std::abs(at.a), std::max(std::abs(at.c), width), at.sigma};
}

Status judge_start(const kernel::NormalSums& sums, std::string& message) {
  if (sums.inside == 0) {
    message = "no sample lies in the support";
    return Status::dead_support;
  }
  if (sums.alive == 0) {
    message = number(sums.inside) + " samples lie in the support, but all so near its edge that the bump is 0 there";
    return Status::underflow;
  }
  return Status::ok;
}

Status judge(const BumpProblem& problem, const BumpSamples& samples, const BumpParameters& at, const kernel::NormalSums& sums,
             std::string& message) {
  if (!std::isfinite(at.a) || !std::isfinite(at.c) || !std::isfinite(at.sigma) || !std::isfinite(sums.rr)) {
    message = "the parameters are not finite";
    return Status::diverged;
  }
  if (const Status start = judge_start(sums, message); start != Status::ok) return start;
  if (problem.free.a && std::abs(at.a) * sums.largest <= collapsed * samples.largest_y) {
    message = samples.largest_y > 0 ? "the height went to 0, and the gradients of centre and width with it" : "every y is 0";
    return Status::collapsed_height;
  }
  if (samples.null_rss > 0 && !(sums.rr < samples.null_rss * (1 - nothing))) {
    message = "the bump explains the samples no better than a flat zero does";
    return problem.free.a ? Status::collapsed_height : Status::not_converged;
  }
  if (sums.alive < static_cast<double>(problem.free.count())) {
    message = "too few samples lie in the support, " + number(sums.alive) + ", for " + std::to_string(problem.free.count()) +
              " free parameters";
    return Status::dead_support;
  }
  if (problem.free.sigma && at.sigma <= problem.sigma_min * 1.001) {
    message = "the width ran into its lower bound";
    return Status::not_converged;
  }
  return Status::ok;
}

}  // namespace ogive::layer::detail
