// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Facts about the terminal. The environment is read here and nowhere else.

#include <cstddef>

namespace ogive::tools {

enum class Stream : int { in = 0, out = 1, err = 2 };

/// Whether the stream is a terminal.
bool is_terminal(Stream stream);

/// Whether the stream is a terminal that moves its cursor and shows colour: not TERM=dumb, not without TERM.
bool is_capable_terminal(Stream stream);

/// Whether to use colour on the stream: a capable terminal, and NO_COLOR is not set to anything (https://no-color.org).
bool use_colour(Stream stream);

/// The width of the terminal in columns; 80 where it is not known.
std::size_t terminal_width(Stream stream);

}  // namespace ogive::tools
