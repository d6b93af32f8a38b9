// SPDX-License-Identifier: MIT
#include "ogive/plot/diagram.h"

#include <cmath>

#include "ogive/plot/caption.h"
#include "ogive/plot/gnuplot.h"
#include "ogive/plot/picture.h"
#include "ogive/plot/terminal.h"

namespace ogive::plot {
namespace {

constexpr double title_size = 15;
constexpr double text_size = 11;

}  // namespace

Diagram::Diagram(Format format, const Options& options, std::vector<Box> boxes)
    : format_(format), text_(format == Format::text), boxes_(std::move(boxes)) {
  width_ = options.width > 0 ? options.width : text_ ? 80 : 760;
  height_ = options.height > 0 ? options.height : text_ ? 26 : 460;
  const double scale = options.png_scale;
  script_ << "set encoding utf8\nset terminal ";
  switch (format) {
    case Format::text:
      script_ << "dumb noenhanced " << (options.colour ? "ansi256" : "mono") << " size " << width_ << "," << height_ << "\n";
      break;
    case Format::png:
      script_ << "pngcairo noenhanced rounded size " << static_cast<int>(width_ * scale) << "," << static_cast<int>(height_ * scale)
              << " font 'Arial,11' fontscale " << scale * 0.75 << " linewidth " << scale << " background '#ffffff'\n";
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
  if (boxes_.size() > 1) script_ << "set multiplot\n";
  place_box();
}

void Diagram::place_box() {
  if (text_) return;
  const Box& box = boxes_[box_];
  script_ << "set lmargin at screen " << box.left << "\nset rmargin at screen " << box.right << "\nset tmargin at screen "
          << box.top << "\nset bmargin at screen " << box.bottom << "\n";
}

void Diagram::title(const std::string& title, const std::string& subtitle) {
  const auto most = static_cast<std::size_t>(text_ ? width_ - 2 : width_ / 7);
  if (text_) {
    script_ << "set title " << script_string(shortened(title, most, false)) << "\n";
    subtitle_ = subtitle;
    return;
  }
  script_ << "set label " << script_string(title) << " at screen 0.025, screen 0.95 left font '," << title_size << "'\n";
  script_ << "set label " << script_string(shortened(subtitle, most, true)) << " at screen 0.025, screen 0.895 left font ',"
          << text_size << "' textcolor rgb '" << colour::grey << "'\n";
}

void Diagram::axis_names(const std::string& x, const std::string& y) {
  const auto most = static_cast<std::size_t>(text_ ? width_ - 2 : width_ / 7);
  script_ << "set xlabel " << script_string(subtitle_.empty() ? x : shortened(x + "  (" + subtitle_ + ")", most, false)) << "\n";
  script_ << "set ylabel " << script_string(y) << "\n";
}

void Diagram::words(const std::string& title_, const std::string& subtitle, const std::string& x, const std::string& y) {
  title(title_, subtitle);
  axis_names(x, y);
}

void Diagram::axes(const Axis& x, const Axis& y) {
  tics("x", x);
  tics("y", y);
}

void Diagram::label(std::string_view what, double x, double y, bool to_the_left, std::string_view colour) {
  script_ << "set label " << script_string(what) << " at graph " << x << ", graph " << y << (to_the_left ? " right" : " left")
          << " offset character " << (to_the_left ? -0.8 : 0.8) << ", character " << (text_ ? 0.0 : 0.5);
  if (!text_) script_ << " font ',9.5'";
  if (!text_ && !colour.empty()) script_ << " textcolor rgb '" << colour << "'";
  script_ << " front\n";
}

void Diagram::layer(const std::vector<std::pair<double, double>>& places, const std::string& style) {
  if (places.empty()) return;
  const std::string name = "$data" + std::to_string(data_++);
  script_ << name << " << EOD\n";
  for (const auto& [x, y] : places) {
    if (std::isfinite(y))
      script_ << x << " " << y << "\n";
    else
      script_ << "\n";
  }
  script_ << "EOD\n";
  layers_.push_back(name + " using 1:2 with " + style);
}

void Diagram::upright(double x) {
  if (text_) {
    constexpr int marks = 40;  // more than there are lines
    std::vector<std::pair<double, double>> places;
    for (int i = 0; i <= marks; ++i) places.emplace_back(x, static_cast<double>(i) / marks);
    return layer(places, dots({}, 0, ':'));
  }
  layer({{x, 0}, {x, 1}}, "lines dt 2 lc rgb '" + std::string(colour::grey) + "' lw 1");
}

void Diagram::next() {
  plot();
  ++box_;
  script_ << "unset label\n";
  place_box();
}

std::string Diagram::line(std::string_view colour, double width, char in_text) const {
  if (text_) return dots(colour, 0, in_text);
  Script style;
  style << "lines lc rgb '" << colour << "' lw " << width;
  return style.text();
}

std::string Diagram::dots(std::string_view colour, double size, char in_text) const {
  if (text_) return std::string("points pt '") + in_text + "'";
  Script style;
  style << "points pt 7 ps " << size << " lc rgb '" << colour << "'";
  return style.text();
}

void Diagram::plot() {
  script_ << "$none << EOD\n-9 -9\nEOD\nplot $none using 1:2 with dots";
  for (const auto& layer : layers_) script_ << ", \\\n  " << layer;
  script_ << "\n";
  layers_.clear();
}

std::string Diagram::draw(const std::string& title) {
  plot();
  if (boxes_.size() > 1) script_ << "unset multiplot\n";
  std::string bytes = run_gnuplot(script_.text());
  if (text_) return tidy_text(bytes);
  return format_ == Format::svg ? finished_svg(std::move(bytes), printable(title)) : bytes;
}

void Diagram::tics(std::string_view which, const Axis& axis) {
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

}  // namespace ogive::plot
