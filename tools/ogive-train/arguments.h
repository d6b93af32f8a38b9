// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// What the user of ogive-train asks for.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ogive/base/float_types.h"
#include "ogive/layer/bump_form.h"
#include "ogive/layer/bump_scale.h"
#include "ogive/layer/initialise.h"
#include "ogive/layer/loss.h"
#include "ogive/layer/train.h"
#include "tools/common/records.h"

namespace ogive::tools {

enum class Command { bump, bump_sweep, net, compare, predict, probe, eval, check };

enum class BumpMethod { adam, lm, closed };

/// Of bump, bump-sweep and eval.
struct BumpArguments {
  std::optional<std::string> x, y;      ///< columns of the file
  std::optional<layer::BumpForm> form;  ///< not given: canonical for a file, root for generated data
  BumpMethod method = BumpMethod::lm;
  layer::SigmaScale scale = layer::SigmaScale::project;
  std::vector<std::string> free;  ///< parameters that move; empty: not given
  std::vector<double> start;      ///< sigma, c, a; as many as were given
  layer::BumpParameters truth;    ///< what data are generated from; what eval evaluates
  double low = -1, high = 1;      ///< of generated x
  std::size_t samples = 100000;   ///< generated
  double noise = 0;               ///< standard deviation
  bool rescue = true;
  double sigma_low = 0.1, sigma_high = 9.9, sigma_step = 0.1;  ///< of a sweep
  double tolerance = 1e-2;                                     ///< of a sweep
};

/// Of net, compare, predict and probe.
struct NetArguments {
  std::string data = "digits";        ///< where no file is named
  std::optional<std::string> label;   ///< the label's column
  std::optional<std::string> labels;  ///< the IDX file of labels
  std::optional<std::string> test, test_labels;
  std::vector<std::size_t> sizes;  ///< 64-128-10; empty: not given
  std::vector<std::string> hidden = {"sigmoid"};
  layer::Loss loss{layer::LossKind::softmax_cross_entropy, 1};
  layer::Initialiser initialiser = layer::Initialiser::glorot;
  layer::Optimiser optimiser = layer::Optimiser::adam;
  double momentum = 0;
  unsigned patience = 0;
  std::optional<double> holdout;   ///< the part held out
  bool holdout_last = false;       ///< the last samples instead of random ones
  std::string divide_by = "auto";  ///< auto, none or a power of two
  std::optional<std::string> save, load;
  unsigned seeds = 5;                             ///< of compare
  unsigned sample = 1;                            ///< of probe, from 1
  std::optional<unsigned> layer;                  ///< of probe, from 1
  std::size_t first_neuron = 1, last_neuron = 0;  ///< of probe, from 1; 0: not given
};

struct Arguments {
  Command command = Command::net;
  std::optional<std::string> file;
  std::vector<std::string> words;     ///< of eval: inputs
  std::optional<FloatType> type;      ///< float32 or float64; empty: not given
  std::optional<std::size_t> epochs;  ///< not given: each command has its own
  std::size_t batch = 32;
  double learning_rate = 1e-3;
  std::uint64_t seed = 1;

  BumpArguments bump;
  NetArguments net;

  RecordFormat format = RecordFormat::table;
  std::optional<std::string> output;
  std::optional<std::string> plot;
  bool quiet = false;
  bool progress = true;
  unsigned threads = 0;

  /// Text that was asked for instead (--help, --version); empty otherwise.
  std::string instead;
};

std::string_view to_string(Command command);
std::string_view to_string(BumpMethod method);

/// How results are written.
RecordStyle record_style(const Arguments& arguments);

/// @throws UsageError
Arguments read_arguments(int argc, char** argv);

}  // namespace ogive::tools
