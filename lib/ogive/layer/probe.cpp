// SPDX-License-Identifier: MIT
#include "ogive/layer/probe.h"

#include <algorithm>
#include <numeric>

#include "ogive/base/errors.h"

namespace ogive::layer {
namespace {

// The dense map in a layer, or nothing of size 0.
Dense dense_of(const AnyLayer& layer) {
  if (const auto* dense = std::get_if<Dense>(&layer)) return *dense;
  if (const auto* head = std::get_if<SplitHead>(&layer)) return head->both();
  return {};
}

template <class T>
LayerProbe<T> look(const Network& network, std::span<const T> p, const Tape<T>& tape, std::size_t at, const Dense& dense) {
  const auto& layers = network.layers();
  LayerProbe<T> result{at, at, describe(layers[at]), std::vector<NeuronProbe<T>>(dense.out)};
  const std::span<const T> own = network.part(p, at);
  const std::span<const T> x = at == 0 ? tape.input().column(0) : tape.output(at - 1).column(0);
  const Columns<const T> sums = tape.output(at);
  Columns<const T> activations = sums;
  std::vector<T> recomputed(sums.values().begin(), sums.values().end());
  if (at + 1 < layers.size()) {
    if (const auto* activation = std::get_if<Activation>(&layers[at + 1])) {
      result.activation = at + 1;
      result.name += ", " + activation->describe();
      activations = tape.output(at + 1);
      activation->template forward<T>({}, sums, {recomputed.data(), dense.out, 1});
    }
  }
  std::vector<T> weights(dense.in);
  for (std::size_t i = 0; i < dense.out; ++i) {
    for (std::size_t k = 0; k < dense.in; ++k) weights[k] = dense.weights(own)(i, k);
    const T bias = dense.bias ? own[dense.in * dense.out + i] : T(0);
    result.neurons[i] = {sums(i, 0), weighted_sum<T>(x, weights, bias), activations(i, 0), recomputed[i],
                         broadcast_sum<T>(activations.column(0), weights, bias)};
  }
  return result;
}

}  // namespace

template <class T>
std::vector<LayerProbe<T>> probe(const Network& network, std::span<const std::type_identity_t<T>> p,
                                 std::span<const std::type_identity_t<T>> sample) {
  Tape<T> tape;
  network.forward<T>(p, Columns<const T>(sample.data(), sample.size(), 1), tape);
  std::vector<LayerProbe<T>> found;
  for (std::size_t i = 0; i < network.layers().size(); ++i) {
    const Dense dense = dense_of(network.layers()[i]);
    if (dense.out > 0) found.push_back(look<T>(network, p, tape, i, dense));
  }
  return found;
}

template <class T>
T weighted_sum(std::span<const T> x, std::span<const std::type_identity_t<T>> w, std::type_identity_t<T> bias) {
  if (x.size() != w.size())
    throw InputError(Place{}, "the shapes 1x" + std::to_string(x.size()) + " * " + std::to_string(w.size()) +
                                  "x1 do not fit: a neuron with " + std::to_string(w.size()) +
                                  " weights takes as many inputs, those of its layer, not what its layer gives");
  return std::inner_product(x.begin(), x.end(), w.begin(), bias);
}

template <class T>
T broadcast_sum(std::span<const T> a, std::span<const std::type_identity_t<T>> w, std::type_identity_t<T> bias) {
  return std::accumulate(a.begin(), a.end(), T(0)) * std::accumulate(w.begin(), w.end(), T(0)) + bias;
}

template std::vector<LayerProbe<float>> probe<float>(const Network&, std::span<const float>, std::span<const float>);
template std::vector<LayerProbe<double>> probe<double>(const Network&, std::span<const double>, std::span<const double>);
template float weighted_sum(std::span<const float>, std::span<const float>, float);
template double weighted_sum(std::span<const double>, std::span<const double>, double);
template float broadcast_sum(std::span<const float>, std::span<const float>, float);
template double broadcast_sum(std::span<const double>, std::span<const double>, double);

}  // namespace ogive::layer
