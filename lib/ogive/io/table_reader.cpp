// SPDX-License-Identifier: MIT
// How a text becomes a Table: what is no table at all is refused, then the rows are read, then names and decimal sign are settled.
#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

#include "ogive/io/dialect.h"
#include "ogive/io/records.h"
#include "ogive/io/table.h"
#include "ogive/io/text_source.h"

namespace ogive::io {
namespace {

struct Signature {
  std::string_view bytes;
  const char* message;
};

/// The marks of files that people take for tables. They are long enough not to be the name of a column (PAR1 is a gene, too).
constexpr std::array<Signature, 9> signatures{{
    {"\xFF\xFE", "this is UTF-16: save it as UTF-8 (iconv -f UTF-16 -t UTF-8)"},
    {"\xFE\xFF", "this is UTF-16: save it as UTF-8 (iconv -f UTF-16 -t UTF-8)"},
    {"PK\x03\x04", "this is a spreadsheet or a zip archive: save the sheet as CSV"},
    {"\xD0\xCF\x11\xE0", "this is a spreadsheet: save the sheet as CSV"},
    {"\x1F\x8B", "this is gzip inside gzip: decompress it once (gzip -d)"},
    {"BZh91AY&SY", "this is compressed by bzip2: decompress it first (bzip2 -d)"},
    {"\xFD\x37zXZ", "this is compressed by xz: decompress it first (xz -d)"},
    {"\x28\xB5\x2F\xFD", "this is compressed by zstd: decompress it first (zstd -d)"},
    {"PAR1\x15", "this is a Parquet file: export it as CSV"},
}};

void refuse_what_is_no_text(std::string_view text, const std::string& source) {
  if (text.empty()) throw InputError({source, 0, 0}, "the file is empty");
  for (const auto& signature : signatures)
    if (text.starts_with(signature.bytes)) throw InputError({source, 0, 0}, signature.message);
  const auto nul = text.find('\0');
  if (nul == std::string_view::npos) return;
  // In UTF-16 without a mark, every other byte of plain English is NUL.
  const auto head = text.substr(0, 64);
  const auto nuls = static_cast<std::size_t>(std::count(head.begin(), head.end(), '\0'));
  const bool utf16 = head.size() >= 4 && nuls * 5 >= head.size() * 2 && nuls * 5 <= head.size() * 3;
  if (!utf16) throw InputError(place_in(text, 0, 1, nul, source), "a NUL byte: this is a binary file, not a table in text");
  const std::string name = nul % 2 == 1 ? "UTF-16LE" : "UTF-16BE";
  throw InputError({source, 0, 0}, "this looks like UTF-16: save it as UTF-8 (iconv -f " + name + " -t UTF-8)");
}

std::string cells_of(std::size_t count) { return std::to_string(count) + (count == 1 ? " cell" : " cells"); }

}  // namespace

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
    const auto previous = table_.rows_[row - 1];
    const auto& text = table_.text_;
    const auto* const cells = table_.cells_.data() + row * table_.stride_;
    const auto start = table_.rows_[row].start;
    // A surplus cell has a place; one that is not there has none but its row's.
    Place place{table_.source_, table_.rows_[row].line, 0};
    std::string message = "this row has " + cells_of(count) + ", the row before it (line " + std::to_string(previous.line) +
                          ") has " + std::to_string(table_.stride_);
    if (count > table_.stride_) {
      auto position = start + cells[table_.stride_].offset;
      if (text[position - 1] == '"') --position;
      place = place_in(text, start, place.line, position, table_.source_);
      if (count == table_.stride_ + 1 && cells[count - 1].packed == 0) message += ": is the delimiter at its end one too many?";
    }
    throw InputError(place, message);
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
