// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The bounds that the headers of this module promise, the tests assert and docs/accuracy.md prints: the largest error over all
/// inputs, in ulp, on every instruction set. `_normal`: where the true value is a normal number.
///
/// @code
///   static_assert(ogive::sigmoid::claims::logistic_cr < ogive::sigmoid::claims::logistic_u1);
/// @endcode

namespace ogive::sigmoid::claims {

/// @name float32 array kernels (kernels.h): above the maximum over all 2^32 inputs, on every instruction set
/// @{
inline constexpr double logistic_cr = 0.5;            ///< none misrounded
inline constexpr double logistic_u1 = 0.78;           ///< found 0.7736 at x = -87.3721313 (a subnormal result)
inline constexpr double logistic_u1_normal = 0.57;    ///< found 0.5596 at x = -31.9211655
inline constexpr double logistic_fast = 2.45;         ///< found 2.4473 at x = -16.6435909
inline constexpr double logistic_fast_normal = 2.45;  ///< the same
inline constexpr double derivative = 0.78;            ///< found 0.7700 at x = 87.5417862 (a subnormal result)
inline constexpr double derivative_normal = 0.57;     ///< found 0.5633 at x = -31.919054
/// @}

}  // namespace ogive::sigmoid::claims
