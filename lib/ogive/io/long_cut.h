// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Where a long table can be cut: before the last change of key.
///
/// @code
///   const auto cut = ogive::io::find_cut("A,1,2\nB,1,2\nB,2,", {',', {0}});  // offset 6: B goes on
/// @endcode

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ogive::io {

/// How the rows of a long table are written, and which cells are the key.
struct KeyColumns {
  char delimiter;
  std::vector<std::size_t> by;
};

/// Where to cut.
struct Cut {
  std::size_t offset = 0;    ///< of the row that begins what is left; 0: there is no change of key
  std::size_t previous = 0;  ///< of the row before it
};

/// The last place in `text`, which begins a line, at which all rows of the curves before it are complete. More text may follow.
///
/// Text that breaks the grammar is cut somewhere; whoever reads the part before the cut meets what is wrong, or it is still ahead.
/// @throws InputError for a quote out of place, where one is found in passing; its line is counted from `line`
Cut find_cut(std::string_view text, const KeyColumns& columns, const std::string& source, std::size_t line);

/// What a text holds.
struct TextCount {
  std::size_t lines = 0;  ///< line ends, CRLF counted once
  bool has_nul = false;   ///< a NUL byte
};

/// Looks at every byte.
TextCount count_text(std::string_view text);

}  // namespace ogive::io
