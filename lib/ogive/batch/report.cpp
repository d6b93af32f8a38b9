// SPDX-License-Identifier: MIT
#include "ogive/batch/report.h"

#include <algorithm>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>

namespace ogive::batch {
namespace {

using fit::infinite;
using fit::unknown;

constexpr double flat_level = 0.05;  // of the F test, as in the single path

}  // namespace

Reporter::Reporter(const curve::Model& model, const Options& options, Fits& fits)
    : model_(model),
      confidence_(options.confidence),
      fits_(fits),
      place_L_(model.index_of("L")),
      place_x0_(std::max(model.index_of("x0"), model.index_of("ec50"))),
      place_k_(model.index_of("k")),
      place_b_(model.index_of("b")),
      one_sided_(model.family == curve::Family::logistic && model.linear == curve::Linear::L_and_b) {}

Thresholds Reporter::thresholds(std::size_t n) const {
  // Many curves share few lengths.
  struct Table {
    double confidence = -1;
    std::size_t parameters = 0;
    std::vector<Thresholds> by_dof;
  };
  if (n <= model_.parameters.size()) return {infinite, infinite};
  const std::size_t dof = n - model_.parameters.size();
  thread_local Table table;
  if (table.confidence != confidence_ || table.parameters != model_.parameters.size()) {
    table = {confidence_, model_.parameters.size(), {}};
  }
  if (table.by_dof.size() <= dof) table.by_dof.resize(dof + 1);
  Thresholds& entry = table.by_dof[dof];
  if (entry.critical == 0) {
    const double degrees = static_cast<double>(dof), more = static_cast<double>(model_.parameters.size() - 1);
    entry.t = boost::math::quantile(boost::math::complement(boost::math::students_t(degrees), (1 - confidence_) / 2));
    entry.critical = boost::math::quantile(boost::math::complement(boost::math::fisher_f(more, degrees), flat_level));
  }
  return entry;
}

bool Reporter::report(GroupState& state, std::size_t at, std::size_t curve, const PointCounts& counts,
                      const Thresholds& limit) const {
  const Outcome outcome = state.outcome[at];
  const std::size_t count = fits_.size(), parameters = model_.parameters.size();
  if (outcome == Outcome::unsure || outcome == Outcome::unclean || outcome == Outcome::pending || counts.n <= parameters)
    return false;
  const double F = state.at(Column::F, at), scale = state.at(Column::scale, at), shift = state.at(Column::shift, at);
  const double half = state.at(Column::half, at), center = state.at(Column::center, at);
  const double total = static_cast<double>(counts.n);
  const double rss = F * scale * scale + counts.pure_error, tss = state.at(Column::spread, at) * scale * scale + counts.pure_error;
  // Near rounding the single path, which knows its own rounding, decides what the data say.
  constexpr double rounding = 16 * std::numeric_limits<double>::epsilon();
  const double size = std::fabs(shift) + scale;
  if (!(rss > 4 * total * rounding * rounding * size * size) || !std::isfinite(rss)) return false;

  const std::size_t dof = counts.n - parameters;
  const bool effect = (tss - rss) * static_cast<double>(dof) > limit.critical * static_cast<double>(parameters - 1) * rss;
  double L = 0, x0 = 0, k = 0, b = 0;
  fit::Shape shape = fit::Shape::regular;
  bool regular = false;
  switch (outcome) {
    case Outcome::regular: {
      const double at_L = state.at(Column::L, at), at_k = state.at(Column::k, at);
      const bool turn = one_sided_ && at_L < 0;  // (k, L, b) and (-k, -L, b + L) are one curve; it is reported with L > 0
      L = (turn ? -at_L : at_L) * scale;
      k = (turn ? -at_k : at_k) / half;
      x0 = center + half * (state.at(Column::a, at) / at_k);
      b = shift - at_L * state.at(Column::mean, at) * scale;
      regular = true;
      break;
    }
    case Outcome::step:
    case Outcome::step_middle: {
      const double low = state.at(Column::limit_low, at), high = state.at(Column::limit_high, at);
      shape = fit::Shape::step;
      // Where b is fixed, the side on which the curve is 0 says whether k rises or falls, and L has a sign of its own.
      L = (one_sided_ ? std::fabs(high - low) : high) * scale;
      k = (one_sided_ ? high > low : state.at(Column::k, at) > 0) ? infinite : -infinite;
      x0 = outcome == Outcome::step_middle ? center + half * state.at(Column::limit_x, at) : unknown;
      b = shift + scale * std::min(low, high);
      break;
    }
    case Outcome::line:
      shape = fit::Shape::line;
      L = infinite;
      x0 = unknown;
      b = -infinite;
      break;
    case Outcome::exponential: {
      // Seen from the side where it rises, it leaves its plateau upwards (A > 0) or comes up to it.
      const double rate = state.at(Column::limit_x, at), A = state.at(Column::limit_high, at);
      const double side = (one_sided_ ? A * rate : rate) < 0 ? -1 : 1;
      shape = fit::Shape::exponential;
      L = one_sided_ ? infinite : std::copysign(infinite, A);
      k = side * std::fabs(rate) / half;
      x0 = side * (one_sided_ ? std::copysign(infinite, A) : infinite);
      b = A > 0 ? shift + scale * state.at(Column::limit_low, at) : -infinite;
      break;
    }
    default:
      return false;
  }
  if (!std::isfinite(rss + F)) return false;
  if (!effect) shape = fit::Shape::flat;
  if (regular && !std::isfinite(L + x0 + k + b)) return false;
  double unit_x0 = half;
  if (model_.log_dose) {
    x0 = std::exp(x0);
    unit_x0 = half * x0;
  }
  const auto put = [&](int place, double value) {
    if (place >= 0) fits_.values[static_cast<std::size_t>(place) * count + curve] = value;
  };
  put(place_L_, L);
  put(place_x0_, x0);
  put(place_k_, k);
  put(place_b_, b);
  fits_.n[curve] = counts.n;
  fits_.missing[curve] = counts.missing;
  fits_.rss[curve] = rss * counts.weight_unit;
  fits_.tss[curve] = tss * counts.weight_unit;
  fits_.status[curve] = fit::Status::ok;
  fits_.shape[curve] = shape;
  if (!fits_.has_intervals) return true;
  const double sigma = std::sqrt(rss / static_cast<double>(dof)) / scale;
  const auto put_error = [&](int place, double variance, double unit, double value) {
    if (place < 0) return true;
    const std::size_t to = static_cast<std::size_t>(place) * count + curve;
    const double se = regular ? std::sqrt(variance) * sigma * unit : unknown;
    fits_.standard_errors[to] = se;
    fits_.lower[to] = value - limit.t * se;
    fits_.upper[to] = value + limit.t * se;
    return !regular || (std::isfinite(se) && se >= 0);
  };
  return put_error(place_L_, state.at(Column::variance_L, at), scale, L) &&
         put_error(place_x0_, state.at(Column::variance_x0, at), unit_x0, x0) &&
         put_error(place_k_, state.at(Column::variance_k, at), 1 / half, k) &&
         put_error(place_b_, state.at(Column::variance_b, at), scale, b);
}

void Reporter::report(const fit::Result& result, std::size_t curve, std::size_t missing) const {
  const std::size_t count = fits_.size();
  fits_.status[curve] = result.status;
  fits_.shape[curve] = result.shape;
  fits_.n[curve] = static_cast<std::uint32_t>(result.n);
  fits_.missing[curve] = static_cast<std::uint32_t>(missing);
  fits_.rss[curve] = result.rss;
  fits_.tss[curve] = result.tss;
  for (std::size_t p = 0; p < result.parameters.size(); ++p) {
    const std::size_t to = p * count + curve;
    fits_.values[to] = result.parameters[p].value;
    if (!fits_.has_intervals) continue;
    fits_.standard_errors[to] = result.parameters[p].se;
    fits_.lower[to] = result.parameters[p].lower;
    fits_.upper[to] = result.parameters[p].upper;
  }
}

}  // namespace ogive::batch
