// SPDX-License-Identifier: MIT
// A bump without iteration: its logarithm is a parabola in disguise.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include "ogive/layer/bump_samples.h"

namespace ogive::layer {
namespace {

/// A sum that keeps what rounding would lose (Neumaier).
class Sum {
 public:
  void add(double value) {
    const double sum = sum_ + value;
    rest_ += std::abs(sum_) >= std::abs(value) ? (sum_ - sum) + value : (value - sum) + sum_;
    sum_ = sum;
  }
  double value() const { return sum_ + rest_; }

 private:
  double sum_ = 0, rest_ = 0;
};

/// How many samples a formula needs at least, and what came of it.
struct Estimate {
  BumpParameters at;
  std::size_t used = 0;  // samples with a logarithm
  bool bends = false;    // the parabola opens to the right side
};

double peak_of(BumpForm form) { return form == BumpForm::root ? 1 / std::numbers::e : 1; }

/// -log(y / a), with its digits where y is close to a.
double minus_log(double y, double a) {
  const double ratio = y / a;
  return ratio > 0.5 && ratio < 2 ? -std::log1p((y - a) / a) : -std::log(ratio);
}

/// The parabola: bend(z) = w0 + w1 z + w2 z^2 in weighted least squares, about the middle of the samples.
struct Line {
  double bend;    // the transformed y: curvature times z^2, plus an offset
  double weight;  // 1 / variance of bend when y has variance 1
};

/// What becomes of y: z^2 / sigma (root), (z / sigma)^2 (canonical), b z^2 (gaussian, plus -log a where a is not known).
bool straighten(BumpForm form, double y, double a, Line& line) {
  if (!(y / a >= std::numeric_limits<double>::min())) return false;  // a subnormal number has few digits, and much weight
  const double log = minus_log(y, a);
  switch (form) {
    case BumpForm::canonical: {
      if (!(log > -0.5)) return false;
      const double slope = (1 + log) * (1 + log) * (y / a);
      line = {log / (1 + log), slope * slope};
      return true;
    }
    case BumpForm::root: {
      if (!(log > 0.5)) return false;
      const double slope = log * log * (y / a);
      line = {(log - 1) / log, slope * slope};
      return true;
    }
    case BumpForm::gaussian:
      line = {log, (y / a) * (y / a)};
      return true;
  }
  return false;
}

double sigma_of_curvature(BumpForm form, double curvature) {
  switch (form) {
    case BumpForm::canonical:
      return 1 / std::sqrt(curvature);
    case BumpForm::root:
      return 1 / curvature;
    case BumpForm::gaussian:
      break;
  }
  return curvature;
}

/// Height and centre known.
Estimate width_only(BumpForm form, std::span<const double> x, std::span<const double> y, double a, double c) {
  Estimate found{{a, c, 1}};
  Sum above, below;
  for (std::size_t i = 0; i < x.size(); ++i) {
    Line line;
    if (!straighten(form, y[i], a, line)) continue;
    const double z2 = (x[i] - c) * (x[i] - c);
    if (!(z2 > 0)) continue;
    ++found.used;
    if (form == BumpForm::root) {
      const double log = minus_log(y[i], a);
      above.add((log - 1) * z2 * log);
      below.add((log - 1) * (log - 1));
    } else {
      above.add(line.weight * z2 * line.bend);
      below.add(line.weight * z2 * z2);
    }
  }
  const double ratio = above.value() / below.value();
  found.bends = ratio > 0 && std::isfinite(ratio);
  if (found.bends) found.at.sigma = form == BumpForm::root ? ratio : sigma_of_curvature(form, ratio);
  return found;
}

/// Centre or height not known: a parabola with all its coefficients (centre known: without the linear one).
Estimate parabola(BumpForm form, std::span<const double> x, std::span<const double> y, double a, const double* centre) {
  Estimate found{{a, 0, 1}};
  const auto [low, high] = std::minmax_element(x.begin(), x.end());
  const double middle = centre ? *centre : *low + (*high - *low) / 2;
  const double reach = std::max(*high - middle, middle - *low);
  if (!(reach > 0)) return found;
  std::array<Sum, 5> moments;
  std::array<Sum, 3> right;
  for (std::size_t i = 0; i < x.size(); ++i) {
    Line line;
    if (!straighten(form, y[i], a, line)) continue;
    ++found.used;
    double power = line.weight;
    const double z = (x[i] - middle) / reach;
    for (std::size_t k = 0; k < 5; ++k, power *= z) {
      moments[k].add(power);
      if (k < 3) right[k].add(power * line.bend);
    }
  }
  kernel::NormalSums sums;  // the same small solver serves here
  constexpr std::size_t powers[6] = {0, 1, 2, 2, 3, 4};
  for (std::size_t k = 0; k < 6; ++k) sums.gg[k] = moments[powers[k]].value();
  for (std::size_t k = 0; k < 3; ++k) sums.gr[k] = -right[k].value();
  const auto w = detail::damped_step(sums, {true, centre == nullptr, true}, 0);
  if (!w || !((*w)[2] > 0)) return found;
  found.bends = true;
  const double vertex = centre ? 0 : -(*w)[1] / (2 * (*w)[2]);
  found.at.c = middle + reach * vertex;
  found.at.sigma = sigma_of_curvature(form, (*w)[2] / (reach * reach));
  if (form == BumpForm::gaussian) found.at.a = a * std::exp(-((*w)[0] + vertex * ((*w)[1] + vertex * (*w)[2])));
  return found;
}

/// The y of largest size.
double extreme(std::span<const double> y) {
  return *std::max_element(y.begin(), y.end(), [](double a, double b) { return std::abs(a) < std::abs(b); });
}

Estimate estimate(const BumpProblem& problem) {
  const double peak = extreme(problem.y);
  const bool guessed = problem.free.a;
  const double a =
      guessed ? (problem.form == BumpForm::gaussian ? (peak < 0 ? -1.0 : 1.0) : peak / peak_of(problem.form)) : problem.start.a;
  if (!(a != 0)) return {problem.start};
  const bool height_in_parabola = guessed && problem.form == BumpForm::gaussian;
  Estimate found = problem.free.c       ? parabola(problem.form, problem.x, problem.y, a, nullptr)
                   : height_in_parabola ? parabola(problem.form, problem.x, problem.y, a, &problem.start.c)
                                        : width_only(problem.form, problem.x, problem.y, a, problem.start.c);
  if (!problem.free.a) found.at.a = problem.start.a;
  if (!problem.free.c) found.at.c = problem.start.c;
  if (!problem.free.sigma) found.at.sigma = problem.start.sigma;
  found.at.sigma = std::max(found.at.sigma, problem.sigma_min);
  return found;
}

}  // namespace

namespace detail {

std::vector<BumpParameters> starts_from_data(const BumpProblem& problem, const BumpSamples& samples) {
  const std::span<const double> x = problem.x, y = problem.y;
  std::vector<BumpParameters> starts;
  const auto add = [&](double a, double c, double half) {
    if (!std::isfinite(a) || !std::isfinite(c) || !(half > 0) || !std::isfinite(half)) return;
    const double sigma = problem.form == BumpForm::canonical ? half
                         : problem.form == BumpForm::root    ? (half < 1 ? half : half * half)
                                                             : 4 / (half * half);
    starts.push_back({problem.free.a ? a : problem.start.a, problem.free.c ? c : problem.start.c,
                      problem.free.sigma ? std::max(sigma, problem.sigma_min) : problem.start.sigma});
  };

  if (const Estimate found = estimate(problem); found.bends && std::isfinite(found.at.sigma) && std::isfinite(found.at.c))
    starts.push_back(found.at);

  const double peak = extreme(y), height = peak / peak_of(problem.form);
  const auto [low, high] = std::minmax_element(x.begin(), x.end());
  const double range = *high - *low;
  // Centre and width by moments of |y|: the spread of a bump is about 0.37 of its half-width.
  double weight = 0, first = 0, second = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double w = y[i] * y[i];
    weight += w;
    first += w * (x[i] - *low);
    second += w * (x[i] - *low) * (x[i] - *low);
  }
  if (weight > 0) {
    const double mean = first / weight;
    const double spread = std::sqrt(std::max(second / weight - mean * mean, 0.0));
    add(height, *low + mean, 3 * spread);
  }
  const double centre = problem.free.c ? *low + range / 2 : problem.start.c;
  const double reach = std::max(*high - centre, centre - *low);
  add(height, centre, 1.5 * reach);  // wide: every sample is in the support

