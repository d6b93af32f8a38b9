// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>

#include "peer.h"

namespace ogive::peers {

Parameters naive_start(std::span<const double, points> x, std::span<const double, points> y) {
  const auto [y_min, y_max] = std::minmax_element(y.begin(), y.end());
  const auto [x_min, x_max] = std::minmax_element(x.begin(), x.end());
  const double middle = (*y_min + *y_max) / 2;
  double x_mean = 0;
  double y_mean = 0;
  std::size_t nearest = 0;
  for (std::size_t i = 0; i < points; ++i) {
    x_mean += x[i] / points;
    y_mean += y[i] / points;
    if (std::fabs(y[i] - middle) < std::fabs(y[nearest] - middle)) nearest = i;
  }
  double covariance = 0;
  for (std::size_t i = 0; i < points; ++i) covariance += (x[i] - x_mean) * (y[i] - y_mean);
  return {*y_max - *y_min, x[nearest], (covariance < 0 ? -10 : 10) / (*x_max - *x_min), *y_min};
}

}  // namespace ogive::peers
