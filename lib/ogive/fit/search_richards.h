// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The search for Richards curves: three unknowns, of which nu is taken by itself.

#include "ogive/fit/search.h"

namespace ogive::fit {

/// Searches over (k, a) at a row of nu, then along nu from each valley found. `start` is optional.
SearchResult search_richards(const Points& points, curve::Linear linear, const UserStart* start);

}  // namespace ogive::fit
