// SPDX-License-Identifier: MIT
#include "ogive/fit/points.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace ogive::fit {
namespace {

// Center and half range of the finite x, without overflow for spans up to the whole range of double.
void set_x_scale(Points& points, std::span<const double> x) {
  double low = std::numeric_limits<double>::infinity();
  double high = -low;
  for (const double value : x) {
    if (!std::isfinite(value)) continue;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  if (low > high) return;  // no finite x at all
  points.center = low / 2 + high / 2;
  const double half = high / 2 - low / 2;
  points.half = half > 0 ? half : 1.0;
}

void set_y_scale(Points& points, std::span<const double> y, curve::Linear linear) {
  const auto [low, high] = std::minmax_element(y.begin(), y.end());
  switch (linear) {
    case curve::Linear::L_and_b: {
      double mean = 0;  // of deviations from the middle, which cannot overflow
      const double middle = *low / 2 + *high / 2;
      const double half = *high / 2 - *low / 2;
      points.scale = half > 0 ? half : 1.0;
      for (const double value : y) mean += (value - middle) / points.scale;
      points.shift = middle + points.scale * (mean / static_cast<double>(y.size()));
      return;
    }
    case curve::Linear::L_only: {
      const double size = std::max(std::fabs(*low), std::fabs(*high));
      points.scale = size > 0 ? size : 1.0;
      return;
    }
    case curve::Linear::none:
      return;
  }
}

void set_sums(Points& points, std::span<const double> y) {
  double sum = 0;
  points.total_weight = 0;
  for (std::size_t j = 0; j < points.size(); ++j) {
    sum += points.weight[j] * points.y[j];
    points.total_weight += points.weight[j];
  }
  points.mean = sum / points.total_weight;
  points.tss = 0;
  for (std::size_t j = 0; j < points.size(); ++j) points.tss += points.weight[j] * std::pow(points.y[j] - points.mean, 2);
  double size = 0;
  for (const double value : y) size = std::max(size, std::fabs(value));
  // Each y may be off by a few units in the last place of the largest; a curve computed in double adds as much.
  const double rounding = 8 * std::numeric_limits<double>::epsilon() * std::max(size / points.scale, 1.0);
  points.noise_floor = points.total_weight * rounding * rounding;
}

}  // namespace

double Points::u_of(double x) const {
  if (std::isinf(x)) return x * x_sign > 0 ? far_away : -far_away;
  return x_sign * ((x - center) / half);
}

Points make_points(std::span<const double> x, std::span<const double> y, curve::Linear linear) {
  Points points;
  if (x.empty()) return points;
  set_x_scale(points, x);
  set_y_scale(points, y, linear);

  struct Raw {
    double x, y;
  };
  std::vector<Raw> raw(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) raw[i] = {x[i], (y[i] - points.shift) / points.scale};
  // By y as well, so that the order of the rows changes no bit of the sums.
  const auto before = [](const Raw& a, const Raw& b) { return a.x < b.x || (a.x == b.x && a.y < b.y); };
  if (!std::is_sorted(raw.begin(), raw.end(), before)) std::sort(raw.begin(), raw.end(), before);

  points.u.reserve(raw.size());
  points.user_x.reserve(raw.size());
  points.y.reserve(raw.size());
  points.weight.reserve(raw.size());
  for (std::size_t first = 0; first < raw.size();) {
    std::size_t last = first;
    double sum = 0;
    while (last < raw.size() && raw[last].x == raw[first].x) sum += raw[last++].y;
    const double count = static_cast<double>(last - first);
    const double mean = sum / count;
    for (std::size_t i = first; i < last; ++i) points.pure_error += std::pow(raw[i].y - mean, 2);
    points.u.push_back(points.u_of(raw[first].x));
    points.user_x.push_back(raw[first].x);
    points.y.push_back(mean);
    points.weight.push_back(count);
    first = last;
  }
  // Distinct x so close that they share a u are one point to every curve here.
  set_sums(points, y);
  return points;
}

Points mirrored(const Points& points) {
  Points result = points;
  std::reverse(result.u.begin(), result.u.end());
  std::reverse(result.user_x.begin(), result.user_x.end());
  std::reverse(result.y.begin(), result.y.end());
  std::reverse(result.weight.begin(), result.weight.end());
  for (double& u : result.u) u = -u;
  result.x_sign = -result.x_sign;
  return result;
}

Points negated(const Points& points) {
  Points result = points;
  for (double& y : result.y) y = -y;
  result.mean = -result.mean;
  result.y_sign = -result.y_sign;
  return result;
}

}  // namespace ogive::fit
