// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Where the result goes: standard output, or a file that appears complete or not at all.

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace ogive::io {
class OutputFile;
}

namespace ogive::tools {

class Output {
 public:
  /// Nothing or "-" is standard output. @throws FileError where the file cannot be opened.
  explicit Output(const std::optional<std::string>& path);
  ~Output();  ///< without finish(), a file is not written
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  /// @throws FileError where the system refuses. A closed pipe is no error: what is left is dropped in silence.
  void write(std::string_view text);

  /// Whether write_at() works: the output is a regular file that appears at the end.
  bool can_write_at() const;

  /// Writes over bytes that were written before. Requires can_write_at(). @throws FileError
  void write_at(std::size_t offset, std::string_view text);

  /// Sends what is in the buffer to standard output now: for results that take long each. @throws FileError
  void send();

  /// Writes what is still in the buffer and makes the file appear. @throws FileError
  void finish();

  /// Whether the reader of the pipe has gone.
  bool closed() const { return closed_; }

 private:
  void flush();
  void send_all(std::string_view text);

  std::unique_ptr<io::OutputFile> file_;  // none: standard output
  std::string buffer_;
  bool closed_ = false;
};

}  // namespace ogive::tools
