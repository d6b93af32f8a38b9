// SPDX-License-Identifier: MIT
#include "tools/ogive-fit/fit_rows.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <charconv>
#include <cmath>
#include <cstring>

#include "ogive/base/errors.h"
#include "ogive/batch/goodness.h"
#include "ogive/fit/report.h"
#include "ogive/io/csv_writer.h"
#include "ogive/io/number.h"

namespace ogive::tools {
namespace {

constexpr std::size_t longest_count = 24;
constexpr std::size_t longest_word = 16;  // of a status or a shape

char* put_count(char* to, std::size_t count) { return std::to_chars(to, to + longest_count, count).ptr; }

// A status or a shape as a field of a record.
using Word = std::array<char, longest_word>;

template <class Enum, std::size_t count>
std::array<Word, count> words() {
  std::array<Word, count> all{};
  for (std::size_t i = 0; i < count; ++i) {
    const std::string_view text = to_string(static_cast<Enum>(i));
    std::copy(text.begin(), text.end(), all[i].begin());
  }
  return all;
}

template <class T>
void put(char* to, const T& value) {
  std::memcpy(to, &value, sizeof value);
}

// Whether the cell may stand as it is: the common case, told quickly. CsvWriter knows the rest.
bool is_plain(std::string_view cell) {
  if (cell.empty() || cell.front() == '#' || cell.front() == 'B') return cell.empty();
  return std::all_of(cell.begin(), cell.end(), [](char c) { return c > ' ' && c < 0x7f && c != ',' && c != '"'; });
}

char* put_text(char* to, std::string_view text) {
  std::memcpy(to, text.data(), text.size());
  return to + text.size();
}

// A key as a cell of CSV; it takes at most longest_key().
char* put_key(char* to, std::string_view key) {
  if (is_plain(key)) return put_text(to, key);
  std::string cell;
  io::CsvWriter csv(cell);
  csv.cell(key);
  return put_text(to, cell);
}

// In quotes, with every character of it a quote.
std::size_t longest_key(std::string_view key) { return 2 * key.size() + 2; }

[[noreturn]] void refuse_key(std::string_view key, std::size_t room) {
  throw InputError({}, "the key '" + std::string(key) + "' is longer than " + std::to_string(room) +
                           " bytes, the room that the first keys ask for in a .npy file; use --format csv");
}

static_assert(std::endian::native == std::endian::little, "npy files are written as numbers lie in memory");

}  // namespace

FitRows::FitRows(const curve::Model& model, Format format, std::vector<std::string> key_columns)
    : model_(model), format_(format), key_columns_(std::move(key_columns)) {}

std::string FitRows::header() const {
  std::string text;
  if (format_ != Format::csv) return text;
  io::CsvWriter csv(text);
  fit::write_csv_header(csv, model_, key_columns_);
  return text;
}

std::string_view FitRows::write(std::string& memory, const batch::Fits& fits, const io::CurveBlock& block) const {
  if (format_ == Format::npy) return write_npy(memory, fits, block);
  if (format_ == Format::csv) return write_csv(memory, fits, block);
  memory.clear();
  append_json(memory, fits, block);
  return memory;
}

// Each row is given the room that it may need and moves on by what it takes.
std::string_view FitRows::write_csv(std::string& memory, const batch::Fits& fits, const io::CurveBlock& block) const {
  static const auto statuses = words<fit::Status, 4>();
  static const auto shapes = words<fit::Shape, 6>();
  const std::size_t parameters = model_.parameters.size(), count = fits.size();
  const std::size_t numbers = (fits.has_intervals ? 4 : 1) * parameters + 4;
  const std::size_t room_but_keys =
      model_.name.size() + 2 * longest_word + 3 * longest_count + numbers * io::number_room + 3 * parameters + 16;
  const auto number = [](char* to, double value) {
    if (std::isfinite(value)) to = io::write_number(to, value);
    *to = ',';
    return to + 1;
  };
  const auto word = [](char* to, const Word& from) {
    std::memcpy(to, from.data(), from.size());
    to += ::strnlen(from.data(), from.size());
    *to = ',';
    return to + 1;
  };
  const auto of_parameters = [&](char* to, const std::vector<double>& values, std::size_t curve) {
    for (std::size_t p = 0; p < parameters; ++p) to = number(to, values[p * count + curve]);
    return to;
  };
  batch::Goodness goodness;
  std::size_t size = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t at = i % batch::Goodness::at_once;
    if (at == 0) batch::find_goodness(fits, i, std::min(count - i, batch::Goodness::at_once), goodness);
    std::size_t room = room_but_keys;
    for (std::size_t c = 0; c < block.key_columns; ++c) room += longest_key(block.key(i, c)) + 1;
    if (memory.size() - size < room) memory.resize(std::max(2 * memory.size(), size + room));
    char* to = memory.data() + size;
    for (std::size_t c = 0; c < block.key_columns; ++c) {
      to = put_key(to, block.key(i, c));
      *to++ = ',';
    }
    if (block.key_columns == 0 && !key_columns_.empty()) {
      to = put_count(to, block.first + i + 1);
      *to++ = ',';
    }
    to = put_text(to, model_.name);
    *to++ = ',';
    to = word(to, statuses[static_cast<std::size_t>(fits.status[i])]);
    to = word(to, shapes[static_cast<std::size_t>(fits.shape[i])]);
    to = put_count(to, fits.n[i]);
    *to++ = ',';
    to = of_parameters(to, fits.values, i);
    if (fits.has_intervals) {
      for (const auto* part : {&fits.standard_errors, &fits.lower, &fits.upper}) to = of_parameters(to, *part, i);
    } else {
      to = std::fill_n(to, 3 * parameters, ',');
    }
    to = number(to, fits.rss[i]);
    to = number(to, goodness.rse[at]);
    to = put_count(to, goodness.dof[at]);
    *to++ = ',';
    to = number(to, goodness.r2[at]);
    to = number(to, goodness.aicc[at]);
    to[-1] = '\n';
    size = static_cast<std::size_t>(to - memory.data());
  }
  return std::string_view(memory).substr(0, size);
}

