// SPDX-License-Identifier: MIT
#include "ogive/io/table.h"

#include <algorithm>
#include <charconv>

#include "ogive/io/complaints.h"
#include "ogive/io/excerpt.h"
#include "ogive/io/number.h"
#include "ogive/io/records.h"
#include "ogive/io/suggest.h"

namespace ogive::io {
namespace {

/// The number that `text` is, or 0.
std::size_t whole_number(std::string_view text) {
  std::size_t value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  return result.ec == std::errc() && result.ptr == text.data() + text.size() ? value : 0;
}

std::string listed(const std::vector<std::string>& names) {
  constexpr std::size_t shown = 20;
  std::string list;
  for (std::size_t i = 0; i < std::min(shown, names.size()); ++i) list += (i == 0 ? "" : ", ") + excerpt(names[i]);
  if (names.size() > shown) list += " and " + std::to_string(names.size() - shown) + " more";
  return list;
}

}  // namespace

std::string_view Table::cell(std::size_t row, std::size_t column) const {
  const auto index = row * stride_ + column;
  const auto span = cells_[index];
  if (span.escaped()) return unescaped_.find(index)->second;
  return std::string_view(text_).substr(rows_[row].start + span.offset, span.size());
}

Place Table::place(std::size_t row, std::size_t column) const {
  auto position = rows_[row].start + cells_[row * stride_ + column].offset;
  // A plain cell never follows a quote, so a quote before the first byte is the opening one.
  if (position > 0 && text_[position - 1] == '"') --position;
  return place_in(text_, rows_[row].start, rows_[row].line, position, source_);
}

std::size_t Table::column(std::string_view name_or_number) const {
  const auto found = std::find(names_.begin(), names_.end(), name_or_number);
  const Place header{source_, header_line_, 0};
  if (found == names_.end()) {
    const auto number = whole_number(name_or_number);
    if (number >= 1 && number <= columns()) return number - 1;
    const auto message = "there is no column " + excerpt(name_or_number);
    if (!has_header())
      throw InputError(header, message + ": the table has no header, its columns are 1 to " + std::to_string(columns()));
    const auto* nearest = nearest_name(name_or_number, names_);
    throw InputError(header, message + (nearest != nullptr ? " (did you mean " + excerpt(*nearest) + "?)" : "") +
                                 ": the columns are " + listed(names_));
  }
  const auto first = static_cast<std::size_t>(found - names_.begin());
  const auto again = std::find(found + 1, names_.end(), name_or_number);
  if (again != names_.end())
    throw InputError(header, "columns " + std::to_string(first + 1) + " and " + std::to_string(again - names_.begin() + 1) +
                                 " are both called " + excerpt(name_or_number) + ": give the column's number");
  return first;
}

std::optional<double> Table::number(std::size_t row, std::size_t column) const {
  const auto parsed = parse_number(cell(row, column), decimal_sign());
  if (parsed.status == NumberStatus::ok) return parsed.value;
  if (parsed.status == NumberStatus::missing) return std::nullopt;
  fail_number(row, column);
}

void Table::fail_number(std::size_t row, std::size_t column) const {
  const auto text = cell(row, column);
  std::optional<DecimalComma> comma;
  if (decimal_comma_cell_) {
    const auto comma_row = *decimal_comma_cell_ / stride_, comma_column = *decimal_comma_cell_ % stride_;
    comma = {cell(comma_row, comma_column), place(comma_row, comma_column)};
  }
  const std::string name = has_header() ? excerpt(names_[column]) : std::to_string(column + 1);
  throw not_a_number(text, place(row, column), delimiter_, comma, name);
}

}  // namespace ogive::io
