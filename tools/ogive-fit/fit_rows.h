// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Results of many curves as rows: the very bytes that fit/report.h writes for one, without making one at a time.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ogive/batch/fit_many.h"
#include "ogive/io/curve_block.h"
#include "ogive/io/npy.h"
#include "tools/ogive-fit/arguments.h"

namespace ogive::tools {

/// Writes blocks of results in the format that was asked for.
class FitRows {
 public:
  /// @param key_columns  their names; one name and blocks without keys: the number of the curve, from 1
  FitRows(const curve::Model& model, Format format, std::vector<std::string> key_columns);

  /// What stands before the first row: the names of the columns, or nothing.
  std::string header() const;

  /// The rows of a block, in `memory`, which only ever grows: one for each thread or block under way, used again and again.
  std::string_view write(std::string& memory, const batch::Fits& fits, const io::CurveBlock& block) const;

  /// Fixes the records of --format npy; before write().
  /// @param key_bytes  the room for each column of a key; empty: the key is the number of the curve
  /// @param intervals  whether there are any; otherwise there are no fields for them
  void plan_npy(const std::vector<std::size_t>& key_bytes, bool intervals);
  const io::NpyRecords& npy_records() const { return *records_; }

 private:
  std::string_view write_csv(std::string& memory, const batch::Fits& fits, const io::CurveBlock& block) const;
  void append_json(std::string& text, const batch::Fits& fits, const io::CurveBlock& block) const;
  std::string_view write_npy(std::string& memory, const batch::Fits& fits, const io::CurveBlock& block) const;
  char* put_keys(char* field, const io::CurveBlock& block, std::pair<std::size_t, std::size_t> range, std::size_t column) const;

  const curve::Model& model_;
  Format format_;
  std::vector<std::string> key_columns_;
  std::optional<io::NpyRecords> records_;
};

}  // namespace ogive::tools
