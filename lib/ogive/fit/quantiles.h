// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Quantiles of the t and F distributions (Boost.Math), in the forms that a fit needs.

namespace ogive::fit {

/// t with P(|T| <= t) = confidence, dof >= 1 degrees of freedom.
double t_quantile(double confidence, int dof);

/// P(F > statistic) with (numerator, denominator) degrees of freedom.
double f_p_value(double statistic, int numerator, int denominator);

}  // namespace ogive::fit
