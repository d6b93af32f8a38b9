// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The bytes of a file or of standard input, piece by piece, gzip undone: text_source.h for what does not fit into memory.
///
/// One can look at the beginning before deciding who reads it.
///
/// @code
///   ogive::io::ByteSource source("plates.csv.gz");
///   if (source.peek(6).starts_with("\x93NUMPY")) std::cout << "a .npy file\n";
///   std::vector<char> buffer(1 << 20);
///   while (const std::size_t count = source.read(buffer.data(), buffer.size())) use(std::string_view(buffer.data(), count));
/// @endcode

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace ogive::io {

/// A stream of bytes. It can be moved, not copied.
class ByteSource {
 public:
  /// Opens `path` ("-": standard input). What starts with the two bytes of gzip (RFC 1952) is decompressed.
  /// @throws FileError where the system says no
  explicit ByteSource(const std::string& path);
  ByteSource(ByteSource&& other) noexcept;             ///< leaves the other one empty
  ByteSource& operator=(ByteSource&& other) noexcept;  ///< likewise; what it held is closed
  ~ByteSource();

  /// The name that errors use: the file as the user named it, or "<stdin>".
  const std::string& name() const;

  /// The next bytes, `size` of them or fewer where the source ends before; they are still there for read(). Waits for them.
  /// Valid until the next call. @throws FileError
  std::string_view peek(std::size_t size);

  /// Reads up to `size` bytes; fewer only at the end of the source. @return how many; 0 at the end. @throws FileError
  std::size_t read(char* target, std::size_t size);

  /// All that is left. @throws FileError
  std::string read_rest();

  /// Whether this is a regular file, not compressed: read_at() works.
  bool seekable() const;

  /// Reads up to `size` bytes from that place of the file, without moving on; may be called by several threads at once.
  /// Requires seekable(). @return how many; fewer only at the end of the file. @throws FileError
  std::size_t read_at(std::uint64_t offset, char* target, std::size_t size) const;

  /// The size of the file in bytes, compressed where it is; nothing for a pipe.
  std::optional<std::uint64_t> file_size() const;

  /// How many bytes of the file (compressed, where it is) have been taken by read(): for progress against file_size().
  std::uint64_t position() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace ogive::io
