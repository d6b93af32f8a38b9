// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The true values of the functions that the kernels compute, by MPFR with 60 digits. No form below loses more than 10 of them.

#include <boost/multiprecision/mpfr.hpp>
#include <cmath>

namespace ogive::test {

using Exact = boost::multiprecision::number<boost::multiprecision::mpfr_float_backend<60>, boost::multiprecision::et_off>;

inline Exact exact_logistic(double x) { return 1 / (1 + exp(Exact(-x))); }
inline Exact exact_softplus(double x) { return std::fmax(x, 0.0) + log1p(exp(Exact(-std::fabs(x)))); }
inline Exact exact_log_logistic(double x) { return -exact_softplus(-x); }
inline Exact exact_logit(double p) { return log(Exact(p)) - log1p(Exact(-p)); }  ///< for 0 < p < 1

}  // namespace ogive::test
