// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The grammar of a delimited text: it is cut into records, and these into cells; what the cells mean is not looked at.
///
///     text    = { comment | blank | record }     comment: '#' at the very start of a line; blank: a line of blanks only
///     record  = cell { delimiter cell } end      end: LF, CRLF, CR or the end of the text
///     cell    = blanks ( plain | quoted ) blanks
///     plain   = bytes without quote, delimiter and line end; blanks around them do not belong to the cell
///     quoted  = '"' { any byte but '"' | '""' } '"'
///
/// This is RFC 4180 but for blanks around cells, comments, blank lines and the choice of delimiter and line end.
/// A quote inside a plain cell and text after a closing quote are errors: what follows could mean two things.
///
/// @code
///   ogive::io::Records records("a,b\n1,2\n", ',', "plate.csv");
///   std::vector<ogive::io::CellSpan> cells;
///   while (records.next(cells)) use(cells);  // it grows by the cells of one record
/// @endcode

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "ogive/base/errors.h"
#include "ogive/io/cell_span.h"

namespace ogive::io {

/// A quote that is never closed: where there is more text to come, it may still be.
class UnclosedQuote : public InputError {
 public:
  using InputError::InputError;
};

/// Steps through the records of a text.
class Records {
 public:
  /// `text` must outlive this; `source` is the name that errors use, and `line` the number of the text's first line.
  Records(std::string_view text, char delimiter, std::string source, std::size_t line = 1);

  /// Appends the cells of the next record. @returns false at the end of the text.
  /// @throws UnclosedQuote; InputError for a quote within a plain cell and text after a closing quote.
  bool next(std::vector<CellSpan>& cells);

  std::size_t start() const { return start_; }          ///< offset in the text at which the record that next() read starts
  std::size_t line() const { return line_; }            ///< and its line, from 1
  std::size_t end() const { return position_; }         ///< offset at which the text goes on behind that record and its line end
  std::size_t next_line() const { return next_line_; }  ///< and the line there

 private:
  bool skip_to_record();
  void end_line();
  void read_cell(std::vector<CellSpan>& cells);
  void read_quoted(std::vector<CellSpan>& cells);
  std::size_t skip_blanks(std::size_t position) const;
  void append(std::vector<CellSpan>& cells, std::size_t first, std::size_t last, bool escaped) const;
  [[noreturn]] void fail(std::size_t position, const std::string& message) const;

  std::string_view text_;
  char delimiter_;
  std::string source_;
  std::size_t position_ = 0;
  std::size_t next_line_ = 1;
  std::size_t start_ = 0;
  std::size_t line_ = 0;
};

/// Line and column of text[position], where text[start] is the first byte of line `line`.
Place place_in(std::string_view text, std::size_t start, std::size_t line, std::size_t position, const std::string& source);

/// The text of a quoted cell with "" turned into ".
std::string unescaped(std::string_view text);

}  // namespace ogive::io
