// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// How often the fitter finds the best curve, counted over a set of curves and over the same curves in other units.
///
/// @code
///   const auto set = ogive::fit_test::judged(ogive::fit_test::hard_curves(400, 1));
///   const auto tally = ogive::fit_test::tally(set, ogive::fit_test::Units::mirrored_x);
///   std::cout << tally.found << " of " << tally.curves << '\n';
/// @endcode

#include <cmath>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fit/support/brute_force.h"
#include "fit/support/generator.h"
#include "fit/support/promises.h"
#include "ogive/base/parallel_for.h"
#include "ogive/curve/registry.h"
#include "ogive/fit/fit.h"

namespace ogive::fit_test {

/// A fit is the best one if its RSS exceeds the least one by at most this share.
inline constexpr double best_share = 1e-6;

/// Where the optimum is an ordinary one, the parameters in other units are the parameters, transformed, within this share of
/// their standard errors: far below anything that the data could tell.
inline constexpr double same_parameters = 1e-3;

enum class Units { as_drawn, y_times_1e6, y_times_1e_minus_6, x_far_and_narrow, mirrored_x };

inline constexpr std::array all_units = {Units::as_drawn, Units::y_times_1e6, Units::y_times_1e_minus_6, Units::x_far_and_narrow,
                                         Units::mirrored_x};

inline std::string_view to_string(Units units) {
  switch (units) {
    case Units::as_drawn:
      return "as drawn";
    case Units::y_times_1e6:
      return "y * 1e6";
    case Units::y_times_1e_minus_6:
      return "y * 1e-6";
    case Units::x_far_and_narrow:
      return "x -> 2e4 + 1e-3 x";
    case Units::mirrored_x:
      break;
  }
  return "x reversed";
}

/// The curve with y -> y_factor y and x -> offset + x_factor x.
struct Transformed {
  Curve curve;
  double y_factor = 1, x_factor = 1, offset = 0;
};

inline Transformed transform(const Curve& curve, Units units) {
  switch (units) {
    case Units::as_drawn:
      return {curve};
    case Units::y_times_1e6:
      return {with_scaled_y(curve, 1e6), 1e6};
    case Units::y_times_1e_minus_6:
      return {with_scaled_y(curve, 1e-6), 1e-6};
    case Units::x_far_and_narrow:
      return {with_moved_x(curve, 1e-3, 2e4), 1, 1e-3, 2e4};
    case Units::mirrored_x:
      break;
  }
  return {mirrored(curve), 1, -1};
}

struct Judged {
  Curve curve;
  double least = 0;    ///< by brute force
  fit::Result result;  ///< of the curve as drawn
};

inline std::vector<Judged> judged(std::vector<Curve> curves) {
  std::vector<Judged> set(curves.size());
  parallel_for(curves.size(), 0, [&](std::size_t i) {
    set[i].curve = std::move(curves[i]);
    set[i].least = least_rss(set[i].curve.x, set[i].curve.y);
    set[i].result = fit::fit(curve::model("logistic"), {set[i].curve.x, set[i].curve.y});
  });
  return set;
}

/// What is wrong with the parameters of `result` as a transform of those of `original`; empty: nothing.
inline std::string parameter_mismatch(const fit::Result& original, const fit::Result& result, const Transformed& units) {
  const auto [L, x0, k, b] = std::array{0, 1, 2, 3};
  const auto differs = [&](int place, double offset, double factor) {
    const fit::Estimate& before = original.parameters[static_cast<std::size_t>(place)];
    const fit::Estimate& after = result.parameters[static_cast<std::size_t>(place)];
    return !(std::fabs(after.value - (offset + factor * before.value)) <= same_parameters * before.se * std::fabs(factor)) ||
           !(std::fabs(after.se - before.se * std::fabs(factor)) <= same_parameters * before.se * std::fabs(factor));
  };
  if (differs(L, 0, units.y_factor)) return "L";
  if (differs(x0, units.offset, units.x_factor)) return "x0";
  if (differs(k, 0, 1 / units.x_factor)) return "k";
  if (differs(b, 0, units.y_factor)) return "b";
  return {};
}

struct Tally {
  std::size_t curves = 0;
  std::size_t found = 0;            ///< rss <= least * (1 + best_share)
  std::size_t same_shape = 0;       ///< as in the units as drawn
  std::size_t regular = 0;          ///< regular in both units: their parameters are compared ...
  std::size_t same_parameters = 0;  ///< ... and are the same, transformed
  std::vector<std::string> missed;  ///< the curves whose RSS is not the least, in words
  std::vector<std::string> broken;  ///< promises to each single curve that were broken, in words
  double found_share() const { return static_cast<double>(found) / static_cast<double>(curves); }
};

inline Tally tally(const std::vector<Judged>& set, Units units) {
  Tally tally;
  std::mutex mutex;
  parallel_for(set.size(), 0, [&](std::size_t i) {
    const Judged& judged = set[i];
    const Transformed moved = transform(judged.curve, units);
    const fit::Data data{moved.curve.x, moved.curve.y};
    const fit::Result result = units == Units::as_drawn ? judged.result : fit::fit(curve::model("logistic"), data);
    const double scale = moved.y_factor * moved.y_factor;
    bool found = result.rss <= judged.least * scale * (1 + best_share);
    // Other units round x and y in another way; where that matters, the rounded points are judged by themselves.
    if (!found && units != Units::as_drawn) found = result.rss <= least_rss(data.x, data.y) * (1 + best_share);
    const bool regular = result.shape == fit::Shape::regular && judged.result.shape == fit::Shape::regular;
    const std::string broken = broken_promise(result, data);
    const std::string mismatch = regular ? parameter_mismatch(judged.result, result, moved) : "";
    const std::lock_guard lock(mutex);
    ++tally.curves;
    tally.found += found;
    tally.same_shape += result.shape == judged.result.shape;
    tally.regular += regular;
    tally.same_parameters += regular && mismatch.empty();
    if (!broken.empty()) tally.broken.push_back("curve " + std::to_string(i) + ": " + broken);
    if (!mismatch.empty()) tally.broken.push_back("curve " + std::to_string(i) + ": another " + mismatch);
    if (!found)
      tally.missed.push_back("curve " + std::to_string(i) + " (" + std::string(to_string(result.shape)) +
                             "): rss / least - 1 = " + std::to_string(result.rss / (judged.least * scale) - 1));
  });
  return tally;
}

}  // namespace ogive::fit_test
