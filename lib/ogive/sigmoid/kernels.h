// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Ogive's own array kernels: the logistic function and its kin over arrays, vectorised with run-time dispatch (Highway).
///
/// The name says the bound. `_cr`: correctly rounded. `_u1`: at most 1 ulp, monotone. `_fast`: at most 2.5 ulp.
/// All of them: NaN in, NaN out; no NaN for any other input; results in [0, 1] where the function's are; subnormal results kept;
/// the same bits at any position, length and alignment (the tail goes through the same vector code); x and y may be the same array.
///
/// @code
///   const std::array<float, 3> x = {-1, 0, 1};
///   std::array<float, 3> y;
///   ogive::sigmoid::logistic_fast(x.data(), y.data(), x.size());
/// @endcode

#include <cstddef>

#include "ogive/base/float_types.h"

namespace ogive::sigmoid {

/// s(x) = 1 / (1 + e^-x), correctly rounded for all 2^32 inputs, and so the same bits on every instruction set.
/// Fastest where |x| <= 16.5 over stretches of 256 elements; at most 1.5 times that elsewhere, whatever the share of subnormal
/// results.
void logistic_cr(const float* x, float* y, std::size_t n);

/// s(x) with an error of at most claims::logistic_u1 ulp (claims::logistic_u1_normal on normal results), and monotone: a larger x
/// never gives a smaller result. The bits may differ between instruction sets.
void logistic_u1(const float* x, float* y, std::size_t n);

/// s(x) with an error of at most claims::logistic_fast ulp, subnormal results included. Not monotone: about 900 pairs of
/// neighbouring floats in 2^32 are in the wrong order, by an ulp. From memory it costs what a hard sigmoid costs: the transfer.
/// 128 MB of results and more are written past the caches, which they would not fit in.
void logistic_fast(const float* x, float* y, std::size_t n);

void logistic(const double* x, double* y, std::size_t n);       ///< the precise form: claims::logistic_float64_ulp
void logistic_fast(const double* x, double* y, std::size_t n);  ///< the fast one: claims::logistic_fast_float64_ulp

void logistic(const float16* x, float16* y, std::size_t n);    ///< correctly rounded
void logistic(const bfloat16* x, bfloat16* y, std::size_t n);  ///< correctly rounded

/// s(x) s(-x) = e^-|x| / (1 + e^-|x|)^2, even in x, with an error of at most claims::derivative ulp (claims::derivative_normal on
/// normal results); rising up to 0 and falling from there on.
void derivative(const float* x, float* y, std::size_t n);
void log_logistic(const float* x, float* y, std::size_t n);  ///< log s(x)
void softplus(const float* x, float* y, std::size_t n);      ///< log(1 + e^x) = -log s(-x)
void logit(const float* p, float* y, std::size_t n);         ///< log(p / (1 - p)); NaN outside [0, 1]

/// The instruction set in use, for example "AVX3".
const char* simd_target();

}  // namespace ogive::sigmoid
