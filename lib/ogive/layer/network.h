// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// A network: layers one after the other, over one flat vector of parameters that the caller owns.
///
/// The parameters of layer 0 come first, then those of layer 1, and so on. The network itself is a list of shapes; it can be
/// copied, compared and written as text. A forward pass leaves the output of every layer on a Tape: the output of a dense layer is
/// its weighted sums, that of an activation its activations, so both are open to view.
///
/// Shapes must fit exactly. Nothing is ever broadcast.
///
/// @code
///   using namespace ogive::layer;
///   Network network;
///   network.add(Dense{64, 128});
///   network.add(Activation{128, ActivationKind::relu});
///   network.add(Dense{128, 10});
///   const std::vector<double> p = network.initialise(1);
///   const std::vector<double> x(64 * 5);                                  // five samples
///   Tape<double> tape;
///   const Columns<const double> logits = network.forward<double>(p, {x.data(), 64, 5}, tape);   // 10 x 5
///   const double first_weighted_sum = tape.output(0)(0, 0);
/// @endcode

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "ogive/base/errors.h"
#include "ogive/layer/activation.h"
#include "ogive/layer/bump_layer.h"
#include "ogive/layer/dense.h"
#include "ogive/layer/embedding.h"
#include "ogive/layer/layer.h"
#include "ogive/layer/matrix.h"
#include "ogive/layer/split_head.h"

namespace ogive::layer {

static_assert(Layer<Dense> && Layer<Activation> && Layer<BumpLayer> && Layer<Embedding> && Layer<SplitHead>);

/// One of the layers there are.
using AnyLayer = std::variant<Dense, Activation, BumpLayer, Embedding, SplitHead>;

std::size_t inputs(const AnyLayer& layer);      ///< numbers in a sample that it takes
std::size_t outputs(const AnyLayer& layer);     ///< numbers in a sample that it gives
std::size_t parameters(const AnyLayer& layer);  ///< numbers that it learns
std::string describe(const AnyLayer& layer);    ///< its kind and sizes, for example "dense 64 128"

/// The layer of which `text` is the description.
/// @throws InputError that says what is wrong with the text; its place is `place`
AnyLayer parse_layer(std::string_view text, const Place& place = {});

/// What a forward pass computed, layer by layer. It keeps its memory, so use one for many passes.
template <class T>
class Tape {
 public:
  Columns<const T> input() const { return input_; }  ///< the samples that went in: a view, of memory that is not the tape's
  std::size_t layers() const { return used_; }       ///< how many outputs there are

  /// What layer i gave: weighted sums of a dense layer, activations of an activation.
  Columns<const T> output(std::size_t i) const {
    assert(i < used_);
    return {outputs_[i].data(), rows_[i], input_.columns()};
  }

 private:
  friend class Network;
  Columns<const T> input_;
  std::size_t used_ = 0;
  std::vector<std::size_t> rows_;
  std::vector<std::vector<T>> outputs_;
  std::vector<T> slopes_, next_slopes_;  // of the backward pass: dL/dy of the layer at hand and of the one before it
};

/// Layers one after the other.
class Network {
 public:
  /// Puts a layer at the end.
  /// @throws InputError that names both shapes when the layer does not take what the last one gives, or has a size of 0
  void add(const AnyLayer& layer);

  const std::vector<AnyLayer>& layers() const { return layers_; }                 ///< in the order of the forward pass
  bool empty() const { return layers_.empty(); }                                  ///< whether there is no layer
  std::size_t inputs() const;                                                     ///< of the first layer; 0 where there is none
  std::size_t outputs() const;                                                    ///< of the last layer; 0 where there is none
  std::size_t parameters() const { return first_.back(); }                        ///< of all layers
  std::size_t first_parameter(std::size_t layer) const { return first_[layer]; }  ///< where those of a layer begin

  /// The part of `p` that is layer i's.
  template <class T>
  std::span<T> part(std::span<T> p, std::size_t layer) const {
    return p.subspan(first_[layer], first_[layer + 1] - first_[layer]);
  }

  /// Weights to start from: the same for every platform, and the same in float as in double but for the rounding. Biases are 0.
  std::vector<double> initialise(std::uint64_t seed, Initialiser how = Initialiser::glorot) const;

  /// Runs x through all layers.
  /// @tparam T     float, double or ceres::Jet
  /// @param p      parameters() numbers
  /// @param x      inputs() rows; must outlive the use of the tape
  /// @param tape   receives the output of every layer
  /// @return       the output of the last layer, a view of the tape
  /// @throws InputError where x has another number of rows, or `p` another length
  template <class T>
  Columns<const T> forward(std::span<const std::type_identity_t<T>> p, Columns<const T> x, Tape<T>& tape) const;

