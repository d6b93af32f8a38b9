// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The bounds of the scalar functions: the largest error over all finite inputs, in ulp (base/ulp.h). The headers name them and the
/// tests assert them.
///
/// float32: "worst" is the largest error of all inputs with |x| >= 2^-28 that are not in a saturated tail (below 2^-28 samples were
/// tried), with the exp, log and log1p of glibc 2.36; measured in November 2026.
///
/// float64: its inputs cannot all be tried, so the bound is derived: each operation contributes half an ulp of its result, exp,
/// log, log1p and expm1 contribute 0.511, 0.52, 0.9 and 0.92 ulp (as good as glibc's), each times the slope of the result by it,
/// and all of them are taken to add up. "found" is the largest error that a guided search met: the truth is between the two. long
/// double and Boost.Multiprecision behave alike, in units of their own.
///
/// @code
///   static_assert(ogive::sigmoid::claims::scalar::logistic_float32 < 2.5);
/// @endcode

namespace ogive::sigmoid::claims::scalar {

inline constexpr double logistic_float32 = 2.41;  ///< worst 2.4019 at x = -4.1572938
inline constexpr double logistic_float64 = 2.53;  ///< derived: 2.522 for x << 0, 2 * 0.511 + 1 + 1/2; found 2.484 near x = -6.93

inline constexpr double derivative_float32 = 2.4;   ///< worst 2.379 at x = -5.53844357
inline constexpr double derivative_float64 = 2.53;  ///< derived: 2.522 for |x| >> 0, as above; found 2.483 at x = -7.62397

inline constexpr double logit_float32 = 2.6;   ///< worst 2.578 at p = 0.379176348
inline constexpr double logit_float64 = 2.77;  ///< derived: 2.767 near p = 0.3775, where |logit| = 1/2; found 2.600 at p = 0.37794

inline constexpr double log_logistic_float32 = 1.55;  ///< worst 1.5415 at x = 1.26561165; softplus at -1.26561165
inline constexpr double log_logistic_float64 = 1.93;  ///< derived: 1.922 for x >> 0, 2 * 0.511 + 0.9; found 1.558 at x = 1.27

inline constexpr double tanh_float32 = 2.2;   ///< worst 2.1886 at x = 0.233295619
inline constexpr double tanh_float64 = 3.15;  ///< derived: 3.143 just below |x| = 1/2; found 2.195 at x = -0.23454

/// In ulp of the larger of |low| and |high|: 2.6 ulp of s <= 1/2 over a width of at most twice that, and two roundings.
/// @{
inline constexpr double range_float32 = 2;
inline constexpr double range_float64 = 2;
/// @}

/// Up to 16 classes within 16 of each other: half an ulp of a difference of 16 is 8 ulp of its exponential; the sum adds little.
/// Found 10.1 in float32, 5.8 in float64; of the logarithm 3.4.
/// @{
inline constexpr double softmax_float32 = 13;
inline constexpr double softmax_float64 = 13;
inline constexpr double log_softmax_float32 = 13;
inline constexpr double log_softmax_float64 = 13;
/// @}

inline constexpr double cross_entropy_float32 = 3;  ///< found 1.5; for a label of 0 or 1 that of log_logistic
inline constexpr double cross_entropy_float64 = 3;  ///< found 2.34 for a target of 0.9375

inline constexpr double normalised_float32 = 3;  ///< in ulp of 1; found 1.3
inline constexpr double normalised_float64 = 3;  ///< in ulp of 1; found 1.5

}  // namespace ogive::sigmoid::claims::scalar
