// SPDX-License-Identifier: MIT
#include "ogive/layer/dense.h"

#include <algorithm>

namespace ogive::layer {

std::string Dense::describe() const { return "dense " + std::to_string(in) + ' ' + std::to_string(out) + (bias ? "" : " no_bias"); }

void Dense::initialise(std::span<double> p, Initialiser how, Random& random) const {
  ogive::layer::initialise(p.first(in * out), in, out, how, random);
  std::fill(p.begin() + static_cast<std::ptrdiff_t>(in * out), p.end(), 0.0);
}

}  // namespace ogive::layer
