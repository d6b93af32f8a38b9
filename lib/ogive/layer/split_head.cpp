// SPDX-License-Identifier: MIT
#include "ogive/layer/split_head.h"

#include <algorithm>
#include <vector>

namespace ogive::layer {

std::string SplitHead::describe() const { return "split_head " + std::to_string(in) + ' ' + std::to_string(out); }

void SplitHead::initialise(std::span<double> p, Initialiser how, Random& random) const {
  std::fill(p.begin(), p.end(), 0.0);
  std::vector<double> means(in * out);
  ogive::layer::initialise(means, in, out, how, random);
  for (std::size_t k = 0; k < in; ++k)
    for (std::size_t i = 0; i < out; ++i) p[2 * out * k + i] = means[out * k + i];
}

}  // namespace ogive::layer
