// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// How many curves have no regular fit, by what they are instead; and what was left out.

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ogive/fit/result.h"

namespace ogive::tools {

/// "1 curve", "2 curves".
std::string counted(std::size_t count, const std::string& noun);

/// "12 points with missing values left out in 3 curves".
std::string missing_note(std::size_t points, std::size_t curves);

class Verdicts {
 public:
  void add(fit::Status status, fit::Shape shape);

  /// Those of the curves that come after these.
  void add(const Verdicts& later);

  bool all_good() const { return total_ == 0; }

  /// "3 of 10 curves without a regular fit: 1 flat, 2 step". Requires !all_good().
  std::string text(std::size_t curves) const;

 private:
  void count(std::string_view word, std::size_t curves);

  std::vector<std::pair<std::string, std::size_t>> counts_;  // in the order of first appearance
  std::size_t total_ = 0;
};

}  // namespace ogive::tools
