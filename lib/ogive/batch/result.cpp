// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cmath>

#include "ogive/batch/fit_many.h"
#include "ogive/batch/goodness.h"

namespace ogive::batch {
namespace {

bool is_limit(fit::Shape shape) {
  return shape == fit::Shape::step || shape == fit::Shape::exponential || shape == fit::Shape::line;
}

void fill_goodness(fit::Result& result, const Fits& fits, std::size_t curve) {
  Goodness goodness;
  find_goodness(fits, curve, 1, goodness);
  const std::size_t parameters = result.model->parameters.size();
  result.dof = static_cast<int>(goodness.dof[0]);
  result.rse = goodness.rse[0];
  result.r2 = goodness.r2[0];
  result.aicc = goodness.aicc[0];
  if (result.dof > 0 && parameters > 1 && result.rss > 0)
    result.f_statistic = std::max(0.0, (result.tss - result.rss) / static_cast<double>(parameters - 1)) / (result.rss / result.dof);
}

void fill_derived(fit::Result& result) {
  const curve::Model& model = *result.model;
  result.derived.assign(model.derived_quantities.size(), {});
  std::array<double, curve::max_parameters> theta{};
  for (std::size_t p = 0; p < model.parameters.size(); ++p) {
    theta[p] = result.parameters[p].value;
    if (!std::isfinite(theta[p])) return;
  }
  std::array<double, curve::max_derived> values{};
  model.derive(std::span(theta).first(model.parameters.size()), std::span(values).first(result.derived.size()), {});
  for (std::size_t d = 0; d < result.derived.size(); ++d) result.derived[d].value = values[d];
}

}  // namespace

fit::Result result_of(const Fits& fits, std::size_t curve, const fit::Data& points) {
  if (is_limit(fits.shape[curve]) && !points.x.empty()) {
    fit::Options options;
    options.interval = fits.has_intervals ? fit::Interval::wald : fit::Interval::none;
    options.confidence = fits.confidence;
    return fit::fit(*fits.model, points, options);
  }
  fit::Result result;
  result.model = fits.model;
  result.confidence = fits.confidence;
  result.status = fits.status[curve];
  result.shape = fits.shape[curve];
  result.n = result.distinct = fits.n[curve];
  result.rss = fits.rss[curve];
  result.tss = fits.tss[curve];
  for (std::size_t p = 0; p < fits.model->parameters.size(); ++p) {
    const std::size_t at = p * fits.size() + curve;
    fit::Estimate estimate;
    estimate.value = fits.values[at];
    if (fits.has_intervals) {
      estimate.se = fits.standard_errors[at];
      estimate.lower = fits.lower[at];
      estimate.upper = fits.upper[at];
    }
    result.parameters.push_back(estimate);
  }
  fill_goodness(result, fits, curve);
  fill_derived(result);
  return result;
}

}  // namespace ogive::batch
