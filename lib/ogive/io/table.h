// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Text tables in: CSV, TSV and semicolon files, read strictly.
///
/// The delimiter, the header, a byte-order mark, CRLF, quotes (RFC 4180), '#' comments, gzip and (in semicolon files) the decimal
/// comma are recognised. Every cell keeps its place, so that an error can name it.
///
/// What counts as what:
///
///   delimiter      tab, semicolon or comma: the one that cuts the first rows into equal numbers of cells; a file of one column has
///   none header         the first row, if it holds words above numbers ("dose,response"), or words only comment        a line
///   whose very first character is '#' blanks         around a cell they do not belong to it (in quotes they do); a row of blanks
///   only is skipped decimal comma  in a file with ';' between the cells, if any cell is a number with one; then no number may have
///   a point last columns   without name and without any cell they are dropped (delimiters at the end of every line)
///
/// Columns separated by blanks are refused with a remedy, as an empty cell could not be told from a wide gap.
///
/// @code
///   const auto table = ogive::io::read_table("plate.csv");
///   const auto x = table.column("dose");
///   for (std::size_t row = 0; row < table.rows(); ++row)
///     if (const auto value = table.number(row, x)) use(*value);  // an empty cell, NA or NaN is missing
/// @endcode

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ogive/base/errors.h"
#include "ogive/io/cell_span.h"

namespace ogive::io {

/// How a table is written, where that should not be found out from the text.
struct ReadOptions {
  std::optional<char> delimiter;  ///< comma, tab or semicolon; recognised where not given
  std::optional<bool> header;     ///< whether the first row holds names; recognised where not given
};

/// A rectangular text table. Cells are kept as text until a number is asked for.
///
/// The text is held once, with 8 bytes for each cell and 16 for each row; only cells with escaped quotes are copied.
class Table {
 public:
  const std::string& source() const { return source_; }             ///< the file as the user named it; "<stdin>" for "-"
  std::size_t rows() const { return rows_.size(); }                 ///< data rows, without the header; at least 1
  std::size_t columns() const { return names_.size(); }             ///< at least 1
  const std::vector<std::string>& names() const { return names_; }  ///< "1", "2", ... where there is no header
  bool has_header() const { return header_line_ != 0; }             ///< whether names() stood in the file
  char delimiter() const { return delimiter_; }                     ///< comma, tab or semicolon; comma in a table of one column
  char decimal_sign() const { return decimal_comma_cell_ ? ',' : '.'; }  ///< point or, in some semicolon files, comma

  /// The text of a cell, without the blanks or quotes around it; valid as long as the table stays where it is.
  std::string_view cell(std::size_t row, std::size_t column) const;
  /// Line of the file on which the row starts, from 1.
  std::size_t line(std::size_t row) const { return rows_[row].line; }
  /// Where the cell stands: its line and, counted in bytes, the column of its first character (of the opening quote if it has one).
  Place place(std::size_t row, std::size_t column) const;

  /// The column of that name, or else of that number (from 1).
  /// @throws InputError that names the columns there are, or says that several have that name.
  std::size_t column(std::string_view name_or_number) const;

  /// The cell as a number, exactly rounded; nothing where the cell is missing (empty, NA or NaN in any case).
  /// @throws InputError with file, line, column and the cell where it is anything else.
  std::optional<double> number(std::size_t row, std::size_t column) const;

 private:
  friend class TableReader;  // table_reader.cpp

  struct Row {
    std::size_t start;  // offset in text_
    std::size_t line;
  };

  [[noreturn]] void fail_number(std::size_t row, std::size_t column) const;

  std::string source_;
  std::string text_;
  std::vector<Row> rows_;
  std::vector<CellSpan> cells_;  // row by row, `stride_` to a row
  std::size_t stride_ = 0;       // the columns of the file; those at the end that are empty are not among names_
  std::unordered_map<std::size_t, std::string> unescaped_;  // by index in cells_
  std::vector<std::string> names_;
  std::size_t header_line_ = 0;
  char delimiter_ = ',';
  std::optional<std::size_t> decimal_comma_cell_;  // index in cells_ of the first number with a decimal comma
};

/// Reads a whole table. `path` "-" is standard input; gzip is recognised by its first bytes.
/// @throws FileError where it cannot be opened or read, InputError where it is not a table.
Table read_table(const std::string& path, const ReadOptions& options = {});

/// Reads a table from a text in memory; `source` is the name that errors use.
Table parse_table(std::string text, const std::string& source, const ReadOptions& options = {});

}  // namespace ogive::io
