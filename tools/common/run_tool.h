// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The frame around every tool: what it throws becomes one line on stderr and an exit code.
///
/// @code
///   int main(int argc, char** argv) { return ogive::tools::run_tool("ogive-fit", argc, argv, ogive::tools::fit_tool); }
/// @endcode

#include <string>
#include <string_view>

namespace ogive::tools {

/// Runs `body` and returns its exit code, or that of what it throws:
///
///     UsageError               2   <program>: error: <message> (see --help)
///     InputError               2   <program>: <place>: error: <message>
///     FileError                3   <program>: <path>: error: <message>
///     Interrupted                  nothing; the process ends by the signal (128 + signal for the shell)
///     anything else           70   a defect in Ogive
int run_tool(std::string_view program, int argc, char** argv, int (*body)(int, char**));

/// "<program>: note: <message>" on stderr.
void note(std::string_view program, const std::string& message);

/// What --version prints: the program and the version of Ogive, the compiler, the libraries in it, the SIMD target.
std::string version_text(std::string_view program);

}  // namespace ogive::tools
