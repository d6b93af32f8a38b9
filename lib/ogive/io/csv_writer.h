// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// CSV out (RFC 4180, but lines end in LF): what it writes, read_table reads back cell by cell.
///
/// @code
///   std::string text;
///   ogive::io::CsvWriter csv(text);
///   csv.cell("plate A").cell(0.25).end_row();  // plate A,0.25
/// @endcode

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>

namespace ogive::io {

/// Appends rows to a text. Who wants them in a file passes the text on to an OutputFile, now and then or at the end.
class CsvWriter {
 public:
  /// `text` must outlive this. `delimiter` is a comma, a tab or a semicolon.
  explicit CsvWriter(std::string& text, char delimiter = ',') : text_(text), delimiter_(delimiter) {}

  /// A text cell; quoted where a reader would otherwise see something else.
  CsvWriter& cell(std::string_view content);

  /// A number that reads back exactly; empty where it is not finite, which is how results write an unknown or unbounded value.
  CsvWriter& cell(double value);

  /// A whole number.
  template <std::integral T>
  CsvWriter& cell(T value) {
    return cell(std::string_view(std::to_string(value)));
  }

  /// Ends the row.
  void end_row();

 private:
  std::string& text_;
  char delimiter_;
  std::size_t cells_in_row_ = 0;
  bool row_is_blank_ = true;
};

}  // namespace ogive::io
