// SPDX-License-Identifier: MIT
#include "ogive/io/long_rows.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <utility>

#include "ogive/io/dialect.h"
#include "ogive/io/excerpt.h"
#include "ogive/io/fast_number.h"
#include "ogive/io/number.h"
#include "ogive/io/records.h"
#include "ogive/io/seen_keys.h"

namespace ogive::io {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// What a column is there for.
enum class Role : std::uint8_t { skip, key, x, y };

/// A key cell as it is written, quotes and all, in the last row that was looked at closely.
struct Written {
  const char* data = nullptr;
  std::size_t size = 0;
};

/// Whether the texts at a and b agree in `size` bytes; some bytes behind both can be read.
bool alike(const char* a, const char* b, std::size_t size) {
  while (size >= 8) {
    if (detail::eight_bytes(a) != detail::eight_bytes(b)) return false;
    a += 8;
    b += 8;
    size -= 8;
  }
  if (size == 0) return true;
  return ((detail::eight_bytes(a) ^ detail::eight_bytes(b)) << (64 - 8 * size)) == 0;
}

class LongRows {
 public:
  LongRows(const LongText& text, const LongFormat& format, CurveBlock& block)
      : text_(text),
        format_(format),
        block_(block),
        end_(text.text.data() + text.text.size()),
        line_(text.line),
        previous_line_(text.previous_line),
        written_(format.by.size()) {
    columns_.assign(format.stride, {});
    for (std::size_t i = 0; i < format.by.size(); ++i) columns_[format.by[i]] = {Role::key, i};
    columns_[format.x].role = Role::x;
    columns_[format.y].role = Role::y;
    const std::size_t keys = format.by.size();
    has_keys_in_front_ =
        keys > 0 && format.stride == keys + 2 && std::max(format.x, format.y) == keys + 1 && std::min(format.x, format.y) == keys;
  }

  void read() {
    // x and y are not cleared: what stays as long as before is not filled anew.
    std::vector<double> x = std::move(block_.x), y = std::move(block_.y);
    block_.clear();
    x.resize(text_.lines + 1);
    y.resize(text_.lines + 1);
    block_.x = std::move(x);
    block_.y = std::move(y);
    x_ = block_.x.data();
    y_ = block_.y.data();
    first_number_ = format_.x < format_.y ? x_ : y_;
    second_number_ = format_.x < format_.y ? y_ : x_;
    block_.key_columns = format_.by.size();
    block_.keys_rise = true;
    block_.offsets.push_back(0);
    block_.key_offsets.push_back(0);
    const char* p = text_.text.data();
    while (p != end_) {
      const char* next = next_row_of_curve(p);
      if (next == nullptr) next = fast_row(p);
      p = next != nullptr ? next : slow_row(p);
    }
    block_.x.resize(count_);
    block_.y.resize(count_);
    if (block_.size() != 0) block_.offsets.back() = count_;
  }

 private:
  struct Column {
    Role role = Role::skip;
    std::size_t key = 0;  // of a key column: which one
  };

  /// Most rows of most tables: the key cells come first and are those of the row before, to the byte, and two numbers follow.
  /// @return as fast_row()
  const char* next_row_of_curve(const char* p) {
    const Written before = keys_in_front_;
    if (before.size == 0 || before.size >= static_cast<std::size_t>(end_ - p) || !alike(p, before.data, before.size))
      return nullptr;
    const char decimal_sign = format_.decimal_sign;
    double first = 0, second = 0;
    p = fast_number(p + before.size, decimal_sign, first);
    if (p == nullptr || *p != format_.delimiter) return nullptr;
    p = fast_number(p + 1, decimal_sign, second);
    if (p == nullptr) return nullptr;
    if (*p == '\r') ++p;
    if (*p != '\n') return nullptr;
    first_number_[count_] = first;
    second_number_[count_] = second;
    ++count_;
    previous_line_ = line_++;
    return p + 1;
  }

