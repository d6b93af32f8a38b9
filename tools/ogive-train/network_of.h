// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// From the arguments to the data, the network and the options of a training.

#include <optional>
#include <vector>

#include "ogive/layer/network.h"
#include "ogive/layer/train.h"
#include "tools/ogive-train/arguments.h"
#include "tools/ogive-train/dataset.h"

namespace ogive::tools {

/// Data that are ready: split, divided, and with goals for the loss.
template <class T>
struct Prepared {
  Dataset<T> learn, held_out;
  Goals<T> learn_goals, held_out_goals;
  std::vector<std::size_t> sizes;  ///< of the network: inputs, hidden layers, outputs
  double divisor = 1;              ///< what the numbers of `learn` and `held_out` were divided by
  bool own_test_file = false;

  layer::Samples<T> samples() const { return samples_of(learn, learn_goals); }
  layer::Samples<T> held_out_samples() const { return samples_of(held_out, held_out_goals); }

 private:
  static layer::Samples<T> samples_of(const Dataset<T>& data, const Goals<T>& goals) {
    if (data.count() == 0) return {};
    layer::Samples<T> samples;
    samples.x = data.columns();
    samples.targets = goals.targets();
    samples.source = data.source;
    samples.lines = data.lines;
    return samples;
  }
};

/// @param sizes  those of a network that exists already; empty: those of --layers, or what fits the data
/// @throws FileError, InputError, UsageError
template <class T>
Prepared<T> prepare(const Arguments& arguments, std::vector<std::size_t> sizes, std::uint64_t seed);

/// Dense layers of these sizes with activations between them. @throws UsageError for an activation that there is not
layer::Network network_of(const std::vector<std::size_t>& sizes, const std::string& hidden);

/// "64-128-10": the sizes of dense layers that follow each other.
std::vector<std::size_t> sizes_of(const layer::Network& network);
std::string sizes_text(const std::vector<std::size_t>& sizes);

/// Without callbacks.
layer::TrainOptions train_options(const Arguments& arguments, std::uint64_t seed);

}  // namespace ogive::tools
