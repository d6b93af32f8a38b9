// SPDX-License-Identifier: MIT
#include "ogive/fit/profile.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "ogive/fit/descend.h"

namespace ogive::fit {
namespace {

struct State {
  double k, a, nu;
};

// What the limits allow: which parameters may run to infinity at no significant cost.
struct Unbounded {
  bool x0_low, x0_high, k_zero, k_negative, k_high, L_zero, L_high, b_low;
};

Unbounded find_unbounded(const Frame& frame, double critical) {
  const Points& points = frame.points;
  const Eliminate eliminate = frame.eliminate;
  int evaluations = 0;
  const double constant = best_constant(points, eliminate).F;
  const double step = best_step(points, PrefixSums(points), eliminate, Direction::rising).F;
  const bool level = constant <= critical;  // a curve with its rise out of sight will do
  Unbounded u{};
  u.k_high = step <= critical || (level && eliminate != Eliminate::none);
  u.k_negative = level;
  if (eliminate == Eliminate::none) {
    u.x0_low = u.x0_high = u.k_zero = level;
    return u;
  }
  const auto exponential = [&](int sign, Direction direction) {
    return best_exponential(points, eliminate, sign, direction, evaluations).F <= critical;
  };
  const bool rising_to_high = exponential(+1, Direction::rising);  // upper plateau out of sight
  if (eliminate == Eliminate::L) {
    u.x0_low = level;
    u.x0_high = level || rising_to_high;
    u.k_zero = level;
    u.L_zero = PrefixSums(points).about(0.0, 0, points.size()) <= critical;  // L f tends to no level but 0
    u.L_high = level || rising_to_high;
    return u;
  }
  const double line = best_line(points, Direction::rising).F;
  const bool rising_from_low = exponential(-1, Direction::rising);  // lower plateau out of sight
  const bool any_high = rising_to_high || exponential(+1, Direction::any);
  const bool any_low = rising_from_low || exponential(-1, Direction::any);
  const bool straight = level || line <= critical;
  u.L_zero = level;
  u.x0_high = straight || any_high;
  u.x0_low = straight || any_low;
  u.k_zero = straight || (frame.plain->family != curve::Family::logistic && rising_to_high);
  u.L_high = straight || rising_to_high || rising_from_low;
  u.b_low = straight || rising_from_low;
  return u;
}

// The profile of one frame with one shape.
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
  double at(int place, double value, State& state) {
    const auto& places = frame_.places;
    if (place == places.x0) return over_nu(state, [&](State& s) { return at_x0(value, s); });
    if (place == places.k) return over_nu(state, [&](State& s) { return at_k(value, s); });
    if (place == places.L) return over_nu(state, [&](State& s) { return at_L(value, s); });
    if (place == places.b) return over_nu(state, [&](State& s) { return at_b(value, s); });
    return at_nu(value, state);
  }

 private:
  static constexpr bool has_nu = std::is_same_v<Shape, curve::RichardsShape>;

  Shape shape(const State& state) const {
    if constexpr (has_nu) return Shape{state.nu};
    return Shape{};
  }

