// SPDX-License-Identifier: MIT
#include "ogive/plot/error_figure.h"

#include <algorithm>
#include <cmath>

#include "ogive/plot/axis.h"
#include "ogive/plot/diagram.h"

namespace ogive::plot {
namespace {

constexpr double logarithmic_from = 64;  // a largest error above this one needs a logarithmic axis
constexpr double least_drawn = 0.01;     // ulp; smaller ones lie on the lower edge of a logarithmic axis

double clamped(double place) { return std::isnan(place) ? 1 : std::clamp(place, 0.0, 1.0); }

}  // namespace

std::string render(const ErrorFigure& figure, Format format, const Options& options) {
  Range xs;
  double largest = 1;
  for (const auto& point : figure.points) {
    xs.add(point.x);
    if (std::isfinite(point.ulp)) largest = std::max(largest, point.ulp);
  }
  double top = largest;
  for (const auto& point : figure.envelope) xs.add(point.x);
  const bool logarithmic = largest > logarithmic_from;
  // The envelope may leave the picture: it must not dwarf the errors.
  for (const auto& point : figure.envelope) top = std::max(top, std::min(point.ulp, 2 * largest));
  if (xs.empty()) xs = {0, 1};
  if (xs.low == xs.high) xs = xs.widened(0.1);
  const Axis x = Axis::linear(xs, 8);
  const Axis y = logarithmic ? Axis::log10({std::log10(least_drawn), std::log10(top) + 0.2}, 8) : Axis::linear({0, top * 1.05}, 6);
  const auto place = [&](const ErrorPoint& p) {
    const double error = logarithmic ? std::max(p.ulp, least_drawn) : p.ulp;
    return std::pair{clamped(x.place(p.x)), std::isinf(error) ? 1 : clamped(y.place(error))};
  };

  Diagram diagram(format, options);
  diagram.words(figure.title, figure.subtitle, "x", "error in ulp");
  diagram.axes(x, y);
  std::vector<std::pair<double, double>> cloud, envelope;
  for (const auto& point : figure.points) cloud.push_back(place(point));
  for (const auto& point : figure.envelope)
    if (point.ulp <= top) envelope.push_back(place(point));
  diagram.layer(cloud, diagram.dots(colour::blue, 0.16, '.'));
  diagram.layer(envelope, diagram.line(colour::orange, 1.6, '-'));
  if (!envelope.empty()) {
    const auto& at = envelope[envelope.size() / 6];
    if (!diagram.text())
      diagram.label("error of a rounded x, 1/2 + condition / 2", at.first, std::min(at.second, 0.94), at.first > 0.6);
  }
  return diagram.draw(figure.title);
}

std::string render(const ParetoFigure& figure, Format format, const Options& options) {
  Range times, errors;
  for (const auto& point : figure.points) {
    if (point.time > 0) times.add(std::log10(point.time));
    if (point.error > 0) errors.add(std::log10(point.error));
  }
  if (times.empty()) times = {0, 1};
  if (errors.empty()) errors = {0, 1};
  const Axis x = Axis::log10(times.widened(0.06), 8);
  const Axis y = Axis::log10(errors.widened(0.06), 8);

  Diagram diagram(format, options);
  diagram.words(figure.title, "", figure.x_label, figure.y_label);
  diagram.axes(x, y);
  std::vector<std::pair<double, double>> other, front;
  for (const auto& point : figure.points) {
    const std::pair place{clamped(x.place(point.time)),
                          std::isinf(point.error) || std::isnan(point.error) ? 1 : clamped(y.place(point.error))};
    (point.worth ? front : other).push_back(place);
    if (point.worth) diagram.label(point.name, place.first, place.second, place.first > 0.75);
  }
  std::sort(front.begin(), front.end());
  diagram.layer(other, diagram.dots(colour::light_grey, 0.5, '.'));
  if (!diagram.text()) diagram.layer(front, diagram.line(colour::blue, 1.2, '-'));
  diagram.layer(front, diagram.dots(colour::blue, 0.8, 'o'));
  return diagram.draw(figure.title);
}

}  // namespace ogive::plot
