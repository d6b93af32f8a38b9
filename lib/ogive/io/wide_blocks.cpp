// SPDX-License-Identifier: MIT
#include "ogive/io/wide_blocks.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <limits>
#include <tuple>
#include <utility>

#include "ogive/io/complaints.h"
#include "ogive/io/dialect.h"
#include "ogive/io/excerpt.h"
#include "ogive/io/fast_number.h"
#include "ogive/io/number.h"
#include "ogive/io/records.h"
#include "ogive/io/wide_rows.h"

namespace ogive::io {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t sampled_bytes = 4096;  // of a row, to tell the dialect by
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool is_blank(char c) { return c == ' ' || c == '\t'; }

/// The end of the cell that begins at p: at a delimiter outside quotes, or at `end`.
const char* cell_end(const char* p, const char* end, char delimiter) {
  bool in_quotes = false;
  for (; p != end; ++p) {
    if (*p == '"') in_quotes = !in_quotes;
    if (*p == delimiter && !in_quotes) break;
  }
  return p;
}

/// A number that stands alone in plain quotes or between blanks. @return false: look closer
bool plain_number(std::string_view cell, char decimal_sign, double& value) {
  while (!cell.empty() && is_blank(cell.front())) cell.remove_prefix(1);
  while (!cell.empty() && is_blank(cell.back())) cell.remove_suffix(1);
  if (cell.size() >= 2 && cell.front() == '"' && cell.back() == '"') cell = cell.substr(1, cell.size() - 2);
  if (cell.find('"') != std::string_view::npos) return false;
  const auto parsed = parse_number(cell, decimal_sign);
  if (parsed.status != NumberStatus::ok && parsed.status != NumberStatus::missing) return false;
  value = parsed.status == NumberStatus::ok ? parsed.value : missing;
  return true;
}

}  // namespace

struct WideBlocks::State {
  State(ByteSource source_, const WideOptions& options_) : source(std::move(source_)), options(options_) {
    in_memory = !source.seekable();
    if (in_memory) text = source.read_rest();
    find_rows();
    find_dialect();
    check_rows();
    read_names();
    read_x();
  }

  std::size_t read_at(std::uint64_t offset, char* target, std::size_t size) const {
    if (!in_memory) return source.read_at(offset, target, size);
    const auto count = std::min<std::size_t>(size, text.size() - std::min<std::size_t>(text.size(), offset));
    std::memcpy(target, text.data() + std::min<std::size_t>(text.size(), offset), count);
    return count;
  }

  std::string bytes(std::uint64_t offset, std::size_t size) const {
    std::string result(size, '\0');
    result.resize(read_at(offset, result.data(), size));
    return result;
  }

  std::string text_of(const WideRow& row) const { return bytes(row.begin, row.end - row.begin); }

  void find_rows() {
    std::string chunk = bytes(0, std::size_t{1} << 20);
    const std::size_t mark = chunk.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
    refuse_what_is_no_text(std::string_view(chunk).substr(mark), source.name());
    WideRows scanner(source.name(), mark);
    scanner.scan(std::string_view(chunk).substr(mark));
    for (std::uint64_t offset = chunk.size(); !chunk.empty(); offset += chunk.size()) {
      chunk.resize(std::size_t{1} << 20);
      chunk.resize(read_at(offset, chunk.data(), chunk.size()));
      scanner.scan(chunk);
      file_end = offset + chunk.size();
    }
    scanner.finish();
    rows = std::move(scanner.found());
  }

