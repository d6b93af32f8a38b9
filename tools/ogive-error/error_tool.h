// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// ogive-error: a variant of the sigmoid in, the truth about it out.

namespace ogive::tools {

/// The whole tool; run it through run_tool(). Returns the exit code.
int error_tool(int argc, char** argv);

}  // namespace ogive::tools
