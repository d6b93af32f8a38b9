// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// ogive-train: bumps and small networks of sigmoids, trained and open to view.

namespace ogive::tools {

/// The whole tool; run it through run_tool(). Returns the exit code.
int train_tool(int argc, char** argv);

}  // namespace ogive::tools
