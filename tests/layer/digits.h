// SPDX-License-Identifier: MIT
#pragma once

// The UCI digits of datasets/digits.csv as samples: pixels scaled to [0, 1], the first 1347 to learn from, the last 450 held out.

#include <cstdint>
#include <string>
#include <vector>

#include "ogive/io/table.h"
#include "ogive/layer/train.h"

namespace digits {

class Digits {
 public:
  explicit Digits(const std::string& file) {
    const auto table = ogive::io::read_table(file);
    for (std::size_t row = 0; row < table.rows(); ++row) {
      for (std::size_t pixel = 0; pixel < size; ++pixel) x_.push_back(static_cast<float>(table.number(row, pixel).value()) / 16);
      labels_.push_back(static_cast<std::uint32_t>(table.number(row, size).value()));
    }
  }

  ogive::layer::Samples<float> training() const { return part(0, split); }
  ogive::layer::Samples<float> held_out() const { return part(split, labels_.size() - split); }

 private:
  static constexpr std::size_t size = 64, split = 1347;

  ogive::layer::Samples<float> part(std::size_t first, std::size_t count) const {
    ogive::layer::Samples<float> samples;
    samples.x = ogive::layer::Columns<const float>(x_.data(), size, labels_.size()).middle(first, count);
    samples.targets.labels = std::span(labels_).subspan(first, count);
    return samples;
  }

  std::vector<float> x_;
  std::vector<std::uint32_t> labels_;
};

}  // namespace digits
