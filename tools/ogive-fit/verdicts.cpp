// SPDX-License-Identifier: MIT
#include "tools/ogive-fit/verdicts.h"

#include <algorithm>

namespace ogive::tools {

std::string counted(std::size_t count, const std::string& noun) {
  return std::to_string(count) + ' ' + noun + (count == 1 ? "" : "s");
}

std::string missing_note(std::size_t points, std::size_t curves) {
  return counted(points, "point") + " with missing values left out in " + counted(curves, "curve");
}

void Verdicts::add(fit::Status status, fit::Shape shape) {
  const bool good = shape == fit::Shape::regular || shape == fit::Shape::perfect;
  if (status == fit::Status::ok && good) return;
  count(status == fit::Status::ok ? to_string(shape) : to_string(status), 1);
}

void Verdicts::add(const Verdicts& later) {
  for (const auto& [word, curves] : later.counts_) count(word, curves);
}

void Verdicts::count(std::string_view word, std::size_t curves) {
  const auto found = std::find_if(counts_.begin(), counts_.end(), [&](const auto& entry) { return entry.first == word; });
  if (found == counts_.end())
    counts_.emplace_back(word, curves);
  else
    found->second += curves;
  total_ += curves;
}

std::string Verdicts::text(std::size_t curves) const {
  if (curves == 1) return "the curve has no regular fit: " + counts_.front().first;
  std::string text = std::to_string(total_) + " of " + counted(curves, "curve") + " without a regular fit:";
  for (std::size_t i = 0; i < counts_.size(); ++i)
    text += (i > 0 ? ", " : " ") + std::to_string(counts_[i].second) + ' ' + counts_[i].first;
  return text;
}

}  // namespace ogive::tools
