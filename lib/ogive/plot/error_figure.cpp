// SPDX-License-Identifier: MIT
#include "ogive/plot/error_figure.h"

#include <algorithm>
#include <cmath>

#include "ogive/plot/axis.h"
#include "ogive/plot/caption.h"
#include "ogive/plot/gnuplot.h"
#include "ogive/plot/picture.h"
#include "ogive/plot/script.h"
#include "ogive/plot/terminal.h"

namespace ogive::plot {
namespace {

// Okabe and Ito's palette, told apart with any kind of colour vision.
constexpr std::string_view blue = "#0072B2";
constexpr std::string_view orange = "#D55E00";
constexpr std::string_view grey = "#6b6b6b";

constexpr double logarithmic_from = 64;  // a largest error above this one needs a logarithmic axis
constexpr double least_drawn = 0.01;     // ulp; smaller ones lie on the lower edge of a logarithmic axis
constexpr double title_size = 15;
constexpr double text_size = 11;

/// The script of one diagram: everything is drawn in places from 0 to 1, under labels of the axes' own.
class Diagram {
 public:
  Diagram(Format format, const Options& options) : text_(format == Format::text) {
    width_ = options.width > 0 ? options.width : text_ ? 80 : 760;
    height_ = options.height > 0 ? options.height : text_ ? 26 : 460;
    const double scale = options.png_scale;
    script_ << "set encoding utf8\nset terminal ";
    switch (format) {
      case Format::text:
        script_ << "dumb noenhanced " << (options.colour ? "ansi256" : "mono") << " size " << width_ << "," << height_ << "\n";
        break;
      case Format::png:
        script_ << "pngcairo noenhanced rounded size " << static_cast<int>(width_ * scale) << ","
                << static_cast<int>(height_ * scale) << " font 'Arial,11' fontscale " << scale * 0.75 << " linewidth " << scale
                << " background '#ffffff'\n";
        break;
      case Format::pdf:
        script_ << "pdfcairo noenhanced rounded size " << width_ / 96.0 << "in," << height_ / 96.0
                << "in font 'Arial,11' fontscale 0.57 background '#ffffff'\n";
        break;
      default:
        script_ << "svg noenhanced rounded size " << width_ << "," << height_
                << " dynamic font 'ogive-sans,11' background '#ffffff'\n";
    }
    script_ << "unset key\nset xrange [0:1]\nset yrange [0:1]\nset border 3\n";
    if (!text_)
      script_ << "set lmargin at screen 0.11\nset rmargin at screen 0.97\nset tmargin at screen 0.84\nset bmargin at screen 0.14\n";
  }

  void words(const std::string& title, const std::string& subtitle, const std::string& x, const std::string& y) {
    const auto most = static_cast<std::size_t>(text_ ? width_ - 2 : width_ / 7);
    if (text_) {
      script_ << "set title " << script_string(shortened(title, most, false)) << "\n";
      script_ << "set xlabel " << script_string(subtitle.empty() ? x : shortened(x + "  (" + subtitle + ")", most, false)) << "\n";
      script_ << "set ylabel " << script_string(y) << "\n";
      return;
    }
    script_ << "set label " << script_string(title) << " at screen 0.025, screen 0.95 left font '," << title_size << "'\n";
    script_ << "set label " << script_string(shortened(subtitle, most, true)) << " at screen 0.025, screen 0.895 left font ',"
            << text_size << "' textcolor rgb '" << grey << "'\n";
    script_ << "set xlabel " << script_string(x) << "\nset ylabel " << script_string(y) << "\n";
  }

  void axes(const Axis& x, const Axis& y) {
    tics("x", x);
    tics("y", y);
  }

  void label(std::string_view what, double x, double y, bool to_the_left) {
    script_ << "set label " << script_string(what) << " at graph " << x << ", graph " << y << (to_the_left ? " right" : " left")
            << " offset character " << (to_the_left ? -0.8 : 0.8) << ", character " << (text_ ? 0.0 : 0.5);
    if (!text_) script_ << " font ',9.5'";
    script_ << " front\n";
  }

  /// Points or a line through places; `style` is gnuplot's.
  void layer(const std::vector<std::pair<double, double>>& places, const std::string& style) {
    if (places.empty()) return;
    const std::string name = "$data" + std::to_string(layers_.size());
    script_ << name << " << EOD\n";
    for (const auto& [x, y] : places) script_ << x << " " << y << "\n";
    script_ << "EOD\n";
    layers_.push_back(name + " using 1:2 with " + style);
  }

  bool text() const { return text_; }

  std::string draw(Format format, const std::string& title) {
    script_ << "$none << EOD\n-9 -9\nEOD\nplot $none using 1:2 with dots";
    for (const auto& layer : layers_) script_ << ", \\\n  " << layer;
    script_ << "\n";
    std::string bytes = run_gnuplot(script_.text());
    if (format == Format::text) return tidy_text(bytes);
    return format == Format::svg ? finished_svg(std::move(bytes), printable(title)) : bytes;
  }

 private:
  void tics(std::string_view which, const Axis& axis) {
    script_ << "set " << which << "tics out nomirror scale 0.6,0.3 (";
    std::string_view comma = "";
    for (const Tick& tick : axis.ticks) {
      if (tick.place < 0 || tick.place > 1) continue;
      script_ << comma << script_string(text_ ? tick.label : typeset(tick.label)) << " " << tick.place << " 0";
      comma = ", ";
    }
    if (!text_) {
      for (const double place : axis.minor_ticks) {
        if (place < 0 || place > 1) continue;
        script_ << comma << "'' " << place << " 1";
        comma = ", ";
      }
    }
    script_ << ")\n";
  }

  bool text_;
  int width_, height_;
  Script script_;
  std::vector<std::string> layers_;
};

std::string line_style(std::string_view colour, double width, bool text) {
  if (text) return "lines";
  Script style;
  style << "lines lc rgb '" << colour << "' lw " << width;
  return style.text();
}

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
  diagram.layer(cloud, diagram.text() ? "points pt '.'" : "points pt 7 ps 0.16 lc rgb '" + std::string(blue) + "'");
  diagram.layer(envelope, diagram.text() ? "points pt '-'" : line_style(orange, 1.6, false));
  if (!envelope.empty()) {
    const auto& at = envelope[envelope.size() / 6];
    if (!diagram.text())
      diagram.label("error of a rounded x, 1/2 + condition / 2", at.first, std::min(at.second, 0.94), at.first > 0.6);
  }
  return diagram.draw(format, figure.title);
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
  diagram.layer(other, diagram.text() ? "points pt '.'" : "points pt 7 ps 0.5 lc rgb '#999999'");
  if (!diagram.text()) diagram.layer(front, line_style(blue, 1.2, false));
  diagram.layer(front, diagram.text() ? "points pt 'o'" : "points pt 7 ps 0.8 lc rgb '" + std::string(blue) + "'");
  return diagram.draw(format, figure.title);
}

}  // namespace ogive::plot
