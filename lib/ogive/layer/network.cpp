// SPDX-License-Identifier: MIT
#include "ogive/layer/network.h"

#include "ogive/base/errors.h"
#include "ogive/layer/text.h"

namespace ogive::layer {
namespace {

using Words = std::vector<std::string_view>;

std::string shape(std::size_t rows, const char* what) { return std::to_string(rows) + ' ' + what; }

// The words of a description, read one after the other.
class Reader {
 public:
  Reader(std::string_view text, const Place& place) : text_(text), words_(internal::words_of(text)), place_(place) {}

  std::string_view word() {
    if (next_ == words_.size()) fail("it ends too early");
    return words_[next_++];
  }

  // A size of at most 2^31, so that products of two of them cannot overflow.
  std::size_t size() {
    const auto text = word();
    std::size_t value = 0;
    if (!internal::read_number(text, value) || value == 0 || value > (std::size_t{1} << 31))
      fail("'" + std::string(text) + "' is not a size");
    return value;
  }

  double number() {
    const auto text = word();
    double value = 0;
    if (!internal::read_number(text, value)) fail("'" + std::string(text) + "' is not a number");
    return value;
  }

  // Whether the next word is this one, which is then taken.
  bool take(std::string_view expected) {
    if (next_ == words_.size() || words_[next_] != expected) return false;
    ++next_;
    return true;
  }

  // The whole text, for who reads it all.
  std::string_view take_all() {
    next_ = words_.size();
    return text_;
  }

  void end() const {
    if (next_ != words_.size()) fail("'" + std::string(words_[next_]) + "' is one word too many");
  }

  [[noreturn]] void fail(const std::string& why) const {
    throw InputError(place_, "'" + std::string(text_) + "' is not a layer: " + why);
  }

 private:
  std::string_view text_;
  Words words_;
  Place place_;
  std::size_t next_ = 0;
};

Activation read_activation(Reader& reader) {
  const auto kind = reader.word();
  const std::size_t size = reader.size();
  if (kind == "leaky_relu") return Activation::leaky_relu(size, reader.number());
  if (kind == "variant") return Activation::of_variant(size, reader.word());
  if (kind == "sigmoid_range") {
    const double low = reader.number();
    return Activation::sigmoid_range(size, low, reader.number());
  }
  for (const auto simple :
       {ActivationKind::sigmoid, ActivationKind::tanh, ActivationKind::relu, ActivationKind::softplus, ActivationKind::softmax})
    if (to_string(simple) == kind) return {size, simple};
  reader.fail("there is no activation '" + std::string(kind) + "'");
}

AnyLayer read_layer(Reader& reader) {
  const auto kind = reader.word();
  if (kind == "dense") {
    const std::size_t in = reader.size(), out = reader.size();
    return Dense{in, out, !reader.take("no_bias")};
  }
  if (kind == "activation") return read_activation(reader);
  if (kind == "bump") return parse_bump_layer(reader.take_all());
  if (kind == "embedding") {
    const std::size_t left = reader.size(), right = reader.size(), width = reader.size();
    return Embedding{left, right, width, !reader.take("no_biases")};
  }
  if (kind == "split_head") {
    const std::size_t in = reader.size();
    return SplitHead{in, reader.size()};
  }
  reader.fail("there is no layer '" + std::string(kind) + "'");
}

}  // namespace

std::size_t inputs(const AnyLayer& layer) {
  return std::visit([](const auto& value) { return value.inputs(); }, layer);
}

std::size_t outputs(const AnyLayer& layer) {
  return std::visit([](const auto& value) { return value.outputs(); }, layer);
}

std::size_t parameters(const AnyLayer& layer) {
  return std::visit([](const auto& value) { return value.parameters(); }, layer);
}

std::string describe(const AnyLayer& layer) {
  return std::visit([](const auto& value) { return value.describe(); }, layer);
}

AnyLayer parse_layer(std::string_view text, const Place& place) {
  Reader reader(text, place);
  try {
    const AnyLayer layer = read_layer(reader);
    reader.end();
    return layer;
  } catch (const InputError& error) {  // those of the layers know no place
    if (error.place().source == place.source && error.place().line == place.line) throw;
    throw InputError(place, error.what());
  }
}

void Network::add(const AnyLayer& layer) {
  const std::size_t takes = ogive::layer::inputs(layer), gives = ogive::layer::outputs(layer);
  if (takes == 0 || gives == 0) throw InputError(Place{}, "a layer of size 0: '" + ogive::layer::describe(layer) + "'");
  if (!layers_.empty() && takes != outputs())
    throw InputError(Place{}, "layer " + std::to_string(layers_.size()) + ", '" + ogive::layer::describe(layer) + "', takes " +
                                  shape(takes, "numbers") + ", but '" + ogive::layer::describe(layers_.back()) +
                                  "' before it gives " + std::to_string(outputs()));
  layers_.push_back(layer);
  first_.push_back(first_.back() + ogive::layer::parameters(layer));
}

std::size_t Network::inputs() const { return layers_.empty() ? 0 : ogive::layer::inputs(layers_.front()); }

std::size_t Network::outputs() const { return layers_.empty() ? 0 : ogive::layer::outputs(layers_.back()); }

std::vector<double> Network::initialise(std::uint64_t seed, Initialiser how) const {
  Random random(seed);
  std::vector<double> p(parameters());
  for (std::size_t i = 0; i < layers_.size(); ++i)
    std::visit([&](const auto& layer) { layer.initialise(part(std::span(p), i), how, random); }, layers_[i]);
  return p;
}

void Network::require_sizes(std::size_t given, std::size_t rows) const {
  if (layers_.empty()) throw InputError(Place{}, "a network without layers");
  if (given != parameters())
    throw InputError(Place{}, shape(given, "parameters were given, but the network has ") + std::to_string(parameters()));
  if (rows != inputs())
    throw InputError(Place{}, "a sample of " + shape(rows, "numbers was given, but the network takes ") + std::to_string(inputs()));
}

template Columns<const float> Network::forward(std::span<const float>, Columns<const float>, Tape<float>&) const;
template Columns<const double> Network::forward(std::span<const double>, Columns<const double>, Tape<double>&) const;
template void Network::backward(std::span<const float>, Tape<float>&, Columns<const float>, std::span<float>, Columns<float>) const;
template void Network::backward(std::span<const double>, Tape<double>&, Columns<const double>, std::span<double>,
                                Columns<double>) const;

}  // namespace ogive::layer
