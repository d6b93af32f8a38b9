// SPDX-License-Identifier: MIT
#include "ogive/layer/embedding.h"

#include <algorithm>

#include "ogive/base/errors.h"
#include "ogive/layer/text.h"

namespace ogive::layer {

std::string Embedding::describe() const {
  return "embedding " + std::to_string(left) + ' ' + std::to_string(right) + ' ' + std::to_string(width) +
         (biases ? "" : " no_biases");
}

void Embedding::initialise(std::span<double> p, Initialiser how, Random& random) const {
  const std::size_t vectors = width * (left + right);
  ogive::layer::initialise(p.first(vectors), width, 1, how, random);
  std::fill(p.begin() + static_cast<std::ptrdiff_t>(vectors), p.end(), 0.0);
}

std::size_t Embedding::checked_index(double value, std::size_t count, std::size_t sample, std::size_t row) {
  if (value >= 0 && value < static_cast<double>(count)) {
    const auto index = static_cast<std::size_t>(value);
    if (static_cast<double>(index) == value) return index;
  }
  throw InputError(Place{"", sample + 1, row}, "the index " + internal::number_text(value) + " is not one of 0 to " +
                                                   std::to_string(count - 1) + " (line: the sample)");
}

}  // namespace ogive::layer
