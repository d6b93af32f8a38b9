// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// A table for people: aligned columns, two blanks between them.
///
/// @code
///   ogive::io::TextTable table({"curve", "x0"});
///   table.add_row({"A", "2.5"});
///   table.add_row({"B", "-10"});
///   table.text();
///   // curve   x0
///   // A      2.5
///   // B      -10
/// @endcode

#include <string>
#include <vector>

namespace ogive::io {

/// Collects rows, then lays them out.
class TextTable {
 public:
  /// How the lines look.
  struct Style {
    bool colour = false;  ///< the header in bold (ANSI); for a terminal only
  };

  /// The header has as many cells as there are columns.
  explicit TextTable(std::vector<std::string> header);

  /// A row with at most as many cells as the header; cells not given are empty. Control characters are shown as blanks.
  void add_row(std::vector<std::string> cells);

  /// All lines. A column is set flush right if every cell in it is a number, missing, infinite or "-"; no line ends in blanks.
  std::string text(const Style& style) const;
  /// All lines, plain.
  std::string text() const { return text(Style{}); }

 private:
  std::vector<std::string> header_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace ogive::io
