// SPDX-License-Identifier: MIT
#include "ogive/io/wide_rows.h"

#include "ogive/io/complaints.h"

namespace ogive::io {

void WideRows::scan(std::string_view bytes) {
  for (const char c : bytes) {
    take(c);
    ++offset_;
  }
}

void WideRows::take(char c) {
  if (c == '\0') throw nul_byte({source_, line_, static_cast<std::size_t>(offset_ - line_begin_) + 1});
  if (c == '\n' && after_return_) {  // the second half of a line end
    after_return_ = false;
    line_begin_ = offset_ + 1;
    if (!in_row_) row_.begin = offset_ + 1;
    return;
  }
  after_return_ = c == '\r';
  if (c == '\n' || c == '\r') {
    if (!in_quotes_) end_row();
    ++line_;
    line_begin_ = offset_ + 1;
    return;
  }
  if (in_comment_) return;
  if (!in_row_) {
    if (c == '#') {
      in_comment_ = true;
      return;
    }
    in_row_ = true;
    row_ = {};
    row_.begin = offset_;
    row_.line = line_;
  }
  if (c == '"') in_quotes_ = !in_quotes_;
  const bool is_blank = c == ' ' || c == '\t';
  if (!is_blank) row_.is_blank = false;
  for (std::size_t i = 0; i < delimiters.size(); ++i) {
    if (c == delimiters[i] && !in_quotes_) {
      ++row_.count[i];
      ++row_.at_end[i];
    } else if (!is_blank) {
      row_.at_end[i] = 0;
    }
  }
}

void WideRows::end_row() {
  if (in_row_) {
    row_.end = offset_;
    rows_.push_back(row_);
  }
  in_row_ = in_comment_ = false;
}

void WideRows::finish() { end_row(); }

}  // namespace ogive::io
