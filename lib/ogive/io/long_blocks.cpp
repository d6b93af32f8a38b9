// SPDX-License-Identifier: MIT
#include "ogive/io/long_blocks.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <utility>

#include "ogive/io/complaints.h"
#include "ogive/io/dialect.h"
#include "ogive/io/excerpt.h"
#include "ogive/io/fast_number.h"
#include "ogive/io/long_cut.h"
#include "ogive/io/long_rows.h"
#include "ogive/io/records.h"
#include "ogive/io/seen_keys.h"

namespace ogive::io {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// What the dialect is told from, at least.
constexpr std::size_t head_bytes = std::size_t{1} << 17;

/// Text of whole rows at the beginning of a text that goes on.
struct Beginning {
  std::size_t rows = 0;
  std::size_t size = 0;  // up to the last of them, which may not be complete
};

/// @throws InputError where the rows break the grammar; not for a quote that may be closed later
Beginning whole_rows(std::string_view text, char delimiter, const std::string& source) {
  Beginning beginning;
  Records records(text, delimiter, source);
  std::vector<CellSpan> cells;
  try {
    while (records.next(cells)) {
      cells.clear();
      beginning.size = records.start();
      if (records.end() == text.size()) break;
      ++beginning.rows;
    }
  } catch (const UnclosedQuote&) {
    // It starts a row that is not complete; the ones before are.
    beginning.size = records.start();
  }
  return beginning;
}

}  // namespace

struct LongBlocks::State {
  State(ByteSource source_, const LongOptions& options_) : source(std::move(source_)), options(options_) {
    // Room for a row at least, whatever is asked for.
    options.piece = std::max<std::size_t>(options.piece, 16);
    read_head();
  }

  /// Reads until there are rows enough to tell the dialect by.
  void read_head() {
    std::size_t wanted = std::min(options.piece, head_bytes);
    std::string_view begin;
    while (true) {
      more(wanted);
      begin = std::string_view(left.data(), left.size());
      if (begin.starts_with(byte_order_mark)) begin.remove_prefix(byte_order_mark.size());
      if (ended) break;
      refuse_what_is_no_text(begin, source.name());
      const char delimiter = options.read.delimiter ? *options.read.delimiter : sniff_delimiter(begin);
      const auto whole = whole_rows(begin, delimiter, source.name());
      if (whole.rows > sniffed_rows) {
        begin = begin.substr(0, whole.size);
        break;
      }
      wanted = 2 * left.size();
    }
    head = parse_table(std::string(begin), source.name(), options.read);
    format.source = source.name();
    format.delimiter = head.delimiter();
    format.decimal_sign = head.decimal_sign();
    for (const auto& name : head.names()) format.names.push_back(head.has_header() ? excerpt(name) : name);
    if (format.decimal_sign == ',') find_comma();
    skip_header(begin);
    first_left = static_cast<std::size_t>(begin.data() - left.data()) + header_end;
  }

  /// What is left begins with the first row of data.
  void skip_header(std::string_view text) {
    Records records(text, format.delimiter, format.source);
    std::vector<CellSpan> cells;
    records.next(cells);
    format.stride = cells.size();
    if (!head.has_header()) return;
    header_end = records.end();
    line = records.next_line();
    previous_line = records.line();
  }

  void find_comma() {
    for (std::size_t row = 0; row < head.rows(); ++row) {
      for (std::size_t column = 0; column < head.columns(); ++column) {
        if (!has_decimal_comma(head.cell(row, column))) continue;
        format.comma_cell = head.cell(row, column);
        format.comma_place = head.place(row, column);
        return;
      }
    }
  }

  /// Reads until `size` bytes are left, or the source ends.
  void more(std::size_t size) {
    const auto have = left.size();
    if (have >= size) return;
    left.resize(size);
    left.resize(have + source.read(left.data() + have, size - have));
    ended = left.size() < size;
  }

  bool next(TextPiece& piece) {
    std::size_t size = std::max(options.piece, left.size() - first_left);
    std::size_t filled = left.size() - first_left;
    const auto reserve = [&](std::size_t bytes) {
      if (piece.bytes_.size() < bytes + fast_number_slack) piece.bytes_.resize(bytes + fast_number_slack);
    };
    reserve(size);
    std::memcpy(piece.bytes_.data(), left.data() + first_left, filled);
    Cut cut;
    while (true) {
      if (!ended) {
        const auto count = source.read(piece.bytes_.data() + filled, size - filled);
        filled += count;
        ended = filled < size;
      }
      const std::string_view text(piece.bytes_.data(), filled);
      if (ended) {
        cut.offset = filled;
        break;
      }
      cut = find_cut(text, key_columns, format.source, line);
      if (cut.offset != 0) break;
      size *= 2;  // one curve, and more of it to come
      reserve(size);
    }
    if (filled == 0) return false;
    const char* const data = piece.bytes_.data();
    left.assign(data + cut.offset, data + filled);
    first_left = 0;
    piece.size_ = cut.offset;
    std::memset(piece.bytes_.data() + cut.offset, 0, fast_number_slack);  // a number ends where the text does
    const auto text = piece.text();
    const auto count = count_text(text);
    if (count.has_nul) throw nul_byte(place_in(text, 0, line, text.find('\0'), format.source));
    piece.line_ = line;
    piece.lines_ = count.lines;
    piece.previous_line_ = previous_line;
    piece.position_ = source.position();
    line += count.lines;
    previous_line = line - count_text(text.substr(cut.previous)).lines;
    return true;
  }

