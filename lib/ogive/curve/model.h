// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// A model is a value: a parametric S-curve with its name, its parameters, its value and its analytic gradient.
///
/// A curve is written once, as a struct that satisfies the concept Curve (see logistic.h for one to copy). make_model() turns it
/// into a Model, which the registry (registry.h) finds by name and the fitter takes by reference.
///
/// @code
///   #include "ogive/curve/registry.h"
///
///   const ogive::curve::Model& model = ogive::curve::model("logistic");
///   const std::array theta = {2.0, 0.5, 3.0, 1.0};  // L, x0, k, b
///   const double y = model.value(0.5, theta);       // b + L / 2 = 2
/// @endcode

#include <array>
#include <concepts>
#include <cstddef>
#include <span>
#include <string_view>

namespace ogive::curve {

/// One parameter of a model.
struct Parameter {
  std::string_view name;     ///< as in tables: "L", "x0", "k", "b", "ec50", "nu"
  std::string_view meaning;  ///< a few words, with the unit: "midpoint, in the unit of x"
};

/// A quantity computed from the parameters, for example the upper plateau.
struct Derived {
  std::string_view name;     ///< as in tables: "lower", "upper", "slope", "x10"
  std::string_view meaning;  ///< a few words, with the unit
};

/// How a model is made of a standard shape: y = b + L f(k (t - x0)) with t = x, or t = log x for a log-dose model.
enum class Family { logistic, gompertz, richards };

/// Which of the linear parameters are free; the others are fixed at L = 1, b = 0.
enum class Linear { L_and_b, L_only, none };

/// The greatest number of parameters that a model has.
inline constexpr std::size_t max_parameters = 5;

/// The greatest number of derived quantities that a model has.
inline constexpr std::size_t max_derived = 8;

/// A model by value: names, and functions of (x, theta) where theta holds the parameters in the order of `parameters`.
struct Model {
  std::string_view name;                        ///< "logistic"
  std::string_view summary;                     ///< one line for --list-models
  std::string_view formula;                     ///< "y = b + L / (1 + exp(-k (x - x0)))"
  std::span<const Parameter> parameters;        ///< in the order of theta
  std::span<const Derived> derived_quantities;  ///< in the order in which derive() fills them
  Family family;                                ///< the shape that is scaled and shifted
  Linear linear;                                ///< which parameters a linear fit can find
  bool log_dose;  ///< x is a dose >= 0 and the curve is a function of log x; the midpoint parameter is then exp(x0), called ec50

  /// y at x. Finite for finite theta and any x that the domain allows; x = +-inf (and dose 0) give the limits.
  /// Outside the domain (a dose < 0, ec50 <= 0, nu < 0) NaN. A value beyond the largest double is held at the largest double.
  double (*value)(double x, std::span<const double> theta);

  /// y at x, and dy/dtheta into gradient (as many as there are parameters). Finite like the value, and held likewise.
  double (*value_and_gradient)(double x, std::span<const double> theta, std::span<double> gradient);

  /// Fills values (one per derived quantity) and, where not empty, their gradients, row by row:
  /// jacobian[d * parameters.size() + p] = d values[d] / d theta[p]. Where k = 0 there is no x at 10 % of the rise: +-inf or NaN.
  void (*derive)(std::span<const double> theta, std::span<double> values, std::span<double> jacobian);

  /// The place of a parameter in theta, or -1 where the model has none of that name.
  int index_of(std::string_view parameter) const;
};

/// What a struct must have to be a curve: the description as constants, the value for any scalar, the gradient in double.
template <class C>
concept Curve = requires(double x, std::span<const double> theta, std::span<double> out) {
  { C::name } -> std::convertible_to<std::string_view>;
  { C::summary } -> std::convertible_to<std::string_view>;
  { C::formula } -> std::convertible_to<std::string_view>;
  {std::span<const Parameter>(C::parameters)};
  {std::span<const Derived>(C::derived)};
  { C::family } -> std::convertible_to<Family>;
  { C::linear } -> std::convertible_to<Linear>;
  { C::log_dose } -> std::convertible_to<bool>;
  { C::template value<double>(x, theta) } -> std::same_as<double>;
  { C::value_and_gradient(x, theta, out) } -> std::same_as<double>;
  { C::derive(theta, out, out) } -> std::same_as<void>;
}
&&C::parameters.size() <= max_parameters&& C::derived.size() <= max_derived;

/// The curve C as a value.
template <Curve C>
constexpr Model make_model() {
  return {C::name,
          C::summary,
          C::formula,
          C::parameters,
          C::derived,
          C::family,
          C::linear,
          C::log_dose,
          [](double x, std::span<const double> theta) { return C::template value<double>(x, theta); },
          &C::value_and_gradient,
          &C::derive};
}

}  // namespace ogive::curve
