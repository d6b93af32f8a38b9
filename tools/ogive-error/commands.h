// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The commands of ogive-error, one file each. All of them return the exit code.

#include "tools/ogive-error/arguments.h"

namespace ogive::tools {

int list(const Arguments& arguments);     ///< what there is
int eval(const Arguments& arguments);     ///< single values beside the truth
int measure(const Arguments& arguments);  ///< all that is known about the errors
int compare(const Arguments& arguments);  ///< one variant across the float types
int bench(const Arguments& arguments);    ///< how fast
int pareto(const Arguments& arguments);   ///< which variants are worth choosing
int plot(const Arguments& arguments);     ///< the error over x

}  // namespace ogive::tools
