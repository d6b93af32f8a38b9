// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string>
#include <vector>

#include "ogive/base/errors.h"
#include "ogive/sigmoid/variant.h"
#include "ogive/sigmoid/variants/build.h"

namespace ogive::sigmoid {
namespace {

std::vector<Variant> all_parts() {
  std::vector<Variant> all;
  for (const auto part :
       {variants::own, variants::exact_forms, variants::stepwise_forms, variants::libraries, variants::rationals,
        variants::algebraic, variants::piecewise, variants::tables, variants::polynomials, variants::exp_tricks, variants::kin}) {
    const std::vector<Variant> entries = part();
    all.insert(all.end(), entries.begin(), entries.end());
  }
  return all;
}

/// The number of bytes to insert, remove or replace to make b of a (Levenshtein 1966).
std::size_t edits(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

/// "; did you mean 'a', 'b'?": up to three names that hold what was asked for, or are few edits away; else where to find them all.
std::string suggestion(std::string_view wanted) {
  struct Candidate {
    std::size_t distance;
    std::string_view name;
  };
  std::vector<Candidate> near;
  for (const Variant& v : catalogue()) {
    const bool holds = wanted.size() >= 3 && v.name.find(wanted) != std::string_view::npos;
    const std::size_t distance = holds ? 0 : edits(wanted, v.name);
    if (distance <= std::max<std::size_t>(1, wanted.size() / 3)) near.push_back({distance, v.name});
  }
  std::stable_sort(near.begin(), near.end(), [](const Candidate& a, const Candidate& b) { return a.distance < b.distance; });
  if (near.empty())
    return "; there are " + std::to_string(catalogue().size()) + ", from '" + std::string(catalogue()[0].name) + "' on";
  std::string text = "; did you mean ";
  for (std::size_t i = 0; i < std::min<std::size_t>(3, near.size()); ++i)
    text += (i ? ", '" : "'") + std::string(near[i].name) + "'";
  return text + "?";
}

}  // namespace

std::span<const Variant> catalogue() {
  static const std::vector<Variant> all = all_parts();
  return all;
}

const Variant* find_variant(std::string_view name) {
  for (const Variant& v : catalogue())
    if (v.name == name) return &v;
  return nullptr;
}

const Variant& variant(std::string_view name) {
  if (const Variant* found = find_variant(name)) return *found;
  throw InputError({}, "there is no variant '" + std::string(name) + "'" + suggestion(name));
}

}  // namespace ogive::sigmoid
