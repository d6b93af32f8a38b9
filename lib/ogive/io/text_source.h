// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The bytes of a file or of standard input, gzip undone.
///
/// @code
///   std::string text = ogive::io::read_text("plate.csv.gz");
/// @endcode

#include <string>
#include <string_view>

namespace ogive::io {

/// Reads all of `path` ("-": standard input). What starts with the two bytes of gzip (RFC 1952) is decompressed.
/// @throws FileError where the system says no, or the gzip data are damaged or end too early.
std::string read_text(const std::string& path);

/// Undoes gzip; several members in a row are joined, as gzip -d does. `path` is the name that errors use.
std::string gunzip(std::string_view data, const std::string& path);

}  // namespace ogive::io
