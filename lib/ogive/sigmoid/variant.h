// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// A variant is one way to compute a sigmoid (or one of its kin) over an array, as a value: name, origin, claims, and a function
/// for each float type that it exists for. What it is worth is measured by accuracy/, never believed.
///
/// @code
///   const ogive::sigmoid::Variant& v = ogive::sigmoid::variant("logistic_cr");
///   std::array<float, 3> x = {-1, 0, 1}, y;
///   v.float32(x.data(), y.data(), x.size());
/// @endcode

#include <cstddef>
#include <limits>
#include <span>
#include <string_view>

#include "ogive/base/float_types.h"

namespace ogive::sigmoid {

/// y[i] = f(x[i]) for i < n. x and y may be the same array, and otherwise do not overlap.
template <class T>
using ArrayFunction = void (*)(const T* x, T* y, std::size_t n);

/// Which true function a variant stands for: what its error is measured against.
enum class Target { logistic, derivative, logit, softplus, log_logistic };

/// The largest error that a variant's author claims, over its domain. NaN: no claim.
struct Claim {
  double ulp = std::numeric_limits<double>::quiet_NaN();         ///< on all results, subnormal ones included
  double normal_ulp = std::numeric_limits<double>::quiet_NaN();  ///< on results that are normal numbers
  double absolute = std::numeric_limits<double>::quiet_NaN();    ///< |result - truth|
};

/// One variant.
struct Variant {
  std::string_view name;                                         ///< "textbook"
  std::string_view formula;                                      ///< "1 / (1 + exp(-x))"
  std::string_view origin;                                       ///< who uses it, with a reference
  Target target = Target::logistic;                              ///< the true function
  double domain_low = -std::numeric_limits<double>::infinity();  ///< where its author means it to be used, the end included
  double domain_high = std::numeric_limits<double>::infinity();  ///< the upper end of that, included

  /// The function for each type; nullptr: it does not exist for that type.
  /// @{
  ArrayFunction<ogive::float16> float16 = nullptr;
  ArrayFunction<ogive::bfloat16> bfloat16 = nullptr;
  ArrayFunction<float> float32 = nullptr;
  ArrayFunction<double> float64 = nullptr;
  /// @}

  /// What is claimed for each type.
  /// @{
  Claim claim16{};
  Claim claim_bfloat16{};
  Claim claim32{};
  Claim claim64{};
  /// @}
};

/// All variants, in the order in which they are listed.
std::span<const Variant> catalogue();

/// The variant of that name, or nullptr.
const Variant* find_variant(std::string_view name);

/// The variant of that name. @throws InputError that suggests names.
const Variant& variant(std::string_view name);

}  // namespace ogive::sigmoid
