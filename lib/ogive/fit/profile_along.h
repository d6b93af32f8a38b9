// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The profile of a curve: min F over all other parameters with one of them held.
///
/// With x0 or k held one unknown is left, and the linear parameters are eliminated as ever; with L or b held there is one linear
/// parameter less and two unknowns are left. Where the shape has nu, that is minimised over as well.

#include <algorithm>
#include <cmath>
#include <functional>
#include <type_traits>

#include "ogive/fit/descend.h"
#include "ogive/fit/frame.h"

namespace ogive::fit {

/// Where a minimisation starts, and where it has ended.
struct ProfileState {
  double k, a, nu;
};

/// The profile of one frame with one shape.
template <class Shape>
class Profile {
 public:
  Profile(const Frame& frame, double critical)
      : frame_(frame),
        points_(frame.points),
        sums_(frame.points),
        levels_{sums_, frame.eliminate},
        region_(Region::of(frame.points)),
        critical_(critical) {
    region_.wall = 40;
  }

  // min F with parameter `place` at `value`; `state` is where to start from, and where the minimum was.
  double at(int place, double value, ProfileState& state) {
    const auto& places = frame_.places;
    if (place == places.x0) return over_nu(state, [&](ProfileState& s) { return at_x0(value, s); });
    if (place == places.k) return over_nu(state, [&](ProfileState& s) { return at_k(value, s); });
    if (place == places.L) return over_nu(state, [&](ProfileState& s) { return at_L(value, s); });
    if (place == places.b) return over_nu(state, [&](ProfileState& s) { return at_b(value, s); });
    return at_nu(value, state);
  }

 private:
  static constexpr bool has_nu = std::is_same_v<Shape, curve::RichardsShape>;

  Shape shape(const ProfileState& state) const {
    if constexpr (has_nu) return Shape{state.nu};
    return Shape{};
  }

  // Minimises `inner` over nu as well, where the shape has one: golden section in log nu around the last.
  double over_nu(ProfileState& state, const std::function<double(ProfileState&)>& inner) {
    if constexpr (!has_nu) {
      return inner(state);
    } else {
      constexpr double golden = 0.6180339887498949;
      const double center = std::log(std::max(state.nu, 1e-4));
      double low = center - 2, high = center + 2;
      ProfileState best = state;
      double best_F = infinite;
      const auto F_at = [&](double log_nu) {
        ProfileState trial = state;
        trial.nu = std::exp(log_nu);
        const double F = inner(trial);
        if (F < best_F) {
          best_F = F;
          best = trial;
        }
        return F;
      };
      double p = high - golden * (high - low), q = low + golden * (high - low);
      double F_p = F_at(p), F_q = F_at(q);
      for (int i = 0; i < 14; ++i) {
        if (F_p <= F_q) {
          high = q, q = p, F_q = F_p;
          p = high - golden * (high - low);
          F_p = F_at(p);
        } else {
          low = p, p = q, F_p = F_q;
          q = low + golden * (high - low);
          F_q = F_at(q);
        }
      }
      state = best;
      return best_F;
    }
  }

  // Newton along one coordinate s. derivatives(s) -> {F, minus half slope, half curvature (always > 0)}.
  struct Along {
    double F, g, curvature;
  };
  template <class Derivatives>
  double minimise(double& s, double most_step, const Derivatives& derivatives) {
    Along here = derivatives(s);
    for (int i = 0; i < 25; ++i) {
      if (!(here.curvature > 0) || here.g * here.g <= 1e-10 * here.curvature * here.F) break;
      double step = std::clamp(here.g / here.curvature, -most_step, most_step);
      bool down = false;
      for (int halving = 0; halving < 12 && !down; ++halving, step *= 0.35) {
        const Along next = derivatives(s + step);
        if (next.F < here.F) {
          here = next;
          s += step;
          down = true;
          break;
        }
      }
      if (!down) break;
    }
    return here.F;
  }

  double at_x0(double x0, ProfileState& state) {
    Reduced<Shape> reduced(points_, shape(state), frame_.eliminate);
    // Far outside, the logistic is the exponential to within rounding: then a is held, and only k matters.
    constexpr double held_at = 30;
    const bool may_hold = std::is_same_v<Shape, curve::LogisticShape> && frame_.eliminate != Eliminate::none;
    const auto a_of = [&](double k) { return may_hold ? std::clamp(k * x0, -(k + held_at), k + held_at) : k * x0; };
    double best_F = infinite, t = 0;
    const auto scan = [&](double k) {
      if (!(k > region_.min_k && k < region_.max_k)) return;
      const double F = reduced.value(k, a_of(k));
      if (F < best_F) {
        best_F = F;
        t = std::log(k);
      }
    };
    scan(state.k);
    scan(frame_.best.k);
    for (double k = 0.3; k < 200; k *= 2.2) scan(k);
    const double F = minimise(t, 1.5, [&](double log_k) {
      const double k = std::clamp(std::exp(log_k), region_.min_k, region_.max_k);
      const double a = a_of(k);
      const auto e = reduced.evaluate(k, a);
      const double da_dk = a == k * x0 ? x0 : std::copysign(1.0, a);
      const double g = k * (e.g1 - da_dk * e.g0);
      const auto along = [&](const Symmetric2& m) { return k * k * (m.m11 - 2 * da_dk * m.m01 + da_dk * da_dk * m.m00); };
      const double gn = along(e.gauss_newton), newton = along(e.hessian) - g;
      return Along{e.F, g, newton > 0.2 * gn ? newton : gn};
    });
    state.k = std::clamp(std::exp(t), region_.min_k, region_.max_k);
    state.a = a_of(state.k);
    return std::min(F, step_at_x0(x0));
  }

