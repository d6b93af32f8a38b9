// SPDX-License-Identifier: MIT
#include "ogive/fit/search.h"

#include <algorithm>
#include <optional>

#include "ogive/fit/oriented_search.h"
#include "ogive/fit/search_richards.h"

namespace ogive::fit {

Region Region::of(const Points& points) {
  double gap = 2;
  for (std::size_t j = 1; j < points.size(); ++j) gap = std::min(gap, points.u[j] - points.u[j - 1]);
  Region region;
  region.max_k = std::min(1e12, 400 / std::max(gap, 1e-300));  // the rise is then a step between any two points
  return region;
}

namespace {

template <class Shape, class Inverse>
SearchResult search_shape(const Points& points, Shape shape, Inverse inverse, double nu, curve::Linear linear,
                          const UserStart* start) {
  SearchResult result;
  const Eliminate eliminate = eliminate_for(linear);
  // With a symmetric shape and both L and b free, (k, a, L, b) and (-k, -a, -L, b + L) are one curve.
  const bool one_orientation = Shape::symmetric && linear == curve::Linear::L_and_b;
  std::optional<UserStart> here, other;
  if (start != nullptr) {
    const double turn = one_orientation && start->k < 0 ? -1 : 1;
    here = UserStart{turn * start->k, turn * start->a, start->nu};
    other = UserStart{-start->k, start->a, start->nu};  // k u - a = (-k)(-u) - a
  }
  search_oriented(result, points, shape, inverse, nu, eliminate, false, here ? &*here : nullptr);
  if (!one_orientation) search_oriented(result, mirrored(points), shape, inverse, nu, eliminate, true, other ? &*other : nullptr);
  return result;
}

}  // namespace

SearchResult search(const Points& points, curve::Family family, curve::Linear linear, const UserStart* start) {
  switch (family) {
    case curve::Family::logistic:
      return search_shape(points, curve::LogisticShape{}, LogisticInverse{}, 1.0, linear, start);
    case curve::Family::gompertz:
      return search_shape(points, curve::GompertzShape{}, RichardsInverse{0.0}, 0.0, linear, start);
    case curve::Family::richards:
      return search_richards(points, linear, start);
  }
  return {};
}

}  // namespace ogive::fit
