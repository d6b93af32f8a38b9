// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The Richards curve that starts from 0: richards.h with b = 0.
///
/// NIST's Rat43 (Ratkowsky 1983), y = b1 / (1 + exp(b2 - b3 x))^(1 / b4), is this curve with
///
///     L = b1,   k = b3,   nu = b4,   x0 = (b2 - log b4) / b3
///
/// since nu exp(-k (x - x0)) = exp(b2 - b3 x).
///
/// @code
///   const std::array theta = {2.0, 0.5, 3.0, 1.0};  // L, x0, k, nu
///   const double y = ogive::curve::Richards4::value<double>(0.5, theta);  // 1
/// @endcode

#include <array>
#include <span>
#include <string_view>

#include "ogive/curve/form.h"
#include "ogive/curve/model.h"

namespace ogive::curve {

/// y = L (1 + nu exp(-k (x - x0)))^(-1 / nu)
struct Richards4 {
  /// What the concept Curve asks for (model.h says what each one is).
  /// @{
  static constexpr std::string_view name = "richards4";
  static constexpr std::string_view summary = "Richards, 4 parameters: rises from 0";
  static constexpr std::string_view formula = "y = L (1 + nu exp(-k (x - x0)))^(-1 / nu)";
  static constexpr std::array<Parameter, 4> parameters = {{
      {"L", "the rise: upper minus lower plateau, in the unit of y (negative: b is the upper one)"},
      {"x0", "inflection, where the slope is largest, in the unit of x"},
      {"k", "steepness, in 1 / the unit of x (negative: falling)"},
      {"nu", "shape >= 0: 1 is logistic, 0 Gompertz"},
  }};
  static constexpr Family family = Family::richards;
  static constexpr Linear linear = Linear::L_only;
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
