// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// What the user of ogive-error asks for.

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "ogive/accuracy/sweep.h"
#include "ogive/base/float_types.h"
#include "ogive/sigmoid/variant.h"
#include "tools/common/records.h"

namespace ogive::tools {

enum class Command { list, eval, measure, compare, bench, pareto, plot };

using Format = RecordFormat;

struct Arguments {
  Command command = Command::list;
  std::vector<std::string> words;  ///< variants; for eval the variant and the inputs

  std::vector<FloatType> types;  ///< empty: not given
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  std::uint64_t samples = 1U << 22;
  std::uint64_t seed = 1;
  accuracy::PositionCheck position = accuracy::PositionCheck::sampled;
  bool check = false;
  unsigned rounds = 15;            ///< of a benchmark
  std::string error_kind = "ulp";  ///< what pareto takes for the error

  std::optional<std::string> library;
  std::optional<std::string> symbol;
  sigmoid::Target target = sigmoid::Target::logistic;
  double claim = std::numeric_limits<double>::quiet_NaN();  ///< of the user's function, in ulp

  Format format = Format::table;
  std::optional<std::string> output;
  std::optional<std::string> plot;
  bool quiet = false;
  bool progress = true;
  unsigned threads = 0;

  /// Text that was asked for instead (--help, --version); empty otherwise.
  std::string instead;
};

std::string_view to_string(Command command);
std::string_view to_string(sigmoid::Target target);

/// How results are written.
RecordStyle record_style(const Arguments& arguments);

/// @throws UsageError
Arguments read_arguments(int argc, char** argv);

}  // namespace ogive::tools
