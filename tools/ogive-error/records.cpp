// SPDX-License-Identifier: MIT
#include "tools/ogive-error/records.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "ogive/io/csv_writer.h"
#include "ogive/io/json_writer.h"
#include "ogive/io/number.h"
#include "ogive/io/text_table.h"
#include "tools/common/terminal.h"

namespace ogive::tools {
namespace {

std::string text_of(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* number = std::get_if<double>(&value)) return std::isnan(*number) ? "" : io::format_number(*number);
  if (const auto* count = std::get_if<std::uint64_t>(&value)) return std::to_string(*count);
  return std::get<bool>(value) ? "true" : "false";
}

// The members whose keys begin at `depth`; neighbours with the same beginning become one object.
io::JsonObject object_of(std::span<const Field> fields, std::size_t depth, io::JsonObject object = {}) {
  while (!fields.empty()) {
    const std::string key = fields[0].key.substr(depth);
    const auto dot = key.find('.');
    if (dot == key.npos) {
      std::visit([&](const auto& value) { object.set(key, value); }, fields[0].value);
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

RecordWriter::RecordWriter(const Arguments& arguments, Output& output) : arguments_(arguments), output_(output) {}

void RecordWriter::add(const Record& record) {
  const bool first = std::exchange(first_, false);
  if (arguments_.format == Format::json) {
    io::JsonObject object;
    object.set("schema", "ogive.error/1").set("command", to_string(arguments_.command));
    return output_.write(object_of(record, 0, object).text() + '\n');
  }
  if (arguments_.format == Format::csv) {
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
  if (arguments_.format == Format::markdown) {
    output_.write(markdown_row(header_) + markdown_row(std::vector<std::string>(header_.size(), "---")));
    for (const auto& row : rows_) output_.write(markdown_row(row));
    return;
  }
  io::TextTable table(header_);
  for (auto& row : rows_) table.add_row(std::move(row));
  output_.write(table.text({.colour = !arguments_.output && use_colour(Stream::out)}));
}

}  // namespace ogive::tools
