// SPDX-License-Identifier: MIT
#include "ogive/io/long_cut.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>

#include "ogive/io/cell_span.h"
#include "ogive/io/records.h"

namespace ogive::io {
namespace {

bool is_line_end(char c) { return c == '\n' || c == '\r'; }

/// The key cells of one row, each with its size before it.
class KeyOfRow {
 public:
  explicit KeyOfRow(const KeyColumns& columns) : columns_(columns) {}

  /// @return false for a comment or a blank line. A row that breaks the grammar has a key that no other has.
  bool read(std::string_view row, std::string& key) {
    key.clear();
    cells_.clear();
    try {
      Records records(row, columns_.delimiter, "");
      if (!records.next(cells_)) return false;
      for (const auto column : columns_.by) {
        if (column >= cells_.size()) return broken(row, key);
        const auto cell = row.substr(records.start() + cells_[column].offset, cells_[column].size());
        const auto content = cells_[column].escaped() ? unescaped(cell) : std::string(cell);
        key += std::to_string(content.size()) + ':' + content;
      }
    } catch (const InputError&) {
      return broken(row, key);
    }
    return true;
  }

 private:
  static bool broken(std::string_view row, std::string& key) {
    key = "broken" + std::to_string(reinterpret_cast<std::uintptr_t>(row.data()));
    return true;
  }

  const KeyColumns& columns_;
  std::vector<CellSpan> cells_;
};

/// The same bytes up to the delimiter behind the key: most neighbours agree so, and need no closer look.
bool begin_alike(std::string_view a, std::string_view b, const KeyColumns& columns) {
  if (a.find('"') != std::string_view::npos) return false;
  const auto last = *std::max_element(columns.by.begin(), columns.by.end());
  std::size_t end = 0;
  for (std::size_t i = 0; i <= last; ++i) {
    end = a.find(columns.delimiter, end);
    if (end == std::string_view::npos) return false;
    ++end;
  }
  return b.size() >= end && std::memcmp(a.data(), b.data(), end) == 0;
}

/// Goes back from the end, line by line. With quotes, a line ends where the number of quotes before is even, which is so wherever
/// no comment holds a quote.
Cut cut_from_behind(std::string_view text, const KeyColumns& columns, std::size_t quotes) {
  KeyOfRow reader(columns);
  std::string key, last_key;
  std::string_view last_row;
  std::size_t run = 0;  // where the rows of the last key begin
  bool any = false;
  bool odd = quotes % 2 != 0;
  const auto previous_line_end = [&](std::size_t end) {  // the last one before `end`, as its offset + 1; 0: none
    for (std::size_t i = end; i-- > 0;) {
      if (text[i] == '"') odd = !odd;
      if (!odd && is_line_end(text[i])) return i + 1;
    }
    return std::size_t{0};
  };
  std::size_t end = previous_line_end(text.size());  // what follows it is not complete
  while (end != 0) {
    const auto start = previous_line_end(end - 1);
    const auto row = text.substr(start, end - 1 - start);
    if (any && begin_alike(last_row, row, columns)) {
      run = start;
    } else if (reader.read(row, key)) {
      if (any && key != last_key) return {run, start};
      any = true;
      last_key = key;
      last_row = row;
      run = start;
    }
    end = start;
  }
  return {};
}

/// Goes through all records: slow, but right whatever there is.
Cut cut_from_front(std::string_view text, const KeyColumns& columns, const std::string& source, std::size_t line) {
  KeyOfRow reader(columns);
  Records records(text, columns.delimiter, source, line);
  std::vector<CellSpan> cells;
  std::string key, last_key;
  std::size_t previous = 0;
  bool any = false;
  Cut cut;
  try {
    while (records.next(cells)) {
      cells.clear();
      if (records.end() == text.size()) break;  // it may go on
      reader.read(text.substr(records.start(), records.end() - records.start()), key);
      if (any && key != last_key) cut = {records.start(), previous};
      any = true;
      last_key = key;
      previous = records.start();
    }
  } catch (const UnclosedQuote&) {
    // It may be closed in what follows.
  }
  return cut;
}

bool has_comment(std::string_view text) {
  for (auto i = text.find('#'); i != std::string_view::npos; i = text.find('#', i + 1))
    if (i == 0 || is_line_end(text[i - 1])) return true;
  return false;
}

/// How often `c` stands in 240 bytes. A count of 8 bits is enough for them, so that a compiler makes vector instructions of it.
constexpr std::size_t counted_at_once = 240;
std::uint8_t count_some(const char* p, char c) {
  std::uint8_t count = 0;
  for (std::size_t i = 0; i < counted_at_once; ++i) count = static_cast<std::uint8_t>(count + (p[i] == c ? 1 : 0));
  return count;
}

std::size_t count_of(std::string_view text, char c) {
  std::size_t count = 0;
  for (; text.size() >= counted_at_once; text.remove_prefix(counted_at_once)) count += count_some(text.data(), c);
  for (const char each : text)
    if (each == c) ++count;
  return count;
}

}  // namespace

Cut find_cut(std::string_view text, const KeyColumns& columns, const std::string& source, std::size_t line) {
  if (columns.by.empty()) return {};
  if (text.find('"') == std::string_view::npos) return cut_from_behind(text, columns, 0);
  if (has_comment(text)) return cut_from_front(text, columns, source, line);
  const auto cut = cut_from_behind(text, columns, count_of(text, '"'));
  return cut.offset != 0 ? cut : cut_from_front(text, columns, source, line);
}

TextCount count_text(std::string_view text) {
  TextCount count;
  count.lines = count_of(text, '\n');
  count.has_nul = text.find('\0') != std::string_view::npos;
  for (auto at = text.find('\r'); at != std::string_view::npos; at = text.find('\r', at + 1))
    if (at + 1 == text.size() || text[at + 1] != '\n') ++count.lines;
  return count;
}

}  // namespace ogive::io
