// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Three ways to keep a width positive while an optimiser moves it. The optimiser moves a number t; the width is sigma(t).
///
///     project    sigma = t, and t is put back to sigma_min where a step went below
///     log        sigma = e^t, t >= log(sigma_min): a step is a factor, the same at every size
///     softplus   sigma = sigma_min + log(1 + e^t): a step where sigma is large, a factor where it is small
///
/// None is best everywhere: with a fixed step length, log and softplus take longer across a large range, and project jumps over a
/// small width. A bound of 0 would be a trap in each of them (a bump without support has no gradient), so sigma_min > 0.
///
/// @code
///   using namespace ogive::layer;
///   const double t = to_scale(SigmaScale::log, 0.5, 1e-6);                 // log(0.5)
///   const double sigma = from_scale(SigmaScale::log, t, 1e-6);             // 0.5
///   const double slope = scale_slope(SigmaScale::log, t);                  // d sigma / d t = 0.5
/// @endcode

#include <array>
#include <cmath>
#include <optional>
#include <string_view>

namespace ogive::layer {

/// How a width is kept positive.
enum class SigmaScale {
  project,   ///< the width itself, put back to its least value
  log,       ///< its logarithm
  softplus,  ///< the inverse of softplus
};

/// All scales.
inline constexpr std::array sigma_scales{SigmaScale::project, SigmaScale::log, SigmaScale::softplus};

/// "project", "log", "softplus".
constexpr std::string_view to_string(SigmaScale scale) {
  switch (scale) {
    case SigmaScale::project:
      return "project";
    case SigmaScale::log:
      return "log";
    case SigmaScale::softplus:
      return "softplus";
  }
  return "";
}

/// The scale of this name; nothing where there is none.
constexpr std::optional<SigmaScale> parse_sigma_scale(std::string_view name) {
  for (const SigmaScale scale : sigma_scales)
    if (to_string(scale) == name) return scale;
  return std::nullopt;
}

/// The width of t. With project it is t, whatever it is: project_scale() is what keeps it positive.
template <class T>
T from_scale(SigmaScale scale, const T& t, const T& sigma_min) {
  using std::exp, std::log1p;
  switch (scale) {
    case SigmaScale::project:
      return t;
    case SigmaScale::log:
      return exp(t);
    case SigmaScale::softplus:
      return sigma_min + (t > T(0) ? T(t + log1p(exp(-t))) : T(log1p(exp(t))));
  }
  return t;
}

/// d sigma / d t.
template <class T>
T scale_slope(SigmaScale scale, const T& t) {
  using std::exp;
  switch (scale) {
    case SigmaScale::project:
      return T(1);
    case SigmaScale::log:
      return exp(t);
    case SigmaScale::softplus:
      return T(1) / (T(1) + exp(-t));
  }
  return T(1);
}

/// The t of a width; a width below sigma_min counts as sigma_min (softplus: as a hair more, for its t would be -infinity).
template <class T>
T to_scale(SigmaScale scale, const T& sigma, const T& sigma_min) {
  using std::exp, std::log, std::expm1;
  const T width = sigma > sigma_min ? sigma : sigma_min;
  switch (scale) {
    case SigmaScale::project:
      return width;
    case SigmaScale::log:
      return log(width);
    case SigmaScale::softplus: {
      const T excess = width - sigma_min > sigma_min * T(1e-3) ? T(width - sigma_min) : T(sigma_min * T(1e-3));
      return excess > T(1) ? T(excess + log(-expm1(-excess))) : T(log(expm1(excess)));
    }
  }
  return width;
}

/// t, put back to the bound where it went below; softplus needs no bound.
template <class T>
T project_scale(SigmaScale scale, const T& t, const T& sigma_min) {
  using std::log;
  if (scale == SigmaScale::softplus) return t;
  const T bound = scale == SigmaScale::log ? T(log(sigma_min)) : sigma_min;
  return t < bound ? bound : t;
}

}  // namespace ogive::layer
