// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Rules that every file of the project keeps, whatever it says.

#include <filesystem>
#include <string>
#include <vector>

namespace house {

/// Every breach below root, as "path:line: what is wrong", sorted:
///   - a source (C++, CMake, script) that has no SPDX line among its first three, or a byte outside ASCII, a tab or a space at a
///   line's end;
///   - a header without #pragma once (but for *-inl.h, which is compiled anew for each instruction set);
///   - any text of the project that names a folder of the machine it was written on.
/// Not looked at: .git, build, and inputs of tests (they are bytes, not sources).
std::vector<std::string> source_faults(const std::filesystem::path& root);

/// The files (of CMake, C++ and scripts) that spell out this version number, sorted. One place may: project(... VERSION ...).
std::vector<std::string> files_that_say(const std::filesystem::path& root, const std::string& version);

}  // namespace house