  // Minimises `inner` over nu as well, where the shape has one: golden section in log nu around the last.
  double over_nu(State& state, const std::function<double(State&)>& inner) {
    if constexpr (!has_nu) {
      return inner(state);
    } else {
      constexpr double golden = 0.6180339887498949;
      const double center = std::log(std::max(state.nu, 1e-4));
      double low = center - 2, high = center + 2;
      State best = state;
      double best_F = infinite;
      const auto F_at = [&](double log_nu) {
        State trial = state;
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

  double at_x0(double x0, State& state) {
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

  double at_k(double k, State& state) {
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
  double descend_with(Reduced<Shape>& reduced, State& state, bool L_free) {
    DescentOptions options;
    options.tolerance = 1e-9;
    options.max_evaluations = 80;
    options.floor = 1e-3 * points_.noise_floor;
    double best_F = infinite;
    State best = state;
    for (const State& start : {state, State{frame_.best.k, frame_.best.a, state.nu}}) {
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

  double at_L(double L, State& state) {
    const bool b_free = frame_.eliminate == Eliminate::L_and_b;
    Reduced<Shape> reduced(points_, shape(state), b_free ? Eliminate::b : Eliminate::none, L, 0.0);
    return std::min(descend_with(reduced, state, false), best_step_with([&](std::size_t end, std::size_t begin) {
                      const std::size_t m = points_.size();
                      const double left = sums_.weight(0, end), right = sums_.weight(begin, m);
                      const double off = levels_.right(begin, m) - levels_.left(end) - L;
                      return off * off * (b_free ? left * right / (left + right) : right);
                    }));
  }

  double at_b(double b, State& state) {
    Reduced<Shape> reduced(points_, shape(state), Eliminate::L, 1.0, b);
    const double curve = descend_with(reduced, state, true);
    const double step = best_step_with([&](std::size_t end, std::size_t begin) {
      if (levels_.right(begin, points_.size()) <= b) return infinite;
      return sums_.weight(0, end) * std::pow(levels_.left(end) - b, 2);
    });
    return std::min({curve, step, sums_.about(b, 0, points_.size())});
  }

  double at_nu(double nu, State& state) {
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

// From the best value outwards to where the profile crosses the critical F.
template <class Shape>
double find_end(Profile<Shape>& profile, const Frame& frame, int place, double critical, double reach, int direction) {
  const FramedCurve& best = frame.best;
  const double value = frame.theta(best)[static_cast<std::size_t>(place)];
  const bool logarithmic = place == frame.places.k || place == frame.places.L || place == frame.places.nu;
  const auto coordinate = [&](double v) { return logarithmic ? std::log(v) : v; };
  const auto back = [&](double s) { return logarithmic ? std::exp(s) : s; };
  const double s_best = coordinate(logarithmic ? std::max(value, 1e-9) : value);
  const double rise = std::sqrt(std::max(critical - best.F, 0.0));
  if (!(rise > 0)) return unknown;

  State state{best.k, best.a, best.nu};
  const auto height = [&](double s, State& at) {
    const double F = profile.at(place, back(s), at);
    return std::sqrt(std::max(F - best.F, 0.0)) - rise;
  };
  double step = std::isfinite(reach) && reach > 0
                    ? (logarithmic ? std::log1p(std::min(reach / value, 20.0)) : reach)
                    : (logarithmic ? 0.5 : 0.3 * std::max(1.0, place == frame.places.b ? best.L : 1.0));
  step = std::max(step, 1e-9 * std::max(1.0, std::fabs(s_best)));
  double inside = s_best, h_inside = -rise;
  if (best.is_limit) {  // where no finite curve is near enough to stand in for the limit, there is nowhere to start from
    State at = state;
    h_inside = height(inside, at);
    if (h_inside > 0) return unknown;
  }
  double outside = s_best + direction * step, h_outside = 0;
  bool bracketed = false;
  for (int i = 0; i < 60; ++i) {
    State trial = state;
    h_outside = height(outside, trial);
    if (h_outside > 0) {
      bracketed = true;
      break;
    }
    state = trial;
    inside = outside;
    h_inside = h_outside;
    outside += direction * std::min(step *= 2, logarithmic ? 4.0 : 1e30);
    if (std::fabs(outside) > (logarithmic ? 60.0 : 1e15)) break;
  }
  if (!bracketed) return logarithmic && direction < 0 ? 0.0 : direction * infinite;

  // Illinois: regula falsi that halves the weight of an end that stays too long.
  int last_side = 0;
  for (int i = 0; i < 40 && std::fabs(outside - inside) > 1e-8 * std::fabs(outside - s_best) + 1e-14; ++i) {
    double s = inside + (outside - inside) * (-h_inside / (h_outside - h_inside));
    const double margin = 1e-3 * (outside - inside);
    if (direction > 0)
      s = std::clamp(s, inside + margin, outside - margin);
    else
      s = std::clamp(s, outside - margin, inside + margin);
    State trial = state;
    const double h = height(s, trial);
    if (std::fabs(h) < 1e-8 * rise) return back(s);
    if (h > 0) {
      outside = s;
      h_outside = h;
      if (last_side == +1) h_inside /= 2;
      last_side = +1;
    } else {
      inside = s;
      h_inside = h;
      state = trial;
      if (last_side == -1) h_outside /= 2;
      last_side = -1;
    }
  }
  return back(inside);
}

// Where the best curve is a constant, L = 0 for every midpoint and slope.
std::vector<Ends> ends_of_constant(const Frame& frame) {
  std::vector<Ends> ends(frame.parameter_count(), Ends{-infinite, infinite});
  const auto put = [&](int place, Ends end) {
    if (place >= 0) ends[static_cast<std::size_t>(place)] = end;
  };
  const double level = frame.best.limit.low;
  const bool b_free = frame.eliminate == Eliminate::L_and_b;
  put(frame.places.L,
      b_free || level == 0 ? Ends{0, 0} : Ends{std::fabs(level), infinite});  // L f(z) is the level, with f in (0, 1]
  put(frame.places.b, {level, level});
  put(frame.places.nu, {0, infinite});
  return ends;
}

template <class Shape>
std::vector<Ends> ends_with(const Frame& frame, double critical, std::span<const double> reach) {
  Profile<Shape> profile(frame, critical);
  const Unbounded unbounded = find_unbounded(frame, critical);
  const Places& places = frame.places;
  std::vector<Ends> ends;
  for (int place = 0; place < static_cast<int>(frame.parameter_count()); ++place) {
    const auto finite = [&](int direction) {
      return find_end(profile, frame, place, critical, reach[static_cast<std::size_t>(place)], direction);
    };
    if (frame.best.is_limit && place == places.nu) {  // a limit has no shape of its own
      ends.push_back({0, infinite});
      continue;
    }
    const bool is_x0 = place == places.x0, is_k = place == places.k, is_L = place == places.L, is_b = place == places.b;
    Ends end{};
    if (is_x0 && unbounded.x0_low)
      end.lower = -infinite;
    else if (is_b && unbounded.b_low)
      end.lower = -infinite;
    else if (is_k && unbounded.k_negative)
      end.lower = -infinite;
    else if ((is_k && unbounded.k_zero) || (is_L && unbounded.L_zero))
      end.lower = 0;
    else
      end.lower = finite(-1);
    const bool high = (is_x0 && unbounded.x0_high) || (is_k && unbounded.k_high) || (is_L && unbounded.L_high);
    end.upper = high ? infinite : finite(+1);
    ends.push_back(end);
  }
  return ends;
}

}  // namespace

std::vector<Ends> profile_ends(const Frame& frame, double critical, std::span<const double> reach) {
  if (frame.best.is_limit && frame.best.limit.kind == Limit::Kind::constant) return ends_of_constant(frame);
  switch (frame.plain->family) {
    case curve::Family::logistic:
      return ends_with<curve::LogisticShape>(frame, critical, reach);
    case curve::Family::gompertz:
      return ends_with<curve::GompertzShape>(frame, critical, reach);
    case curve::Family::richards:
      return ends_with<curve::RichardsShape>(frame, critical, reach);
  }
  return {};
}

}  // namespace ogive::fit
