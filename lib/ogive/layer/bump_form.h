// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The forms of the bump by name, and one evaluation for all of them. The formulas and what happens at the edges: bump.h.
///
///     canonical   a exp(1 - 1 / (1 - u^2)), u = (x - c) / sigma     for |x - c| < sigma, else 0
///     root        a exp(-sigma / (sigma - (x - c)^2))               for |x - c| < min(sigma, sqrt(sigma)), else 0
///     gaussian    a exp(-b (x - c)^2)                               everywhere; b stands in the place of sigma
///
/// @code
///   using namespace ogive::layer;
///   const BumpParameters bump{.a = 2, .c = 0.1, .sigma = 0.7};
///   const BumpValue<double> at = evaluate(BumpForm::canonical, 0.5, bump);  // at.f, and the slope in each parameter
/// @endcode

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "ogive/layer/bump.h"

namespace ogive::layer {

/// Which bump.
enum class BumpForm {
  canonical,  ///< a exp(1 - 1 / (1 - u^2)), height a
  root,       ///< a exp(-sigma / (sigma - z^2)), height a / e; its half-width is sqrt(sigma) where sigma >= 1
  gaussian,   ///< a exp(-b z^2): no edge
};

/// All forms.
inline constexpr std::array bump_forms{BumpForm::canonical, BumpForm::root, BumpForm::gaussian};

/// "canonical", "root", "gaussian".
constexpr std::string_view to_string(BumpForm form) {
  switch (form) {
    case BumpForm::canonical:
      return "canonical";
    case BumpForm::root:
      return "root";
    case BumpForm::gaussian:
      return "gaussian";
  }
  return "";
}

/// The form of this name; nothing where there is none.
constexpr std::optional<BumpForm> parse_bump_form(std::string_view name) {
  for (const BumpForm form : bump_forms)
    if (to_string(form) == name) return form;
  return std::nullopt;
}

/// What makes one bump.
struct BumpParameters {
  double a = 1;      ///< height (the root form reaches a / e)
  double c = 0;      ///< centre
  double sigma = 1;  ///< width > 0; the gaussian reads it as b: the larger, the narrower

  bool operator==(const BumpParameters&) const = default;  ///< the same numbers
};

/// Which parameters may move; the others stay at the start.
struct FreeParameters {
  bool a = true;      ///< the height
  bool c = true;      ///< the centre
  bool sigma = true;  ///< the width (gaussian: b)

  std::size_t count() const { return std::size_t{a} + std::size_t{c} + std::size_t{sigma}; }  ///< how many may move
  bool operator==(const FreeParameters&) const = default;                                     ///< the same parameters
};

/// Value and every gradient of a form at x, without a check of the parameters: no support, no value (see bump.h).
/// In the gaussian, fs is the gradient in b.
template <class T>
BumpValue<T> evaluate(BumpForm form, const T& x, const T& a, const T& c, const T& sigma) {
  switch (form) {
    case BumpForm::canonical:
      return bump(x, a, c, sigma);
    case BumpForm::root:
      return root_bump(x, a, c, sigma);
    case BumpForm::gaussian:
      return gaussian(x, a, c, sigma);
  }
  return {};
}

/// The same with the parameters in one piece.
inline BumpValue<double> evaluate(BumpForm form, double x, const BumpParameters& bump) {
  return evaluate(form, x, bump.a, bump.c, bump.sigma);
}

/// Half of the width of the support: sigma, min(sigma, sqrt(sigma)), and infinity for the gaussian. 0 for a sigma that is not
/// positive.
double half_width(BumpForm form, double sigma);

}  // namespace ogive::layer
