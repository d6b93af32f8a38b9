// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The gnuplot script of a figure made of characters, for a terminal.
///
/// @code
///   const std::string text = tidy_text(run_gnuplot(terminal_script(panels, 0, options)));
/// @endcode

#include <cstddef>
#include <span>
#include <string>

#include "ogive/plot/figure.h"

namespace ogive::plot {

/// @param left_out  how many further curves there are that the figure does not show; a note says so
std::string terminal_script(std::span<const FitPanel> panels, std::size_t left_out, const Options& options);

/// Without page breaks and blanks at the ends of lines.
std::string tidy_text(const std::string& text);

}  // namespace ogive::plot
