// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// What the user of ogive-sim asks for.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ogive/curve/simulate.h"

namespace ogive::tools {

enum class SimFormat { csv, wide, npy };

struct SimArguments {
  curve::Simulation plan;  ///< plan.x views shared_x
  std::vector<double> shared_x;
  std::uint64_t curves = 1000;
  std::uint64_t seed = 1;
  unsigned digits = 0;  ///< significant digits in text; 0: all

  SimFormat format = SimFormat::csv;
  std::optional<std::string> output;
  std::optional<std::string> x_file;
  std::optional<std::string> truth;

  bool quiet = false;
  bool progress = true;
  unsigned threads = 0;

  /// Text that was asked for instead of curves (--help, --version); empty otherwise.
  std::string instead;
};

/// @throws UsageError, or InputError for an unknown model
SimArguments read_sim_arguments(int argc, char** argv);

}  // namespace ogive::tools
