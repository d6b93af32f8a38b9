// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The gnuplot program: a script in, what it draws out. No shell, no temporary file, none of the user's settings.
///
/// @code
///   const std::string svg = ogive::plot::run_gnuplot("set terminal svg\nset title " + ogive::plot::script_string(title) + "\nplot
///   x\n");
/// @endcode

#include <string>
#include <string_view>

namespace ogive::plot {

/// Runs gnuplot on `script` and returns what it writes to its standard output.
/// @throws FileError where the program is missing (the message names the Debian package) or fails (its first message).
std::string run_gnuplot(const std::string& script);

/// `text` in one line of valid UTF-8: control characters become spaces, bytes that are not UTF-8 question marks.
std::string printable(std::string_view text);

/// `text` as a string expression of a gnuplot script that stands for exactly these characters, made printable().
std::string script_string(std::string_view text);

}  // namespace ogive::plot
