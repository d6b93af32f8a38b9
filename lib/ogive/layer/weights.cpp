// SPDX-License-Identifier: MIT
#include "ogive/layer/weights.h"

#include <cmath>
#include <optional>

#include "ogive/base/errors.h"
#include "ogive/layer/text.h"

namespace ogive::layer {
namespace {

constexpr std::string_view magic = "ogive-weights";

// The lines of a text, counted.
class Lines {
 public:
  Lines(std::string_view text, const std::string& source) : rest_(text), source_(source) {}

  // The next line; refuses the end of the text, `expected` being what should have been there.
  std::string_view next(const std::string& expected) {
    const auto line = next_or_end();
    if (!line) {
      ++number_;
      fail("the file ends where " + expected + " should be");
    }
    return *line;
  }

  std::optional<std::string_view> next_or_end() {
    if (rest_.empty()) return std::nullopt;
    ++number_;
    const std::size_t length = std::min(rest_.find('\n'), rest_.size());
    auto line = rest_.substr(0, length);
    rest_.remove_prefix(std::min(length + 1, rest_.size()));
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    return line;
  }

  Place place() const { return {source_, number_, 0}; }

  [[noreturn]] void fail(const std::string& why) const { throw InputError(place(), why); }

 private:
  std::string_view rest_;
  const std::string& source_;
  std::size_t number_ = 0;
};

std::string quoted(std::string_view text) {
  constexpr std::size_t enough = 40;
  return "'" + std::string(text.substr(0, enough)) + (text.size() > enough ? "..." : "") + "'";
}

// What stands behind the word `key`.
std::string_view value_of(Lines& lines, std::string_view key) {
  const auto line = lines.next("'" + std::string(key) + " ...'");
  if (!line.starts_with(key) || line.size() <= key.size() || line[key.size()] != ' ')
    lines.fail("'" + std::string(key) + " ...' was expected here, not " + quoted(line));
  return line.substr(key.size() + 1);
}

std::size_t count_of(Lines& lines, std::string_view key) {
  const auto text = value_of(lines, key);
  std::size_t count = 0;
  if (!internal::read_number(text, count)) lines.fail("the number of " + std::string(key) + " is " + quoted(text));
  return count;
}

template <class T>
double read_parameter(std::string_view line, const Lines& lines) {
  T value = 0;
  if (!internal::read_number(line, value)) lines.fail(quoted(line) + " is not a number of this type");
  if (!std::isfinite(value)) lines.fail("a parameter is not finite: " + quoted(line));
  return static_cast<double>(value);
}

}  // namespace

template <class T>
std::vector<T> Weights::as() const {
  if (sizeof(T) < sizeof(double) && type == FloatType::float64)
    throw InputError(Place{source, 2, 0}, "these weights are float64; in float32 they would be others. Use float64");
  return {parameters.begin(), parameters.end()};
}

template std::vector<float> Weights::as() const;
template std::vector<double> Weights::as() const;

template <class T>
std::string weights_text(const Network& network, std::span<const std::type_identity_t<T>> parameters) {
  if (parameters.size() != network.parameters())
    throw InputError(Place{},
                     std::to_string(parameters.size()) + " parameters for a network of " + std::to_string(network.parameters()));
  const auto type = sizeof(T) == sizeof(float) ? FloatType::float32 : FloatType::float64;
  std::string text = std::string(magic) + " 1\ntype " + std::string(to_string(type)) + "\nlayers " +
                     std::to_string(network.layers().size()) + '\n';
  for (const AnyLayer& layer : network.layers()) text += describe(layer) + '\n';
  text += "parameters " + std::to_string(parameters.size()) + '\n';
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    if (!std::isfinite(parameters[i]))
      throw InputError(Place{}, "parameter " + std::to_string(i + 1) + " is not finite; nothing was saved");
    text += internal::number_text(parameters[i]);
    text += '\n';
  }
  return text;
}

template std::string weights_text<float>(const Network&, std::span<const float>);
template std::string weights_text<double>(const Network&, std::span<const double>);

Weights parse_weights(std::string_view text, const std::string& source) {
  Lines lines(text, source);
  const auto first = lines.next("'ogive-weights 1'");
  if (first.substr(0, magic.size()) != magic)
    lines.fail("not a file of weights: it begins with " + quoted(first) + ", not 'ogive-weights 1'");
  if (first != std::string(magic) + " 1") lines.fail(quoted(first) + " is a version that is not known here; 1 is");
  Weights weights;
  weights.source = source;
  const auto type = value_of(lines, "type");
  if (type == to_string(FloatType::float32)) {
    weights.type = FloatType::float32;
  } else if (type == to_string(FloatType::float64)) {
    weights.type = FloatType::float64;
  } else {
    lines.fail("the type " + quoted(type) + " is neither float32 nor float64");
  }
  const std::size_t layers = count_of(lines, "layers");
  for (std::size_t i = 0; i < layers; ++i) {
    const auto line = lines.next("layer " + std::to_string(i + 1) + " of " + std::to_string(layers));
    const AnyLayer layer = parse_layer(line, lines.place());
    try {
      weights.network.add(layer);
    } catch (const InputError& error) {
      lines.fail(error.what());
    }
  }
  const std::size_t count = count_of(lines, "parameters");
  if (count != weights.network.parameters())
    lines.fail(std::to_string(count) + " parameters, but these layers have " + std::to_string(weights.network.parameters()));
  weights.parameters.reserve(std::min(count, text.size()));
  for (std::size_t i = 0; i < count; ++i) {
    const auto line = lines.next("parameter " + std::to_string(i + 1) + " of " + std::to_string(count));
    weights.parameters.push_back(weights.type == FloatType::float32 ? read_parameter<float>(line, lines)
                                                                    : read_parameter<double>(line, lines));
  }
  while (const auto line = lines.next_or_end())
    if (!line->empty()) lines.fail("the parameters are complete, but there is more: " + quoted(*line));
  return weights;
}

void require_network(const Weights& weights, const Network& expected) {
  const auto& have = weights.network.layers();
  const auto& want = expected.layers();
  for (std::size_t i = 0; i < std::max(have.size(), want.size()); ++i) {
    if (i < have.size() && i < want.size() && have[i] == want[i]) continue;
    const auto name = [i](const std::vector<AnyLayer>& list) {
      return i < list.size() ? "'" + describe(list[i]) + "'" : std::string("nothing");
    };
    constexpr std::size_t lines_before = 4;  // magic, type, layers; lines count from 1
    throw InputError(Place{weights.source, lines_before + i, 0}, "these are the weights of another network: layer " +
                                                                     std::to_string(i + 1) + " is " + name(have) + " here and " +
                                                                     name(want) + " there");
  }
}

}  // namespace ogive::layer
