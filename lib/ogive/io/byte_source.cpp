// SPDX-License-Identifier: MIT
#include "ogive/io/byte_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <vector>

#include "ogive/base/errors.h"

namespace ogive::io {
namespace {

constexpr std::size_t compressed_chunk = std::size_t{1} << 18;

}  // namespace

struct ByteSource::State {
  explicit State(const std::string& path_) : path(path_), name(path_ == "-" ? "<stdin>" : path_) {
    descriptor = path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) fail(errno);
    struct stat status {};
    if (::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode)) {
      size = static_cast<std::uint64_t>(status.st_size);
      const auto here = ::lseek(descriptor, 0, SEEK_CUR);
      start = here > 0 ? static_cast<std::uint64_t>(here) : 0;
    }
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (inflating) inflateEnd(&stream);
    if (descriptor >= 0 && path != "-") ::close(descriptor);
  }

  [[noreturn]] void fail(int error) const { throw FileError(path, std::generic_category().message(error)); }

  /// Bytes as they are in the file; fewer than asked for only at its end.
  std::size_t read_stored(char* target, std::size_t wanted) {
    std::size_t done = 0;
    while (done < wanted) {
      const auto count = ::read(descriptor, target + done, wanted - done);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) fail(errno);
      if (count == 0) break;
      done += static_cast<std::size_t>(count);
    }
    stored += done;
    return done;
  }

  /// Bytes of the text.
  std::size_t read_text(char* target, std::size_t wanted) {
    if (!begun) begin();
    std::size_t done = 0;
    while (done < wanted && first != before.size()) {  // what was read to see what it is
      const auto count = std::min(wanted - done, before.size() - first);
      std::memcpy(target + done, before.data() + first, count);
      done += count;
      first += count;
    }
    if (done == wanted) return done;
    return done + (inflating ? inflate_into(target + done, wanted - done) : read_stored(target + done, wanted - done));
  }

  void begin() {
    begun = true;
    char mark[2];
    const auto count = read_stored(mark, sizeof mark);
    if (count == 2 && mark[0] == '\x1F' && mark[1] == '\x8B') {
      constexpr int gzip_only = 16 + MAX_WBITS;
      if (inflateInit2(&stream, gzip_only) != Z_OK) throw FileError(path, "zlib cannot start: out of memory");
      inflating = true;
      input.assign(mark, mark + 2);
      stream.next_in = reinterpret_cast<Bytef*>(input.data());
      stream.avail_in = 2;
    } else {
      before.assign(mark, mark + count);
    }
  }

  bool refill() {
    input.resize(compressed_chunk);
    const auto count = read_stored(input.data(), input.size());
    stream.next_in = reinterpret_cast<Bytef*>(input.data());
    stream.avail_in = static_cast<uInt>(count);
    return count != 0;
  }

  std::size_t inflate_into(char* target, std::size_t wanted) {
    std::size_t done = 0;
    while (done < wanted && !ended) {
      if (at_member_end) {
        next_member();
        continue;
      }
      const bool more = stream.avail_in != 0 || refill();
      const auto room = std::min<std::size_t>(wanted - done, std::size_t{1} << 30);
      stream.next_out = reinterpret_cast<Bytef*>(target + done);
      stream.avail_out = static_cast<uInt>(room);
      const int code = inflate(&stream, Z_NO_FLUSH);
      const auto got = room - stream.avail_out;
      done += got;
      at_member_end = code == Z_STREAM_END;
      if (at_member_end) continue;
      if (code != Z_OK && code != Z_BUF_ERROR)
        throw FileError(path,
                        std::string("the gzip data are damaged (") + (stream.msg != nullptr ? stream.msg : zError(code)) + ")");
      if (!more && got == 0) throw FileError(path, "the gzip data end too early: the file is truncated");
    }
    return done;
  }

  /// After a member: the end, another one, or zeros up to the end (which tapes leave behind).
  void next_member() {
    if (stream.avail_in < 2) {
      std::string rest(reinterpret_cast<const char*>(stream.next_in), stream.avail_in);
      std::string more(compressed_chunk, '\0');
      more.resize(read_stored(more.data(), more.size()));
      rest += more;
      input.assign(rest.begin(), rest.end());
      stream.next_in = reinterpret_cast<Bytef*>(input.data());
      stream.avail_in = static_cast<uInt>(input.size());
    }
    if (stream.avail_in == 0) {
      ended = true;
    } else if (stream.avail_in >= 2 && stream.next_in[0] == 0x1F && stream.next_in[1] == 0x8B) {
      at_member_end = false;
      inflateReset(&stream);
    } else {
      do {
        if (std::any_of(stream.next_in, stream.next_in + stream.avail_in, [](Bytef byte) { return byte != 0; }))
          throw FileError(path, "something that is not gzip follows the gzip data");
      } while (refill());
      ended = true;
    }
  }

  std::string path;
  std::string name;
  int descriptor = -1;
  std::optional<std::uint64_t> size;
  std::uint64_t start = 0;   // where standard input stood in its file
  std::uint64_t stored = 0;  // bytes taken from the file

  bool begun = false;
  std::vector<char> before;  // the two bytes that were no mark of gzip
  std::size_t first = 0;     // of them, the next

  bool inflating = false;
  bool at_member_end = false;
  bool ended = false;
  z_stream stream{};
  std::vector<char> input;  // compressed

  std::vector<char> peeked;
  std::size_t peeked_first = 0;
};

