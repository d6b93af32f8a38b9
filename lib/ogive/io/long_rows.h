// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The rows of a long table become curves. What is plain takes the fast way; any other row is read again by the grammar of
/// records.h, so that there is one meaning and one set of messages.
///
/// @code
///   ogive::io::read_long_rows({.text = piece, .line = 2, .lines = 40000, ...}, format, block);
/// @endcode

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ogive/io/complaints.h"
#include "ogive/io/curve_block.h"

namespace ogive::io {

/// How the table is written, and what is wanted of it.
struct LongFormat {
  std::string source;              ///< the name that errors use
  char delimiter = ',';            ///< between cells
  char decimal_sign = '.';         ///< of all numbers
  std::size_t stride = 0;          ///< cells in each row
  std::vector<std::string> names;  ///< of the columns, as errors say them: in quotes, or the number
  std::vector<std::size_t> by;     ///< columns of the key
  std::size_t x = 0;               ///< column of x
  std::size_t y = 0;               ///< column of y

  std::string comma_cell;  ///< the first number with a decimal comma, where decimal_sign is ','
  Place comma_place;       ///< and where it stands
};

/// A text of whole rows without a NUL; behind it stand a NUL and more, fast_number_slack bytes in all.
struct LongText {
  std::string_view text;
  std::size_t line = 1;           ///< its first one, from 1
  std::size_t lines = 0;          ///< line ends in it, or more
  std::size_t previous_line = 0;  ///< of the row before its first one; 0: there is none
};

/// Fills the block. @throws InputError
void read_long_rows(const LongText& text, const LongFormat& format, CurveBlock& block);

/// The cell in `column` of row `row` (from 0) of a text that could be read.
std::pair<Place, std::string> cell_of_row(const LongText& text, const LongFormat& format, std::size_t row, std::size_t column);

}  // namespace ogive::io