void FitRows::append_json(std::string& text, const batch::Fits& fits, const io::CurveBlock& block) const {
  std::vector<std::string> cells(key_columns_.size());
  std::vector<double> x, y;
  for (std::size_t i = 0; i < fits.size(); ++i) {
    for (std::size_t c = 0; c < cells.size(); ++c)
      cells[c] = block.key_columns == 0 ? std::to_string(block.first + i + 1) : std::string(block.key(i, c));
    x.clear();
    y.clear();
    for (std::size_t j = 0; j < block.points(i); ++j) {
      const double at_x = block.is_float32 ? static_cast<double>(block.x32_of(i)[j]) : block.x_of(i)[j];
      const double at_y = block.is_float32 ? static_cast<double>(block.y32_of(i)[j]) : block.y_of(i)[j];
      if (std::isnan(at_x) || std::isnan(at_y)) continue;
      x.push_back(at_x);
      y.push_back(at_y);
    }
    text += fit::json_line(batch::result_of(fits, i, {x, y}), {key_columns_, cells}, fits.missing[i]) + '\n';
  }
}

void FitRows::plan_npy(const std::vector<std::size_t>& key_bytes, bool intervals) {
  using Type = io::NpyField::Type;
  std::vector<io::NpyField> fields;
  for (std::size_t c = 0; c < key_columns_.size(); ++c) {
    if (key_bytes.empty())
      fields.push_back({key_columns_[c], Type::uint64});
    else
      fields.push_back({key_columns_[c], Type::text, key_bytes[c]});
  }
  fields.push_back({"status", Type::text, longest_word});
  fields.push_back({"shape", Type::text, longest_word});
  fields.push_back({"n", Type::uint32});
  fields.push_back({"missing", Type::uint32});
  for (const std::string_view suffix : {"", "_se", "_lower", "_upper"})
    for (const auto& parameter : model_.parameters)
      if (suffix.empty() || intervals) fields.push_back({std::string(parameter.name) + std::string(suffix)});
  for (const char* name : {"rss", "rse"}) fields.push_back({name});
  fields.push_back({"dof", Type::uint32});
  for (const char* name : {"r2", "aicc"}) fields.push_back({name});
  records_.emplace(std::move(fields));
}

// Field by field as plan_npy() says, some records at a time: they stay in the cache, and the loop over one field has nothing to
// wait for.
std::string_view FitRows::write_npy(std::string& memory, const batch::Fits& fits, const io::CurveBlock& block) const {
  static const auto statuses = words<fit::Status, 4>();
  static const auto shapes = words<fit::Shape, 6>();
  constexpr std::size_t at_once = batch::Goodness::at_once;
  const std::size_t parameters = model_.parameters.size(), count = fits.size(), row = records_->row_bytes();
  if (memory.size() < count * row) memory.resize(count * row);
  batch::Goodness goodness;
  for (std::size_t first = 0; first < count; first += at_once) {
    const std::size_t end = std::min(count, first + at_once);
    char* field = memory.data() + first * row;
    const auto each = [&](auto value_of) {
      char* to = field;
      for (std::size_t i = first; i < end; ++i, to += row) put(to, value_of(i));
      field += sizeof(value_of(first));
    };
    for (std::size_t c = 0; c < key_columns_.size(); ++c) {
      if (block.key_columns == 0)
        each([&](std::size_t i) { return std::uint64_t{block.first + i + 1}; });
      else
        field = put_keys(field, block, {first, end}, c);
    }
    each([&](std::size_t i) { return statuses[static_cast<std::size_t>(fits.status[i])]; });
    each([&](std::size_t i) { return shapes[static_cast<std::size_t>(fits.shape[i])]; });
    each([&](std::size_t i) { return fits.n[i]; });
    each([&](std::size_t i) { return fits.missing[i]; });
    const auto of_parameters = [&](const std::vector<double>& values) {
      for (std::size_t p = 0; p < parameters; ++p) each([column = values.data() + p * count](std::size_t i) { return column[i]; });
    };
    of_parameters(fits.values);
    if (fits.has_intervals)
      for (const auto* part : {&fits.standard_errors, &fits.lower, &fits.upper}) of_parameters(*part);
    batch::find_goodness(fits, first, end - first, goodness);
    each([&](std::size_t i) { return fits.rss[i]; });
    each([&](std::size_t i) { return goodness.rse[i - first]; });
    each([&](std::size_t i) { return goodness.dof[i - first]; });
    each([&](std::size_t i) { return goodness.r2[i - first]; });
    each([&](std::size_t i) { return goodness.aicc[i - first]; });
    assert(field == memory.data() + (first + 1) * row);
  }
  return std::string_view(memory).substr(0, count * row);
}

char* FitRows::put_keys(char* field, const io::CurveBlock& block, std::pair<std::size_t, std::size_t> range,
                        std::size_t column) const {
  const std::size_t room = records_->fields()[column].size;
  char* to = field;
  for (std::size_t i = range.first; i < range.second; ++i, to += records_->row_bytes()) {
    const std::string_view key = block.key(i, column);
    if (key.size() > room) refuse_key(key, room);
    std::copy(key.begin(), key.end(), to);
    std::fill(to + key.size(), to + room, '\0');
  }
  return field + room;
}

}  // namespace ogive::tools
