// SPDX-License-Identifier: MIT
#include "ogive/base/errors.h"
#include "ogive/batch/fit_many.h"

namespace ogive::batch {
namespace {

template <class T>
void check_matrix(std::span<const T> x, std::span<const T> y, std::size_t points) {
  if (points == 0 || y.size() % points != 0)
    throw InputError(
        Place{}, std::to_string(y.size()) + " values of y are no whole number of curves of " + std::to_string(points) + " points");
  if (x.size() != points && x.size() != y.size())
    throw InputError(Place{}, std::to_string(x.size()) + " values of x are neither one curve's " + std::to_string(points) +
                                  " points nor as many as the " + std::to_string(y.size()) + " of y");
}

void check_weights(std::size_t weights, std::size_t values) {
  if (weights != values)
    throw InputError(Place{},
                     std::to_string(weights) + " weights are not as many as the " + std::to_string(values) + " values of y");
}

}  // namespace

Curves Curves::matrix(std::span<const double> x, std::span<const double> y, std::size_t points) {
  check_matrix(x, y, points);
  Curves curves;
  curves.x64_ = x.data();
  curves.y64_ = y.data();
  curves.values_ = y.size();
  curves.points_ = points;
  curves.count_ = y.size() / points;
  curves.shared_x_ = x.size() == points;
  return curves;
}

Curves Curves::matrix(std::span<const float> x, std::span<const float> y, std::size_t points) {
  check_matrix(x, y, points);
  Curves curves;
  curves.x32_ = x.data();
  curves.y32_ = y.data();
  curves.values_ = y.size();
  curves.points_ = points;
  curves.count_ = y.size() / points;
  curves.shared_x_ = x.size() == points;
  return curves;
}

Curves Curves::ragged(std::span<const double> x, std::span<const double> y, std::span<const std::size_t> offsets) {
  if (x.size() != y.size()) throw InputError(Place{}, "x and y are not of the same length");
  for (std::size_t i = 0; i < offsets.size(); ++i)
    if (offsets[i] > x.size() || (i > 0 && offsets[i] < offsets[i - 1]))
      throw InputError(Place{}, "offset " + std::to_string(i) + " falls, or points beyond the data");
  Curves curves;
  curves.x64_ = x.data();
  curves.y64_ = y.data();
  curves.values_ = y.size();
  curves.offsets_ = offsets;
  curves.count_ = offsets.empty() ? 0 : offsets.size() - 1;
  return curves;
}

Curves Curves::with_weights(std::span<const double> w) const {
  check_weights(w.size(), values_);
  Curves curves = *this;
  curves.w64_ = w.data();
  curves.w32_ = nullptr;
  return curves;
}

Curves Curves::with_weights(std::span<const float> w) const {
  check_weights(w.size(), values_);
  Curves curves = *this;
  curves.w32_ = w.data();
  curves.w64_ = nullptr;
  return curves;
}

}  // namespace ogive::batch
