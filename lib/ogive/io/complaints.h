// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// What is wrong with a table, in the same words whoever finds it: Table, which has all of the text, or LongBlocks, which has a
/// piece.
///
/// @code
///   throw ogive::io::not_a_number("1.O", {"plate.csv", 17, 4}, ',', std::nullopt, "'dose'");
/// @endcode

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "ogive/base/errors.h"
#include "ogive/io/cell_span.h"

namespace ogive::io {

/// The first number with a decimal comma in a table, which decides that all have one.
struct DecimalComma {
  std::string_view cell;
  Place place;
};

/// A cell that is neither a number nor missing. `column` is its name in quotes, or its number.
InputError not_a_number(std::string_view cell, const Place& place, char delimiter, const std::optional<DecimalComma>& comma,
                        const std::string& column);

/// Where a row begins in its text, and on which line.
struct RowStart {
  std::size_t offset;
  std::size_t line;
};

/// What the row before says about the number of cells.
struct RowBefore {
  std::size_t cells;
  std::size_t line;
};

/// A row with too many or too few cells.
InputError ragged_row(std::string_view text, RowStart row, std::span<const CellSpan> cells, RowBefore before,
                      const std::string& source);

/// @throws InputError where the text is empty, or begins as a file of another kind does, or holds a NUL byte
void refuse_what_is_no_text(std::string_view text, const std::string& source);

/// A NUL byte at that place.
InputError nul_byte(const Place& place);

}  // namespace ogive::io