  /// The first cells of the first rows, as sniff_delimiter() and sniff_header() look at them.
  void find_dialect() {
    std::vector<std::string> samples;
    const auto sampled = std::min(rows.size(), sniffed_rows);
    for (std::size_t i = 0; i < sampled; ++i)
      samples.push_back(bytes(rows[i].begin, std::min<std::size_t>(sampled_bytes, rows[i].end - rows[i].begin)));
    std::tuple<std::size_t, std::size_t, double> best{0, 0, 0};
    which = 2;
    for (std::size_t i = 0; i < delimiters.size(); ++i) {
      if (options.read.delimiter && *options.read.delimiter != delimiters[i]) continue;
      std::size_t like_first = 0, split = 0, cells = 0, numbers = 0;
      for (std::size_t row = 0; row < sampled; ++row) {
        if (rows[row].count[i] == 0) continue;
        ++split;
        if (rows[row].count[i] == rows[0].count[i]) ++like_first;
        for (const auto cell : cells_of(samples[row], rows[row], i)) {
          ++cells;
          double value = 0;
          if ((plain_number(cell, '.', value) && value == value) || (delimiters[i] == ';' && has_decimal_comma(cell))) ++numbers;
        }
      }
      const double share = cells == 0 ? 0 : static_cast<double>(numbers) / static_cast<double>(cells);
      const std::tuple key{like_first, split, share};
      if (options.read.delimiter || key > best) {
        best = key;
        which = i;
      }
    }
    delimiter = delimiters[which];
    std::erase_if(rows, [&](const WideRow& row) { return row.is_blank && (delimiter != '\t' || row.count[0] == 0); });
    if (rows.empty()) throw InputError({source.name(), 0, 0}, "there are only comments and blank lines");

    samples.clear();
    std::vector<std::vector<std::string_view>> first;
    std::size_t least = std::numeric_limits<std::size_t>::max();
    for (std::size_t i = 0; i < std::min(rows.size(), sniffed_rows); ++i)
      samples.push_back(bytes(rows[i].begin, std::min<std::size_t>(sampled_bytes, rows[i].end - rows[i].begin)));
    for (std::size_t i = 0; i < samples.size(); ++i) {
      first.push_back(cells_of(samples[i], rows[i], which));
      least = std::min(least, first.back().size());
    }
    for (auto& row : first) row.resize(least);
    const auto find_comma = [&](std::size_t from) {
      comma.reset();
      for (std::size_t i = from; i < first.size() && delimiter == ';' && !comma; ++i)
        for (const auto cell : first[i])
          if (!comma && has_decimal_comma(cell)) {
            const auto offset = static_cast<std::size_t>(cell.data() - samples[i].data());
            comma_cell = cell;
            comma = DecimalComma{comma_cell, place_in(samples[i], 0, rows[i].line, offset, source.name())};
          }
    };
    find_comma(0);
    has_header = options.read.header ? *options.read.header : sniff_header(first, comma ? ',' : '.');
    if (has_header) find_comma(1);
    if (has_header && rows.size() == 1) throw InputError({source.name(), rows[0].line, 0}, "there are no rows below the header");
  }

  /// The cells of a sample of a row; the last one is left out where the sample ends in it.
  static std::vector<std::string_view> cells_of(std::string_view sample, const WideRow& row, std::size_t delimiter_index) {
    std::vector<std::string_view> cells;
    const char *p = sample.data(), *const end = p + sample.size();
    while (true) {
      const char* const next = cell_end(p, end, delimiters[delimiter_index]);
      if (next == end && sample.size() != row.end - row.begin) return cells;
      std::string_view cell(p, static_cast<std::size_t>(next - p));
      while (!cell.empty() && is_blank(cell.front())) cell.remove_prefix(1);
      while (!cell.empty() && is_blank(cell.back())) cell.remove_suffix(1);
      if (cell.size() >= 2 && cell.front() == '"' && cell.back() == '"') cell = cell.substr(1, cell.size() - 2);
      cells.push_back(cell);
      if (next == end) return cells;
      p = next + 1;
    }
  }

