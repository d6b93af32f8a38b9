// SPDX-License-Identifier: MIT
#include "ogive/fit/limits.h"

#include <algorithm>
#include <cmath>

namespace ogive::fit {
namespace {

double squares_about(const Points& points, std::size_t first, std::size_t last, double level) {
  double sum = 0;
  for (std::size_t j = first; j < last; ++j) sum += points.weight[j] * std::pow(points.y[j] - level, 2);
  return sum;
}

double mean_of(const Points& points, std::size_t first, std::size_t last) {
  double weight = 0, sum = 0;
  for (std::size_t j = first; j < last; ++j) {
    weight += points.weight[j];
    sum += points.weight[j] * points.y[j];
  }
  return sum / weight;
}

}  // namespace

PrefixSums::PrefixSums(const Points& points)
    : weight_(points.size() + 1, 0.0), sum_(points.size() + 1, 0.0), square_(points.size() + 1, 0.0) {
  for (std::size_t j = 0; j < points.size(); ++j) {
    const double w = points.weight[j], y = points.y[j];
    weight_[j + 1] = weight_[j] + w;
    sum_[j + 1] = sum_[j] + w * y;
    square_[j + 1] = square_[j] + w * y * y;
  }
}

double PrefixSums::mean(std::size_t first, std::size_t last) const {
  const double total = weight(first, last);  // 0 also where the weights vanish beside those before
  return total > 0 ? (sum_[last] - sum_[first]) / total : 0.0;
}

double PrefixSums::about_mean(std::size_t first, std::size_t last) const {
  if (last <= first + 1) return 0.0;
  const double sum = sum_[last] - sum_[first];
  return std::max(0.0, square_[last] - square_[first] - sum * sum / weight(first, last));
}

double PrefixSums::about(double level, std::size_t first, std::size_t last) const {
  if (last <= first) return 0.0;
  return std::max(0.0,
                  square_[last] - square_[first] - 2 * level * (sum_[last] - sum_[first]) + level * level * weight(first, last));
}

LimitCurve best_constant(const Points& points, Eliminate eliminate) {
  LimitCurve curve;
  curve.kind = Limit::Kind::constant;
  curve.low = eliminate == Eliminate::none ? std::clamp(points.mean, 0.0, 1.0) : points.mean;
  curve.F = squares_about(points, 0, points.size(), curve.low);
  return curve;
}

LimitCurve best_line(const Points& points, Direction direction) {
  LimitCurve curve;
  if (points.has_far_point() || points.size() < 2) return curve;
  double mean_u = 0;
  for (std::size_t j = 0; j < points.size(); ++j) mean_u += points.weight[j] * points.u[j];
  mean_u /= points.total_weight;
  double uu = 0, uy = 0;
  for (std::size_t j = 0; j < points.size(); ++j) {
    const double du = points.u[j] - mean_u;
    uu += points.weight[j] * du * du;
    uy += points.weight[j] * du * (points.y[j] - points.mean);
  }
  const double slope = uy / uu;
  if (direction == Direction::rising && slope <= 0) return curve;
  curve.kind = Limit::Kind::line;
  curve.high = slope;
  curve.low = points.mean - slope * mean_u;
  curve.F = 0;
  for (std::size_t j = 0; j < points.size(); ++j)
    curve.F += points.weight[j] * std::pow(points.y[j] - points.mean - slope * (points.u[j] - mean_u), 2);
  return curve;
}

LimitCurve best_step(const Points& points, const PrefixSums& sums, Eliminate eliminate, Direction direction) {
  const std::size_t m = points.size();
  const StepLevels levels{sums, eliminate};
  const bool any_ends = eliminate != Eliminate::L_and_b;  // an empty side is a constant where both levels are free
  LimitCurve best;
  const auto allowed = [&](double left, double right) { return direction == Direction::any || right > left; };

  for (std::size_t split = any_ends ? 0 : 1; split < (eliminate == Eliminate::none ? m + 1 : m); ++split) {
    const double F = levels.left_rss(split) + levels.right_rss(split, m);
    if (F < best.F && allowed(levels.left(split), levels.right(split, m))) {
      best.F = F;
      best.first_right = split;
      best.has_middle = false;
    }
  }
  for (std::size_t j = any_ends ? 0 : 1; j + (eliminate == Eliminate::none ? 0 : 1) < m; ++j) {
    const double left = levels.left(j), right = levels.right(j + 1, m), middle = points.y[j];
    if ((middle - left) * (right - middle) <= 0) continue;  // otherwise a two-level step is as good
    const double F = levels.left_rss(j) + levels.right_rss(j + 1, m);
    if (F < best.F && allowed(left, right)) {
      best.F = F;
      best.first_right = j + 1;
      best.has_middle = true;
    }
  }
  if (!best.exists()) return best;
  best.kind = Limit::Kind::step;
  const std::size_t left_end = best.first_right - (best.has_middle ? 1 : 0);
  best.low = levels.left(left_end);
  best.high = levels.right(best.first_right, m);
  // Prefix sums cancel when the fit is nearly perfect, or after a point of great weight; these do not.
  if (eliminate == Eliminate::L_and_b && left_end > 0) best.low = mean_of(points, 0, left_end);
  if (eliminate != Eliminate::none && best.first_right < m) best.high = mean_of(points, best.first_right, m);
  best.middle = best.has_middle ? points.y[left_end] : std::numeric_limits<double>::quiet_NaN();
  best.F = squares_about(points, 0, left_end, best.low) + squares_about(points, best.first_right, m, best.high);
  return best;
}

LimitCurve best_exponential(const Points& points, Eliminate eliminate, int sign, Direction direction, int& evaluations) {
  LimitCurve best;
  const std::size_t m = points.size();
  if (m < 3 || eliminate == Eliminate::none || eliminate == Eliminate::b) return best;
  const bool far_right = points.u.back() == far_away;
  const bool far_left = points.u.front() == -far_away;
  if ((sign > 0 && far_right) || (sign < 0 && far_left)) return best;  // infinite there: only the step {far point | rest} is left

  // e^(c (u - end)) <= 1 on the points, where end is the one that it rises to.
  Reduced<ExponentialShape> reduced(points, {}, eliminate);
  const double end = sign > 0 ? points.u.back() : -points.u.front();
  // From rates at which it is nearly the line (or the constant) to rates that see the last gap as a step.
  // (Two x may be so close that they share one u.)
  const double last_gap = std::max(sign > 0 ? points.u[m - 1] - points.u[m - 2] : points.u[1] - points.u[0], 1e-16);
  const double first = std::log(1e-3), last = std::log(std::max(40.0, 30.0 / last_gap));
  // Below rate 1 the optimum, if there is one, is wide.
  constexpr double least_rate = 1e-9;
  std::vector<double> log_rates, F;
  for (double t = first; t < last + 0.2; t += t < 0 ? 1.0 : 0.2) {
    const double c = std::exp(t);
    log_rates.push_back(t);
    F.push_back(reduced.value(sign * c, c * end));
  }
  for (std::size_t i = 0; i < F.size(); ++i) {
    if ((i > 0 && F[i - 1] < F[i]) || (i + 1 < F.size() && F[i + 1] < F[i])) continue;
    double t = log_rates[i];
    // Newton on the analytic derivatives, in log rate; a, which only scales A, moves along so that it costs nothing.
    double low = i > 0 ? log_rates[i - 1] : std::log(least_rate), high = i + 1 < F.size() ? log_rates[i + 1] : t + 0.2;
    int steps = 30;
    if (i == 0) {
      // Nearly a line (or a constant): F is a parabola of the rate itself, with its lowest point at a rate > 0 or not. Rates below
      // 1e-4 are extrapolated to: their own derivatives cancel.
      double lowest = std::exp(t);
      for (int round = 0; round < 2 && lowest > least_rate; ++round) {
        const double c = std::clamp(lowest, 1e-4, 1e-3);
        const auto e = reduced.evaluate(sign * c, c * end);
        const double g = sign * e.g1 - end * e.g0;
        const double gn = e.gauss_newton.m11 - 2 * sign * end * e.gauss_newton.m01 + end * end * e.gauss_newton.m00;
        lowest = c + g / gn;
      }
      if (!(lowest > least_rate)) continue;  // the line has a closed form of its own
      t = std::min(std::log(lowest), high);
      if (lowest < 2e-4) steps = 0;
    }
    for (int step = 0; step < steps; ++step) {
      const double c = std::exp(t);
      const auto e = reduced.evaluate(sign * c, c * end);
      // Along (k, phi) = (sign c, -c end): dz = c (sign u - end) dt.
      const double g = c * (sign * e.g1 - end * e.g0);
      const double gn = c * c * (e.gauss_newton.m11 - 2 * sign * end * e.gauss_newton.m01 + end * end * e.gauss_newton.m00);
      const double newton = c * c * (e.hessian.m11 - 2 * sign * end * e.hessian.m01 + end * end * e.hessian.m00) - g;
      const double curvature = newton > 0.1 * gn ? newton : gn;
      if (g > 0)
        low = t;
      else
        high = t;
      if (g * g <= 1e-15 * std::max(curvature, 1e-300) * e.F + points.noise_floor * 1e-3 * curvature) break;
      const double next = curvature > 0 ? t + g / curvature : low;
      t = next > low && next < high ? next : (low + high) / 2;
    }
    const double c = std::exp(t);
    const auto e = reduced.evaluate(sign * c, c * end);
    if (direction == Direction::rising && e.L * sign <= 0) continue;
    if (e.F < best.F) {
      best.kind = Limit::Kind::exponential;
      best.F = e.F;
      best.rate = sign * c;
      best.high = e.L;
      best.low = e.b;
    }
  }
  evaluations += reduced.evaluations();
  return best;
}

double limit_value(const LimitCurve& curve, const Points& points, double u) {
  switch (curve.kind) {
    case Limit::Kind::constant:
      return curve.low;
    case Limit::Kind::line:
      return curve.low + curve.high * u;
    case Limit::Kind::exponential: {
      const double end = curve.rate > 0 ? points.u.back() : points.u.front();
      return curve.low + curve.high * std::exp(curve.rate * (u - end));
    }
    case Limit::Kind::step: {
      const std::size_t left_end = curve.first_right - (curve.has_middle ? 1 : 0);
      if (curve.has_middle && u == points.u[left_end]) return curve.middle;
      if (left_end > 0 && u <= points.u[left_end - 1]) return curve.low;
      if (curve.first_right < points.size() && u >= points.u[curve.first_right]) return curve.high;
      if (left_end == 0 && !curve.has_middle) return curve.high;
      if (curve.has_middle) return u < points.u[left_end] ? curve.low : curve.high;
      if (curve.first_right >= points.size()) return curve.low;
      return std::numeric_limits<double>::quiet_NaN();
    }
    case Limit::Kind::none:
      break;
  }
  return std::numeric_limits<double>::quiet_NaN();
}

}  // namespace ogive::fit