  /// Takes the gradient by the outputs back to the parameters, and to the input if wanted.
  /// @param p      as in forward()
  /// @param tape   of the forward pass
  /// @param dy     dL/dy, as large as the last output
  /// @param dp     dL/dp is added to it
  /// @param dx     dL/dx; empty: not wanted
  template <class T>
  void backward(std::span<const std::type_identity_t<T>> p, Tape<T>& tape, Columns<const std::type_identity_t<T>> dy,
                std::span<std::type_identity_t<T>> dp, Columns<std::type_identity_t<T>> dx = {}) const;

  /// The outputs for any number of samples, without a tape of the caller's: 256 samples at a time.
  /// @param p  as in forward()
  /// @param x  inputs() rows
  /// @param y  outputs() rows, as many columns
  template <class T>
  void predict(std::span<const std::type_identity_t<T>> p, Columns<const T> x, Columns<std::type_identity_t<T>> y) const;

  /// After a step of an optimiser: brings parameters that have limits (the width of a bump) back into them.
  template <class T>
  void project(std::span<T> p) const;

  bool operator==(const Network&) const = default;  ///< the same layers in the same order

 private:
  void require_sizes(std::size_t parameters, std::size_t rows) const;

  std::vector<AnyLayer> layers_;
  std::vector<std::size_t> first_ = {0};
};

template <class T>
Columns<const T> Network::forward(std::span<const std::type_identity_t<T>> p, Columns<const T> x, Tape<T>& tape) const {
  require_sizes(p.size(), x.rows());
  const std::size_t n = x.columns();
  tape.input_ = x;
  tape.used_ = layers_.size();
  tape.rows_.resize(layers_.size());
  tape.outputs_.resize(layers_.size());
  Columns<const T> in = x;
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    const std::size_t rows = ogive::layer::outputs(layers_[i]);
    tape.rows_[i] = rows;
    if (tape.outputs_[i].size() < rows * n) tape.outputs_[i].resize(rows * n);
    const Columns<T> out(tape.outputs_[i].data(), rows, n);
    std::visit([&](const auto& layer) { layer.template forward<T>(part(p, i), in, out); }, layers_[i]);
    in = out;
  }
  return in;
}

template <class T>
void Network::backward(std::span<const std::type_identity_t<T>> p, Tape<T>& tape, Columns<const std::type_identity_t<T>> dy,
                       std::span<std::type_identity_t<T>> dp, Columns<std::type_identity_t<T>> dx) const {
  const std::size_t n = tape.input_.columns();
  assert(tape.used_ == layers_.size() && p.size() == parameters() && dp.size() == parameters());
  assert(dy.rows() == outputs() && dy.columns() == n && (dx.empty() || (dx.rows() == inputs() && dx.columns() == n)));
  for (std::size_t i = layers_.size(); i-- > 0;) {
    const Columns<const T> in = i == 0 ? tape.input_ : tape.output(i - 1);
    Columns<T> din = dx;
    if (i > 0) {
      // Slopes before the first parameters are of use to nobody, unless dx is wanted.
      const bool wanted = first_[i] > 0 || !dx.empty();
      if (tape.next_slopes_.size() < in.size()) tape.next_slopes_.resize(in.size());
      din = wanted ? Columns<T>(tape.next_slopes_.data(), in.rows(), n) : Columns<T>();
    }
    std::visit([&](const auto& layer) { layer.template backward<T>(part(p, i), in, tape.output(i), dy, part(dp, i), din); },
               layers_[i]);
    if (din.empty()) return;
    std::swap(tape.slopes_, tape.next_slopes_);
    dy = din;
  }
}

template <class T>
void Network::predict(std::span<const std::type_identity_t<T>> p, Columns<const T> x, Columns<std::type_identity_t<T>> y) const {
  assert(y.rows() == outputs() && y.columns() == x.columns());
  constexpr std::size_t at_once = 256;
  Tape<T> tape;
  for (std::size_t first = 0; first < x.columns(); first += at_once) {
    const std::size_t count = std::min(at_once, x.columns() - first);
    const auto out = forward(p, x.middle(first, count), tape).values();
    std::copy(out.begin(), out.end(), y.middle(first, count).data());
  }
}

template <class T>
void Network::project(std::span<T> p) const {
  for (std::size_t i = 0; i < layers_.size(); ++i)
    std::visit([&](const auto& layer) { layer.template project<T>(part(p, i)); }, layers_[i]);
}

// Compiled once, with the optimisations that the loops over arrays need.
extern template Columns<const float> Network::forward(std::span<const float>, Columns<const float>, Tape<float>&) const;
extern template Columns<const double> Network::forward(std::span<const double>, Columns<const double>, Tape<double>&) const;
extern template void Network::backward(std::span<const float>, Tape<float>&, Columns<const float>, std::span<float>,
                                       Columns<float>) const;
extern template void Network::backward(std::span<const double>, Tape<double>&, Columns<const double>, std::span<double>,
                                       Columns<double>) const;

}  // namespace ogive::layer
