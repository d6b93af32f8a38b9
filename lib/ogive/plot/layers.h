// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// What stands where in a panel, in places from 0 to 1: the part of a figure that does not depend on what it is drawn on.
///
/// @code
///   const auto layers = ogive::plot::make_layers(panel, x_axis({&panel, 1}, 6), y_axis({&panel, 1}, 5));
/// @endcode

#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "ogive/plot/axis.h"
#include "ogive/plot/figure.h"

namespace ogive::plot {

struct Place {
  double x;
  double y;
};

/// The band at one x.
struct Strip {
  double x;
  double low;
  double high;
};

using Run = std::vector<Place>;  ///< joined by a line

struct Layers {
  std::vector<Place> points;
  std::vector<Run> curve;  ///< broken at the gap of a step, and at the limit
  std::vector<std::vector<Strip>> band;
  std::optional<std::pair<double, double>> gap;       ///< the rise of a step lies between these two
  std::vector<Run> rise;                              ///< from level to level where a step rises: a guess, to be drawn so
  std::optional<Place> middle;                        ///< the level at the x where a step rises
  std::optional<double> midpoint;                     ///< x0 or ec50
  std::optional<std::pair<double, double>> interval;  ///< of the midpoint; an infinite end is at 0 or 1
};

/// The axis that holds the data of all these panels (which agree in log_x), with a margin.
Axis x_axis(std::span<const FitPanel> panels, int ticks);

/// Likewise for y: data and curves, and the band as far as that does not dwarf them.
Axis y_axis(std::span<const FitPanel> panels, int ticks);

/// Symmetric about 0.
Axis residual_axis(const FitPanel& panel, int ticks);

Layers make_layers(const FitPanel& panel, const Axis& x, const Axis& y);

/// The residuals y - fitted; empty where the panel has no predictions at x.
std::vector<Place> residual_places(const FitPanel& panel, const Axis& x, const Axis& residual);

/// The midpoint among the parameters of a result: "x0" or "ec50"; nullptr where there is none.
const fit::Estimate* midpoint_of(const fit::Result& result);

}  // namespace ogive::plot
