// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The gnuplot script of a figure for print: SVG, PNG or PDF.
///
/// @code
///   const std::string svg = run_gnuplot(picture_script(panels, 0, Format::svg, options));
/// @endcode

#include <cstddef>
#include <span>
#include <string>

#include "ogive/plot/figure.h"

namespace ogive::plot {

/// @param left_out  how many further curves there are that the figure does not show; a note says so
std::string picture_script(std::span<const FitPanel> panels, std::size_t left_out, Format format, const Options& options);

/// What gnuplot leaves out of an SVG: a title that readers and screen readers show, and a list of fonts to fall back on.
std::string finished_svg(std::string svg, const std::string& title);

}  // namespace ogive::plot
