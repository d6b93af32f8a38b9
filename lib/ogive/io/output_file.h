// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// A file out that is either complete or not there.
///
/// The text goes to a temporary file beside the target. commit() brings it safely to the disk (fsync) and renames it, which the
/// system does in one step: whoever looks sees the old file or the whole new one. Without commit() - an exception, an error - the
/// temporary is removed and the target is untouched.
///
/// @code
///   ogive::io::OutputFile file("result.csv");  // "-": standard output
///   file.write("x,y\n1,2\n");
///   file.commit();                             // throws ogive::FileError if the disk is full
/// @endcode

#include <string>
#include <string_view>

namespace ogive::io {

/// One file being written. "-" is standard output. What is no regular file (a pipe, a terminal, /dev/full) is written directly,
/// as it cannot be replaced. A symbolic link stays, and what it points to is replaced. An existing file keeps its permissions.
///
/// Every function throws FileError with the system's reason. A closed pipe is such an error only where the program ignores SIGPIPE
/// (`signal(SIGPIPE, SIG_IGN)`); otherwise the signal ends it, which is the program's choice and not the library's.
class OutputFile {
 public:
  /// Opens the file; until commit() a regular one is not touched.
  explicit OutputFile(const std::string& path);
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  ~OutputFile();

  /// Appends to the file; small pieces are gathered.
  void write(std::string_view text);

  /// Whether write_at() works: the target is a regular file (or will be one).
  bool can_write_at() const;

  /// Writes over bytes that write() took before: for a header that is known only at the end. Requires can_write_at().
  void write_at(std::size_t offset, std::string_view text);

  /// Sends on what has been gathered. For a pipe or a terminal whose reader waits for it; a target that is to be replaced stays as
  /// it is.
  void flush();

  /// Ends the file. Nothing may be written after it.
  void commit();

 private:
  void open_in_place();
  void open_temporary();
  void send(std::string_view text);
  [[noreturn]] void fail(int error) const;

  std::string path_;       // as the user named it
  std::string target_;     // with symbolic links followed
  std::string temporary_;  // empty where the target is written directly
  std::string buffer_;
  int descriptor_ = -1;
};

}  // namespace ogive::io
