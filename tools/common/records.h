// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Results as records of named fields, written as a table for people, CSV, JSON or markdown.
///
/// @code
///   RecordWriter writer({"ogive.error/1", "measure", RecordFormat::json}, output);
///   writer.add({{"variant", "textbook", "variant"}, {"ulp.value", 8388607.0, "max ulp", "8.39e6"}, {"ulp.x", -103.97}});
///   // JSON {"schema":"ogive.error/1","command":"measure","variant":"textbook","ulp":{"value":8388607,"x":-103.97}}
///   // CSV columns variant,ulp_value,ulp_x
///   writer.finish();
/// @endcode

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "tools/common/output.h"

namespace ogive::tools {

/// How records are written.
enum class RecordFormat { table, csv, json, markdown };

/// What a tool says once for all of its records.
struct RecordStyle {
  std::string schema;   ///< "ogive.error/1"; JSON begins each object with it
  std::string command;  ///< likewise
  RecordFormat format = RecordFormat::table;
  bool colour = false;  ///< of a table
};

/// The value of a field. Several numbers are an array in JSON; in CSV they share a cell, with blanks between them.
using Value = std::variant<std::string, double, std::uint64_t, bool, std::vector<double>>;

struct Field {
  Field(std::string key_, Value value_, std::string column_ = {}, std::string text_ = {})
      : key(std::move(key_)), value(std::move(value_)), column(std::move(column_)), text(std::move(text_)) {}

  std::string key;     ///< "ulp.x": member x of object ulp in JSON, column ulp_x in CSV
  Value value;         ///< NaN: empty in CSV, null in JSON; infinite: inf and -inf
  std::string column;  ///< the heading in a table; empty: not shown there
  std::string text;    ///< what a table shows; empty: the value itself
};

using Record = std::vector<Field>;

/// All records have the same keys and columns. CSV and JSON go out at once; a table is held back until its widths are known.
class RecordWriter {
 public:
  RecordWriter(RecordStyle style, Output& output);

  void add(const Record& record);
  void finish();

 private:
  RecordStyle style_;
  Output& output_;
  bool first_ = true;
  std::vector<std::string> header_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace ogive::tools
