// SPDX-License-Identifier: MIT
#include "tools/ogive-train/network_of.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "ogive/base/errors.h"
#include "ogive/base/random.h"
#include "tools/common/options.h"
#include "tools/ogive-train/activations.h"

namespace ogive::tools {
namespace {

constexpr std::size_t usual_hidden = 128;
constexpr std::size_t usual_epochs = 30;
constexpr double usual_holdout = 0.25;

std::vector<std::size_t> shuffled(std::size_t count, std::uint64_t seed) {
  std::vector<std::size_t> places(count);
  std::iota(places.begin(), places.end(), std::size_t{0});
  Random random(seed);
  for (std::size_t i = count; i > 1; --i) std::swap(places[i - 1], places[random.below(i)]);
  return places;
}

template <class T>
void split(const Arguments& arguments, Dataset<T> all, std::uint64_t seed, Prepared<T>& prepared) {
  const double part = arguments.net.holdout.value_or(usual_holdout);
  const auto held = static_cast<std::size_t>(std::llround(part * static_cast<double>(all.count())));
  if (held == 0) {
    prepared.learn = std::move(all);
    return;
  }
  if (held >= all.count())
    throw InputError({all.source}, std::to_string(all.count()) + " samples are too few to hold out " + std::to_string(held) +
                                       "; --holdout 0 learns from all");
  std::vector<std::size_t> places(all.count());
  std::iota(places.begin(), places.end(), std::size_t{0});
  if (!arguments.net.holdout_last) places = shuffled(all.count(), seed);
  const auto middle = places.end() - static_cast<std::ptrdiff_t>(held);
  std::vector<std::size_t> learn(places.begin(), middle), held_out(middle, places.end());
  std::sort(learn.begin(), learn.end());
  std::sort(held_out.begin(), held_out.end());
  prepared.learn = chosen(all, learn);
  prepared.held_out = chosen(all, held_out);
}

template <class T>
void require_labels(const Dataset<T>& data) {
  if (data.labels.empty())
    throw InputError({data.source},
                     "there are " + std::to_string(data.features) + " columns for a network of as many inputs, and no labels");
}

template <class T>
void divide(Dataset<T>& data, double divisor) {
  for (T& value : data.x) value = static_cast<T>(value / static_cast<T>(divisor));
}

}  // namespace

template <class T>
Prepared<T> prepare(const Arguments& arguments, std::vector<std::size_t> sizes, std::uint64_t seed) {
  const NetArguments& net = arguments.net;
  if (sizes.empty()) sizes = net.sizes;
  const auto inputs = sizes.empty() ? std::nullopt : std::optional(sizes.front());
  Dataset<T> all = read_dataset<T>(names_of(arguments), inputs);
  require_labels(all);
  if (sizes.empty()) {
    const bool classes = net.loss.kind == layer::LossKind::softmax_cross_entropy;
    sizes = {all.features, usual_hidden, classes ? std::max<std::size_t>(classes_in(all), 2) : 1};
  }
  Prepared<T> prepared;
  prepared.sizes = sizes;
  if (const auto test = test_names_of(arguments)) {
    prepared.own_test_file = true;
    prepared.learn = std::move(all);
    prepared.held_out = read_dataset<T>(*test, sizes.front());
    require_labels(prepared.held_out);
  } else {
    split(arguments, std::move(all), seed, prepared);
  }
  prepared.learn_goals = goals_of(prepared.learn, net.loss, sizes.back());
  if (prepared.held_out.count() > 0) prepared.held_out_goals = goals_of(prepared.held_out, net.loss, sizes.back());
  if (net.divide_by == "auto")
    prepared.divisor = divisor_of(prepared.learn);
  else if (net.divide_by != "none")
    prepared.divisor = std::stod(net.divide_by);
  if (prepared.divisor != 1) {
    divide(prepared.learn, prepared.divisor);
    divide(prepared.held_out, prepared.divisor);
  }
  return prepared;
}

layer::Network network_of(const std::vector<std::size_t>& sizes, const std::string& hidden) {
  layer::Network network;
  for (std::size_t i = 0; i + 1 < sizes.size(); ++i) {
    if (i > 0) network.add(activation_of(hidden, sizes[i]));
    network.add(layer::Dense{sizes[i], sizes[i + 1]});
  }
  return network;
}

std::vector<std::size_t> sizes_of(const layer::Network& network) {
  std::vector<std::size_t> sizes = {network.inputs()};
  for (const auto& layer : network.layers())
    if (std::holds_alternative<layer::Dense>(layer)) sizes.push_back(layer::outputs(layer));
  return sizes;
}

std::string sizes_text(const std::vector<std::size_t>& sizes) {
  std::string text;
  for (const auto size : sizes) text += (text.empty() ? "" : "-") + std::to_string(size);
  return text;
}

layer::TrainOptions train_options(const Arguments& arguments, std::uint64_t seed) {
  layer::TrainOptions options;
  options.optimiser = arguments.net.optimiser;
  options.learning_rate = arguments.learning_rate;
  options.momentum = arguments.net.momentum;
  options.epochs = arguments.epochs.value_or(usual_epochs);
  options.batch = arguments.batch;
  options.seed = seed;
  options.patience = arguments.net.patience;
  return options;
}

template Prepared<float> prepare(const Arguments&, std::vector<std::size_t>, std::uint64_t);
template Prepared<double> prepare(const Arguments&, std::vector<std::size_t>, std::uint64_t);

}  // namespace ogive::tools
