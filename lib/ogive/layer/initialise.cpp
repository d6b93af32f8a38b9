// SPDX-License-Identifier: MIT
#include "ogive/layer/initialise.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <string>
#include <utility>

#include "ogive/base/errors.h"

namespace ogive::layer {
namespace {

constexpr std::array<std::pair<Initialiser, std::string_view>, 4> names = {
    {{Initialiser::glorot, "glorot"}, {Initialiser::he, "he"}, {Initialiser::uniform, "uniform"}, {Initialiser::zeros, "zeros"}}};

double bound(std::size_t inputs, std::size_t outputs, Initialiser how) {
  const auto in = static_cast<double>(inputs), out = static_cast<double>(outputs);
  switch (how) {
    case Initialiser::glorot:
      return std::sqrt(6 / (in + out));
    case Initialiser::he:
      return std::sqrt(6 / in);
    case Initialiser::uniform:
      return 0.05;
    case Initialiser::zeros:
      break;
  }
  return 0;
}

}  // namespace

std::string_view to_string(Initialiser how) {
  for (const auto& [value, name] : names)
    if (value == how) return name;
  return {};
}

Initialiser parse_initialiser(std::string_view name) {
  for (const auto& [value, known] : names)
    if (known == name) return value;
  throw InputError(Place{}, "'" + std::string(name) + "' is not a way to draw weights; use glorot, he, uniform or zeros");
}

void initialise(std::span<double> weights, std::size_t inputs, std::size_t outputs, Initialiser how, Random& random) {
  assert(inputs + outputs > 0);
  const double largest = bound(inputs, outputs, how);
  if (largest == 0) return std::fill(weights.begin(), weights.end(), 0.0);
  for (double& weight : weights) weight = random.uniform(-largest, largest);
}

}  // namespace ogive::layer
