// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// What this build is: the answer to --version, and the first line of a report about a defect.
///
/// @code
///   std::cout << "ogive " << ogive::version() << " (" << ogive::compiler() << ")\n";  // ogive 1.2.3 (GNU 12.2.0)
/// @endcode

#include <string_view>

namespace ogive {

/// The version of the library, "major.minor.patch". One place sets it: project(... VERSION ...) in CMakeLists.txt.
std::string_view version();

/// The compiler and its version, for example "GNU 12.2.0".
std::string_view compiler();

}  // namespace ogive
