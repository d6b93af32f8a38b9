// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The words above a figure: what was fitted and what came out, with as many digits as the intervals support.
///
/// @code
///   estimate_text("x0", {3.0217, 0.0302, 2.9612, 3.0854}, false);  // "x0 = 3.02 [2.96, 3.09]"
///   estimate_text("x0", {infinite, unknown, 41.7, infinite}, false);  // "x0 > 41.7"
/// @endcode

#include <string>
#include <string_view>
#include <vector>

#include "ogive/plot/figure.h"

namespace ogive::plot {

struct Caption {
  std::string title;                   ///< the panel's own
  std::string summary;                 ///< "logistic, regular, n = 20, R2 = 0.998, 95 % intervals"
  std::string message;                 ///< of the result, for people; often empty
  std::vector<std::string> estimates;  ///< "x0 = 3.02 [2.96, 3.09]", one for each parameter
};

/// @param print  true: signs of print in UTF-8 (minus, infinity, raised powers); false: ASCII
Caption caption(const FitPanel& panel, bool print);

/// A parameter with its interval: rounded so that the interval's half-width keeps two digits.
std::string estimate_text(std::string_view name, const fit::Estimate& estimate, bool print);

/// Words joined by three spaces into lines of at most `width` characters; a word longer than that has a line of its own.
std::vector<std::string> wrap(const std::vector<std::string>& words, std::size_t width);

/// The number of characters (code points) of a UTF-8 text.
std::size_t character_count(std::string_view text);

/// The text if it has at most `count` characters, or its beginning and an ellipsis; made printable().
std::string shortened(std::string_view text, std::size_t count, bool print);

}  // namespace ogive::plot
