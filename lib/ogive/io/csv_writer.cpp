// SPDX-License-Identifier: MIT
#include "ogive/io/csv_writer.h"

#include <algorithm>
#include <cmath>

#include "ogive/io/number.h"
#include "ogive/io/utf8.h"

namespace ogive::io {
namespace {

/// Whether a file that starts with this cell might be taken for something else than text: it holds bytes that are not UTF-8, or
/// starts with a byte-order mark or as bzip2 does. (Control characters are seen to below.)
bool looks_like_another_file(std::string_view content) {
  if (content.starts_with("\xEF\xBB\xBF") || content.starts_with("BZh")) return true;
  while (!content.empty()) {
    const auto next = first_code_point(content);
    if (!next.valid) return true;
    content.remove_prefix(next.size);
  }
  return false;
}

bool needs_quotes(std::string_view content, char delimiter) {
  if (content.empty()) return false;
  if (content.front() == '#' || content.front() == ' ' || content.back() == ' ') return true;
  const auto is_special = [&](char c) { return c == delimiter || c == '"' || (c >= 0 && c < 0x20); };
  return std::any_of(content.begin(), content.end(), is_special) || looks_like_another_file(content);
}

}  // namespace

CsvWriter& CsvWriter::cell(std::string_view content) {
  if (cells_in_row_++ != 0) text_ += delimiter_;
  if (!content.empty()) row_is_blank_ = false;
  if (!needs_quotes(content, delimiter_)) {
    text_ += content;
    return *this;
  }
  text_ += '"';
  for (const char c : content) {
    if (c == '"') text_ += '"';
    text_ += c;
  }
  text_ += '"';
  return *this;
}

CsvWriter& CsvWriter::cell(double value) {
  if (cells_in_row_++ != 0) text_ += delimiter_;
  if (!std::isfinite(value)) return *this;
  row_is_blank_ = false;
  append_number(text_, value);
  return *this;
}

void CsvWriter::end_row() {
  if (cells_in_row_ == 1 && row_is_blank_) text_ += "\"\"";  // else a reader would take the row for a blank line
  text_ += '\n';
  cells_in_row_ = 0;
  row_is_blank_ = true;
}

}  // namespace ogive::io
