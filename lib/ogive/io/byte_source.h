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
#include <utility>

namespace ogive::io {

/// Bytes of a file as they lie in the system's memory, not copied; nothing where the system could not do that.
class MappedBytes {
 public:
  MappedBytes() = default;
  MappedBytes(MappedBytes&& other) noexcept { swap(other); }  ///< leaves the other one empty
  /// Lets go of what it held.
  MappedBytes& operator=(MappedBytes&& other) noexcept {
    MappedBytes(std::move(other)).swap(*this);
    return *this;
  }
  ~MappedBytes();

  explicit operator bool() const { return data_ != nullptr; }  ///< whether there are any
  const char* data() const { return data_; }                   ///< the first of them

 private:
  friend class ByteSource;
  void swap(MappedBytes& other) noexcept {
    std::swap(pages_, other.pages_);
    std::swap(size_, other.size_);
    std::swap(data_, other.data_);
  }

  void* pages_ = nullptr;
  std::size_t size_ = 0;  // of the pages
  const char* data_ = nullptr;
};

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

  /// The bytes from that place on, all of them in memory already. Requires seekable(). Where nothing is returned (an old system, a
  /// file that has become shorter), read_at() may still do. A file that is cut off while its bytes are looked at ends the program
  /// (SIGBUS): hold them for a short time only.
  MappedBytes map(std::uint64_t offset, std::size_t size) const;

  /// The size of the file in bytes, compressed where it is; nothing for a pipe.
  std::optional<std::uint64_t> file_size() const;

  /// How many bytes of the file (compressed, where it is) have been taken by read(): for progress against file_size().
  std::uint64_t position() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace ogive::io
