// SPDX-License-Identifier: MIT
#include "ogive/io/text_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "ogive/base/errors.h"

namespace ogive::io {
namespace {

[[noreturn]] void fail(const std::string& path, int error) { throw FileError(path, std::generic_category().message(error)); }

/// Closes what it opened, but not standard input.
struct Descriptor {
  explicit Descriptor(const std::string& path)
      : number(path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC)), owned(path != "-") {
    if (number < 0) fail(path, errno);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (owned) ::close(number);
  }
  int number;
  bool owned;
};

std::string read_bytes(const std::string& path) {
  const Descriptor file(path);
  struct stat status {};
  std::string bytes;
  std::size_t size = 0;
  // One byte more than the file has, so that the read that meets its end needs no more room.
  const bool sized = ::fstat(file.number, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0;
  bytes.resize(sized ? static_cast<std::size_t>(status.st_size) + 1 : std::size_t{1} << 16);
  while (true) {
    if (size == bytes.size()) bytes.resize(2 * bytes.size());
    const auto count = ::read(file.number, bytes.data() + size, bytes.size() - size);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail(path, errno);
    if (count == 0) break;
    size += static_cast<std::size_t>(count);
  }
  bytes.resize(size);
  return bytes;
}

/// Ends zlib's stream however the scope is left.
struct Inflater {
  Inflater() = default;
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  ~Inflater() { inflateEnd(&stream); }
  z_stream stream{};
};

}  // namespace

std::string gunzip(std::string_view data, const std::string& path) {
  constexpr int gzip_only = 16 + MAX_WBITS;
  constexpr std::size_t chunk = std::size_t{1} << 18;
  Inflater inflater;
  auto& stream = inflater.stream;
  if (inflateInit2(&stream, gzip_only) != Z_OK) throw FileError(path, "zlib cannot start: out of memory");
  std::string text;
  std::size_t used = 0;
  bool at_member_start = true;
  while (used < data.size()) {
    if (at_member_start && used != 0) {
      if (std::all_of(data.begin() + static_cast<std::ptrdiff_t>(used), data.end(), [](char c) { return c == '\0'; })) return text;
      if (!data.substr(used).starts_with("\x1F\x8B")) throw FileError(path, "something that is not gzip follows the gzip data");
    }
    const auto before = text.size();
    text.resize(before + chunk);
    const auto piece = std::min(data.size() - used, chunk);
    // zlib never writes to its input; its interface is older than const.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(data.data() + used));
    stream.avail_in = static_cast<uInt>(piece);
    stream.next_out = reinterpret_cast<Bytef*>(text.data() + before);
    stream.avail_out = static_cast<uInt>(chunk);
    const int code = inflate(&stream, Z_NO_FLUSH);
    used += piece - stream.avail_in;
    text.resize(text.size() - stream.avail_out);
    at_member_start = code == Z_STREAM_END;
    if (at_member_start) {
      inflateReset(&stream);
    } else if (code != Z_OK && code != Z_BUF_ERROR) {
      throw FileError(path, std::string("the gzip data are damaged (") + (stream.msg != nullptr ? stream.msg : zError(code)) + ")");
    }
  }
  // The input may be used up while output is still waiting inside zlib.
  while (!at_member_start) {
    const auto before = text.size();
    text.resize(before + chunk);
    stream.avail_in = 0;
    stream.next_out = reinterpret_cast<Bytef*>(text.data() + before);
    stream.avail_out = static_cast<uInt>(chunk);
    const int code = inflate(&stream, Z_NO_FLUSH);
    const auto got = chunk - stream.avail_out;
    text.resize(before + got);
    at_member_start = code == Z_STREAM_END;
    if (!at_member_start && got == 0) throw FileError(path, "the gzip data end too early: the file is truncated");
  }
  return text;
}

std::string read_text(const std::string& path) {
  auto bytes = read_bytes(path);
  return bytes.starts_with("\x1F\x8B") ? gunzip(bytes, path) : bytes;
}

}  // namespace ogive::io
