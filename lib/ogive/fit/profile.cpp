// SPDX-License-Identifier: MIT
#include "ogive/fit/profile.h"

#include <algorithm>
#include <cmath>

#include "ogive/fit/profile_along.h"

namespace ogive::fit {
namespace {

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

// From the best value outwards to where the profile crosses the critical F.
template <class Shape>
double find_end(Profile<Shape>& profile, const Frame& frame, int place, double critical, double reach, int direction) {
  const FramedCurve& best = frame.best;
  const double value = frame.theta(best)[static_cast<std::size_t>(place)];
  const bool logarithmic = place == frame.places.k || place == frame.places.L || place == frame.places.nu;
  const auto coordinate = [&](double v) { return logarithmic ? std::log(v) : v; };
  const auto back = [&](double s) { return logarithmic ? std::exp(s) : s; };
  // exp(log v) may miss v by a bit, and the best value is never outside its interval.
  const auto end_at = [&](double s) { return direction < 0 ? std::min(back(s), value) : std::max(back(s), value); };
  const double s_best = coordinate(logarithmic ? std::max(value, 1e-9) : value);
  const double rise = std::sqrt(std::max(critical - best.F, 0.0));
  if (!(rise > 0)) return unknown;

  ProfileState state{best.k, best.a, best.nu};
  const auto height = [&](double s, ProfileState& at) {
    const double F = profile.at(place, back(s), at);
    return std::sqrt(std::max(F - best.F, 0.0)) - rise;
  };
  double step =
      std::isfinite(reach) && reach > 0
          ? (logarithmic ? std::log1p(std::min(reach / value, 20.0)) : reach)
          : (logarithmic ? 0.5 : 0.3 * std::clamp(place == frame.places.b ? best.L : 1.0, 1.0, 1e3));  // L of a stand-in is huge
  step = std::max(step, 1e-9 * std::max(1.0, std::fabs(s_best)));
  double inside = s_best, h_inside = -rise;
  if (best.is_limit) {  // where no finite curve is near enough to stand in for the limit, there is nowhere to start from
    ProfileState at = state;
    h_inside = height(inside, at);
    if (h_inside > 0) return unknown;
  }
  double outside = s_best + direction * step, h_outside = 0;
  bool bracketed = false;
  for (int i = 0; i < 60; ++i) {
    ProfileState trial = state;
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
    ProfileState trial = state;
    const double h = height(s, trial);
    if (std::fabs(h) < 1e-8 * rise) return end_at(s);
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
  return end_at(inside);
}

// Where the best curve is a constant, L = 0 for every midpoint and slope.
std::vector<Ends> ends_of_constant(const Frame& frame, double critical) {
  std::vector<Ends> ends(frame.parameter_count(), Ends{-infinite, infinite});
  const auto put = [&](int place, Ends end) {
    if (place >= 0) ends[static_cast<std::size_t>(place)] = end;
  };
  const double level = frame.best.limit.low;
  const bool b_free = frame.eliminate == Eliminate::L_and_b;
  put(frame.places.L,
      b_free || level == 0 ? Ends{0, 0} : Ends{std::fabs(level), infinite});  // L f(z) is the level, with f in (0, 1]
  put(frame.places.b, {level, level});
  if (b_free && critical - frame.best.F > 2 * frame.points.noise_floor) {  // replicates scatter: other curves will do as well
    put(frame.places.L, {0, infinite});
    put(frame.places.b, {-infinite, level + std::sqrt((critical - frame.best.F) / frame.points.total_weight)});
  }
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
  if (frame.best.is_limit && frame.best.limit.kind == Limit::Kind::constant) return ends_of_constant(frame, critical);
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
