// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The rows of a wide table, found in one pass over its bytes: where each begins and ends, and how many cells it would have under
/// each of the three delimiters.
///
/// @code
///   ogive::io::WideRows rows("plate.csv", 0);
///   rows.scan("x,A,B\n");
///   rows.scan("1,2,3\n");
///   rows.finish();  // rows.found()[1].count[2] is 2: commas
/// @endcode

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ogive::io {

/// The delimiters in the order in which they are preferred.
inline constexpr std::array<char, 3> delimiters{'\t', ';', ','};

/// One row.
struct WideRow {
  std::uint64_t begin = 0;                ///< offset in the file
  std::uint64_t end = 0;                  ///< offset behind its last byte, without the line end
  std::size_t line = 0;                   ///< of the file, from 1
  std::array<std::uint32_t, 3> count{};   ///< delimiters outside quotes
  std::array<std::uint32_t, 3> at_end{};  ///< of them, how many have nothing but blanks and their like behind them
  bool is_blank = true;                   ///< nothing but blanks and tabs: no row, unless it has tabs and they are the delimiter
};

/// Takes the bytes as they come.
class WideRows {
 public:
  /// @param offset  of the first byte in the file: behind the byte-order mark
  WideRows(std::string source, std::uint64_t offset) : source_(std::move(source)), offset_(offset) {}

  /// @throws InputError for a NUL byte
  void scan(std::string_view bytes);
  void finish();

  /// All rows, comments and empty lines left out.
  std::vector<WideRow>& found() { return rows_; }

 private:
  void end_row();
  void take(char c);

  std::string source_;
  std::uint64_t offset_;  // of the next byte
  std::size_t line_ = 1;
  std::uint64_t line_begin_ = offset_;
  WideRow row_;
  bool in_row_ = false;
  bool in_comment_ = false;
  bool in_quotes_ = false;
  bool after_return_ = false;
  std::vector<WideRow> rows_;
};

}  // namespace ogive::io
