// SPDX-License-Identifier: MIT
// How a text becomes a Table: what is no table at all is refused, then the rows are read, then names and decimal sign are settled.
#include <algorithm>
#include <cassert>
#include <utility>

#include "ogive/io/complaints.h"
#include "ogive/io/dialect.h"
#include "ogive/io/records.h"
#include "ogive/io/table.h"
#include "ogive/io/text_source.h"

namespace ogive::io {
class TableReader {
 public:
  TableReader(std::string text, std::string source, const ReadOptions& options) : options_(options) {
    table_.source_ = std::move(source);
    table_.text_ = std::move(text);
    if (table_.text_.starts_with("\xEF\xBB\xBF")) table_.text_.erase(0, 3);
  }

  Table read() && {
    refuse_what_is_no_text(table_.text_, table_.source_);
    table_.delimiter_ = options_.delimiter ? *options_.delimiter : sniff_delimiter(table_.text_);
    assert(table_.delimiter_ == ',' || table_.delimiter_ == '\t' || table_.delimiter_ == ';');
    read_rows();
    if (std::all_of(table_.cells_.begin(), table_.cells_.end(), [](CellSpan cell) { return cell.size() == 0; }))
      throw InputError({table_.source_, 0, 0}, "all cells are empty");
    copy_escaped_cells();
    refuse_blanks_as_delimiter();
    find_decimal_comma(0);
    take_header();
    drop_empty_last_columns();
    table_.rows_.shrink_to_fit();
    table_.cells_.shrink_to_fit();
    return std::move(table_);
  }

 private:
  void read_rows() {
    Records records(table_.text_, table_.delimiter_, table_.source_);
    while (true) {
      const auto before = table_.cells_.size();
      if (!records.next(table_.cells_)) break;
      const auto count = table_.cells_.size() - before;
      if (table_.rows_.empty()) table_.stride_ = count;
      table_.rows_.push_back({records.start(), records.line()});
      if (count != table_.stride_) fail_ragged(count);
      if (table_.rows_.size() == sniffed_rows) reserve();
    }
    if (table_.rows_.empty()) throw InputError({table_.source_, 0, 0}, "there are only comments and blank lines");
  }

  /// Makes room for all rows if they are like the first hundred, so that a large table is not copied while it grows.
  void reserve() {
    const auto bytes_per_row = std::max<std::size_t>(1, table_.rows_.back().start / sniffed_rows);
    const auto expected = table_.text_.size() / bytes_per_row + sniffed_rows;
    table_.rows_.reserve(expected);
    table_.cells_.reserve(expected * table_.stride_);
  }

  [[noreturn]] void fail_ragged(std::size_t count) {
    const auto row = table_.rows_.size() - 1;
    const auto [start, line] = table_.rows_[row];
    const auto* const cells = table_.cells_.data() + row * table_.stride_;
    throw ragged_row(table_.text_, {start, line}, {cells, count}, {table_.stride_, table_.rows_[row - 1].line}, table_.source_);
  }

  void copy_escaped_cells() {
    for (std::size_t i = 0; i < table_.cells_.size(); ++i) {
      const auto span = table_.cells_[i];
      if (!span.escaped()) continue;
      const auto start = table_.rows_[i / table_.stride_].start;
      table_.unescaped_[i] = unescaped(std::string_view(table_.text_).substr(start + span.offset, span.size()));
    }
  }

  void refuse_blanks_as_delimiter() const {
    if (options_.delimiter || table_.stride_ != 1) return;
    const auto row = std::min<std::size_t>(1, table_.rows() - 1);  // the first may be a header
    if (is_blank_separated(table_.cell(row, 0)))
      throw InputError(table_.place(row, 0), "the numbers in this row are separated by blanks: use commas, tabs or semicolons");
  }

  /// Only a semicolon leaves the comma free.
  void find_decimal_comma(std::size_t from) {
    if (table_.delimiter_ != ';') return;
    for (auto i = from; i < table_.cells_.size() && !table_.decimal_comma_cell_; ++i)
      if (has_decimal_comma(table_.cell(i / table_.stride_, i % table_.stride_))) table_.decimal_comma_cell_ = i;
  }

  void take_header() {
    const bool header = options_.header ? *options_.header : sniff_header(first_rows(), table_.decimal_sign());
    for (std::size_t column = 0; column < table_.stride_; ++column)
      table_.names_.push_back(header ? std::string(table_.cell(0, column)) : std::to_string(column + 1));
    if (!header) return;
    table_.header_line_ = table_.rows_[0].line;
    if (table_.rows() == 1) throw InputError({table_.source_, table_.header_line_, 0}, "there are no rows below the header");
    remove_first_row();
  }

  std::vector<std::vector<std::string_view>> first_rows() const {
    std::vector<std::vector<std::string_view>> rows(std::min(table_.rows(), sniffed_rows));
    for (std::size_t row = 0; row < rows.size(); ++row)
      for (std::size_t column = 0; column < table_.stride_; ++column) rows[row].push_back(table_.cell(row, column));
    return rows;
  }

  void remove_first_row() {
    const auto stride = table_.stride_;
    table_.rows_.erase(table_.rows_.begin());
    table_.cells_.erase(table_.cells_.begin(), table_.cells_.begin() + static_cast<std::ptrdiff_t>(stride));
    std::unordered_map<std::size_t, std::string> moved;
    for (auto& [index, text] : table_.unescaped_)
      if (index >= stride) moved[index - stride] = std::move(text);
    table_.unescaped_ = std::move(moved);
    // A name such as 1,5 does not make the numbers below it ones with a comma.
    table_.decimal_comma_cell_.reset();
    find_decimal_comma(0);
  }

  void drop_empty_last_columns() {
    auto& names = table_.names_;
    const auto is_empty = [&](std::size_t column) {
      if (table_.has_header() && !names[column].empty()) return false;
      for (std::size_t row = 0; row < table_.rows(); ++row)
        if (table_.cells_[row * table_.stride_ + column].packed != 0) return false;
      return true;
    };
    while (names.size() > 1 && is_empty(names.size() - 1)) names.pop_back();
  }

  ReadOptions options_;
  Table table_;
};

Table parse_table(std::string text, const std::string& source, const ReadOptions& options) {
  return TableReader(std::move(text), source, options).read();
}

Table read_table(const std::string& path, const ReadOptions& options) {
  return parse_table(read_text(path), path == "-" ? "<stdin>" : path, options);
}

}  // namespace ogive::io
