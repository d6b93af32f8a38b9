// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The errors that Ogive throws. There are three kinds of trouble, and only two are exceptions:
///
///   a numerical outcome        a status in the result (fit::Status); never thrown
///   bad input                  InputError: where it stands and what to do about it
///   a file that will not do    FileError: it cannot be opened, read or written
///
/// A programmer's error is an assertion.
///
/// @code
///   #include "ogive/io/table.h"
///
///   try {
///     const auto table = ogive::io::read_table("plate.csv");
///   } catch (const ogive::InputError& error) {
///     std::cerr << error.what() << '\n';  // plate.csv:17:4: error: 'abc' is not a number (column 'response')
///   }
/// @endcode

#include <cstddef>
#include <stdexcept>
#include <string>

namespace ogive {

/// A place in a text: the name of the source, and line and column counted from 1 (0: not known).
struct Place {
  std::string source;      ///< the name of the text: a file as the user named it, "<stdin>"
  std::size_t line = 0;    ///< from 1; 0: not known
  std::size_t column = 0;  ///< from 1; 0: not known
};

/// Input that cannot be used: it names its place and, where there is one, a remedy.
class InputError : public std::runtime_error {
 public:
  /// @param place    where; fields that are not known stay empty or 0
  /// @param message  what is wrong, in one line; it may end in a remedy
  InputError(Place place, const std::string& message);

  /// Where the trouble is.
  const Place& place() const { return place_; }

 private:
  Place place_;
};

/// A file that could not be opened, read or written.
class FileError : public std::runtime_error {
 public:
  /// @param path     the file as the user named it; "-" for a standard stream
  /// @param message  the reason, usually the system's own words
  FileError(const std::string& path, const std::string& message);

  /// The file, as the user named it.
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace ogive
