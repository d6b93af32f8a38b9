// SPDX-License-Identifier: MIT
#include "ogive/plot/layers.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

namespace ogive::plot {
namespace {

constexpr double margin = 0.05;          // on each side of the data
constexpr double band_allowance = 0.35;  // of the span of data and curve: how far the band may stretch the y axis
constexpr std::size_t grid_points = 400;
constexpr std::size_t most_data_points = 2000;  // beyond, the data's own x add nothing that can be seen

bool limit_value(double x, bool log_x) { return log_x ? x == 0 : x == -std::numeric_limits<double>::infinity(); }

/// The drawn range of x (its logarithm where log_x), and whether the limit is among the data.
struct Extent {
  Range range;
  bool limit = false;
};

void extend(Extent& extent, std::span<const double> x, bool log_x) {
  for (const double value : x) {
    extent.limit = extent.limit || limit_value(value, log_x);
    extent.range.add(log_x ? std::log10(value) : value);  // the logarithm of a dose below 0 is NaN, which is passed over
  }
}

bool has_curve_gap(const FitPanel& panel) {
  return panel.result != nullptr && panel.result->shape == fit::Shape::step && panel.result->limit.kind == fit::Limit::Kind::step;
}

std::vector<fit::Prediction> ascending(std::vector<fit::Prediction> curve) {
  std::erase_if(curve, [](const fit::Prediction& p) { return std::isnan(p.x) || std::isnan(p.y); });
  std::sort(curve.begin(), curve.end(), [](const fit::Prediction& a, const fit::Prediction& b) { return a.x < b.x; });
  return curve;
}

/// Adds a curve and its band, of which one piece is joined: no break within.
void add_piece(Layers& layers, std::span<const fit::Prediction> piece, const Axis& x, const Axis& y) {
  Run run;
  std::vector<Strip> strips;
  for (const fit::Prediction& p : piece) {
    const double at = x.place(p.x);
    run.push_back({at, y.place(p.y)});
    if (!std::isnan(p.lower) && !std::isnan(p.upper))
      strips.push_back({at, std::clamp(y.place(p.lower), 0.0, 1.0), std::clamp(y.place(p.upper), 0.0, 1.0)});
  }
  if (run.size() > 1) layers.curve.push_back(std::move(run));
  if (strips.size() > 1) layers.band.push_back(std::move(strips));
}

/// The curve at the limit is a short level line: there is nothing to its left and right.
void add_limit_piece(Layers& layers, const fit::Prediction& p, const Axis& x, const Axis& y) {
  const double left = 0.008;
  const double right = Axis::limit_end - 0.005;
  const double height = y.place(p.y);
  layers.curve.push_back({{left, height}, {right, height}});
  if (std::isnan(p.lower) || std::isnan(p.upper) || !x.broken()) return;
  const double low = std::clamp(y.place(p.lower), 0.0, 1.0);
  const double high = std::clamp(y.place(p.upper), 0.0, 1.0);
  layers.band.push_back({{left, low, high}, {right, low, high}});
}

/// A step: level up to the gap, level from it on, and the rise between, of which the data say no more.
void add_step(Layers& layers, const fit::Limit& limit, std::span<const fit::Prediction> curve, const Axis& x, const Axis& y) {
  std::vector<fit::Prediction> left;
  std::vector<fit::Prediction> right;
  for (const fit::Prediction& p : curve) {
    if (p.x < limit.left || (p.x == limit.left && limit.left < limit.right)) left.push_back(p);
    if (p.x > limit.right || (p.x == limit.right && limit.left < limit.right)) right.push_back(p);
  }
  if (limit.left == limit.right) {  // the levels reach up to the x of the rise
    if (!left.empty()) left.push_back({limit.left, left.back().y, left.back().lower, left.back().upper});
    if (!right.empty()) right.insert(right.begin(), {limit.right, right.front().y, right.front().lower, right.front().upper});
  } else {
    layers.gap = std::pair{x.place(limit.left), x.place(limit.right)};
  }
  add_piece(layers, left, x, y);
  add_piece(layers, right, x, y);
  const double low = y.place(limit.low);
  const double high = y.place(limit.high);
  const double from = x.place(limit.left);
  const double to = x.place(limit.right);
  if (limit.left == limit.right && std::isfinite(limit.middle)) layers.middle = Place{from, y.place(limit.middle)};
  layers.rise.push_back({{from, low}, {to, high}});
}

void add_midpoint(Layers& layers, const fit::Estimate& estimate, const Axis& x) {
  const auto inside = [](double place) { return place >= 0 && place <= 1; };
  if (std::isfinite(estimate.value) && inside(x.place(estimate.value))) layers.midpoint = x.place(estimate.value);
  const bool bounded = std::isfinite(estimate.lower) || std::isfinite(estimate.upper);
  if (!bounded || std::isnan(estimate.lower) || std::isnan(estimate.upper)) return;
  const double begin = x.broken() ? Axis::rest_begin : 0.0;
  const double low = std::clamp(x.place(estimate.lower), begin, 1.0);
  const double high = std::clamp(x.place(estimate.upper), begin, 1.0);
  if (high > low) layers.interval = std::pair{low, high};
}

}  // namespace

const fit::Estimate* midpoint_of(const fit::Result& result) {
  if (result.model == nullptr) return nullptr;
  const std::size_t count = std::min(result.parameters.size(), result.model->parameters.size());
  for (std::size_t i = 0; i < count; ++i) {
    const std::string_view name = result.model->parameters[i].name;
    if (name == "x0" || name == "ec50") return &result.parameters[i];
  }
  return nullptr;
}

std::vector<double> prediction_points(std::span<const double> x, bool log_x) {
  Extent extent;
  extend(extent, x, log_x);
  std::vector<double> points;
  if (extent.limit) points.push_back(log_x ? 0.0 : -std::numeric_limits<double>::infinity());
  if (extent.range.empty()) return points;
  const Range range = extent.range.widened(margin);
  for (std::size_t i = 0; i <= grid_points; ++i) {
    const double fraction = static_cast<double>(i) / grid_points;
    const double at = range.low + fraction * (range.high - range.low);
    points.push_back(log_x ? std::pow(10.0, at) : at);
  }
  if (x.size() <= most_data_points)
    for (const double value : x)
      if (std::isfinite(value) && (!log_x || value > 0)) points.push_back(value);
  std::erase_if(points, [](double value) { return value > std::numeric_limits<double>::max(); });
  std::sort(points.begin(), points.end());
  points.erase(std::unique(points.begin(), points.end()), points.end());
  return points;
}

Axis x_axis(std::span<const FitPanel> panels, int ticks) {
  Extent extent;
  const bool log_x = !panels.empty() && panels.front().log_x;
  for (const FitPanel& panel : panels) extend(extent, panel.x, log_x);
  const Range range = extent.range.widened(margin);
  Axis axis = log_x ? Axis::log10(range, ticks) : Axis::linear(range, ticks);
  if (extent.limit) axis.add_limit();
  return axis;
}

Axis y_axis(std::span<const FitPanel> panels, int ticks) {
  Range range;
  for (const FitPanel& panel : panels) {
    for (const double value : panel.y) range.add(value);
    for (const fit::Prediction& p : panel.curve) range.add(p.y);
  }
  if (!range.empty()) {
    const double allowance = band_allowance * (range.high - range.low);
    const Range widest{range.low - allowance, range.high + allowance};
    for (const FitPanel& panel : panels) {
      for (const fit::Prediction& p : panel.curve) {
        if (std::isnan(p.lower) || std::isnan(p.upper)) continue;
        range.add(std::max(p.lower, widest.low));
        range.add(std::min(p.upper, widest.high));
      }
    }
  }
  return Axis::linear(range.widened(margin), ticks);
}

Axis residual_axis(const FitPanel& panel, int ticks) {
  double largest = 0;
  for (std::size_t i = 0; i < std::min(panel.fitted.size(), panel.y.size()); ++i) {
    const double residual = panel.y[i] - panel.fitted[i].y;
    if (std::isfinite(residual)) largest = std::max(largest, std::fabs(residual));
  }
  Range range;
  range.add(largest == 0 ? 1 : largest);
  range.add(largest == 0 ? -1 : -largest);
  return Axis::linear(range.widened(2 * margin), ticks);
}

Layers make_layers(const FitPanel& panel, const Axis& x, const Axis& y) {
  Layers layers;
  for (std::size_t i = 0; i < std::min(panel.x.size(), panel.y.size()); ++i) {
    const bool drawable = std::isfinite(panel.y[i]) && (x.is_limit(panel.x[i]) || std::isfinite(panel.x[i]));
    if (drawable && !(x.log() && panel.x[i] < 0)) layers.points.push_back({x.place(panel.x[i]), y.place(panel.y[i])});
  }
  const std::vector<fit::Prediction> curve = ascending(panel.curve);
  std::span<const fit::Prediction> rest = curve;
  while (!rest.empty() && x.is_limit(rest.front().x)) {
    if (x.broken()) add_limit_piece(layers, rest.front(), x, y);
    rest = rest.subspan(1);
  }
  if (has_curve_gap(panel))
    add_step(layers, panel.result->limit, rest, x, y);
  else
    add_piece(layers, rest, x, y);
  if (panel.result != nullptr && panel.result->status == fit::Status::ok)
    if (const fit::Estimate* estimate = midpoint_of(*panel.result)) add_midpoint(layers, *estimate, x);
  return layers;
}

std::vector<Place> residual_places(const FitPanel& panel, const Axis& x, const Axis& residual) {
  std::vector<Place> places;
  if (panel.fitted.size() != panel.y.size() || panel.x.size() != panel.y.size()) return places;
  for (std::size_t i = 0; i < panel.y.size(); ++i) {
    const double value = panel.y[i] - panel.fitted[i].y;
    if (std::isfinite(value) && (x.is_limit(panel.x[i]) || std::isfinite(panel.x[i])))
      places.push_back({x.place(panel.x[i]), residual.place(value)});
  }
  return places;
}

}  // namespace ogive::plot
