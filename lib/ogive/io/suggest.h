// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// "Did you mean ...?": the known name nearest to one that is not known.
///
/// @code
///   const std::vector<std::string> names{"dose", "response"};
///   ogive::io::nearest_name("dsoe", names);  // &names[0]
/// @endcode

#include <string>
#include <string_view>
#include <vector>

namespace ogive::io {

/// The name with the fewest edits (one byte inserted, removed or replaced, or two neighbours swapped; letter case does not count)
/// to `wanted`, or nullptr where even the nearest needs more than a third of its length, rounded up.
const std::string* nearest_name(std::string_view wanted, const std::vector<std::string>& names);

}  // namespace ogive::io
