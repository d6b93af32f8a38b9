// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The logistic curve with two free plateaus (Verhulst, Corr. math. phys. 10, 1838, with b = 0), the default model.
///
///     y = b + L / (1 + exp(-k (x - x0)))
///
/// (L, k, b) and (-L, -k, b + L) are the same curve. x is any number; at x = +-inf y is a plateau, where k = 0 it is b + L / 2.
///
/// @code
///   const std::array theta = {2.0, 0.5, 3.0, 1.0};  // L, x0, k, b
///   const double y = ogive::curve::Logistic::value<double>(0.5, theta);  // 2
/// @endcode

#include <array>
#include <span>
#include <string_view>

#include "ogive/curve/form.h"
#include "ogive/curve/model.h"

namespace ogive::curve {

/// y = b + L / (1 + exp(-k (x - x0)))
struct Logistic {
  /// What the concept Curve asks for (model.h says what each one is).
  /// @{
  static constexpr std::string_view name = "logistic";
  static constexpr std::string_view summary = "logistic, 4 parameters: two plateaus";
  static constexpr std::string_view formula = "y = b + L / (1 + exp(-k (x - x0)))";
  static constexpr std::array<Parameter, 4> parameters = {{
      {"L", "the rise: upper minus lower plateau, in the unit of y (negative: b is the upper one)"},
      {"x0", "midpoint, in the unit of x"},
      {"k", "steepness, in 1 / the unit of x (negative: falling)"},
      {"b", "the lower plateau (the upper one where L < 0), in the unit of y"},
  }};
  static constexpr Family family = Family::logistic;
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
