// SPDX-License-Identifier: MIT
#include "ogive/io/records.h"

#include <utility>

#include "ogive/io/excerpt.h"

namespace ogive::io {
namespace {

bool is_line_end(char c) { return c == '\n' || c == '\r'; }

/// The bytes of the line end at `position`: CRLF counts as one.
std::size_t line_end_size(std::string_view text, std::size_t position) { return text.substr(position).starts_with("\r\n") ? 2 : 1; }

}  // namespace

Records::Records(std::string_view text, char delimiter, std::string source, std::size_t line)
    : text_(text), delimiter_(delimiter), source_(std::move(source)), next_line_(line) {}

bool Records::next(std::vector<CellSpan>& cells) {
  if (!skip_to_record()) return false;
  start_ = position_;
  line_ = next_line_;
  while (true) {
    read_cell(cells);
    if (position_ == text_.size()) return true;
    if (text_[position_] != delimiter_) break;
    ++position_;
  }
  end_line();
  return true;
}

bool Records::skip_to_record() {
  while (position_ < text_.size()) {
    auto end = position_;
    if (text_[position_] == '#') {
      while (end < text_.size() && !is_line_end(text_[end])) ++end;
    } else {
      end = skip_blanks(position_);
      if (end < text_.size() && !is_line_end(text_[end])) return true;
    }
    position_ = end;
    if (position_ < text_.size()) end_line();
  }
  return false;
}

void Records::end_line() {
  position_ += line_end_size(text_, position_);
  ++next_line_;
}

std::size_t Records::skip_blanks(std::size_t position) const {
  while (position < text_.size() && (text_[position] == ' ' || (text_[position] == '\t' && delimiter_ != '\t'))) ++position;
  return position;
}

void Records::read_cell(std::vector<CellSpan>& cells) {
  position_ = skip_blanks(position_);
  if (position_ < text_.size() && text_[position_] == '"') return read_quoted(cells);
  const auto first = position_;
  const char* const data = text_.data();
  while (position_ < text_.size()) {
    const char c = data[position_];
    if (c == delimiter_ || is_line_end(c)) break;
    if (c == '"')
      fail(position_, "a quote inside a cell that does not start with one: put the cell in quotes and double the quotes in it");
    ++position_;
  }
  auto last = position_;
  while (last > first && (data[last - 1] == ' ' || (data[last - 1] == '\t' && delimiter_ != '\t'))) --last;
  append(cells, first, last, false);
}

void Records::read_quoted(std::vector<CellSpan>& cells) {
  const auto open = position_;
  auto close = open;
  bool escaped = false;
  while (true) {
    close = text_.find('"', close + 1);
    if (close == std::string_view::npos)
      throw UnclosedQuote(place_in(text_, start_, line_, open, source_), "the quote that opens here is never closed");
    if (close + 1 == text_.size() || text_[close + 1] != '"') break;
    escaped = true;
    ++close;
  }
  for (auto i = open; i < close; ++i) {
    if (!is_line_end(text_[i])) continue;
    i += line_end_size(text_, i) - 1;
    ++next_line_;
  }
  append(cells, open + 1, close, escaped);
  position_ = skip_blanks(close + 1);
  if (position_ < text_.size() && text_[position_] != delimiter_ && !is_line_end(text_[position_]))
    fail(position_, "text after the closing quote of " + excerpt(text_.substr(open + 1, close - open - 1)) +
                        ": double a quote that belongs to the cell");
}

void Records::append(std::vector<CellSpan>& cells, std::size_t first, std::size_t last, bool escaped) const {
  if (last - start_ >= CellSpan::escaped_bit) throw InputError({source_, line_, 0}, "this row is longer than 2 GiB");
  const auto size = static_cast<std::uint32_t>(last - first);
  cells.push_back({static_cast<std::uint32_t>(first - start_), escaped ? size | CellSpan::escaped_bit : size});
}

void Records::fail(std::size_t position, const std::string& message) const {
  throw InputError(place_in(text_, start_, line_, position, source_), message);
}

Place place_in(std::string_view text, std::size_t start, std::size_t line, std::size_t position, const std::string& source) {
  for (auto i = start; i < position; ++i) {
    if (!is_line_end(text[i])) continue;
    i += line_end_size(text, i) - 1;
    start = i + 1;
    ++line;
  }
  return {source, line, position - start + 1};
}

std::string unescaped(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    result += text[i];
    if (text[i] == '"') ++i;  // the second of the two
  }
  return result;
}

}  // namespace ogive::io
