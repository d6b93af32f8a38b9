// SPDX-License-Identifier: MIT
#include "ogive/fit/fit.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "ogive/fit/describe.h"
#include "ogive/fit/infer.h"
#include "ogive/fit/linearise.h"
#include "ogive/fit/predict.h"
#include "ogive/fit/quantiles.h"
#include "ogive/fit/search.h"
#include "ogive/fit/solve.h"

namespace ogive::fit {
namespace {

constexpr double flat_level = 0.05;  // of the F test against the constant

std::string mismatch(const Data& data) {
  if (data.x.size() != data.y.size()) return "x and y are not of the same length";
  if (!data.w.empty() && data.w.size() != data.x.size()) return "the weights are not as many as the points";
  return {};
}

// Why the data cannot be fitted; empty where they can.
std::string objection(const curve::Model& model, const Data& data) {
  if (data.x.empty()) return "there is no point";
  for (const double w : data.w) {
    if (std::isnan(w) || std::isinf(w)) return "a weight is not finite";
    if (w < 0) return "a weight is negative";
  }
  for (const double y : data.y)
    if (!std::isfinite(y)) return "y holds a value that is not finite";
  for (const double x : data.x) {
    if (std::isnan(x) || x == infinite) return "x holds a value that is not finite";
    if (model.log_dose && x < 0) return "a dose is negative";
    if (model.log_dose && !std::isfinite(x)) return "x holds a value that is not finite";
  }
  return {};
}

// Points of weight 0 are left out, whatever they hold.
struct Weighty {
  std::vector<double> x, y, w;

  explicit Weighty(const Data& data) {
    for (std::size_t i = 0; i < data.w.size(); ++i) {
      if (data.w[i] == 0) continue;
      x.push_back(data.x[i]);
      y.push_back(data.y[i]);
      w.push_back(data.w[i]);
    }
  }
};

Points points_for(const curve::Model& model, const Data& data) {
  if (!model.log_dose) return make_points(data.x, data.y, model.linear, data.w);
  std::vector<double> log_x(data.x.size());
  for (std::size_t i = 0; i < log_x.size(); ++i) log_x[i] = std::log(data.x[i]);  // dose 0 becomes -inf, the limit
  return make_points(log_x, data.y, model.linear, data.w);
}

std::optional<UserStart> user_start(const curve::Model& model, const Points& points, std::span<const double> theta) {
  if (theta.size() != model.parameters.size()) return std::nullopt;
  for (const double value : theta)
    if (!std::isfinite(value)) return std::nullopt;
  const Places places = Places::of(model);
  const auto at = [&](int place) { return theta[static_cast<std::size_t>(place)]; };
  const double x0 = model.log_dose ? std::log(at(places.x0)) : at(places.x0);
  const double k = at(places.k) * points.half;
  if (k == 0 || !std::isfinite(x0)) return std::nullopt;
  return UserStart{k, k * points.u_of(x0), places.nu >= 0 ? at(places.nu) : 1.0};
}

Shape limit_shape(Limit::Kind kind) {
  switch (kind) {
    case Limit::Kind::step:
      return Shape::step;
    case Limit::Kind::exponential:
      return Shape::exponential;
    case Limit::Kind::line:
      return Shape::line;
    case Limit::Kind::constant:
    case Limit::Kind::none:
      break;
  }
  return Shape::flat;
}

void fill_goodness(Result& result, const Frame& frame) {
  const Points& points = frame.points;
  const int parameters = static_cast<int>(frame.parameter_count());
  // Ratios are formed before the unit of y comes in: its square may overflow or vanish.
  const double n = static_cast<double>(result.n);
  const double rss = points.pure_error + frame.best.F;
  const double tss = points.pure_error + points.tss;
  result.rss = rss * points.residual_unit() * points.residual_unit();
  result.tss = tss * points.residual_unit() * points.residual_unit();
  result.dof = std::max(0, static_cast<int>(result.n) - parameters);
  if (result.dof > 0) result.rse = std::sqrt(rss / result.dof) * points.residual_unit();
  if (tss > 0) result.r2 = 1 - rss / tss;
  const double counted = parameters + 1;  // the variance is a parameter, too
  if (rss > 0 && n > counted + 1)
    // The unit of the weights cancels: it is in the rss as in each weight.
    result.aicc = n * (std::log(rss / n) + 2 * std::log(points.scale)) - points.sum_log_weights + 2 * counted +
                  2 * counted * (counted + 1) / (n - counted - 1);
  const int more = parameters - 1;
  if (result.dof > 0 && more > 0 && tss > points.noise_floor) {
    // With L or b fixed the best curve may be worse than the mean; the test is one-sided.
    result.f_statistic = std::max(0.0, (tss - rss) / more) / (rss / result.dof);
    result.f_p_value = rss > 0 ? f_p_value(result.f_statistic, more, result.dof) : 0.0;
  }
}

Shape classify(const Result& result, const Frame& frame) {
  const double rounding = frame.points.noise_floor;
  if (frame.points.pure_error + frame.points.tss <= rounding) return Shape::flat;
  if (result.f_p_value >= flat_level) return Shape::flat;
  if (frame.best.is_limit) return limit_shape(frame.best.limit.kind);
  return frame.points.pure_error + frame.best.F <= rounding ? Shape::perfect : Shape::regular;
}

}  // namespace

Result fit(const curve::Model& model, const Data& data, const Options& options) {
  Result result;
  result.model = &model;
  result.confidence = options.confidence;
  result.parameters.assign(model.parameters.size(), {});
  result.derived.assign(model.derived_quantities.size(), {});
  result.n = data.x.size();
  result.message = mismatch(data);
  if (!result.message.empty()) return result;
  if (std::find(data.w.begin(), data.w.end(), 0.0) != data.w.end()) {
    const Weighty rest(data);
    if (!rest.x.empty()) return fit(model, {rest.x, rest.y, rest.w}, options);
    result.n = 0;
    result.message = "every weight is 0";
    return result;
  }
  result.message = objection(model, data);
  if (!result.message.empty()) return result;

  const Points points = points_for(model, data);
  result.distinct = points.size();
  const std::optional<UserStart> start = user_start(model, points, options.start);
  SearchResult found;
  if (points.tss <= points.noise_floor && model.linear == curve::Linear::L_and_b) {
    found.limit = best_constant(points, Eliminate::L_and_b);  // b alone; any curve with L = 0 is as good
  } else {
    found = search(points, model.family, model.linear, start ? &*start : nullptr);
  }
  Frame frame = make_frame(points, model, found);
  result.evaluations = found.evaluations + solve(frame);
  Linearised tangent;
  if (!frame.best.is_limit && points.size() >= model.parameters.size()) {
    tangent = refine(frame, options.interval != Interval::none);
    frame.best.converged = tangent.decrease <= 1e-9 * frame.best.F + points.noise_floor;
  }

  fill_goodness(result, frame);
  result.shape = classify(result, frame);
  const std::size_t count = model.parameters.size();
  if (points.size() < count) {
    result.status = Status::too_few_points;
    describe(result);
    return result;
  }
  fill_values(result, frame);
  fill_limit(result, frame);
  add_limit_covariance(result, frame);
  result.status = frame.best.converged ? Status::ok : Status::not_converged;
  if (options.interval != Interval::none) infer(result, frame, tangent, options);
  fill_derived(result);
  describe(result);
  return result;
}

}  // namespace ogive::fit
