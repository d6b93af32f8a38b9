// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The commands of ogive-error, one file each. All of them write to an output that is theirs to finish, and return the exit code.

#include "tools/common/output.h"
#include "tools/ogive-error/arguments.h"

namespace ogive::tools {

int list(const Arguments& arguments, Output& output);     ///< what there is
int eval(const Arguments& arguments, Output& output);     ///< single values beside the truth
int measure(const Arguments& arguments, Output& output);  ///< all that is known about the errors
int compare(const Arguments& arguments, Output& output);  ///< one variant across the float types
int bench(const Arguments& arguments, Output& output);    ///< how fast
int pareto(const Arguments& arguments, Output& output);   ///< which variants are worth choosing
int plot(const Arguments& arguments, Output& output);     ///< the error over x

}  // namespace ogive::tools
