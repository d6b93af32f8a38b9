// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The log-logistic curve on a dose x >= 0, known as 4PL, Hill (J. Physiol. 40, 1910) or E_max curve.
///
///     y = b + L / (1 + (x / ec50)^-k) = b + L f(k log(x / ec50)), f logistic
///
/// It is computed as the logistic curve in log x, never by pow. Dose 0 is a point like any other: y = b for k > 0, b + L for k < 0,
/// b + L / 2 for k = 0. Outside the domain, x < 0 or ec50 <= 0, y is NaN.
/// ed10 and ed90 are counted along the effect, from the response at dose 0: ed10 < ec50 < ed90 for either sign of k.
/// The four numbers of other programs: a 4PL "bottom" and "top" are b and b + L for a rising curve with L > 0.
///
/// @code
///   const std::array theta = {2.0, 3.0, 1.5, 1.0};  // L, ec50, k, b
///   const double y = ogive::curve::LogLogistic::value<double>(3.0, theta);  // 2
/// @endcode

#include <array>
#include <span>
#include <string_view>

#include "ogive/curve/form.h"
#include "ogive/curve/model.h"

namespace ogive::curve {

/// y = b + L / (1 + (x / ec50)^-k)
struct LogLogistic {
  /// What the concept Curve asks for (model.h says what each one is).
  /// @{
  static constexpr std::string_view name = "loglogistic";
  static constexpr std::string_view summary = "log-logistic (4PL, Hill) on a dose, 4 parameters";
  static constexpr std::string_view formula = "y = b + L / (1 + (x / ec50)^-k)";
  static constexpr std::array<Parameter, 4> parameters = {{
      {"L", "the rise: upper minus lower plateau, in the unit of y (negative: b is the upper one)"},
      {"ec50", "dose of half the effect, in the unit of x"},
      {"k", "steepness per log dose, the Hill coefficient (negative: falling)"},
      {"b", "the lower plateau (the upper one where L < 0), in the unit of y"},
  }};
  static constexpr Family family = Family::logistic;
  static constexpr Linear linear = Linear::L_and_b;
  static constexpr bool log_dose = true;

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
