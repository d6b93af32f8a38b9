// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The generalised logistic curve of Richards (J. Exp. Bot. 10, 1959), written so that the inflection is at x0 for every nu.
///
///     y = b + L (1 + nu exp(-k (x - x0)))^(-1 / nu),   nu >= 0
///
/// nu = 1 is the logistic curve, nu = 0 is its limit, the Gompertz curve, and a tiny nu is computed without cancellation.
/// For nu > 1 the curve nears its upper plateau faster than it leaves the lower one. nu < 0 gives NaN.
///
/// @code
///   const std::array theta = {2.0, 0.5, 3.0, 1.0, 1.0};  // L, x0, k, b, nu
///   const double y = ogive::curve::Richards::value<double>(0.5, theta);  // 2
/// @endcode

#include <array>
#include <span>
#include <string_view>

#include "ogive/curve/form.h"
#include "ogive/curve/model.h"

namespace ogive::curve {

/// y = b + L (1 + nu exp(-k (x - x0)))^(-1 / nu)
struct Richards {
  /// What the concept Curve asks for (model.h says what each one is).
  /// @{
  static constexpr std::string_view name = "richards";
  static constexpr std::string_view summary = "Richards, 5 parameters: logistic with free asymmetry";
  static constexpr std::string_view formula = "y = b + L (1 + nu exp(-k (x - x0)))^(-1 / nu)";
  static constexpr std::array<Parameter, 5> parameters = {{
      {"L", "the rise: upper minus lower plateau, in the unit of y (negative: b is the upper one)"},
      {"x0", "inflection, where the slope is largest, in the unit of x"},
      {"k", "steepness, in 1 / the unit of x (negative: falling)"},
      {"b", "the lower plateau (the upper one where L < 0), in the unit of y"},
      {"nu", "shape >= 0: 1 is logistic, 0 Gompertz"},
  }};
  static constexpr Family family = Family::richards;
  static constexpr Linear linear = Linear::L_and_b;
  static constexpr bool log_dose = false;

  using Common = Form<family, linear, log_dose>;
  static constexpr auto derived = Common::derived;

  template <class T>
  static T value(const T& x, std::span<const T> theta) {
    return Common::template value<T>(x, theta);
  }
  static double value_and_gradient(double x, std::span<const double> theta, std::span<double> gradient) {
    return Common::value_and_gradient(x, theta, gradient);
  }
  static void derive(std::span<const double> theta, std::span<double> values, std::span<double> jacobian) {
    Common::derive(theta, values, jacobian);
  }
  /// @}
};

}  // namespace ogive::curve
