// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// One sentence about a fit, for people: what its status or shape means for these data, with the numbers that matter.

#include "ogive/fit/result.h"

namespace ogive::fit {

/// Fills result.message; it stays empty for a regular fit with nothing to add.
void describe(Result& result);

}  // namespace ogive::fit
