// SPDX-License-Identifier: MIT
#include "ogive/plot/train_figure.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "ogive/plot/axis.h"
#include "ogive/plot/diagram.h"

namespace ogive::plot {
namespace {

constexpr int wide = 900;  // two diagrams side by side
constexpr Box left_box{0.065, 0.585, 0.14, 0.84};
constexpr Box right_box{0.69, 0.975, 0.14, 0.84};
constexpr Box left_half{0.075, 0.475, 0.14, 0.84};
constexpr Box right_half{0.575, 0.975, 0.14, 0.84};

constexpr std::array<std::string_view, 4> line_colours = {colour::blue, colour::orange, "#009E73", "#CC79A7"};
constexpr std::array<char, 4> line_characters = {'*', 'o', '+', 'x'};

Options widened(const Options& options, Format format) {
  Options result = options;
  if (format != Format::text && result.width == 0) result.width = wide;
  return result;
}

Axis linear(Range range, int ticks) {
  if (range.empty()) range = {0, 1};
  if (range.low == range.high) range = range.widened(0.1);
  return Axis::linear(range, ticks);
}

/// The logarithmic axis of values of which those above 0 count.
Axis falling(std::span<const Place2> places) {
  Range range;
  for (const auto& [x, y] : places)
    if (y > 0) range.add(std::log10(y));
  if (range.empty()) range = {-1, 0};
  return Axis::log10(range.widened(0.06), 6);
}

std::vector<Place2> placed(std::span<const Place2> values, const Axis& x, const Axis& y) {
  std::vector<Place2> places;
  for (const auto& [at, value] : values) {
    const double place = y.place(value);
    // Values are broken off by NaN, and by nothing else: what is beyond the axis lies on its edge.
    places.emplace_back(std::clamp(x.place(at), 0.0, 1.0), std::isnan(value) ? value : std::clamp(place, 0.0, 1.0));
  }
  return places;
}

void draw_bump(Diagram& diagram, const BumpFigure& figure) {
  Range xs, ys;
  for (const auto* places : {&figure.data, &figure.curve, &figure.truth})
    for (const auto& [x, y] : *places) xs.add(x), ys.add(y);
  ys.add(0);
  const Axis x = linear(xs, diagram.text() ? 6 : 7), y = linear(ys.widened(0.05), 6);
  diagram.axes(x, y);
  diagram.axis_names("x", "y");
  diagram.layer(placed(figure.data, x, y), diagram.dots(colour::light_grey, 0.35, '.'));
  if (!figure.truth.empty()) diagram.layer(placed(figure.truth, x, y), diagram.line(colour::orange, 4, '-'));
  diagram.layer(placed(figure.curve, x, y), diagram.line(colour::blue, 1.6, '*'));
  for (const double edge : figure.edges)
    if (edge >= xs.low && edge <= xs.high) diagram.upright(x.place(edge));
  if (diagram.text()) return;
  // One line of words above the axes, where nothing is drawn over.
  double place = 0;
  const auto name = [&](std::string_view what, std::string_view colour) {
    diagram.label(what, place, 1.005, false, colour);
    place += 0.035 + 0.0125 * static_cast<double>(what.size());
  };
  if (!figure.data.empty()) name("data", colour::grey);
  if (!figure.truth.empty()) name("what the data were made from", colour::orange);
  if (!figure.curve.empty()) name("learned", colour::blue);
  if (!figure.edges.empty()) name("edge of the support (dashed)", colour::grey);
}

void draw_loss(Diagram& diagram, const BumpFigure& figure) {
  Range steps;
  for (const auto& [step, loss] : figure.loss) steps.add(step);
  const Axis x = linear(steps, diagram.text() ? 6 : 4), y = falling(figure.loss);
  diagram.axes(x, y);
  diagram.axis_names(figure.steps_name, "loss");
  const auto places = placed(figure.loss, x, y);
  diagram.layer(places, diagram.line(colour::blue, 1.6, '*'));
  if (!diagram.text() && places.size() <= 40) diagram.layer(places, diagram.dots(colour::blue, 0.35, '*'));
}

std::vector<Place2> by_epoch(const TrainingCurve& curve, double scale) {
  std::vector<Place2> places;
  for (std::size_t i = 0; i < curve.values.size(); ++i) places.emplace_back(static_cast<double>(i + 1), scale * curve.values[i]);
  return places;
}

void draw_lines(Diagram& diagram, const std::vector<TrainingCurve>& curves, const std::string& name, bool percent) {
  Range epochs;
  std::vector<Place2> all;
  for (const auto& curve : curves)
    for (const auto& place : by_epoch(curve, percent ? 100 : 1)) all.push_back(place), epochs.add(place.first);
  Range values;
  for (const auto& [epoch, value] : all) values.add(value);
  const int whole = epochs.empty() ? 1 : static_cast<int>(std::clamp(epochs.high - epochs.low, 1.0, 8.0));  // marks at whole epochs
  const Axis x = linear(epochs, std::min(whole, diagram.text() ? 8 : 5));
  const Axis y = percent ? linear({values.empty() ? 0 : values.low, std::max(100.0, values.high)}, 6) : falling(all);
  diagram.axes(x, y);
  diagram.axis_names("epoch", name);
  double at = percent ? 0.04 + 0.055 * static_cast<double>(curves.size() - 1) : 0.96;
  for (std::size_t i = 0; i < curves.size() && i < line_colours.size(); ++i) {
    const auto places = placed(by_epoch(curves[i], percent ? 100 : 1), x, y);
    diagram.layer(places, diagram.line(line_colours[i], 1.6, line_characters[i]));
    if (!diagram.text() && places.size() <= 40) diagram.layer(places, diagram.dots(line_colours[i], 0.3, line_characters[i]));
    const std::string shown = diagram.text() ? std::string(1, line_characters[i]) + ' ' + curves[i].name : curves[i].name;
    diagram.label(shown, 0.99, at, true, line_colours[i]);
    at -= 0.055;
  }
}

}  // namespace

std::string render(const BumpFigure& figure, Format format, const Options& options) {
  if (format == Format::text) {
    Diagram bump(format, options);
    bump.title(figure.title, figure.subtitle);
    draw_bump(bump, figure);
    std::string text = bump.draw(figure.title);
    if (figure.loss.empty()) return text;
    Diagram loss(format, options);
    draw_loss(loss, figure);
    return text + loss.draw(figure.title);
  }
  if (figure.loss.empty()) {
    Diagram diagram(format, options);
    diagram.title(figure.title, figure.subtitle);
    draw_bump(diagram, figure);
    return diagram.draw(figure.title);
  }
  Diagram diagram(format, widened(options, format), {left_box, right_box});
  diagram.title(figure.title, figure.subtitle);
  draw_bump(diagram, figure);
  diagram.next();
  draw_loss(diagram, figure);
  return diagram.draw(figure.title);
}

std::string render(const TrainingFigure& figure, Format format, const Options& options) {
  const std::string percent = "correct, %";
  if (format == Format::text || figure.accuracy.empty()) {
    Diagram losses(format, options);
    losses.title(figure.title, figure.subtitle);
    draw_lines(losses, figure.losses, "loss", false);
    std::string drawing = losses.draw(figure.title);
    if (figure.accuracy.empty()) return drawing;
    Diagram accuracy(format, options);
    accuracy.title(percent, "");
    draw_lines(accuracy, figure.accuracy, "%", true);
    return drawing + accuracy.draw(figure.title);
  }
  Diagram diagram(format, widened(options, format), {left_half, right_half});
  diagram.title(figure.title, figure.subtitle);
  draw_lines(diagram, figure.losses, "loss", false);
  diagram.next();
  draw_lines(diagram, figure.accuracy, percent, true);
  return diagram.draw(figure.title);
}

}  // namespace ogive::plot
