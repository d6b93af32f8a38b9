// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// ogive-sim: curves with a known truth, for trying fitters and for measuring their speed.

namespace ogive::tools {

/// The whole tool; run it through run_tool(). Returns the exit code.
int sim_tool(int argc, char** argv);

}  // namespace ogive::tools