ByteSource::ByteSource(const std::string& path) : state_(std::make_unique<State>(path)) {}
ByteSource::ByteSource(ByteSource&&) noexcept = default;
ByteSource& ByteSource::operator=(ByteSource&&) noexcept = default;
ByteSource::~ByteSource() = default;

const std::string& ByteSource::name() const { return state_->name; }

std::string_view ByteSource::peek(std::size_t size) {
  auto& s = *state_;
  if (s.peeked.size() - s.peeked_first < size) {
    s.peeked.erase(s.peeked.begin(), s.peeked.begin() + static_cast<std::ptrdiff_t>(s.peeked_first));
    s.peeked_first = 0;
    const auto have = s.peeked.size();
    s.peeked.resize(size);
    s.peeked.resize(have + s.read_text(s.peeked.data() + have, size - have));
  }
  return std::string_view(s.peeked.data(), s.peeked.size()).substr(s.peeked_first, size);
}

std::size_t ByteSource::read(char* target, std::size_t size) {
  auto& s = *state_;
  std::size_t done = 0;
  if (s.peeked_first != s.peeked.size()) {
    done = std::min(size, s.peeked.size() - s.peeked_first);
    std::memcpy(target, s.peeked.data() + s.peeked_first, done);
    s.peeked_first += done;
    if (s.peeked_first == s.peeked.size()) {
      s.peeked = {};
      s.peeked_first = 0;
    }
  }
  return done == size ? done : done + s.read_text(target + done, size - done);
}

std::string ByteSource::read_rest() {
  std::string text;
  // One byte more than the file has, so that the read that meets its end needs no more room.
  const auto expected = state_->size.value_or(0) > state_->stored ? *state_->size - state_->stored : 0;
  text.resize(state_->peeked.size() + std::max<std::size_t>(expected + 3, std::size_t{1} << 16));
  std::size_t size = 0;
  while (true) {
    if (size == text.size()) text.resize(2 * text.size());
    const auto count = read(text.data() + size, text.size() - size);
    size += count;
    if (size != text.size()) break;
  }
  text.resize(size);
  return text;
}

bool ByteSource::seekable() const {
  if (!state_->begun) state_->begin();
  return state_->size && state_->start == 0 && !state_->inflating;
}

std::size_t ByteSource::read_at(std::uint64_t offset, char* target, std::size_t size) const {
  assert(seekable());
  std::size_t done = 0;
  while (done < size) {
    const auto count = ::pread(state_->descriptor, target + done, size - done, static_cast<off_t>(offset + done));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) state_->fail(errno);
    if (count == 0) break;
    done += static_cast<std::size_t>(count);
  }
  return done;
}

std::optional<std::uint64_t> ByteSource::file_size() const {
  if (!state_->size) return std::nullopt;
  return *state_->size - std::min(*state_->size, state_->start);
}

std::uint64_t ByteSource::position() const {
  const auto kept = state_->inflating ? 0 : state_->peeked.size() - state_->peeked_first + state_->before.size() - state_->first;
  return state_->stored - std::min<std::uint64_t>(state_->stored, kept);
}

}  // namespace ogive::io
