// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// From the table to the curves, in the unit that the model is fitted in.

#include <string>
#include <vector>

#include "ogive/io/curves.h"
#include "tools/ogive-fit/arguments.h"

namespace ogive::tools {

struct Input {
  std::vector<io::Curve> curves;  ///< with --log-x, x holds log10 of the table's x, -inf for 0
  std::vector<std::string> key_columns;
  std::string x_name;
  std::string y_name;
  std::string source;
};

/// @throws FileError, InputError, UsageError
Input read_input(const Arguments& arguments);

}  // namespace ogive::tools