  /// Reads a row without quotes, blanks and surprises. @return where the next one begins; nullptr: this one is not such
  ///
  /// Behind the text there is a NUL, which ends every cell, and there is none in it.
  const char* fast_row(const char* p) {
    if (*p == '#') return nullptr;
    const char delimiter = format_.delimiter;
    const Column* const last = columns_.data() + columns_.size() - 1;
    const char* const row = p;
    const char* behind_keys = p;
    double x = 0, y = 0;
    bool same = count_ != 0;
    for (const Column* column = columns_.data();; ++column) {
      switch (column->role) {
        case Role::x:
          p = number(p, x);
          break;
        case Role::y:
          p = number(p, y);
          break;
        case Role::key: {
          while (*p == ' ') ++p;
          // What was written stays there while the piece is read, so a key that is as before need not be noted again.
          Written& before = written_[column->key];
          if (before.data != nullptr && before.size < static_cast<std::size_t>(end_ - p) && alike(p, before.data, before.size) &&
              ends_cell(p[before.size], column == last)) {
            p += before.size;
          } else {
            const char* const begin = p;
            p = *p == '"' ? quoted_cell(p) : plain_cell(p);
            if (p == nullptr) return nullptr;
            before = {begin, static_cast<std::size_t>(p - begin)};
            same = false;
          }
          break;
        }
        case Role::skip:
          p = skipped_cell(p);
          break;
      }
      if (p == nullptr) return nullptr;
      if (column == last) break;
      if (*p++ != delimiter) return nullptr;
      if (column->role == Role::key) behind_keys = p;
    }
    // The end of the row. A CR alone is left to the grammar.
    if (*p == '\r') ++p;
    if (*p == '\n')
      ++p;
    else if (p != end_ || p[-1] == '\r')
      return nullptr;
    if (!same) {
      begin_curve_unless_same([&](std::size_t i) {
        const std::string_view cell(written_[i].data, written_[i].size);
        return cell.starts_with('"') ? cell.substr(1, cell.size() - 2) : cell;
      });
    }
    add(x, y);
    previous_line_ = line_++;
    if (has_keys_in_front_) keys_in_front_ = {row, static_cast<std::size_t>(behind_keys - row)};
    return p;
  }

  bool ends_cell(char c, bool is_last) const { return is_last ? c == '\n' || c == '\r' : c == format_.delimiter; }

  bool ends_any_cell(const char* p) const { return p == end_ || *p == format_.delimiter || *p == '\n' || *p == '\r'; }

  /// A number or a missing one.
  const char* number(const char* p, double& value) const {
    const char* end = fast_number(p, format_.decimal_sign, value);
    if (end == nullptr && *p == ' ') {
      while (p != end_ && *p == ' ') ++p;
      end = fast_number(p, format_.decimal_sign, value);
    }
    if (end != nullptr) {
      while (*end == ' ') ++end;
      return end;
    }
    value = missing;
    if (ends_any_cell(p)) return p;
    if ((*p != 'N' && *p != 'n') || end_ - p < 2) return nullptr;
    if ((p[1] | 0x20) != 'a') return nullptr;
    p += 2;
    if (p != end_ && (*p | 0x20) == 'n') ++p;
    return ends_any_cell(p) ? p : nullptr;
  }

  /// The end of a cell in quotes, without quotes and line ends in it; nullptr where it is not such.
  const char* quoted_cell(const char* p) const {
    for (++p; p != end_ && *p != '"'; ++p)
      if (*p == '\n' || *p == '\r') return nullptr;
    return p != end_ && p[1] != '"' ? p + 1 : nullptr;
  }

  /// The end of a cell without quotes and without blanks around it; nullptr where it is not such.
  const char* plain_cell(const char* p) const {
    const char* const begin = p;
    while (p != end_ && *p != format_.delimiter && *p != '\n' && *p != '\r') {
      if (*p == '"') return nullptr;
      ++p;
    }
    if (p == begin) return p;
    const auto is_blank = [](char c) { return c == ' ' || c == '\t'; };
    return is_blank(*begin) || is_blank(p[-1]) ? nullptr : p;
  }

  /// The end of a cell that nobody wants.
  const char* skipped_cell(const char* p) const {
    if (p != end_ && *p == '"') return quoted_cell(p);  // what follows must be the delimiter
    while (p != end_ && *p != format_.delimiter && *p != '\n' && *p != '\r') {
      if (*p == '"') return nullptr;
      ++p;
    }
    return p;
  }

