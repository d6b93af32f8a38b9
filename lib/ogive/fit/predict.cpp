// SPDX-License-Identifier: MIT
#include "ogive/fit/predict.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "ogive/fit/infer.h"
#include "ogive/fit/quantiles.h"

namespace ogive::fit {
namespace {

// The derivatives of a limit curve by (low, high, rate), at x or, for a log-dose model, at log x.
using LimitGradient = std::array<double, 3>;

struct LimitValue {
  double y;
  LimitGradient gradient;
};

LimitValue limit_at(const Limit& limit, curve::Linear linear, double x) {
  switch (limit.kind) {
    case Limit::Kind::constant:
      return {limit.low, {1, 0, 0}};
    case Limit::Kind::line:
      return {limit.low + limit.high * (x - limit.center), {1, x - limit.center, 0}};
    case Limit::Kind::exponential: {
      const double d = x - limit.center;
      const double e = std::exp(limit.rate * d);
      const double by_rate = e == 0 ? 0 : limit.high * d * e;
      if (linear == curve::Linear::L_only) return {limit.high * e, {0, e, by_rate}};  // through 0: low = high
      return {limit.low + limit.high * (e - 1), {1, e - 1, by_rate}};
    }
    case Limit::Kind::step: {
      if (x == limit.left && x == limit.right) return {limit.middle, {0, 0, 0}};
      if (x <= limit.left) return {limit.low, {1, 0, 0}};
      if (x >= limit.right) return {limit.high, {0, 1, 0}};
      return {(limit.low + limit.high) / 2, {0.5, 0.5, 0}};
    }
    case Limit::Kind::none:
      break;
  }
  return {unknown, {}};
}

double spread(const std::array<double, 9>& factor, const LimitGradient& gradient) {
  double sum = 0;
  for (std::size_t q = 0; q < 3; ++q) {
    const double entry = factor[q] * gradient[0] + factor[3 + q] * gradient[1] + factor[6 + q] * gradient[2];
    sum += entry * entry;
  }
  return std::sqrt(sum);
}

Prediction predict_limit(const Result& result, double x, double t) {
  const Limit& limit = result.limit;
  const double at = result.model->log_dose ? std::log(x) : x;
  const LimitValue value = limit_at(limit, result.model->linear, at);
  Prediction p{x, value.y, unknown, unknown};
  if (std::isnan(t)) return p;
  const bool in_gap = limit.kind == Limit::Kind::step && at > limit.left && at < limit.right;
  if (in_gap) {  // any level between the two is as good
    const double low = t * spread(limit.covariance_factor, {1, 0, 0}), high = t * spread(limit.covariance_factor, {0, 1, 0});
    p.lower = std::min(limit.low - low, limit.high - high);
    p.upper = std::max(limit.low + low, limit.high + high);
    return p;
  }
  const bool in_rise = limit.kind == Limit::Kind::step && at == limit.left && at == limit.right;
  const double half = t * (in_rise ? limit.covariance_factor[8] : spread(limit.covariance_factor, value.gradient));
  p.lower = p.y - half;
  p.upper = p.y + half;
  return p;
}

}  // namespace

void add_limit_covariance(Result& result, const Frame& frame) {
  Limit& limit = result.limit;
  if (limit.kind == Limit::Kind::none || result.dof <= 0) return;
  const Points& points = frame.points;
  const double sigma = result.rse / std::sqrt(points.weight_unit);  // the deviation of y at weight 1 as points have it
  const auto m = static_cast<Eigen::Index>(points.size());
  Eigen::MatrixX3d design(m, 3);
  double weight_within = 0;
  for (Eigen::Index j = 0; j < m; ++j) {
    const auto point = static_cast<std::size_t>(j);
    const double x = points.user_x[point];
    const LimitValue value = limit_at(limit, result.model->linear, x);
    if (limit.kind == Limit::Kind::step && x == limit.left && x == limit.right) weight_within = points.weight[point];
    for (Eigen::Index c = 0; c < 3; ++c)
      design(j, c) = std::sqrt(points.weight[point]) * value.gradient[static_cast<std::size_t>(c)];
  }
  if (result.model->linear == curve::Linear::none) design.setZero();
  if (result.model->linear == curve::Linear::L_only && limit.kind == Limit::Kind::step) {
    design.col(points.x_sign > 0 ? 0 : 1).setZero();  // that level is 0, and known
  }
  // Columns that are 0 belong to numbers that are known; the others get R^-1 of their own QR.
  std::vector<Eigen::Index> free;
  for (Eigen::Index c = 0; c < 3; ++c)
    if (design.col(c).squaredNorm() > 0 && design.col(c).allFinite()) free.push_back(c);
  const auto count = static_cast<Eigen::Index>(free.size());
  if (count > 0 && m >= count) {
    Eigen::MatrixXd part(m, count);
    Eigen::VectorXd length(count);
    for (Eigen::Index c = 0; c < count; ++c) {
      length[c] = design.col(free[static_cast<std::size_t>(c)]).norm();
      part.col(c) = design.col(free[static_cast<std::size_t>(c)]) / length[c];
    }
    const Eigen::HouseholderQR<Eigen::MatrixXd> qr(part);
    const Eigen::MatrixXd r = qr.matrixQR().topRows(count).triangularView<Eigen::Upper>();
    if (r.diagonal().cwiseAbs().minCoeff() > 1e-14) {
      const Eigen::MatrixXd inverse = r.triangularView<Eigen::Upper>().solve(Eigen::MatrixXd::Identity(count, count));
      for (Eigen::Index p = 0; p < count; ++p)
        for (Eigen::Index q = 0; q < count; ++q)
          limit.covariance_factor[static_cast<std::size_t>(3 * free[static_cast<std::size_t>(p)] + q)] =
              sigma * inverse(p, q) / length[p];
    }
  }
  if (weight_within > 0) limit.covariance_factor[8] = sigma / std::sqrt(weight_within);
}

std::vector<Prediction> predict(const Result& result, std::span<const double> x) {
  std::vector<Prediction> predictions;
  predictions.reserve(x.size());
  const double t = result.dof > 0 && std::isfinite(result.rse) ? t_quantile(result.confidence, result.dof) : unknown;
  const std::size_t count = result.parameters.size();
  std::array<double, curve::max_parameters> theta{}, gradient{};
  bool finite = count > 0 && result.status != Status::bad_data;
  for (std::size_t p = 0; p < count; ++p) {
    theta[p] = result.parameters[p].value;
    finite = finite && std::isfinite(theta[p]);
  }
  for (const double at : x) {
    if (result.limit.kind != Limit::Kind::none) {
      predictions.push_back(predict_limit(result, at, t));
      continue;
    }
    Prediction p{at, unknown, unknown, unknown};
    if (finite) {
      p.y = result.model->value_and_gradient(at, std::span(theta).first(count), std::span(gradient).first(count));
      if (!std::isnan(t) && !result.covariance_factor.empty()) {
        const double half = t * standard_error(result, std::span(gradient).first(count));
        p.lower = p.y - half;
        p.upper = p.y + half;
      }
    }
    predictions.push_back(p);
  }
  return predictions;
}

}  // namespace ogive::fit
