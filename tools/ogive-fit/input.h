// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// From the table to the curves, in the unit that the model is fitted in.

#include <optional>
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
  std::string weighted;  ///< "weighted by w", "weighted by 1 / sd^2"; empty without weights
  std::string source;
};

/// Which columns of a long table hold what, by number.
struct Columns {
  std::vector<std::size_t> by;
  std::size_t x = 0;
  std::size_t y = 0;             ///< --wide: the first column but x
  std::optional<std::size_t> w;  ///< of --weights or --sd
};

/// Finds them, given or by default. @throws InputError, UsageError
Columns choose_columns(const io::Table& table, const Arguments& arguments);

/// "'-1' is negative and has no logarithm, which --log-x takes"
std::string negative_dose(const std::string& cell, const Arguments& arguments);

/// The whole table as curves. @throws FileError, InputError, UsageError
Input read_input(const io::Table& table, const Arguments& arguments);

}  // namespace ogive::tools
