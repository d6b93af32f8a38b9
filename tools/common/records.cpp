// SPDX-License-Identifier: MIT
#include "tools/common/records.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "ogive/io/csv_writer.h"
#include "ogive/io/json_writer.h"
#include "ogive/io/number.h"
#include "ogive/io/text_table.h"

namespace ogive::tools {
namespace {

std::string text_of(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* number = std::get_if<double>(&value)) return std::isnan(*number) ? "" : io::format_number(*number);
  if (const auto* count = std::get_if<std::uint64_t>(&value)) return std::to_string(*count);
  if (const auto* numbers = std::get_if<std::vector<double>>(&value)) {
    std::string text;
    for (const double number : *numbers) text += (text.empty() ? "" : " ") + text_of(number);
    return text;
  }
  return std::get<bool>(value) ? "true" : "false";
}

// The members whose keys begin at `depth`; neighbours with the same beginning become one object.
io::JsonObject object_of(std::span<const Field> fields, std::size_t depth, io::JsonObject object = {}) {
  while (!fields.empty()) {
    const std::string key = fields[0].key.substr(depth);
    const auto dot = key.find('.');
    if (dot == key.npos) {
      std::visit(
          [&]<class T>(const T& value) {
            if constexpr (std::is_same_v<T, std::vector<double>>)
              object.set(key, std::span<const double>(value));
            else
              object.set(key, value);
          },
          fields[0].value);
      fields = fields.subspan(1);
      continue;
    }
    const std::string prefix = fields[0].key.substr(0, depth + dot + 1);
    std::size_t count = 0;
    while (count < fields.size() && fields[count].key.starts_with(prefix)) ++count;
    object.set(key.substr(0, dot), object_of(fields.first(count), prefix.size()));
    fields = fields.subspan(count);
  }
  return object;
}

std::string markdown_row(const std::vector<std::string>& cells) {
  std::string line = "|";
  for (const auto& cell : cells) {
    line += ' ';
    for (const char c : cell) line += c == '|' ? std::string("\\|") : std::string(1, c);
    line += " |";
  }
  return line + '\n';
}

}  // namespace

RecordWriter::RecordWriter(RecordStyle style, Output& output) : style_(std::move(style)), output_(output) {}

void RecordWriter::add(const Record& record) {
  const bool first = std::exchange(first_, false);
  if (style_.format == RecordFormat::json) {
    io::JsonObject object;
    object.set("schema", style_.schema).set("command", style_.command);
    return output_.write(object_of(record, 0, object).text() + '\n');
  }
  if (style_.format == RecordFormat::csv) {
    std::string text;
    io::CsvWriter csv(text);
    if (first) {
      for (const auto& field : record) {
        std::string name = field.key;
        std::replace(name.begin(), name.end(), '.', '_');
        csv.cell(name);
      }
      csv.end_row();
    }
    for (const auto& field : record) csv.cell(text_of(field.value));
    csv.end_row();
    return output_.write(text);
  }
  std::vector<std::string> row;
  for (const auto& field : record) {
    if (field.column.empty()) continue;
    if (first) header_.push_back(field.column);
    row.push_back(field.text.empty() ? text_of(field.value) : field.text);
  }
  rows_.push_back(std::move(row));
}

void RecordWriter::finish() {
  if (rows_.empty()) return;
  if (style_.format == RecordFormat::markdown) {
    output_.write(markdown_row(header_) + markdown_row(std::vector<std::string>(header_.size(), "---")));
    for (const auto& row : rows_) output_.write(markdown_row(row));
    return;
  }
  io::TextTable table(header_);
  for (auto& row : rows_) table.add_row(std::move(row));
  output_.write(table.text({.colour = style_.colour}));
}

}  // namespace ogive::tools
