// SPDX-License-Identifier: MIT
#include "ogive/batch/report.h"

#include <algorithm>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

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
      places_{model.index_of("L"), std::max(model.index_of("x0"), model.index_of("ec50")), model.index_of("k"),
              model.index_of("b")},
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

bool Reporter::report_limit(GroupState& state, std::size_t at, std::size_t curve, const PointCounts& counts,
                            const Thresholds& limit) const {
  const Outcome outcome = state.outcome[at];
  const std::size_t count = fits_.size(), parameters = model_.parameters.size();
  if (counts.n <= parameters) return false;
  const double F = state.at(Column::F, at), scale = state.at(Column::scale, at), shift = state.at(Column::shift, at);
  const double half = state.at(Column::half, at), center = state.at(Column::center, at);
  const double rss = F * scale * scale + counts.pure_error, tss = state.at(Column::spread, at) * scale * scale + counts.pure_error;
  const double size = std::fabs(shift) + scale;
  if (!(rss > rounding_of(counts.n) * size * size) || !std::isfinite(rss)) return false;

  const std::size_t dof = counts.n - parameters;
  const bool effect = (tss - rss) * static_cast<double>(dof) > limit.critical * static_cast<double>(parameters - 1) * rss;
  double L = 0, x0 = 0, k = 0, b = 0;
  fit::Shape shape = fit::Shape::step;
  switch (outcome) {
    case Outcome::step:
    case Outcome::step_middle: {
      const double low = state.at(Column::limit_low, at), high = state.at(Column::limit_high, at);
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
    case Outcome::regular:  // report_regular() left it, so there is something that it does not know
    case Outcome::unclean:
    case Outcome::unsure:
    case Outcome::pending:
      return false;
  }
  if (!std::isfinite(rss + F)) return false;
  if (!effect) shape = fit::Shape::flat;
  if (model_.log_dose) x0 = std::exp(x0);
  const auto put = [&](int place, double value) {
    if (place < 0) return;
    const std::size_t to = static_cast<std::size_t>(place) * count + curve;
    fits_.values[to] = value;
    if (!fits_.has_intervals) return;
    fits_.standard_errors[to] = fits_.lower[to] = fits_.upper[to] = unknown;
  };
  put(places_.L, L);
  put(places_.x0, x0);
  put(places_.k, k);
  put(places_.b, b);
  fits_.n[curve] = counts.n;
  fits_.missing[curve] = counts.missing;
  fits_.rss[curve] = rss * counts.weight_unit;
  fits_.tss[curve] = tss * counts.weight_unit;
  fits_.status[curve] = fit::Status::ok;
  fits_.shape[curve] = shape;
  return true;
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
