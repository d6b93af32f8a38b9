// SPDX-License-Identifier: MIT
// Levenberg-Marquardt for a bump: one pass over the samples gives the cost and the normal equations of a point together, so a step
// that is accepted has paid for the next one.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

#include "ogive/layer/bump_samples.h"

namespace ogive::layer {
namespace {

using detail::BumpSamples;
using detail::Run;
using kernel::NormalSums;

constexpr double epsilon = std::numeric_limits<double>::epsilon();
/// A width may shrink or grow by no more than this in a step: beyond, the slopes say nothing about it.
constexpr double width_factor = 8;
/// The part of the cost that the best step may still promise to take off at the end. Less cannot be seen in a sum of squares.
constexpr double promise = 1e-13;

/// A point is at rest where the undamped step is at most this part of each parameter.
constexpr double at_rest = 1e-7;

/// Shortens a step that would change the width by more than width_factor, or carry the centre many widths away.
std::array<double, 3> shortened(const BumpProblem& problem, const BumpParameters& from, std::array<double, 3> step) {
  double part = 1;
  if (step[2] < 0) part = std::min(part, from.sigma * (1 / width_factor - 1) / step[2]);
  if (step[2] > 0) part = std::min(part, from.sigma * (width_factor - 1) / step[2]);
  const double farthest = width_factor * detail::sizes(problem.form, from)[1];
  if (std::abs(step[1]) > farthest) part = std::min(part, farthest / std::abs(step[1]));
  for (double& value : step) value *= part;
  return step;
}

BumpParameters moved(const BumpProblem& problem, const BumpParameters& from, const std::array<double, 3>& step) {
  BumpParameters to{from.a + step[0], from.c + step[1], from.sigma + step[2]};
  if (problem.free.sigma) to.sigma = std::max(to.sigma, problem.sigma_min);
  return to;
}

double promised(const NormalSums& sums, const std::array<double, 3>& step) {
  constexpr std::size_t at[3][3] = {{0, 1, 2}, {1, 3, 4}, {2, 4, 5}};
  double result = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    result -= 2 * sums.gr[i] * step[i];
    for (std::size_t j = 0; j < 3; ++j) result -= step[i] * step[j] * sums.gg[at[i][j]];
  }
  return result;
}

Run solve(const BumpProblem& problem, const BumpSamples& samples, BumpParameters start, const BumpLmOptions& options) {
  if (problem.free.sigma) start.sigma = std::max(start.sigma, problem.sigma_min);
  Run run{start, start, samples.sums(problem.form, start)};
  const double per_sample = 1 / static_cast<double>(samples.count);
  run.loss.push_back(run.sums.rr * per_sample);
  run.status = detail::judge_start(run.sums, run.message);
  if (run.status != Status::ok) return run;

  const std::array<bool, 3> free = detail::mask(problem.free);
  double damping = 1e-3, growth = 2;
  bool arrived = false, determined = true;
  while (!arrived && run.steps < options.iterations) {
    ++run.steps;
    const std::array<double, 3> size = detail::sizes(problem.form, run.at);
    const auto small = [&](const std::array<double, 3>& step, double part) {
      for (std::size_t i = 0; i < 3; ++i)
        if (std::abs(step[i]) > part * size[i]) return false;
      return true;
    };
    const auto full = detail::damped_step(run.sums, free, 0);
    determined = full.has_value();
    if (full && promised(run.sums, *full) <= promise * run.sums.rr) {
      // The last step is taken on trust, where it does no harm: the cost can no longer tell.
      const BumpParameters to = moved(problem, run.at, *full);
      const NormalSums there = samples.sums(problem.form, to);
      if (there.rr <= run.sums.rr * (1 + promise)) {
        run.at = to;
        run.sums = there;
      }
      arrived = true;
    } else {
      const auto step = detail::damped_step(run.sums, free, damping);
      if (!step || small(*step, 2 * epsilon)) {
        // Damping makes every step small in the end: what counts is the step without it.
        arrived = !full || small(*full, at_rest);
        if (!arrived) break;
      } else {
        const std::array<double, 3> taken = shortened(problem, run.at, *step);
        const BumpParameters to = moved(problem, run.at, taken);
        const NormalSums there = samples.sums(problem.form, to);
        const double gain = (run.sums.rr - there.rr) / promised(run.sums, taken);
        if (there.rr < run.sums.rr) {
          run.at = to;
          run.sums = there;
          const double shape = 2 * gain - 1;  // Nielsen's rule
          damping *= std::clamp(1 - shape * shape * shape, 1.0 / 3, 2.0);
          growth = 2;
          arrived = there.rr == 0;
        } else {
          damping *= growth;
          growth *= 2;
        }
      }
    }
    run.loss.push_back(run.sums.rr * per_sample);
    if (options.progress && !options.progress(run.steps, run.loss.back())) break;
  }
  run.status = detail::judge(problem, samples, run.at, run.sums, run.message);
  if (run.status == Status::ok && !arrived) {
    run.status = Status::not_converged;
    run.message = "not at rest after " + std::to_string(run.steps) + " iterations";
  }
  if (run.status == Status::ok && !determined) {
    run.status = Status::not_converged;
    run.message = "the samples do not determine all free parameters";
  }
  return run;
}

/// Better: a good state before a bad one, then the smaller cost.
bool better(const Run& one, const Run& other) {
  if ((one.status == Status::ok) != (other.status == Status::ok)) return one.status == Status::ok;
  return one.sums.rr < other.sums.rr;
}

/// A sum of squares below this part of that of y is rounding, and no other minimum can be lower.
constexpr double exact_fit = 1e-22;
/// Two minima are the same where their costs agree to this part.
constexpr double same = 1e-7;

}  // namespace

BumpFit fit_lm(const BumpProblem& problem, const BumpLmOptions& options) {
  const auto begin = std::chrono::steady_clock::now();
  const BumpSamples samples(problem);
  detail::require_start(problem);
  BumpFit fit = detail::begin_fit(problem, samples);

  Run best = solve(problem, samples, problem.start, options);
  fit.first_status = best.status;
  fit.steps = best.steps;
  if (options.rescue && (best.status != Status::ok || best.sums.rr > exact_fit * samples.null_rss)) {
    const Run first = best;
    for (const BumpParameters& start : detail::starts_from_data(problem, samples)) {
      Run run = solve(problem, samples, start, options);
      fit.steps += run.steps;
      if (better(run, best)) best = std::move(run);
      if (best.status == Status::ok && best.sums.rr <= exact_fit * samples.null_rss) break;
    }
    if (first.status == Status::ok && !(best.sums.rr < first.sums.rr * (1 - same))) {
      best = first;
    } else if (best.status == Status::ok) {
      fit.rescued = true;
      if (first.status == Status::ok) fit.first_status = Status::not_converged;
      best.message = "from a start taken from the data; the given one: " +
                     (first.status == Status::ok ? "a local minimum" : std::string(to_string(first.status)) + ", " + first.message);
    } else {
      best = first;  // what the caller asked about
    }
  }
  detail::answer(fit, std::move(best));
  fit.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return fit;
}

}  // namespace ogive::layer
