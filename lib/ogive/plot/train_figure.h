// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Figures of training: a bump through its data with the edges of its support, and how a loss fell.
///
/// @code
///   ogive::plot::BumpFigure figure;
///   figure.title = "bump, sigma = 0.7";
///   figure.data = {{-0.5, 0.2}, {0, 1}, {0.4, 0.5}};
///   figure.curve = {{-0.7, 0}, {0, 1}, {0.7, 0}};
///   figure.edges = {-0.7, 0.7};
///   figure.loss = {{0, 0.3}, {1, 0.01}, {2, 0.0004}};
///   const std::string svg = ogive::plot::render(figure, ogive::plot::Format::svg);
/// @endcode

#include <string>
#include <utility>
#include <vector>

#include "ogive/plot/figure.h"

namespace ogive::plot {

/// x and y.
using Place2 = std::pair<double, double>;

/// A fitted bump: on the left the data, the curve and the edges of its support, on the right the loss on a logarithmic axis (in
/// text: below).
struct BumpFigure {
  std::string title;                ///< any text in UTF-8
  std::string subtitle;             ///< likewise
  std::vector<Place2> data;         ///< in any order
  std::vector<Place2> curve;        ///< what was learned, by x ascending; a NaN breaks the line, as at a jump
  std::vector<Place2> truth;        ///< what the data were made from, likewise; empty: not known
  std::vector<double> edges;        ///< where the support ends
  std::vector<Place2> loss;         ///< after that many steps or epochs; a loss of 0 is drawn on the lower edge
  std::string steps_name = "step";  ///< what the loss is counted in
};

/// One line of a TrainingFigure.
struct TrainingCurve {
  std::string name;            ///< drawn at its end
  std::vector<double> values;  ///< after epoch 1, 2, ...
};

/// The course of a training: losses on the left (logarithmic), accuracies in percent on the right (in text: below), where there are
/// any. At most four lines in each.
struct TrainingFigure {
  std::string title;                    ///< any text in UTF-8
  std::string subtitle;                 ///< likewise
  std::vector<TrainingCurve> losses;    ///< a loss of 0 is drawn on the lower edge
  std::vector<TrainingCurve> accuracy;  ///< from 0 to 1; empty: the losses fill the picture
};

/// The figure as the bytes of a file, or as lines of text.
/// @throws FileError where gnuplot is missing (the message names the package) or fails (its first message)
std::string render(const BumpFigure& figure, Format format, const Options& options = {});
std::string render(const TrainingFigure& figure, Format format, const Options& options = {});  ///< likewise

}  // namespace ogive::plot
