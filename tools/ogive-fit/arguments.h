// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// What the user of ogive-fit asks for.

#include <optional>
#include <string>
#include <vector>

#include "ogive/curve/model.h"
#include "ogive/fit/fit.h"

namespace ogive::tools {

enum class Format { table, csv, json, npy };

/// How curves are fitted: one at a time from a table in memory, or many at once from a stream.
enum class Engine { automatic, single, lanes };

struct Arguments {
  std::string file;  ///< "-" is stdin
  std::optional<std::string> x;
  std::optional<std::string> y;
  std::vector<std::string> by;
  std::optional<std::string> weights;
  std::optional<std::string> sd;
  bool wide = false;
  bool log_x = false;

  const curve::Model* model = nullptr;
  double confidence = 0.95;
  fit::Interval interval = fit::Interval::profile;
  std::vector<double> at;

  bool has_weights() const { return weights || sd; }

  Engine engine = Engine::automatic;
  bool float32 = false;  ///< --precision
  bool timing = false;

  Format format = Format::table;
  bool format_given = false;
  std::optional<std::string> output;
  std::optional<std::string> plot;

  bool strict = false;
  bool quiet = false;
  bool progress = true;
  unsigned threads = 0;

  /// Text that was asked for instead of a fit (--help, --version, --list-models); empty otherwise.
  std::string instead;
};

/// @throws UsageError, or InputError for an unknown model
Arguments read_arguments(int argc, char** argv);

}  // namespace ogive::tools
