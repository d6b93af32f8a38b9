// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Figures of fits: the data, the fitted curve with its confidence band, the midpoint with its interval, and the residuals.
///
/// One curve fills the figure; many become a grid of small panels. A figure is an SVG, PNG or PDF file, or text for a terminal.
/// It is drawn by the gnuplot program (Debian package gnuplot-nox), which is started without a shell and without the user's own
/// gnuplot settings. Equal input gives equal bytes in SVG and in text.
///
/// @code
///   #include "ogive/curve/registry.h"
///   #include "ogive/fit/fit.h"
///
///   const std::vector<double> x = {1, 2, 3, 4, 5, 6}, y = {0.1, 0.3, 1.1, 2.6, 3.2, 3.4};
///   const auto result = ogive::fit::fit(ogive::curve::model("logistic"), {x, y});
///   ogive::plot::FitPanel panel;
///   panel.title = "plate 3";
///   panel.x = x;
///   panel.y = y;
///   panel.result = &result;
///   panel.curve = ogive::fit::predict(result, ogive::plot::prediction_points(x));
///   panel.fitted = ogive::fit::predict(result, x);  // for the residuals
///   ogive::plot::draw_fits({&panel, 1}, "plate.svg");
/// @endcode

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ogive/fit/result.h"

namespace ogive::plot {

/// One curve of a figure. Points that are not finite are not drawn; an x of -inf (on a log axis: 0) is drawn left of the others,
/// behind a break of the axis.
struct FitPanel {
  std::string title;          ///< any text in UTF-8; line breaks become spaces
  std::span<const double> x;  ///< the data, in any order; not owned
  std::span<const double> y;  ///< as many as x; not owned
  const fit::Result* result =
      nullptr;                         ///< the numbers of the title, the midpoint, the gap of a step; nullptr: data only. Not owned
  std::vector<fit::Prediction> curve;  ///< at prediction_points(), in any order; empty: no curve
  std::vector<fit::Prediction> fitted;  ///< at x, in the order of x; empty: no residuals
  bool log_x = false;                   ///< x is a dose >= 0 on a logarithmic axis
};

/// What a figure is drawn on.
enum class Format { svg, png, pdf, text };

/// How a figure looks.
struct Options {
  std::string x_label = "x";   ///< any text in UTF-8
  std::string y_label = "y";   ///< likewise
  int width = 0;               ///< pixels (PDF: 1/96 inch); text: columns. 0: chosen from the number of panels; text: 80
  int height = 0;              ///< likewise; text: lines, 24. A grid in text is as long as it needs to be
  double png_scale = 2.0;      ///< pixels of a PNG per unit of width and height, so that print and dense screens look sharp
  std::size_t max_panels = 0;  ///< how many curves are drawn at most; a note says how many are left out. 0: 100; text: 12
  bool colour = false;         ///< text: ANSI colours (256)
  bool unicode = false;        ///< text: Braille dots and blocks instead of ASCII
};

/// The x at which to predict for a smooth picture: a fine grid over the drawn range (the data and a margin; even steps in log x
/// where log_x), the data's own x, and the limit (-inf; on a log axis 0) where the data hold it. Ascending; empty without a finite
/// x.
std::vector<double> prediction_points(std::span<const double> x, bool log_x = false);

/// The format that a file name asks for: .svg, .png or .pdf in any case, and "-" for text.
/// @throws InputError that names these four, where it is anything else.
Format format_of(const std::string& path);

/// The figure as the bytes of a file, or as lines of text. Without panels, an empty one.
/// @throws FileError where gnuplot is missing (the message names the package) or fails (its first message).
std::string render_fits(std::span<const FitPanel> panels, Format format, const Options& options = {});

/// Draws into a file: complete or not at all, since it is written beside the target and renamed. "-" is text on standard output.
/// @throws InputError for a name of another kind, FileError where gnuplot is missing or fails, or the file cannot be written.
void draw_fits(std::span<const FitPanel> panels, const std::string& path, const Options& options = {});

}  // namespace ogive::plot
