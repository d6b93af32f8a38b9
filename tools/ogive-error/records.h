// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Results as records of named fields, written as a table for people, CSV, JSON or markdown.
///
/// @code
///   RecordWriter writer(arguments, output);
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
#include "tools/ogive-error/arguments.h"

namespace ogive::tools {

using Value = std::variant<std::string, double, std::uint64_t, bool>;

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
  RecordWriter(const Arguments& arguments, Output& output);

  void add(const Record& record);
  void finish();

 private:
  const Arguments& arguments_;
  Output& output_;
  bool first_ = true;
  std::vector<std::string> header_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace ogive::tools
