// SPDX-License-Identifier: MIT
#include "ogive/layer/check.h"

#include <ceres/jet.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <span>

#include "ogive/base/random.h"

namespace ogive::layer {
namespace {

constexpr std::size_t samples = 3;
constexpr int width = 8;  // slopes that one pass carries
using Jet = ceres::Jet<double, width>;

std::vector<double> random_numbers(std::size_t count, double low, double high, Random& random) {
  std::vector<double> values(count);
  for (double& value : values) value = random.uniform(low, high);
  return values;
}

// At most 256 of 0 ... count - 1, without repetition.
std::vector<std::size_t> choose(std::size_t count, Random& random) {
  constexpr std::size_t most = 256;
  std::vector<std::size_t> all(count);
  std::iota(all.begin(), all.end(), std::size_t{0});
  if (count <= most) return all;
  for (std::size_t i = 0; i < most; ++i) std::swap(all[i], all[i + random.below(count - i)]);
  all.resize(most);
  return all;
}

double worst_difference(std::span<const double> by_hand, std::span<const double> by_jet) {
  constexpr double cancelled = 1e-3;
  double largest = 0, worst = 0;
  for (const double slope : by_jet) largest = std::max(largest, std::abs(slope));
  for (std::size_t i = 0; i < by_hand.size(); ++i) {
    const double difference = std::abs(by_hand[i] - by_jet[i]);
    if (difference == 0) continue;
    const double relative = difference / std::max(std::abs(by_jet[i]), cancelled * largest);
    if (!(relative <= worst)) worst = relative;
    if (std::isnan(worst)) break;
  }
  return worst;
}

// The slopes of f(jets) by `values`, those that are chosen.
template <class F>
std::vector<double> jet_slopes(const std::vector<double>& values, const std::vector<std::size_t>& chosen, F f) {
  std::vector<Jet> jets(values.begin(), values.end());
  std::vector<double> slopes(chosen.size());
  for (std::size_t first = 0; first < chosen.size(); first += width) {
    const std::size_t count = std::min<std::size_t>(width, chosen.size() - first);
    for (std::size_t i = 0; i < count; ++i) jets[chosen[first + i]].v[static_cast<Eigen::Index>(i)] = 1;
    const Jet value = f(std::span<const Jet>(jets));
    for (std::size_t i = 0; i < count; ++i) {
      slopes[first + i] = value.v[static_cast<Eigen::Index>(i)];
      jets[chosen[first + i]].v.setZero();
    }
  }
  return slopes;
}

std::vector<double> pick(const std::vector<double>& values, const std::vector<std::size_t>& chosen) {
  std::vector<double> picked;
  for (const std::size_t i : chosen) picked.push_back(values[i]);
  return picked;
}

template <class L>
GradientCheck check_layer(const L& layer, std::span<const double> given, Columns<const double> x, Columns<const double> y,
                          Random& random) {
  const std::size_t n = x.columns();
  const std::vector<double> p(given.begin(), given.end()), in(x.values().begin(), x.values().end());
  const std::vector<double> w = random_numbers(y.size(), -1, 1, random);
  std::vector<double> dp(p.size()), dx(in.size());
  layer.template backward<double>(p, x, y, {w.data(), y.rows(), n}, dp, {dx.data(), x.rows(), n});

  const std::vector<Jet> p_jets(p.begin(), p.end()), x_jets(in.begin(), in.end());
  const auto weighted = [&](std::span<const Jet> parameters, std::span<const Jet> inputs) {
    std::vector<Jet> out(y.size());
    layer.template forward<Jet>(parameters, {inputs.data(), x.rows(), n}, {out.data(), y.rows(), n});
    Jet sum(0);
    for (std::size_t i = 0; i < out.size(); ++i) sum += w[i] * out[i];
    return sum;
  };
  const auto some_p = choose(p.size(), random), some_x = choose(in.size(), random);
  const auto slopes_p = jet_slopes(p, some_p, [&](std::span<const Jet> jets) { return weighted(jets, x_jets); });
  const auto slopes_x = jet_slopes(in, some_x, [&](std::span<const Jet> jets) { return weighted(p_jets, jets); });
  return {layer.describe(), worst_difference(pick(dp, some_p), slopes_p), worst_difference(pick(dx, some_x), slopes_x),
          some_p.size() + some_x.size()};
}

GradientCheck check_loss(const Loss& loss, Columns<const double> z, Random& random) {
  const std::size_t rows = loss.target_rows(z.rows()), n = z.columns();
  const std::vector<double> values = random_numbers(rows * n, 0, 1, random);
  std::vector<std::uint32_t> labels(n);
  for (auto& label : labels) label = static_cast<std::uint32_t>(random.below(z.rows()));
  const std::vector<double> out(z.values().begin(), z.values().end());
  std::vector<double> dz(z.size());
  Targets<double> targets;
  targets.values = {values.data(), rows, n};
  targets.labels = labels;
  loss.value<double>(z, targets, {dz.data(), z.rows(), n});

  const std::vector<Jet> value_jets(values.begin(), values.end());
  Targets<Jet> jet_targets;
  jet_targets.values = {value_jets.data(), rows, n};
  jet_targets.labels = labels;
  const auto some = choose(out.size(), random);
  const auto slopes = jet_slopes(out, some, [&](std::span<const Jet> jets) {
    return loss.value<Jet>(Columns<const Jet>(jets.data(), z.rows(), n), jet_targets);
  });
  return {std::string(to_string(loss.kind)), 0, worst_difference(pick(dz, some), slopes), some.size()};
}

// Inputs that the network can take: indices for an embedding.
std::vector<double> random_inputs(const Network& network, Random& random) {
  std::vector<double> x = random_numbers(network.inputs() * samples, -2, 2, random);
  if (const auto* embedding = std::get_if<Embedding>(&network.layers().front())) {
    for (std::size_t i = 0; i < x.size(); ++i)
      x[i] = static_cast<double>(random.below(i % 2 == 0 ? embedding->left : embedding->right));
  }
  return x;
}

}  // namespace

double GradientCheck::worst() const {
  if (std::isnan(parameters) || std::isnan(input)) return std::numeric_limits<double>::quiet_NaN();
  return std::max(parameters, input);
}

std::vector<GradientCheck> check_gradients(const Network& network, std::span<const double> parameters, const Loss& loss,
                                           std::uint64_t seed) {
  Random random(seed);
  const std::vector<double> x = random_inputs(network, random);
  Tape<double> tape;
  const auto z = network.forward<double>(parameters, Columns<const double>(x.data(), network.inputs(), samples), tape);
  std::vector<GradientCheck> entries;
  for (std::size_t i = 0; i < network.layers().size(); ++i) {
    const auto in = i == 0 ? tape.input() : tape.output(i - 1);
    entries.push_back(
        std::visit([&](const auto& layer) { return check_layer(layer, network.part(parameters, i), in, tape.output(i), random); },
                   network.layers()[i]));
  }
  entries.push_back(check_loss(loss, z, random));
  return entries;
}

std::vector<GradientCheck> check_all_gradients(std::uint64_t seed) {
  constexpr std::size_t size = 6;
  std::vector<AnyLayer> layers = {Dense{size, 4}, Dense{size, 4, false}, Embedding{5, 4, 3}, Embedding{5, 4, 3, false},
                                  SplitHead{size, 2}};
  for (const auto kind :
       {ActivationKind::sigmoid, ActivationKind::tanh, ActivationKind::relu, ActivationKind::softplus, ActivationKind::softmax})
    layers.emplace_back(Activation{size, kind});
  for (const BumpForm form : bump_forms) {
    for (const SigmaScale scale : {SigmaScale::project, SigmaScale::log, SigmaScale::softplus}) {
      BumpLayerOptions options;
      options.scale = scale;
      options.shared = scale == SigmaScale::softplus;
      layers.emplace_back(BumpLayer(size, form, options));
    }
  }
  layers.emplace_back(Activation::leaky_relu(size));
  layers.emplace_back(Activation::sigmoid_range(size, -1, 5.5));
  std::vector<GradientCheck> entries;
  const auto check = [&](const AnyLayer& layer, const Loss& loss) {
    Network network;
    network.add(layer);
    std::vector<double> p = network.initialise(seed);
    Random random(seed + 1);  // biases, too, are not 0
    for (double& value : p) value += random.uniform(0, 0.1);
    return check_gradients(network, p, loss, seed);
  };
  for (const AnyLayer& layer : layers) entries.push_back(check(layer, Loss{}).front());
  for (const auto kind : {LossKind::mse, LossKind::bce_with_logits, LossKind::softmax_cross_entropy, LossKind::gaussian_nll})
    entries.push_back(check(Dense{size, 4}, Loss{kind, kind == LossKind::bce_with_logits ? 2.5 : 1}).back());
  return entries;
}

}  // namespace ogive::layer
