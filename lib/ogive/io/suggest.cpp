// SPDX-License-Identifier: MIT
#include "ogive/io/suggest.h"

#include <algorithm>

namespace ogive::io {
namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return result;
}

/// The optimal string alignment distance, row by row.
std::size_t edits(const std::string& a, const std::string& b) {
  std::vector<std::size_t> before_last, last(b.size() + 1), current(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      current[j] = std::min({last[j] + 1, current[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0u : 1u)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) current[j] = std::min(current[j], before_last[j - 2] + 1);
    }
    before_last = last;
    last = current;
  }
  return last[b.size()];
}

}  // namespace

const std::string* nearest_name(std::string_view wanted, const std::vector<std::string>& names) {
  constexpr std::size_t longest = 100;  // a suggestion is for a slip of the finger, not for a paragraph
  const std::string* best = nullptr;
  std::size_t fewest = 0;
  if (wanted.size() > longest) return nullptr;
  for (const auto& name : names) {
    if (name.empty() || name.size() > longest) continue;
    const auto count = edits(lower(wanted), lower(name));
    if (count > (std::max(name.size(), wanted.size()) + 2) / 3 || count >= std::max(name.size(), wanted.size())) continue;
    if (best == nullptr || count < fewest) {
      best = &name;
      fewest = count;
    }
  }
  return best;
}

}  // namespace ogive::io