  // Along x, at several widths; the best of them by what they leave over.
  std::vector<BumpParameters> grid;
  starts.swap(grid);
  for (const double part : {0.5, 0.125, 0.03125})
    for (int i = 0; i < 16; ++i) add(height, *low + range * (i + 0.5) / 16, range * part);
  starts.swap(grid);
  std::vector<std::pair<double, std::size_t>> order;
  for (std::size_t i = 0; i < grid.size(); ++i) order.emplace_back(samples.sums(problem.form, grid[i]).rr, i);
  std::sort(order.begin(), order.end());
  for (std::size_t i = 0; i < std::min<std::size_t>(order.size(), 3); ++i) starts.push_back(grid[order[i].second]);
  return starts;
}

}  // namespace detail

BumpFit closed_form(const BumpProblem& problem) {
  const detail::BumpSamples samples(problem);
  BumpFit fit;
  const Estimate found = estimate(problem);
  fit.found = fit.start = found.at;
  fit.samples = samples.count;
  const auto sums = samples.sums(problem.form, fit.found);
  fit.active = fit.active_at_start = static_cast<std::size_t>(sums.inside);
  fit.mse = sums.rr / static_cast<double>(samples.count);
  fit.null_mse = samples.null_rss / static_cast<double>(samples.count);
  if (found.used < problem.free.count()) {
    fit.status = Status::dead_support;
    fit.message = "too few samples lie in the support: " + std::to_string(found.used);
  } else if (!found.bends) {
    fit.message = "the samples do not bend as a bump does";
  } else if (problem.free.a && problem.form != BumpForm::gaussian) {
    fit.message = "the height is free and was guessed: a start for Levenberg-Marquardt, not the answer";
  } else {
    fit.status = detail::judge(problem, samples, fit.found, sums, fit.message);
  }
  fit.first_status = fit.status;
  return fit;
}

}  // namespace ogive::layer
