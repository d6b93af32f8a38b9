// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The logistic curve that starts from 0: logistic.h with b = 0. The usual curve of growth; NIST's Rat42, y = b1 / (1 + exp(b2 - b3
/// x)), is L = b1, k = b3, x0 = b2 / b3.
///
/// @code
///   const std::array theta = {2.0, 0.5, 3.0};  // L, x0, k
///   const double y = ogive::curve::Logistic3::value<double>(0.5, theta);  // 1
/// @endcode

#include <array>
#include <span>
#include <string_view>

#include "ogive/curve/form.h"
#include "ogive/curve/model.h"

namespace ogive::curve {

/// y = L / (1 + exp(-k (x - x0)))
struct Logistic3 {
  /// What the concept Curve asks for (model.h says what each one is).
  /// @{
  static constexpr std::string_view name = "logistic3";
  static constexpr std::string_view summary = "logistic, 3 parameters: rises from 0";
  static constexpr std::string_view formula = "y = L / (1 + exp(-k (x - x0)))";
  static constexpr std::array<Parameter, 3> parameters = {{
      {"L", "the rise: upper minus lower plateau, in the unit of y (negative: b is the upper one)"},
      {"x0", "midpoint, in the unit of x"},
      {"k", "steepness, in 1 / the unit of x (negative: falling)"},
  }};
  static constexpr Family family = Family::logistic;
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
