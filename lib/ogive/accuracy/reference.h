// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The truth, computed with MPFR in 320 bits: slow (microseconds), and right to far beyond the last bit of any type here.
///
/// Arguments and results are of one of the four types, given as double, which holds all of them exactly. The functions may be
/// called from several threads.
///
/// @code
///   using ogive::FloatType, ogive::sigmoid::Target;
///   const double s = ogive::accuracy::correctly_rounded(Target::logistic, FloatType::float32, -90.0);
///   const double e = ogive::accuracy::ulp_error(Target::logistic, FloatType::float32, -90.0, 0.0);  // of a flush to 0: 584809.2
///   std::cout << ogive::accuracy::exact_decimal(Target::logistic, -90.0) << '\n';
/// @endcode

#include <string>

#include "ogive/base/float_types.h"
#include "ogive/sigmoid/variant.h"

namespace ogive::accuracy {

/// The true value at x, rounded once, to nearest even. NaN where the function is not defined (NaN; logit outside [0, 1]);
/// logit(0) = -inf and logit(1) = inf.
double correctly_rounded(sigmoid::Target target, FloatType type, double x);

/// The error of the result y at x, in ulp of the type (base/ulp.h), rounded to double. 0 where y is NaN and the truth is, or both
/// are the same infinity; infinity where only one of them is infinite or NaN.
double ulp_error(sigmoid::Target target, FloatType type, double x, double y);

/// The true value at x to this many significant digits, for people: "8.19401262399051552e-40".
std::string exact_decimal(sigmoid::Target target, double x, int digits = 30);

/// The unit in the last place of the type, at the true value s (base/ulp.h).
double ulp(FloatType type, double s);

/// Whether the true value at x is, in magnitude, at least the type's least normal number.
bool is_normal(sigmoid::Target target, FloatType type, double x);

}  // namespace ogive::accuracy
