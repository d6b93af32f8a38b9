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

struct Row {
  double x, y, w;
};

// By x, then by y, then by weight, so that the order in which rows come changes no bit of any sum.
bool before(const Row& a, const Row& b) {
  if (a.x != b.x) return a.x < b.x;
  return a.y < b.y || (a.y == b.y && a.w < b.w);
}

// Weights that sum to the number of rows.
void set_weights(Points& points, std::span<Row> rows) {
  double largest = 0;
  for (const Row& row : rows) largest = std::max(largest, row.w);
  double sum = 0;  // of shares of the largest, which cannot overflow
  for (const Row& row : rows) sum += row.w / largest;
  const double mean = sum / static_cast<double>(rows.size());
  points.weight_unit = largest * mean;
  for (Row& row : rows) {
    // A weight that vanishes beside the largest one keeps its point in the sums, where 0 / 0 would be all that is left of it.
    row.w = std::max(row.w / largest / mean, std::numeric_limits<double>::min());
    points.sum_log_weights += std::log(row.w);
  }
}

void set_y_scale(Points& points, std::span<const Row> rows, curve::Linear linear) {
  const auto by_y = [](const Row& a, const Row& b) { return a.y < b.y; };
  const auto [lowest, highest] = std::minmax_element(rows.begin(), rows.end(), by_y);
  const double low = lowest->y, high = highest->y;
  switch (linear) {
    case curve::Linear::L_and_b: {
      double mean = 0;  // of deviations from the middle, which cannot overflow
      const double middle = low / 2 + high / 2;
      const double half = high / 2 - low / 2;
      points.scale = half > 0 ? half : 1.0;
      for (const Row& row : rows) mean += row.w * ((row.y - middle) / points.scale);
      points.shift = middle + points.scale * (mean / static_cast<double>(rows.size()));
      return;
    }
    case curve::Linear::L_only: {
      const double size = std::max(std::fabs(low), std::fabs(high));
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

Points make_points(std::span<const double> x, std::span<const double> y, curve::Linear linear, std::span<const double> w) {
  Points points;
  if (x.empty()) return points;
  set_x_scale(points, x);

  std::vector<Row> rows(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) rows[i] = {x[i], y[i], w.empty() ? 1.0 : w[i]};
  if (!std::is_sorted(rows.begin(), rows.end(), before)) std::sort(rows.begin(), rows.end(), before);
  if (!w.empty()) set_weights(points, rows);
  set_y_scale(points, rows, linear);
  for (Row& row : rows) {
    const double off = row.y - points.shift;
    row.y = std::isfinite(off) ? off / points.scale : (row.y / 2 - points.shift / 2) / points.scale * 2;
  }

  points.u.reserve(rows.size());
  points.user_x.reserve(rows.size());
  points.y.reserve(rows.size());
  points.weight.reserve(rows.size());
  for (std::size_t first = 0; first < rows.size();) {
    std::size_t last = first;
    double sum = 0, weight = 0;
    for (; last < rows.size() && rows[last].x == rows[first].x; ++last) {
      sum += rows[last].w * rows[last].y;
      weight += rows[last].w;
    }
    const double mean = last - first == 1 ? rows[first].y : sum / weight;
    for (std::size_t i = first; i < last; ++i) points.pure_error += rows[i].w * std::pow(rows[i].y - mean, 2);
    points.u.push_back(points.u_of(rows[first].x));
    points.user_x.push_back(rows[first].x);
    points.y.push_back(mean);
    points.weight.push_back(weight);
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
