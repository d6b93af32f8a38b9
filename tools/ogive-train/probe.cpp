// SPDX-License-Identifier: MIT
#include "ogive/layer/probe.h"

#include <algorithm>
#include <cmath>

#include "ogive/base/errors.h"
#include "ogive/io/number.h"
#include "tools/common/exit_code.h"
#include "tools/common/numbers.h"
#include "tools/common/options.h"
#include "tools/common/run_tool.h"
#include "tools/ogive-train/commands.h"
#include "tools/ogive-train/dataset.h"
#include "tools/ogive-train/weights_file.h"

namespace ogive::tools {
namespace {

constexpr std::size_t neurons_in_a_table = 8;  // of each layer, unless --neurons says otherwise

template <class T>
Record record_of(std::size_t layer, const std::string& name, std::size_t neuron, const layer::NeuronProbe<T>& n, bool activated) {
  constexpr FloatType type = sizeof(T) == 4 ? FloatType::float32 : FloatType::float64;
  const auto exactly = [](T value) { return decimal(static_cast<double>(value), type); };
  const bool same = n.activation == n.recomputed || (std::isnan(n.activation) && std::isnan(n.recomputed));
  return {{"layer", static_cast<std::uint64_t>(layer), "layer"},
          {"name", name},
          {"neuron", static_cast<std::uint64_t>(neuron), "neuron"},
          {"sum", static_cast<double>(n.sum), "weighted sum", exactly(n.sum)},
          {"by_hand", static_cast<double>(n.by_hand), "by hand", exactly(n.by_hand)},
          {"activation", static_cast<double>(n.activation), "activation", exactly(n.activation)},
          {"recomputed", static_cast<double>(n.recomputed)},
          {"activated", activated},
          {"same_bits", same, "= f(sum)", activated ? (same ? "to the last bit" : "NO, " + exactly(n.recomputed)) : "-"},
          {"misread", static_cast<double>(n.misread), "wrong layer's output", exactly(n.misread)}};
}

template <class T>
int run(const Arguments& arguments, const layer::Weights& weights) {
  const NetArguments& net = arguments.net;
  const auto p = weights.as<T>();
  const auto data = read_dataset<T>(names_of(arguments), weights.network.inputs());
  if (net.sample > data.count())
    throw UsageError("--sample: there are " + std::to_string(data.count()) + " samples in " + data.source + ", and no " +
                     std::to_string(net.sample));
  const auto layers = layer::probe<T>(weights.network, p, data.columns().column(net.sample - 1));
  if (net.layer && *net.layer > layers.size())
    throw UsageError("--layer: the network has " + std::to_string(layers.size()) + " layers of neurons, and no " +
                     std::to_string(*net.layer));

  Output output(arguments.output);
  RecordWriter writer(record_style(arguments), output);
  const bool shortened = arguments.format == RecordFormat::table && net.last_neuron == 0;
  bool all_same = true, left_out = false;
  for (std::size_t l = 0; l < layers.size(); ++l) {
    if (net.layer && *net.layer != l + 1) continue;
    const auto& neurons = layers[l].neurons;
    std::size_t last = net.last_neuron == 0 ? neurons.size() : std::min(net.last_neuron, neurons.size());
    if (shortened) last = std::min(last, neurons_in_a_table);
    left_out = left_out || last < neurons.size();
    for (std::size_t i = net.first_neuron; i <= last; ++i)
      writer.add(record_of<T>(l + 1, layers[l].name, i, neurons[i - 1], layers[l].activation != layers[l].dense));
    for (const auto& neuron : neurons)
      all_same = all_same && !(neuron.activation != neuron.recomputed && !std::isnan(neuron.activation));
  }
  writer.finish();
  output.finish();
  if (!arguments.quiet) {
    const std::string label = data.labels.empty() ? "" : ", whose label is " + io::format_number(data.labels[net.sample - 1]);
    note("ogive-train", "sample " + std::to_string(net.sample) + " of " + data.source + label);
    if (shortened && left_out)
      note("ogive-train",
           "the first " + std::to_string(neurons_in_a_table) + " neurons of each layer; --neurons LO:HI shows others");
  }
  return all_same ? exit_good : exit_not_good;
}

}  // namespace

int probe(const Arguments& arguments) {
  const auto weights = read_weights(*arguments.net.load);
  return arguments.type.value_or(weights.type) == FloatType::float32 ? run<float>(arguments, weights)
                                                                     : run<double>(arguments, weights);
}

}  // namespace ogive::tools
