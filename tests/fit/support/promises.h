// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// What every result of fit() must hold, whatever the data: checked from the outside, in long double, by nothing of the fitter.
///
/// @code
///   BOOST_TEST(ogive::fit_test::broken_promise(result, {x, y}) == "");
/// @endcode

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <sstream>
#include <string>
#include <vector>

#include "ogive/fit/fit.h"

namespace ogive::fit_test {

/// The reported RSS and the one recomputed from the reported parameters agree within this share of it, ...
inline constexpr double rss_agreement = 1e-9;
/// ... plus what the rounding of the parameters themselves may do: each residual may be off by this share of |L| + |b| + |y|,
/// and x0 by that share of itself.
inline constexpr double parameter_rounding = 0x1p-50;
/// Each prediction of a limit may be off by this share of the largest |y|.
inline constexpr double limit_rounding = 0x1p-46;

/// Sum of squares of y - model(x), and how far rounding of the parameters may have moved it.
struct Recomputed {
  double rss = 0;
  double uncertainty = 0;
};

inline Recomputed recompute(const fit::Result& result, const fit::Data& data) {
  const curve::Model& model = *result.model;
  std::array<double, curve::max_parameters> theta{};
  std::array<double, curve::max_parameters> gradient{};
  const std::size_t count = model.parameters.size();
  for (std::size_t p = 0; p < count; ++p) theta[p] = result.parameters[p].value;
  const auto used = std::span<const double>(theta).first(count);
  long double sum = 0;
  long double slack = 0;
  for (std::size_t i = 0; i < data.x.size(); ++i) {
    const double value = model.value_and_gradient(data.x[i], used, std::span(gradient).first(count));
    const long double residual = static_cast<long double>(data.y[i]) - static_cast<long double>(value);
    long double blur = std::fabs(static_cast<long double>(data.y[i]));
    for (std::size_t p = 0; p < count; ++p)
      blur += std::fabs(static_cast<long double>(theta[p])) * std::fabs(static_cast<long double>(gradient[p]));
    blur *= static_cast<long double>(parameter_rounding);
    sum += residual * residual;
    slack += 2 * std::fabs(residual) * blur + blur * blur;
  }
  return {static_cast<double>(sum), static_cast<double>(slack)};
}

/// The first of an estimate's promises that it breaks; empty where it keeps them all.
inline std::string broken_promise(const fit::Estimate& estimate) {
  const auto& [value, se, lower, upper] = estimate;
  if (se < 0) return "negative se";
  if (std::isnan(lower) != std::isnan(upper)) return "half an interval";
  if (lower > upper) return "an interval the wrong way round";
  if (value < lower) return "a value below its interval";
  if (value > upper) return "a value above its interval";
  return {};
}

/// The first promise that a result breaks, in words; empty where it keeps them all.
inline std::string broken_promise(const fit::Result& result, const fit::Data& data) {
  std::ostringstream out;
  out.precision(17);
  if (result.status != fit::Status::ok) {
    out << "status " << to_string(result.status);
    return out.str();
  }
  const curve::Model& model = *result.model;
  if (result.parameters.size() != model.parameters.size()) return "not one estimate per parameter";
  if (result.derived.size() != model.derived_quantities.size()) return "not one estimate per derived quantity";
  for (std::size_t p = 0; p < result.parameters.size(); ++p) {
    const std::string broken = broken_promise(result.parameters[p]);
    if (broken.empty()) continue;
    const auto& [value, se, lower, upper] = result.parameters[p];
    out << to_string(result.shape) << ": " << model.parameters[p].name << " has " << broken << ": " << value << " in [" << lower
        << ", " << upper << "]";
    return out.str();
  }
  if (!(result.rss >= 0) || std::isinf(result.rss)) return "rss is no number";
  const bool all_finite = std::all_of(result.parameters.begin(), result.parameters.end(),
                                      [](const fit::Estimate& estimate) { return std::isfinite(estimate.value); });
  if (result.good() && !all_finite) return "a good result with a parameter that is not finite";
  const bool limit = result.limit.kind != fit::Limit::Kind::none;
  if (all_finite && !limit) {
    const Recomputed again = recompute(result, data);
    if (!(std::fabs(again.rss - result.rss) <= rss_agreement * result.rss + again.uncertainty)) {
      out << to_string(result.shape) << ": rss " << result.rss << ", but its parameters give " << again.rss;
      return out.str();
    }
  }
  long double predicted_rss = 0;
  long double size = 0;
  const std::vector<fit::Prediction> predictions = predict(result, data.x);
  for (std::size_t i = 0; i < predictions.size(); ++i) {
    const fit::Prediction& prediction = predictions[i];
    if (!std::isfinite(prediction.y)) return "a prediction that is not finite";
    if (prediction.lower > prediction.y || prediction.upper < prediction.y) return "a prediction outside its band";
    const long double residual = static_cast<long double>(data.y[i]) - static_cast<long double>(prediction.y);
    predicted_rss += residual * residual;
    size = std::max(size, std::fabs(static_cast<long double>(data.y[i])));
  }
  // Of a limit the predictions are the curve whose RSS is reported.
  const auto n = static_cast<long double>(data.x.size());
  const long double rounding = size * static_cast<long double>(limit_rounding);
  const auto difference = std::fabs(static_cast<double>(predicted_rss) - result.rss);
  if (limit && !(difference <= rss_agreement * result.rss + static_cast<double>(n * rounding * rounding))) {
    out << to_string(result.shape) << ": rss " << result.rss << ", but its predictions give " << static_cast<double>(predicted_rss);
    return out.str();
  }
  return {};
}

}  // namespace ogive::fit_test
