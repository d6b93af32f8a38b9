// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Figures of errors: the error of a function over x, and the error of many functions against their time.
///
/// @code
///   ogive::plot::ErrorFigure figure;
///   figure.title = "textbook, float32";
///   figure.points = {{-2, 0.7}, {-1, 0.9}, {0, 0}, {1, 0.6}};
///   figure.envelope = {{-2, 1.4}, {1, 0.6}};
///   const std::string svg = ogive::plot::render(figure, ogive::plot::Format::svg);
/// @endcode

#include <string>
#include <vector>

#include "ogive/plot/figure.h"

namespace ogive::plot {

/// An error in ulp at one x.
struct ErrorPoint {
  double x;    ///< in the unit of the function's input
  double ulp;  ///< 0 or more; an infinite one is drawn at the upper edge
};

/// The error of one function, as a cloud of points, with an envelope to judge it by: the error that the best possible function
/// makes where its input was itself rounded once, 1/2 + condition(x) / 2, condition = |x f'(x) / f(x)|. An error far above it is
/// the function's own; one below it drowns in that of its input. Errors above 64 ulp make the axis logarithmic.
struct ErrorFigure {
  std::string title;                 ///< any text in UTF-8
  std::string subtitle;              ///< likewise
  std::vector<ErrorPoint> points;    ///< in any order
  std::vector<ErrorPoint> envelope;  ///< by x ascending; empty: none
};

/// One function in a ParetoFigure.
struct ParetoPoint {
  std::string name;  ///< drawn beside the point where it is worth choosing
  double time;       ///< above 0
  double error;      ///< 0 and infinity are drawn at the edges
  bool worth;        ///< no other one beats it in both: drawn with its name, joined by a line
};

/// Error against time, both logarithmic.
struct ParetoFigure {
  std::string title;                ///< any text in UTF-8
  std::string x_label;              ///< likewise
  std::string y_label;              ///< likewise
  std::vector<ParetoPoint> points;  ///< in any order
};

/// The figure as the bytes of a file, or as lines of text.
/// @throws FileError where gnuplot is missing (the message names the package) or fails (its first message)
std::string render(const ErrorFigure& figure, Format format, const Options& options = {});
std::string render(const ParetoFigure& figure, Format format, const Options& options = {});  ///< likewise

}  // namespace ogive::plot
