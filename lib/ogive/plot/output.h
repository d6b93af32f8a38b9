// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Bytes into a file, completely or not at all.

#include <string>
#include <string_view>

namespace ogive::plot {

/// Writes beside the target and renames, so that a reader sees the old file or the new one. "-" is standard output.
/// @throws FileError with the system's reason; then nothing is left behind.
void write_file(const std::string& path, std::string_view bytes);

}  // namespace ogive::plot
