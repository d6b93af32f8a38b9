// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// ogive-fit: a table in, one fitted curve per group out.

namespace ogive::tools {

/// The whole tool; run it through run_tool(). Returns the exit code.
int fit_tool(int argc, char** argv);

}  // namespace ogive::tools