  // The step whose gap holds x0: k -> infinity at this x0.
  double step_at_x0(double x0) const {
    const auto right = static_cast<std::size_t>(std::lower_bound(points_.u.begin(), points_.u.end(), x0) - points_.u.begin());
    const std::size_t m = points_.size();
    const bool on_point = right < m && points_.u[right] == x0;
    double F = levels_.left_rss(right) + levels_.right_rss(right, m);
    if (on_point && (points_.y[right] - levels_.left(right)) * (levels_.right(right + 1, m) - points_.y[right]) > 0)
      F = std::min(F, levels_.left_rss(right) + levels_.right_rss(right + 1, m));
    return F;
  }

  double at_k(double k, ProfileState& state) {
    Reduced<Shape> reduced(points_, shape(state), frame_.eliminate);
    double best_F = infinite, x0 = state.a / state.k;
    const auto scan = [&](double at) {
      const auto e = reduced.evaluate(k, k * at);
      if (e.F < best_F && e.L > 0) {
        best_F = e.F;
        x0 = at;
      }
    };
    scan(state.a / state.k);
    scan(frame_.best.x0());
    if (std::isfinite(state.a)) {  // the same z where the curve is steepest among the points
      const double near = std::clamp(state.a / state.k, -1.0, 1.0);
      scan(near + (state.a / state.k - near) * state.k / k);
    }
    const double reach = 1 + 2 / k;
    for (int i = -5; i <= 5; ++i) scan(reach * i / 5);
    if (!(best_F < infinite)) return best_constant(points_, frame_.eliminate).F;
    const double F = minimise(x0, std::max(0.5, 2 / k), [&](double at) {
      const double a = std::clamp(k * at, -(k + region_.wall), k + region_.wall);
      const auto e = reduced.evaluate(k, a);
      const double gn = k * k * e.gauss_newton.m00, newton = k * k * e.hessian.m00;
      if (e.L <= 0) return Along{infinite, 0, 0};
      return Along{e.F, -k * e.g0, newton > 0.2 * gn ? newton : gn};
    });
    state.k = k;
    state.a = std::clamp(k * x0, -(k + region_.wall), k + region_.wall);
    return F;
  }

  // With one linear parameter held, two unknowns are left.
  double descend_with(Reduced<Shape>& reduced, ProfileState& state, bool L_free) {
    DescentOptions options;
    options.tolerance = 1e-9;
    options.max_evaluations = 80;
    options.floor = 1e-3 * points_.noise_floor;
    double best_F = infinite;
    ProfileState best = state;
    for (const ProfileState& start : {state, ProfileState{frame_.best.k, frame_.best.a, state.nu}}) {
      const Descent d = descend(reduced, start.k, start.a, region_, options);
      if (d.F < best_F && (!L_free || d.L > 0)) {
        best_F = d.F;
        best.k = d.k;
        best.a = d.a;
      }
    }
    state = best;
    return best_F;
  }

  double at_L(double L, ProfileState& state) {
    const bool b_free = frame_.eliminate == Eliminate::L_and_b;
    Reduced<Shape> reduced(points_, shape(state), b_free ? Eliminate::b : Eliminate::none, L, 0.0);
    return std::min(descend_with(reduced, state, false), best_step_with([&](std::size_t end, std::size_t begin) {
                      const std::size_t m = points_.size();
                      const double left = sums_.weight(0, end), right = sums_.weight(begin, m);
                      const double off = levels_.right(begin, m) - levels_.left(end) - L;
                      return off * off * (b_free ? left * right / (left + right) : right);
                    }));
  }

  double at_b(double b, ProfileState& state) {
    Reduced<Shape> reduced(points_, shape(state), Eliminate::L, 1.0, b);
    const double curve = descend_with(reduced, state, true);
    const double step = best_step_with([&](std::size_t end, std::size_t begin) {
      if (levels_.right(begin, points_.size()) <= b) return infinite;
      return sums_.weight(0, end) * std::pow(levels_.left(end) - b, 2);
    });
    return std::min({curve, step, sums_.about(b, 0, points_.size())});
  }

  double at_nu(double nu, ProfileState& state) {
    state.nu = nu;
    Reduced<Shape> reduced(points_, shape(state), frame_.eliminate);
    return descend_with(reduced, state, frame_.eliminate != Eliminate::none);
  }

  // The best rising step, given what holding a level costs it: cost(end of the left run, begin of the right run).
  template <class Cost>
  double best_step_with(const Cost& cost) const {
    const std::size_t m = points_.size();
    double best = infinite;
    for (std::size_t end = 1; end < m; ++end) {
      for (const std::size_t begin : {end, end + 1}) {
        if (begin >= m) continue;
        const double left = levels_.left(end), right = levels_.right(begin, m);
        if (right <= left) continue;
        if (begin > end && (points_.y[end] - left) * (right - points_.y[end]) <= 0) continue;
        const double F = levels_.left_rss(end) + levels_.right_rss(begin, m);
        if (F < best) best = std::min(best, F + cost(end, begin));
      }
    }
    return best;
  }

  const Frame& frame_;
  const Points& points_;
  PrefixSums sums_;
  StepLevels levels_;
  Region region_;
  double critical_;
};

}  // namespace ogive::fit
