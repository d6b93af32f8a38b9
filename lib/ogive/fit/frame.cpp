// SPDX-License-Identifier: MIT
#include "ogive/fit/frame.h"

#include <cmath>
#include <limits>

#include "ogive/curve/registry.h"
#include "ogive/fit/starts.h"

namespace ogive::fit {
namespace {

// One evaluation at (k, a), for the L and b that go with it.
Evaluation evaluate(const Frame& frame, double k, double a, double nu) {
  const auto with = [&](auto shape) { return Reduced<decltype(shape)>(frame.points, shape, frame.eliminate).evaluate(k, a); };
  switch (frame.plain->family) {
    case curve::Family::logistic:
      return with(curve::LogisticShape{});
    case curve::Family::gompertz:
      return with(curve::GompertzShape{});
    case curve::Family::richards:
      return with(curve::RichardsShape{nu});
  }
  return {};
}

// The z at which the shape of a stand-in has that level; a Richards curve stands in with nu = 1.
double z_at(double level, curve::Family family) {
  const double f = std::fmin(std::fmax(level, 1e-6), 1 - 1e-6);
  return family == curve::Family::gompertz ? RichardsInverse{0}(f) : LogisticInverse{}(f);
}

// Steeper than this no u can tell: distinct x may share one.
constexpr double steepest = 1e15;

// A finite curve next to the limit.
void stand_in(FramedCurve& at_limit, const Points& points, curve::Family family) {
  const LimitCurve& limit = at_limit.limit;
  const auto at = [&](std::size_t j) { return std::fmin(std::fmax(points.u[j], -3.0), 3.0); };
  const std::size_t m = points.size();
  switch (limit.kind) {
    case Limit::Kind::step: {
      const std::size_t right = limit.first_right;
      if (limit.has_middle) {
        const std::size_t j = right - 1;
        const double gap = std::fmin(j > 0 ? at(j) - at(j - 1) : 2.0, right < m ? at(right) - at(j) : 2.0);
        at_limit.k = std::fmin(80 / gap, steepest);
        at_limit.a = at_limit.k * at(j) - z_at((limit.middle - limit.low) / (limit.high - limit.low), family);
      } else {
        const double left_u = right > 0 ? at(right - 1) : at(0) - 1, right_u = right < m ? at(right) : at(m - 1) + 1;
        at_limit.k = std::fmin(160 / (right_u - left_u), steepest);
        at_limit.a = at_limit.k * (left_u + right_u) / 2;
      }
      return;
    }
    case Limit::Kind::exponential:
      at_limit.k = std::fabs(limit.rate);
      at_limit.a = std::copysign(at_limit.k + 18, limit.rate);
      if (family == curve::Family::gompertz && limit.rate > 0) {  // exp(-e^-z) is e^(c u) for k -> 0 with k e^a = c
        at_limit.k = limit.rate / 300;
        at_limit.a = std::log(300);
      }
      return;
    case Limit::Kind::line:
    case Limit::Kind::constant:
    case Limit::Kind::none:
      at_limit.k = 1e-3;
      at_limit.a = 0;
      return;
  }
}

// The same kind of limit again in the reflected points, where it rises.
LimitCurve rising_limit(const Points& points, Eliminate eliminate, const LimitCurve& limit, bool reflected_u) {
  int evaluations = 0;
  switch (limit.kind) {
    case Limit::Kind::step:
      return best_step(points, PrefixSums(points), eliminate, Direction::rising);
    case Limit::Kind::line:
      return best_line(points, Direction::rising);
    case Limit::Kind::exponential:
      return best_exponential(points, eliminate, (limit.rate > 0) != reflected_u ? 1 : -1, Direction::rising, evaluations);
    case Limit::Kind::constant:
    case Limit::Kind::none:
      break;
  }
  return best_constant(points, eliminate);
}

bool falls(const LimitCurve& limit) {
  switch (limit.kind) {
    case Limit::Kind::step:
      return limit.high < limit.low;
    case Limit::Kind::line:
      return limit.high < 0;
    case Limit::Kind::exponential:
      return limit.high * limit.rate < 0;
    case Limit::Kind::constant:
    case Limit::Kind::none:
      break;
  }
  return false;
}

}  // namespace

Places Places::of(const curve::Model& model) {
  return {model.index_of("L"), std::max(model.index_of("x0"), model.index_of("ec50")), model.index_of("k"), model.index_of("b"),
          model.index_of("nu")};
}

Theta Frame::theta(const FramedCurve& curve) const {
  Theta theta{};
  const auto put = [&theta](int place, double value) {
    if (place >= 0) theta[static_cast<std::size_t>(place)] = value;
  };
  put(places.L, curve.L);
  put(places.x0, curve.x0());
  put(places.k, curve.k);
  put(places.b, curve.b);
  put(places.nu, curve.nu);
  return theta;
}

FramedCurve Frame::curve(const Theta& theta) const {
  const auto at = [&theta](int place, double otherwise) { return place >= 0 ? theta[static_cast<std::size_t>(place)] : otherwise; };
  FramedCurve result = best;
  result.L = at(places.L, best.L);
  result.k = at(places.k, best.k);
  result.a = result.k * at(places.x0, best.x0());
  result.b = at(places.b, best.b);
  result.nu = at(places.nu, best.nu);
  return result;
}

double Frame::to_user(int place, double value) const {
  if (place == places.L) return points.y_sign * points.scale * value;
  if (place == places.x0) return model->log_dose ? std::exp(points.x_of(value)) : points.x_of(value);
  if (place == places.k) return points.x_sign * value / points.half + 0.0;  // no -0
  if (place == places.b) return points.shift + points.y_sign * points.scale * value;
  return value;
}

double Frame::user_slope(int place, double value) const {
  if (place == places.L || place == places.b) return points.y_sign * points.scale;
  if (place == places.x0) return points.x_sign * points.half * (model->log_dose ? to_user(place, value) : 1.0);
  if (place == places.k) return points.x_sign / points.half;
  return 1;
}

Frame make_frame(const Points& points, const curve::Model& model, const SearchResult& found) {
  Frame frame;
  frame.model = &model;
  frame.plain = model.log_dose ? &curve::model("logistic") : &model;
  frame.places = Places::of(model);
  frame.eliminate = model.linear == curve::Linear::L_and_b  ? Eliminate::L_and_b
                    : model.linear == curve::Linear::L_only ? Eliminate::L
                                                            : Eliminate::none;
  const bool symmetric = model.family == curve::Family::logistic && model.linear == curve::Linear::L_and_b;

  // An optimum inside counts only where it is better than every limit by more than rounding.
  FramedCurve& best = frame.best;
  // Near a line or an exponential L is huge, and the curve's own rounding is L times that of its shape.
  const double curve_rounding = 4 * std::numeric_limits<double>::epsilon() * std::fabs(found.interior.L);
  const double margin =
      1e-9 * found.limit.F + 1e-3 * points.noise_floor + 2 * curve_rounding * std::sqrt(points.total_weight * found.limit.F);
  best.is_limit = found.limit.exists() && !(found.interior.F < found.limit.F - margin);
  if (!best.is_limit) {
    const Optimum& o = found.interior;
    best.k = o.k;
    best.a = o.a;
    best.nu = o.nu;
    best.F = o.F;
    best.converged = o.converged;
    frame.points = o.mirrored ? mirrored(points) : points;
    if (o.L < 0) {
      if (symmetric) {
        frame.points = mirrored(frame.points);
        best.a = -best.a;
      } else if (frame.eliminate != Eliminate::none) {
        frame.points = negated(frame.points);
      }
    }
  } else {
    bool reflect = found.limit_mirrored;
    best.limit = found.limit;
    best.F = found.limit.F;
    best.converged = true;
    const bool down = falls(found.limit);
    if (down && frame.eliminate == Eliminate::L_and_b) reflect = !reflect;  // a falling curve has k < 0 rather than L < 0
    frame.points = reflect ? mirrored(points) : points;
    const bool upside_down = down && frame.eliminate == Eliminate::L;
    if (upside_down) frame.points = negated(frame.points);
    best.limit = rising_limit(frame.points, frame.eliminate, found.limit, reflect != found.limit_mirrored);
    stand_in(best, frame.points, model.family);
  }
  const Evaluation e = evaluate(frame, best.k, best.a, best.nu);
  best.L = e.L;
  best.b = e.b;
  return frame;
}

}  // namespace ogive::fit
