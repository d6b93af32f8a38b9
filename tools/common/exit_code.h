// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The exit codes, the same for every tool. A script may rely on them.

namespace ogive::tools {

enum ExitCode : int {
  exit_good = 0,      ///< done, all good
  exit_not_good = 1,  ///< done, but at least one item is not good
  exit_usage = 2,     ///< wrong usage or bad input
  exit_file = 3,      ///< a file could not be read or written
  exit_defect = 70,   ///< a defect in Ogive
  exit_again = 75,    ///< stopped before the end; run again
};

}  // namespace ogive::tools