  /// Reads a row by the grammar. @return where the next one begins
  const char* slow_row(const char* p) {
    const auto all = text_.text;
    const auto start = static_cast<std::size_t>(p - all.data());
    const auto rest = all.substr(start);
    Records records(rest, format_.delimiter, format_.source, line_);
    cells_.clear();
    if (!records.next(cells_)) return end_;
    const std::size_t row = records.start();
    if (cells_.size() != format_.stride)
      throw ragged_row(rest, {row, records.line()}, cells_, {format_.stride, previous_line_}, format_.source);
    const auto content = [&](std::size_t column) {
      const auto cell = rest.substr(row + cells_[column].offset, cells_[column].size());
      return cells_[column].escaped() ? unescaped(cell) : std::string(cell);
    };
    const auto place = [&](std::size_t column) {
      auto position = row + cells_[column].offset;
      if (position > 0 && rest[position - 1] == '"') --position;
      return place_in(rest, row, records.line(), position, format_.source);
    };
    const auto value = [&](std::size_t column) {
      const auto text = content(column);
      const auto parsed = parse_number(text, format_.decimal_sign);
      if (parsed.status == NumberStatus::ok) return parsed.value;
      if (parsed.status == NumberStatus::missing) return missing;
      throw complaint(text, place(column), column);
    };
    line_ = records.line();
    keys_in_front_ = {};
    begin_curve_unless_same([&](std::size_t i) { return content(format_.by[i]); });
    for (std::size_t i = 0; i < format_.by.size(); ++i) {
      const auto cell = cells_[format_.by[i]];
      const char* first = rest.data() + row + cell.offset;
      const bool quoted = first != all.data() && first[-1] == '"';
      written_[i] = quoted ? Written{first - 1, cell.size() + std::size_t{2}} : Written{first, cell.size()};
      // The fast way counts one line a row,
      // and knows no escaped quotes.
      if (quoted && std::string_view(first, cell.size()).find_first_of("\"\r\n") != std::string_view::npos) written_[i] = {};
    }
    const double x = value(format_.x);
    add(x, value(format_.y));
    previous_line_ = line_;
    line_ = records.next_line();
    return p + records.end();
  }

  InputError complaint(const std::string& cell, const Place& place, std::size_t column) const {
    std::optional<DecimalComma> comma;
    if (format_.decimal_sign == ',') {
      comma = {format_.comma_cell, format_.comma_place};
    } else if (format_.delimiter == ';' && has_decimal_comma(cell)) {
      return {place,
              excerpt(cell) +
                  " has a decimal comma, but no cell at the beginning of the table has one: use the decimal point, or read the "
                  "whole table at once (--engine single) (column " +
                  format_.names[column] + ")"};
    }
    return not_a_number(cell, place, format_.delimiter, comma, format_.names[column]);
  }

  template <class CellOf>
  void begin_curve_unless_same(CellOf cell_of) {
    if (block_.size() != 0) {
      int order = 0;
      for (std::size_t i = 0; i < format_.by.size() && order == 0; ++i)
        order = compare_keys(block_.key(block_.size() - 1, i), cell_of(i));
      if (order == 0) return;
      block_.keys_rise = block_.keys_rise && order < 0;
      block_.offsets.back() = count_;
    }
    std::uint64_t hash = hash_seed;
    for (std::size_t i = 0; i < format_.by.size(); ++i) {
      const auto cell = cell_of(i);
      block_.keys += cell;
      block_.key_offsets.push_back(block_.keys.size());
      hash = hash_of(cell, hash);
    }
    block_.key_hashes.push_back(hash);
    block_.lines.push_back(line_);
    block_.offsets.push_back(count_);
  }

  void add(double x, double y) {
    x_[count_] = x;
    y_[count_] = y;
    ++count_;
  }

  const LongText& text_;
  const LongFormat& format_;
  CurveBlock& block_;
  const char* const end_;
  std::size_t line_;                                           // of the row that is read
  std::size_t previous_line_;                                  // of the one before
  std::size_t count_ = 0;                                      // points
  double *x_ = nullptr, *y_ = nullptr;                         // the block's
  double *first_number_ = nullptr, *second_number_ = nullptr;  // likewise, in the order of a row
  bool has_keys_in_front_ = false;                             // and just two numbers behind them
  Written keys_in_front_;                                      // of the row before, with delimiters; size 0: not known
  std::vector<Column> columns_;
  std::vector<Written> written_;
  std::vector<CellSpan> cells_;
};

}  // namespace

void read_long_rows(const LongText& text, const LongFormat& format, CurveBlock& block) { LongRows(text, format, block).read(); }

std::pair<Place, std::string> cell_of_row(const LongText& text, const LongFormat& format, std::size_t row, std::size_t column) {
  Records records(text.text, format.delimiter, format.source, text.line);
  std::vector<CellSpan> cells;
  for (std::size_t i = 0; i <= row; ++i) {
    cells.clear();
    records.next(cells);
  }
  const auto cell = cells[column];
  auto position = records.start() + cell.offset;
  const auto content = text.text.substr(position, cell.size());
  if (position > 0 && text.text[position - 1] == '"') --position;
  return {place_in(text.text, records.start(), records.line(), position, format.source),
          cell.escaped() ? unescaped(content) : std::string(content)};
}

}  // namespace ogive::io