  ByteSource source;
  LongOptions options;
  Table head;
  LongFormat format;
  KeyColumns key_columns{',', {}};
  std::vector<char> left;      // read and not yet handed out
  std::size_t first_left = 0;  // of them
  std::size_t header_end = 0;
  std::size_t line = 1;           // at which what is left begins
  std::size_t previous_line = 0;  // of the row before
  bool ended = false;             // there is nothing more to read

  /// Whether the first key of the block comes after the last one that was admitted.
  bool comes_after_last(const CurveBlock& block) const {
    for (std::size_t column = 0; column < last_key.size(); ++column) {
      const int order = compare_keys(last_key[column], block.key(0, column));
      if (order != 0) return order < 0;
    }
    return last_key.empty();
  }
  void note_last(const CurveBlock& block) {
    last_key.resize(block.key_columns);
    for (std::size_t column = 0; column < block.key_columns; ++column) last_key[column] = block.key(block.size() - 1, column);
  }

  SeenKeys seen;
  bool keys_rise = true;              // of all that were admitted
  std::vector<std::string> last_key;  // of them; empty: there is none
  std::size_t curves = 0;
};

LongBlocks::LongBlocks(ByteSource source, const LongOptions& options)
    : state_(std::make_unique<State>(std::move(source), options)) {}
LongBlocks::LongBlocks(LongBlocks&&) noexcept = default;
LongBlocks::~LongBlocks() = default;

const Table& LongBlocks::head() const { return state_->head; }

std::optional<std::uint64_t> LongBlocks::file_size() const { return state_->source.file_size(); }

void LongBlocks::select(std::vector<std::size_t> by, std::size_t x, std::size_t y) {
  auto& format = state_->format;
  assert(x < head().columns() && y < head().columns() && x != y);
  assert(std::all_of(by.begin(), by.end(),
                     [&](std::size_t column) { return column < head().columns() && column != x && column != y; }));
  state_->key_columns = {format.delimiter, by};
  format.by = std::move(by);
  format.x = x;
  format.y = y;
}

bool LongBlocks::next(TextPiece& piece) { return state_->next(piece); }

namespace {

LongText as_text(const TextPiece& piece, std::size_t lines, std::size_t previous_line) {
  return {piece.text(), piece.line(), lines, previous_line};
}

}  // namespace

void LongBlocks::parse(const TextPiece& piece, CurveBlock& block) const {
  read_long_rows(as_text(piece, piece.lines_, piece.previous_line_), state_->format, block);
}

void LongBlocks::admit(CurveBlock& block) {
  constexpr std::size_t ahead = 16;
  auto& state = *state_;
  auto& seen = state.seen;
  block.first = state.curves;
  state.curves += block.size();
  if (block.key_columns == 0 || block.size() == 0) return;
  // Keys that rise from the first one on are all different.
  state.keys_rise = state.keys_rise && block.keys_rise && state.comes_after_last(block);
  if (state.keys_rise) {
    seen.put_aside(block.key_hashes);
    state.note_last(block);
    return;
  }
  for (std::size_t i = 0; i < block.size(); ++i) {
    if (i + ahead < block.size()) seen.prefetch(block.key_hashes[i + ahead]);
    if (seen.add(block.key_hashes[i])) continue;
    std::string key;
    for (std::size_t column = 0; column < block.key_columns; ++column)
      key += (column == 0 ? "" : ", ") + excerpt(block.key(i, column));
    throw InputError({state.format.source, block.lines[i], 0},
                     "the key " + key +
                         " was there before, and rows of other keys stand between: sort the table by its key, or read "
                         "it whole (--engine single)");
  }
}

LongBlocks::Cell LongBlocks::x_cell(const TextPiece& piece, std::size_t point) const {
  auto [place, text] = cell_of_row(as_text(piece, piece.lines_, piece.previous_line_), state_->format, point, state_->format.x);
  return {std::move(place), std::move(text)};
}

}  // namespace ogive::io
