// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The curve of a result at any x, and how well it is known there. predict() of fit.h is the public part.

#include "ogive/fit/fit.h"
#include "ogive/fit/frame.h"

namespace ogive::fit {

/// Fills result.limit.covariance_factor from the points. Requires result.limit and result.rse.
void add_limit_covariance(Result& result, const Frame& frame);

}  // namespace ogive::fit
