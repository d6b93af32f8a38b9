// SPDX-License-Identifier: MIT
#include "ogive/fit/infer.h"

#include <algorithm>
#include <cmath>

#include "ogive/fit/profile.h"
#include "ogive/fit/quantiles.h"

namespace ogive::fit {
namespace {

std::size_t index(int place) { return static_cast<std::size_t>(place); }

// The values of a limit's parameters in the frame: what they tend to.
Theta limit_theta(const Frame& frame) {
  const LimitCurve& limit = frame.best.limit;
  const bool logistic = frame.plain->family == curve::Family::logistic;
  FramedCurve at;
  at.k = at.L = at.b = at.nu = unknown;
  double x0 = unknown;
  switch (limit.kind) {
    case Limit::Kind::step:
      at.k = infinite;
      at.L = limit.high - limit.low;
      at.b = limit.low;
      if (limit.has_middle) x0 = frame.points.u[limit.first_right - 1];
      break;
    case Limit::Kind::exponential:
      at.L = infinite;
      x0 = std::copysign(infinite, limit.rate);
      // Towards its 0 only the logistic is an exponential of its own slope; the others get there with k -> 0 or k / nu.
      if (limit.rate < 0 || logistic) at.k = std::fabs(limit.rate);
      at.b = limit.rate > 0 ? limit.low : -infinite;
      break;
    case Limit::Kind::line:
      at.k = 0;
      at.L = infinite;
      at.b = -infinite;
      break;
    case Limit::Kind::constant:
      at.L = frame.eliminate == Eliminate::L_and_b ? 0.0 : unknown;
      at.b = limit.low;
      break;
    case Limit::Kind::none:
      break;
  }
  at.a = 0;
  Theta theta = frame.theta(at);
  if (frame.places.x0 >= 0) theta[index(frame.places.x0)] = x0;
  return theta;
}

// The length of a vector whose squares may overflow or vanish.
double length(std::span<const double> vector) {
  double largest = 0;
  for (const double entry : vector) largest = std::max(largest, std::fabs(entry));
  if (!(largest > 0) || std::isinf(largest)) return largest;
  double sum = 0;
  for (const double entry : vector) sum += (entry / largest) * (entry / largest);
  return largest * std::sqrt(sum);
}

double sum_of_products(std::span<const double> factor, std::size_t count, std::size_t p, std::size_t q) {
  double sum = 0;
  for (std::size_t i = 0; i < count; ++i) sum += factor[p * count + i] * factor[q * count + i];
  return sum;
}

void add_covariance(Result& result, const Frame& frame, const Linearised& tangent, const Theta& theta) {
  const std::size_t count = frame.parameter_count();
  const double sigma = result.rse / frame.points.residual_unit();
  const std::size_t free = frame.free_count();  // the row of a parameter at its end stays 0
  result.covariance_factor.resize(count * count);
  for (std::size_t p = 0; p < free; ++p) {
    const double unit = frame.user_slope(static_cast<int>(p), theta[p]) * sigma;
    for (std::size_t q = 0; q < free; ++q) result.covariance_factor[p * count + q] = unit * tangent.inverse_r[p * free + q];
  }
  result.covariance.resize(count * count);
  result.correlation.resize(count * count);
  for (std::size_t p = 0; p < count; ++p)
    for (std::size_t q = 0; q < count; ++q)
      result.covariance[p * count + q] = sum_of_products(result.covariance_factor, count, p, q);
  const auto row = [&](std::size_t p) { return std::span(result.covariance_factor).subspan(p * count, count); };
  for (std::size_t p = 0; p < free; ++p) result.parameters[p].se = length(row(p));
  for (std::size_t p = 0; p < count; ++p)
    for (std::size_t q = 0; q < count; ++q) {
      double cosine = 0;
      for (std::size_t i = 0; i < count; ++i)
        cosine += (row(p)[i] / result.parameters[p].se) * (row(q)[i] / result.parameters[q].se);
      result.correlation[p * count + q] = p == q ? 1.0 : cosine;
    }
}

// At the limit itself the midpoint of a step is anywhere in its gap; the stand-in has it in one place.
void widen_to_rise(Ends& ends, const Frame& frame) {
  const LimitCurve& limit = frame.best.limit;
  const Points& points = frame.points;
  if (limit.kind != Limit::Kind::step) return;
  const std::size_t right = limit.first_right, left = right - 1;
  if (right > 0) ends.lower = std::min(ends.lower, points.u[left]);
  if (limit.has_middle)
    ends.upper = std::max(ends.upper, points.u[left]);
  else if (right < points.size())
    ends.upper = std::max(ends.upper, points.u[right]);
}

// Where parameters run away, the plateaus are all that may be left of the derived quantities.
void fill_plateaus(Result& result) {
  const auto parameter = [&](std::string_view name) {
    const int place = result.model->index_of(name);
    return place < 0 ? unknown : result.parameters[index(place)].value;
  };
  const auto put = [&](std::string_view name, double value) {
    for (std::size_t d = 0; d < result.derived.size(); ++d)
      if (result.model->derived_quantities[d].name == name) result.derived[d].value = value;
  };
  const Limit& limit = result.limit;
  if (limit.kind == Limit::Kind::exponential) {  // it leaves its one plateau upwards or downwards
    const double plateau = limit.low - limit.high;
    put("lower", limit.high > 0 ? plateau : -infinite);
    put("upper", limit.high > 0 ? infinite : plateau);
  } else if (limit.kind == Limit::Kind::step || limit.kind == Limit::Kind::constant) {
    const double L = parameter("L"), b = parameter("b");
    put("lower", std::fmin(b, b + L));
    put("upper", std::fmax(b, b + L));
  }
}

}  // namespace

void fill_values(Result& result, const Frame& frame) {
  const std::size_t count = frame.parameter_count();
  const Theta theta = frame.best.is_limit ? limit_theta(frame) : frame.theta(frame.best);
  result.parameters.assign(count, {});
  for (std::size_t p = 0; p < count; ++p)
    if (!std::isnan(theta[p])) result.parameters[p].value = frame.to_user(static_cast<int>(p), theta[p]);
}

void infer(Result& result, const Frame& frame, const Linearised& tangent, const Options& options) {
  if (result.dof <= 0) return;
  const std::size_t count = frame.parameter_count();
  const double t = t_quantile(options.confidence, result.dof);
  const Theta theta = frame.theta(frame.best);
  const bool has_covariance = !frame.best.is_limit && !tangent.inverse_r.empty();
  if (has_covariance) add_covariance(result, frame, tangent, theta);
  result.condition = tangent.condition;

  if (options.interval == Interval::wald) {
    for (Estimate& estimate : result.parameters) {
      estimate.lower = estimate.value - t * estimate.se;
      estimate.upper = estimate.value + t * estimate.se;
    }
    return;
  }
  const Points& points = frame.points;
  const double total = points.pure_error + frame.best.F;
  const double critical = frame.best.F + total * t * t / result.dof + points.noise_floor;
  std::vector<double> reach(count, unknown);
  if (has_covariance)
    for (std::size_t p = 0; p < count; ++p)
      reach[p] = t * result.parameters[p].se / std::fabs(frame.user_slope(static_cast<int>(p), theta[p]));
  std::vector<Ends> ends = profile_ends(frame, critical, reach);
  if (frame.best.is_limit && frame.places.x0 >= 0) widen_to_rise(ends[index(frame.places.x0)], frame);
  for (std::size_t p = 0; p < count; ++p) {
    const int place = static_cast<int>(p);
    result.parameters[p].lower = frame.to_user(place, ends[p].lower);
    result.parameters[p].upper = frame.to_user(place, ends[p].upper);
    if (frame.user_slope(place, 0) < 0) std::swap(result.parameters[p].lower, result.parameters[p].upper);
  }
}

void fill_limit(Result& result, const Frame& frame) {
  if (!frame.best.is_limit) return;
  const LimitCurve& limit = frame.best.limit;
  const Points& points = frame.points;
  const auto y = [&](double value) { return points.shift + points.y_sign * points.scale * value; };
  const auto per_y = [&](double value) { return points.y_sign * points.scale * value; };
  Limit& out = result.limit;
  out.kind = limit.kind;
  switch (limit.kind) {
    case Limit::Kind::constant:
      out.low = out.high = y(limit.low);
      break;
    case Limit::Kind::line:
      out.center = points.center;
      out.low = y(limit.low);
      out.high = per_y(limit.high) * points.x_sign / points.half;
      break;
    case Limit::Kind::exponential: {
      const double end = limit.rate > 0 ? points.u.back() : points.u.front();
      out.rate = limit.rate * points.x_sign / points.half;
      out.center = points.x_of(end);
      out.low = y(limit.low + limit.high);
      out.high = per_y(limit.high);
      break;
    }
    case Limit::Kind::step: {
      const std::size_t right = limit.first_right, m = points.size();
      const std::size_t left_end = right - (limit.has_middle ? 1 : 0);
      const double end = infinite * points.x_sign;
      out.left = limit.has_middle || left_end > 0 ? points.user_x[limit.has_middle ? left_end : left_end - 1] : -end;
      out.right = limit.has_middle ? points.user_x[left_end] : right < m ? points.user_x[right] : end;
      out.low = y(limit.low);
      out.high = y(limit.high);
      out.middle = limit.has_middle ? y(limit.middle) : unknown;
      if (points.x_sign < 0) {
        std::swap(out.left, out.right);
        std::swap(out.low, out.high);
      }
      break;
    }
    case Limit::Kind::none:
      break;
  }
}

void fill_derived(Result& result) {
  const curve::Model& model = *result.model;
  const std::size_t count = model.parameters.size(), derived = model.derived_quantities.size();
  result.derived.assign(derived, {});
  std::array<double, curve::max_parameters> theta{};
  bool finite = true;
  for (std::size_t p = 0; p < count; ++p) {
    theta[p] = result.parameters[p].value;
    finite = finite && std::isfinite(theta[p]);
  }
  if (!finite) {
    fill_plateaus(result);
    return;
  }
  std::array<double, curve::max_derived> values{};
  std::array<double, curve::max_derived * curve::max_parameters> jacobian{};
  model.derive(std::span(theta).first(count), std::span(values).first(derived), std::span(jacobian).first(derived * count));
  const bool has_covariance = !result.covariance_factor.empty() && result.dof > 0;
  const double t = has_covariance ? t_quantile(result.confidence, result.dof) : unknown;
  for (std::size_t d = 0; d < derived; ++d) {
    Estimate& estimate = result.derived[d];
    estimate.value = values[d];
    if (!has_covariance) continue;
    estimate.se = standard_error(result, std::span(jacobian).subspan(d * count, count));
    // A dose is positive: its interval is symmetric on the scale that the curve is fitted on, the logarithm.
    const bool is_dose = model.log_dose && model.derived_quantities[d].name.starts_with("ed") && estimate.value > 0;
    const double relative = std::exp(t * estimate.se / estimate.value);
    estimate.lower = is_dose ? estimate.value / relative : estimate.value - t * estimate.se;
    estimate.upper = is_dose ? estimate.value * relative : estimate.value + t * estimate.se;
  }
}

double standard_error(const Result& result, std::span<const double> gradient) {
  // |M' g| with covariance M M': no square of a large number is subtracted from another.
  const std::size_t count = gradient.size();
  std::array<double, curve::max_parameters> product{};
  for (std::size_t q = 0; q < count; ++q)
    for (std::size_t p = 0; p < count; ++p) product[q] += result.covariance_factor[p * count + q] * gradient[p];
  return length(product);
}

}  // namespace ogive::fit
