// SPDX-License-Identifier: MIT
#include "ogive/io/dialect.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "ogive/io/number.h"
#include "ogive/io/records.h"

namespace ogive::io {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

enum class Kind { word, number, other };

/// Whether the cell starts as a number does: what is then not a number is a slip, not a name.
bool starts_as_number(std::string_view cell) {
  if (!cell.empty() && (cell.front() == '-' || cell.front() == '+')) cell.remove_prefix(1);
  if (!cell.empty() && (cell.front() == '.' || cell.front() == ',')) cell.remove_prefix(1);
  return !cell.empty() && is_digit(cell.front());
}

Kind kind(std::string_view cell, char decimal_sign) {
  switch (parse_number(cell, decimal_sign).status) {
    case NumberStatus::ok:
      return Kind::number;
    case NumberStatus::not_a_number:
      return starts_as_number(cell) ? Kind::other : Kind::word;
    default:
      return Kind::other;
  }
}

/// How well a delimiter explains the first rows; the larger, the better.
struct Fit {
  std::size_t like_first = 0;  ///< rows with as many cells as the first, if that has two
  std::size_t split = 0;       ///< rows with two cells or more
  double numbers = 0;          ///< share of the cells that are numbers

  auto key() const { return std::tuple(like_first, split, numbers); }
};

Fit try_delimiter(std::string_view text, char delimiter) {
  Fit fit;
  Records records(text, delimiter, "");
  std::vector<CellSpan> cells;
  std::size_t first_count = 0, all = 0, numbers = 0;
  try {
    for (std::size_t row = 0; row < sniffed_rows; ++row) {
      cells.clear();
      if (!records.next(cells)) break;
      if (row == 0) first_count = cells.size();
      if (cells.size() < 2) continue;
      ++fit.split;
      if (cells.size() == first_count) ++fit.like_first;
      all += cells.size();
      for (const auto& cell : cells) {
        const auto content = text.substr(records.start() + cell.offset, cell.size());
        const bool is_number = parse_number(content).status == NumberStatus::ok || (delimiter == ';' && has_decimal_comma(content));
        if (is_number) ++numbers;
      }
    }
  } catch (const InputError&) {
    // A text that breaks the grammar under this delimiter may keep it under another; the rows so far count.
  }
  if (all != 0) fit.numbers = static_cast<double>(numbers) / static_cast<double>(all);
  return fit;
}

}  // namespace

char sniff_delimiter(std::string_view text) {
  char best = ',';
  Fit best_fit;
  for (const char delimiter : {'\t', ';', ','}) {
    const auto fit = try_delimiter(text, delimiter);
    if (fit.key() > best_fit.key()) {
      best = delimiter;
      best_fit = fit;
    }
  }
  return best;
}

bool sniff_header(const std::vector<std::vector<std::string_view>>& rows, char decimal_sign) {
  if (rows.empty()) return false;
  std::size_t first_words = 0, first_numbers = 0;
  bool words_come_first = true, word_above_numbers = false;
  for (std::size_t column = 0; column < rows[0].size(); ++column) {
    const auto first = kind(rows[0][column], decimal_sign);
    if (first == Kind::number) ++first_numbers;
    if (first != Kind::word) continue;
    ++first_words;
    if (first_numbers != 0) words_come_first = false;
    std::size_t words = 0, numbers = 0;
    for (std::size_t row = 1; row < rows.size(); ++row) {
      const auto below = kind(rows[row][column], decimal_sign);
      if (below == Kind::word) ++words;
      if (below == Kind::number) ++numbers;
    }
    if (words <= numbers) word_above_numbers = true;
  }
  if (first_words == 0 || first_numbers == 0) return first_words != 0;
  return word_above_numbers && (words_come_first || first_words > first_numbers);
}

bool is_blank_separated(std::string_view row) {
  std::size_t count = 0;
  while (true) {
    const auto first = row.find_first_not_of(" \t");
    if (first == std::string_view::npos) return count > 1;
    row.remove_prefix(first);
    const auto token = row.substr(0, row.find_first_of(" \t"));
    const auto status = parse_number(token).status;
    if (status != NumberStatus::ok && status != NumberStatus::missing) return false;
    row.remove_prefix(token.size());
    ++count;
  }
}

bool has_decimal_comma(std::string_view cell) {
  return cell.find(',') != std::string_view::npos && parse_number(cell, ',').status == NumberStatus::ok;
}

}  // namespace ogive::io