  /// Every row must have as many cells as the first. A row that seems to have others is looked at by the grammar.
  void check_rows() {
    stride = rows[0].count[which] + std::size_t{1};
    std::size_t empty_at_end = stride - 1;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      empty_at_end = std::min<std::size_t>(empty_at_end, rows[i].at_end[which]);
      if (i != 0 && rows[i].count[which] + std::size_t{1} == stride && rows[i].end < file_end) continue;
      // The last row, too: it is the one that ends in a quote that is never closed.
      const auto row = text_of(rows[i]);
      Records records(row, delimiter, source.name(), rows[i].line);
      std::vector<CellSpan> cells;
      records.next(cells);
      if (i == 0) stride = cells.size();
      if (cells.size() != stride)
        throw ragged_row(row, {records.start(), rows[i].line}, cells, {stride, rows[i - 1].line}, source.name());
    }
    columns = stride - std::min(empty_at_end, stride - 1);
    if (columns < 2)
      throw InputError({source.name(), 0, 0},
                       "a wide table needs at least two columns, this one has 1: one for x and one for each curve");
  }

  void read_names() {
    // A small table of the first row twice finds names and columns as any table does.
    const auto row = text_of(rows[0]);
    const auto small = parse_table(std::string(rows[0].line - 1, '\n') + row + '\n' + row + '\n', source.name(),
                                   {.delimiter = delimiter, .header = has_header});
    names = small.names();
    names.resize(columns);
    x = options.x ? small.column(*options.x) : 0;
    if (x >= columns) throw InputError({source.name(), 0, 0}, "column " + std::to_string(x + 1) + " is empty");
    if (has_header) rows.erase(rows.begin());
  }

  void read_x() {
    cursors.reserve(rows.size());
    for (const auto& row : rows) cursors.push_back(row.begin);
    for (std::size_t row = 0; row < rows.size(); ++row) {
      const auto cell = cell_of(row, x);
      x_values.push_back(number_of(cell, x));
    }
  }

  struct ExactCell {
    std::string text;
    Place place;
  };

  /// Reads as much of the row as it takes, by the grammar.
  ExactCell cell_of(std::size_t row, std::size_t column) const {
    for (std::size_t size = sampled_bytes;; size *= 4) {
      const auto& r = rows[row];
      const auto all = r.end - r.begin;
      const auto some = bytes(r.begin, std::min<std::size_t>(size, all));
      Records records(some, delimiter, source.name(), r.line);
      std::vector<CellSpan> cells;
      try {
        records.next(cells);
      } catch (const UnclosedQuote&) {
        if (some.size() == all) throw;
        continue;
      }
      if (some.size() != all && column + 1 >= cells.size()) continue;
      const auto cell = cells[column];
      auto position = records.start() + cell.offset;
      const auto content = std::string_view(some).substr(position, cell.size());
      if (position > 0 && some[position - 1] == '"') --position;
      return {cell.escaped() ? unescaped(content) : std::string(content),
              place_in(some, records.start(), r.line, position, source.name())};
    }
  }

  double number_of(const ExactCell& cell, std::size_t column) const {
    const auto parsed = parse_number(cell.text, comma ? ',' : '.');
    if (parsed.status == NumberStatus::ok) return parsed.value;
    if (parsed.status == NumberStatus::missing) return missing;
    throw not_a_number(cell.text, cell.place, delimiter, comma, has_header ? excerpt(names[column]) : std::to_string(column + 1));
  }

  bool next(WidePiece& piece) {
    if (next_column == columns) return false;
    piece.first_ = next_column;
    piece.columns_ = 0;
    piece.begins_.assign(1, 0);
    piece.places_.clear();
    std::size_t size = 0;  // bytes in use
    std::size_t expected = std::max<std::size_t>(options.piece / rows.size(), 64);
    for (std::size_t row = 0; row < rows.size(); ++row) {
      piece.places_.push_back(cursors[row]);
      const auto left = static_cast<std::size_t>(rows[row].end - cursors[row]);
      std::size_t wanted = std::min(left, expected);
      std::size_t used = 0;
      while (true) {
        if (piece.bytes_.size() < size + wanted + fast_number_slack) piece.bytes_.resize(size + wanted + fast_number_slack);
        char* const begin = piece.bytes_.data() + size;
        if (read_at(cursors[row], begin, wanted) != wanted)
          throw InputError({source.name(), rows[row].line, 0}, "the file has become shorter while it was read");
        used = row == 0 ? first_cells(begin, wanted, wanted == left, piece)
                        : some_cells(begin, wanted, wanted == left, piece.columns_);
        if (used != 0 || wanted == left) break;
        wanted = std::min(left, 2 * wanted);
      }
      if (row == 0) expected = used + used / 4 + 16;  // the other rows are about as long
      size += used;
      piece.begins_.push_back(size);
      cursors[row] += used;
      done += used;
    }
    piece.position_ = done;
    if (piece.bytes_.size() < size + fast_number_slack) piece.bytes_.resize(size + fast_number_slack);
    next_column += piece.columns_;
    return true;
  }

  /// As many whole cells as there are; each with the delimiter behind it. @return their bytes
  std::size_t first_cells(const char* begin, std::size_t size, bool is_all, WidePiece& piece) const {
    const char *p = begin, *const end = begin + size;
    std::size_t count = 0;
    while (piece.first_ + count < columns) {
      const char* const next = cell_end(p, end, delimiter);
      if (next == end && !is_all) break;
      ++count;
      p = next == end ? next : next + 1;
    }
    piece.columns_ = count;
    return static_cast<std::size_t>(p - begin);
  }

  /// That many cells. @return their bytes, 0: they are not all there
  std::size_t some_cells(const char* begin, std::size_t size, bool is_all, std::size_t count) const {
    const char *p = begin, *const end = begin + size;
    for (std::size_t i = 0; i < count; ++i) {
      const char* const next = cell_end(p, end, delimiter);
      if (next == end && !is_all) return 0;
      p = next == end ? next : next + 1;
    }
    return static_cast<std::size_t>(p - begin);
  }

  void parse(const WidePiece& piece, CurveBlock& block) const {
    const std::size_t n = rows.size();
    const bool x_inside = x >= piece.first_ && x < piece.first_ + piece.columns_;
    const std::size_t count = piece.columns_ - (x_inside ? 1 : 0);
    block.clear();
    block.first = piece.first_ - (x < piece.first_ ? 1 : 0);
    block.shared_x = true;
    block.x = x_values;
    block.y.resize(count * n);
    block.key_columns = 1;
    block.key_offsets.push_back(0);
    for (std::size_t i = 0; i <= count; ++i) block.offsets.push_back(i * n);
    for (std::size_t column = piece.first_; column < piece.first_ + piece.columns_; ++column) {
      if (column == x) continue;
      block.keys += names[column].empty() ? std::to_string(column + 1) : names[column];
      block.key_offsets.push_back(block.keys.size());
    }
    const char decimal_sign = comma ? ',' : '.';
    for (std::size_t row = 0; row < n; ++row) {
      const char *p = piece.bytes_.data() + piece.begins_[row], *const end = piece.bytes_.data() + piece.begins_[row + 1];
      double* target = block.y.data() + row;
      for (std::size_t column = piece.first_; column < piece.first_ + piece.columns_; ++column) {
        double value = missing;
        const char* next = p == end ? nullptr : fast_number(p, decimal_sign, value);
        if (next == nullptr || next > end || (next != end && *next != delimiter) || column == x) {
          next = cell_end(p, end, delimiter);
          if (column != x && !plain_number({p, static_cast<std::size_t>(next - p)}, decimal_sign, value))
            value = number_of(cell_of(row, column), column);
        }
        p = next == end ? next : next + 1;
        if (column == x) continue;
        *target = value;
        target += n;
      }
    }
  }

  ByteSource source;
  WideOptions options;
  bool in_memory = false;
  std::string text;  // where the source cannot be read at any place
  std::uint64_t file_end = 0;
  std::vector<WideRow> rows;  // of data
  std::size_t which = 2;      // delimiters[which]
  char delimiter = ',';
  bool has_header = false;
  std::string comma_cell;
  std::optional<DecimalComma> comma;
  std::size_t stride = 0;   // cells in a row
  std::size_t columns = 0;  // without those at the end that are empty
  std::vector<std::string> names;
  std::size_t x = 0;
  std::vector<double> x_values;
  std::vector<std::uint64_t> cursors;  // of each row: where its next cell begins
  std::size_t next_column = 0;
  std::uint64_t done = 0;  // bytes handed out
};

WideBlocks::WideBlocks(ByteSource source, const WideOptions& options)
    : state_(std::make_unique<State>(std::move(source), options)) {}
WideBlocks::WideBlocks(WideBlocks&&) noexcept = default;
WideBlocks::~WideBlocks() = default;

std::size_t WideBlocks::curves() const { return state_->columns - 1; }
const std::vector<double>& WideBlocks::x() const { return state_->x_values; }
const std::string& WideBlocks::x_name() const { return state_->names[state_->x]; }
std::optional<std::uint64_t> WideBlocks::file_size() const { return state_->source.file_size(); }

WideBlocks::Cell WideBlocks::x_cell(std::size_t row) const {
  auto [text, place] = state_->cell_of(row, state_->x);
  return {std::move(place), std::move(text)};
}

bool WideBlocks::next(WidePiece& piece) { return state_->next(piece); }

void WideBlocks::parse(const WidePiece& piece, CurveBlock& block) const { state_->parse(piece, block); }

}  // namespace ogive::io
