// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The true values: the formulas again, in 50 decimal digits (MPFR), and the largest error of a function over many inputs.
///
/// 50 digits leave room for what the plain formulas lose: 1 - p costs at most 16 digits for a double p.

#include <boost/multiprecision/mpfr.hpp>
#include <cmath>
#include <limits>
#include <type_traits>
#include <vector>

#include "ogive/base/random.h"
#include "ogive/base/ulp.h"

namespace reference {

using Wide = boost::multiprecision::number<boost::multiprecision::mpfr_float_backend<50>, boost::multiprecision::et_off>;

inline Wide logistic(const Wide& x) { return 1 / (1 + exp(Wide(-x))); }
inline Wide derivative(const Wide& x) { return logistic(x) * logistic(Wide(-x)); }
inline Wide softplus(const Wide& x) { return x > 0 ? Wide(x + log1p(Wide(exp(Wide(-x))))) : Wide(log1p(Wide(exp(x)))); }
inline Wide log_logistic(const Wide& x) { return -softplus(Wide(-x)); }
inline Wide logit(const Wide& p) { return log(Wide(p / (1 - p))); }

/// The largest error found, and where.
struct Worst {
  double ulp = 0;
  double at = 0;
};

/// The largest error of f against `exact` over `count` inputs uniform in [low, high], in ulp. A NaN where there is a number is
/// infinite.
template <class T, class F, class Exact>
Worst worst_error(F f, Exact exact, double low, double high, int count = 2000) {
  Worst worst;
  ogive::Random random(2026);
  for (int i = 0; i < count; ++i) {
    const T x = static_cast<T>(random.uniform(low, high));
    const double error = ogive::ulp_error<T, Wide>(f(x), exact(Wide(x)));
    if (error > worst.ulp) worst = {error, static_cast<double>(x)};
  }
  return worst;
}

/// The same over [low, high] and over ever smaller parts of it around 0, down to 2^-140, with either sign where low is negative.
template <class T, class F, class Exact>
Worst worst_error_at_all_scales(F f, Exact exact, double low, double high) {
  Worst worst = worst_error<T>(f, exact, low, high);
  for (double scale = 1; scale > 0x1p-140; scale /= 16) {
    const Worst found = worst_error<T>(f, exact, low * scale, high * scale, 200);
    if (found.ulp > worst.ulp) worst = found;
  }
  return worst;
}

}  // namespace reference
