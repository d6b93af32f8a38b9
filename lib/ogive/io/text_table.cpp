// SPDX-License-Identifier: MIT
#include "ogive/io/text_table.h"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <string_view>
#include <utility>

#include "ogive/io/number.h"
#include "ogive/io/utf8.h"

namespace ogive::io {
namespace {

/// One cell is one piece of one line, whatever it holds; an escape sequence from a data file does not reach the terminal.
std::string on_one_line(std::string_view cell) {
  std::string result;
  while (!cell.empty()) {
    const auto next = first_code_point(cell);
    if (!next.valid)
      result += '?';
    else if (is_printable(next.value))
      result += cell.substr(0, next.size);
    else
      result += ' ';
    cell.remove_prefix(next.size);
  }
  return result;
}

bool is_numeric(std::string_view cell) {
  switch (parse_number(cell).status) {
    case NumberStatus::ok:
    case NumberStatus::missing:
    case NumberStatus::infinite:
    case NumberStatus::out_of_range:
      return true;
    default:
      return cell == "-";
  }
}

}  // namespace

TextTable::TextTable(std::vector<std::string> header) : header_(std::move(header)) {
  for (auto& cell : header_) cell = on_one_line(cell);
}

void TextTable::add_row(std::vector<std::string> cells) {
  assert(cells.size() <= header_.size());
  cells.resize(header_.size());
  for (auto& cell : cells) cell = on_one_line(cell);
  rows_.push_back(std::move(cells));
}

std::string TextTable::text(const Style& style) const {
  std::vector<std::size_t> widths;
  std::vector<bool> flush_right;
  for (std::size_t column = 0; column < header_.size(); ++column) {
    std::size_t width = display_width(header_[column]);
    bool numeric = !rows_.empty();
    for (const auto& row : rows_) {
      width = std::max(width, display_width(row[column]));
      numeric = numeric && is_numeric(row[column]);
    }
    widths.push_back(width);
    flush_right.push_back(numeric);
  }
  const auto line = [&](const std::vector<std::string>& cells) {
    std::string result;
    for (std::size_t column = 0; column < cells.size(); ++column) {
      const std::string padding(widths[column] - display_width(cells[column]), ' ');
      if (column != 0) result += "  ";
      result += flush_right[column] ? padding + cells[column] : cells[column] + padding;
    }
    result.erase(result.find_last_not_of(' ') + 1);
    return result;
  };
  std::string result = style.colour ? "\x1B[1m" + line(header_) + "\x1B[0m\n" : line(header_) + '\n';
  for (const auto& row : rows_) result += line(row) + '\n';
  return result;
}

}  // namespace ogive::io
