// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The logistic curve from 0 to 1: logistic.h with b = 0 and L = 1. For shares and probabilities.
///
/// @code
///   const std::array theta = {0.5, 3.0};  // x0, k
///   const double y = ogive::curve::Logistic2::value<double>(0.5, theta);  // 0.5
/// @endcode

#include <array>
#include <span>
#include <string_view>

#include "ogive/curve/form.h"
#include "ogive/curve/model.h"

namespace ogive::curve {

/// y = 1 / (1 + exp(-k (x - x0)))
struct Logistic2 {
  /// What the concept Curve asks for (model.h says what each one is).
  /// @{
  static constexpr std::string_view name = "logistic2";
  static constexpr std::string_view summary = "logistic, 2 parameters: from 0 to 1";
  static constexpr std::string_view formula = "y = 1 / (1 + exp(-k (x - x0)))";
  static constexpr std::array<Parameter, 2> parameters = {{
      {"x0", "midpoint, in the unit of x"},
      {"k", "steepness, in 1 / the unit of x (negative: falling)"},
  }};
  static constexpr Family family = Family::logistic;
  static constexpr Linear linear = Linear::none;
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
