// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Just enough UTF-8 to quote a cell in a message and to align a table.
///
/// @code
///   ogive::io::display_width("\xC2\xB5M");  // 2: micro sign and M
/// @endcode

#include <cstddef>
#include <string_view>

namespace ogive::io {

/// One step through a text: a code point, or a byte that is not UTF-8.
struct CodePoint {
  char32_t value = 0;    ///< the code point; the byte itself where it is not valid
  std::size_t size = 1;  ///< bytes taken
  bool valid = false;    ///< false for stray bytes, overlong forms, surrogates and values above U+10FFFF
};

/// The code point at the front of `text`, which must not be empty.
CodePoint first_code_point(std::string_view text);

/// Whether the code point shows as itself: no control character, no invisible or direction-changing one, no exotic blank.
bool is_printable(char32_t code_point);

/// The columns that `text` takes on a terminal: 2 for wide East Asian characters and emoji, 0 for combining marks, 1 for all else.
/// The ranges are those of the common blocks, not the whole of Unicode's tables.
std::size_t display_width(std::string_view text);

}  // namespace ogive::io
