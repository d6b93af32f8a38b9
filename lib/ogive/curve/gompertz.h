// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The Gompertz curve (Phil. Trans. R. Soc. 115, 1825): it leaves its first plateau fast and nears the second one slowly.
///
///     y = b + L exp(-exp(-k (x - x0)))
///
/// The inflection is at x0, where y = b + L / e. Not symmetric: with k < 0 and L < 0 it is another curve, mirrored.
///
/// @code
///   const std::array theta = {2.0, 0.5, 3.0, 1.0};  // L, x0, k, b
///   const double y = ogive::curve::Gompertz::value<double>(0.5, theta);  // 1 + 2 / e
/// @endcode

#include <array>
#include <span>
#include <string_view>

#include "ogive/curve/form.h"
#include "ogive/curve/model.h"

namespace ogive::curve {

/// y = b + L exp(-exp(-k (x - x0)))
struct Gompertz {
  /// What the concept Curve asks for (model.h says what each one is).
  /// @{
  static constexpr std::string_view name = "gompertz";
  static constexpr std::string_view summary = "Gompertz, 4 parameters: slow end";
  static constexpr std::string_view formula = "y = b + L exp(-exp(-k (x - x0)))";
  static constexpr std::array<Parameter, 4> parameters = {{
      {"L", "the rise: upper minus lower plateau, in the unit of y (negative: b is the upper one)"},
      {"x0", "inflection, where the slope is largest, in the unit of x"},
      {"k", "steepness, in 1 / the unit of x (negative: falling)"},
      {"b", "the lower plateau (the upper one where L < 0), in the unit of y"},
  }};
  static constexpr Family family = Family::gompertz;
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
