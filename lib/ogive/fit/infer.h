// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// What the data say about the parameters: estimates, standard errors, intervals.

#include "ogive/fit/fit.h"
#include "ogive/fit/frame.h"
#include "ogive/fit/linearise.h"

namespace ogive::fit {

/// Fills result.parameters with the values in the user's units; what runs away is infinite, what is not determined unknown.
void fill_values(Result& result, const Frame& frame);

/// Adds standard errors, covariance and intervals. Requires result.rse, dof and shape.
void infer(Result& result, const Frame& frame, const Linearised& tangent, const Options& options);

/// Fills result.limit with the limit curve in the user's units.
void fill_limit(Result& result, const Frame& frame);

/// Fills result.derived from the parameters and their covariance.
void fill_derived(Result& result);

/// The standard error of a quantity with that gradient by the parameters (delta method). Requires result.covariance_factor.
double standard_error(const Result& result, std::span<const double> gradient);

}  // namespace ogive::fit
