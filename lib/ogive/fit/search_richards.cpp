// SPDX-License-Identifier: MIT
#include "ogive/fit/search_richards.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "ogive/fit/oriented_search.h"

namespace ogive::fit {

// nu is the one unknown left: a row of searches at fixed nu, then line searches in log nu from the best of them, for each
// orientation (a curve with its long tail on the other side is another curve, and may be the better one at the nodes only).
SearchResult search_richards(const Points& points, curve::Linear linear, const UserStart* start) {
  const Eliminate eliminate = eliminate_for(linear);
  const Points other_side = mirrored(points);
  SearchResult best;
  const auto add = [&best](const SearchResult& other) {
    best.evaluations += other.evaluations;
    if (other.interior.F < best.interior.F) best.interior = other.interior;
    keep_limit(best, other.limit, other.limit_mirrored);
  };
  constexpr double log_first = -4.0, log_step = 1.0;
  constexpr std::size_t nodes = 11;  // nu = 0, and e^-4 ... e^5
  const auto node = [](std::size_t i) { return i == 0 ? 0.0 : std::exp(log_first + log_step * static_cast<double>(i - 1)); };
  std::vector<Optimum> valleys;  // the optima at the nodes that are better than their neighbours in nu
  for (const bool reflected : {false, true}) {
    std::array<Optimum, nodes> at_node;
    for (std::size_t i = 0; i < nodes; ++i) {
      SearchResult found;
      search_oriented(found, reflected ? other_side : points, curve::RichardsShape{node(i)}, RichardsInverse{node(i)}, node(i),
                      eliminate, reflected, nullptr);
      at_node[i] = found.interior;
      add(found);
    }
    for (std::size_t i = 0; i < nodes; ++i) {
      const bool lowest = (i == 0 || at_node[i].F <= at_node[i - 1].F) && (i + 1 == nodes || at_node[i].F <= at_node[i + 1].F);
      if (at_node[i].exists() && lowest) valleys.push_back(at_node[i]);
    }
  }
  if (start != nullptr && start->nu >= 0) {
    SearchResult found;
    const UserStart turned{-start->k, start->a, start->nu};
    search_oriented(found, points, curve::RichardsShape{start->nu}, RichardsInverse{start->nu}, start->nu, eliminate, false, start);
    search_oriented(found, other_side, curve::RichardsShape{start->nu}, RichardsInverse{start->nu}, start->nu, eliminate, true,
                    &turned);
    add(found);
    valleys.push_back(best.interior);
  }

  const auto warm = [&](double nu, const Optimum& from) {
    const Points& side = from.mirrored ? other_side : points;
    Reduced<curve::RichardsShape> reduced(side, curve::RichardsShape{nu}, eliminate);
    DescentOptions options;
    options.tolerance = 1e-10;
    options.floor = 1e-3 * points.noise_floor;
    const Descent d = descend(reduced, from.k, from.a, Region::of(side), options);
    best.evaluations += reduced.evaluations();
    Optimum found{d.F, d.k, d.a, nu, d.L, d.decrease, d.converged, from.mirrored};
    if (d.escaped) found.F = std::numeric_limits<double>::infinity();
    return found;
  };
  // Golden section on the profile over nu, each point warm from the last: in log nu, or in nu itself next to 0.
  const auto follow = [&](const Optimum& valley) {
    const bool next_to_zero = valley.nu == 0;
    const auto nu_of = [next_to_zero](double t) { return next_to_zero ? t : std::exp(t); };
    double low = next_to_zero ? 0.0 : std::log(valley.nu) - log_step;
    double high = next_to_zero ? std::exp(log_first) : low + 2 * log_step;
    constexpr double golden = 0.6180339887498949;
    double p = high - golden * (high - low), q = low + golden * (high - low);
    Optimum at_p = warm(nu_of(p), valley), at_q = warm(nu_of(q), valley);
    for (int i = 0; i < 24; ++i) {
      if (at_p.F <= at_q.F) {
        high = q;
        q = p;
        at_q = at_p;
        p = high - golden * (high - low);
        at_p = warm(nu_of(p), at_q.exists() ? at_q : valley);
      } else {
        low = p;
        p = q;
        at_p = at_q;
        q = low + golden * (high - low);
        at_q = warm(nu_of(q), at_p.exists() ? at_p : valley);
      }
    }
    for (const Optimum& found : {at_p, at_q})
      if (found.F < best.interior.F) best.interior = found;
  };
  for (const Optimum& valley : valleys) follow(valley);
  // nu = 0 is a curve, too: where it is as good, the optimum is at that end.
  if (best.interior.exists()) {
    const Optimum gompertz = warm(0.0, best.interior);
    if (best.interior.nu < 1e-3 && gompertz.F <= best.interior.F * (1 + 1e-13)) best.interior = gompertz;
  }
  return best;
}

}  // namespace ogive::fit
