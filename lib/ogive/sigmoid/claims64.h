// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// What the array kernels of float64, of the types of 16 bits, and log_logistic, softplus and logit claim: the largest error, in
/// ulp of the true result (subnormal results included), over all inputs and on every instruction set. Tests and the tables in docs/
/// read them here.
///
/// How the bounds come about: each kernel ends in one rounding to its type (0.5 ulp) of a value that was computed with some bits to
/// spare.
///
///     kernel                   bits to spare of the value that is rounded last
///     logistic (float64)       10, in a pair of float64
///     logistic_fast (float64)  4.5: the pair is shorter by one product
///     log_logistic, softplus,  15, in one float64
///     logit
///
/// The types of 16 bits are small enough to be claimed as counts: all inputs were tried, and none is misrounded.
///
/// @code
///   static_assert(ogive::sigmoid::claims::logistic_float64_ulp < ogive::sigmoid::claims::logistic_fast_float64_ulp);
/// @endcode

namespace ogive::sigmoid::claims {

inline constexpr double logistic_float64_ulp = 0.51;       ///< logistic() of float64
inline constexpr double logistic_fast_float64_ulp = 0.55;  ///< logistic_fast() of float64
inline constexpr double log_logistic_ulp = 0.5001;         ///< log_logistic() of float32
inline constexpr double softplus_ulp = 0.5001;             ///< softplus() of float32
inline constexpr double logit_ulp = 0.5001;                ///< logit() of float32
inline constexpr int logistic_float16_misrounded = 0;      ///< logistic() of float16: inputs of 65 536
inline constexpr int logistic_bfloat16_misrounded = 0;     ///< logistic() of bfloat16: likewise

}  // namespace ogive::sigmoid::claims
