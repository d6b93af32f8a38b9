// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The gnuplot script of plain diagrams: axes, points, lines and labels, in places from 0 to 1. One fills the picture, or several
/// stand in boxes of it.
///
/// @code
///   Diagram diagram(format, options);
///   diagram.words("title", "subtitle", "x", "error in ulp");
///   diagram.axes(x, y);
///   diagram.layer(places, diagram.dots(colour::blue, 0.16, '.'));
///   return diagram.draw("title");
/// @endcode

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ogive/plot/axis.h"
#include "ogive/plot/figure.h"
#include "ogive/plot/script.h"

namespace ogive::plot {

/// Okabe and Ito's palette, told apart with any kind of colour vision.
namespace colour {
inline constexpr std::string_view blue = "#0072B2";
inline constexpr std::string_view orange = "#D55E00";
inline constexpr std::string_view grey = "#6b6b6b";
inline constexpr std::string_view light_grey = "#999999";
}  // namespace colour

/// Where the axes of a diagram stand in the picture, in parts of its width and height.
struct Box {
  double left = 0.11, right = 0.97, bottom = 0.14, top = 0.84;
};

/// Builds up one picture. In text there is one diagram only: who wants several draws one below the other.
class Diagram {
 public:
  Diagram(Format format, const Options& options, std::vector<Box> boxes = {Box{}});

  /// Title and subtitle of the picture; given for the first box only.
  void title(const std::string& title, const std::string& subtitle);

  /// The names of the axes.
  void axis_names(const std::string& x, const std::string& y);

  /// Both.
  void words(const std::string& title, const std::string& subtitle, const std::string& x, const std::string& y);

  void axes(const Axis& x, const Axis& y);

  /// Words beside a place.
  void label(std::string_view what, double x, double y, bool to_the_left, std::string_view colour = {});

  /// Points or a line through places; a place without a finite y breaks the line. `style` is gnuplot's.
  void layer(const std::vector<std::pair<double, double>>& places, const std::string& style);

  /// A dashed line from bottom to top.
  void upright(double x);

  /// The next box.
  void next();

  bool text() const { return text_; }
  std::string line(std::string_view colour, double width, char in_text) const;  ///< a style: a line, or that character in text
  std::string dots(std::string_view colour, double size, char in_text) const;   ///< a style: points

  /// The picture; `title` is what readers of an SVG are told.
  std::string draw(const std::string& title);

 private:
  void tics(std::string_view which, const Axis& axis);
  void place_box();
  void plot();

  Format format_;
  bool text_;
  int width_ = 0, height_ = 0;
  std::vector<Box> boxes_;
  std::size_t box_ = 0;
  std::size_t data_ = 0;  // blocks of data so far
  std::string subtitle_;  // in text it stands beside the name of the x axis
  Script script_;
  std::vector<std::string> layers_;
};

}  // namespace ogive::plot
