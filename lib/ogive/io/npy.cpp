// SPDX-License-Identifier: MIT
#include "ogive/io/npy.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <charconv>
#include <cstring>
#include <limits>
#include <type_traits>
#include <utility>

#include "ogive/base/errors.h"

namespace ogive::io {
namespace {

static_assert(std::endian::native == std::endian::little, "numbers are copied as they stand in a little-endian file");

template <class T>
using BitsOf = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;

template <class T>
T swapped(T value) {
  auto bits = std::bit_cast<BitsOf<T>>(value);
  if constexpr (sizeof(T) == 4)
    bits = __builtin_bswap32(bits);
  else
    bits = __builtin_bswap64(bits);
  return std::bit_cast<T>(bits);
}

/// Numbers of type Stored, as bytes in either order, to numbers of type T.
template <class Stored, class T>
void convert(const char* bytes, bool big_endian, T* target, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    Stored value;
    std::memcpy(&value, bytes + i * sizeof value, sizeof value);
    target[i] = static_cast<T>(big_endian ? swapped(value) : value);
  }
}

template <class T>
void convert(const char* bytes, const NpyHeader& header, T* target, std::size_t count) {
  if (header.type == NpyType::float32)
    convert<float>(bytes, header.big_endian, target, count);
  else
    convert<double>(bytes, header.big_endian, target, count);
}

std::string shape_text(const std::vector<std::size_t>& shape) {
  std::string text = "(";
  for (std::size_t i = 0; i < shape.size(); ++i) text += (i == 0 ? "" : ", ") + std::to_string(shape[i]);
  return text + (shape.size() == 1 ? ",)" : ")");
}

/// One of the two files, at its numbers.
class Numbers {
 public:
  explicit Numbers(ByteSource source) : source_(std::move(source)), header_(read_npy_header(source_)) {
    if (header_.shape.empty() || header_.shape.size() > 2)
      fail("shape " + shape_text(header_.shape) + ": one curve in each row of a matrix (N, n) is needed, or one curve (n,)");
    rows_ = header_.shape.size() == 2 ? header_.shape[0] : 1;
    columns_ = header_.shape.back();
    if (rows_ == 0 || columns_ == 0) fail("shape " + shape_text(header_.shape) + ": there are no numbers in it");
    if (source_.seekable()) check_size();
  }

  [[noreturn]] void fail(const std::string& message) const { throw InputError({source_.name(), 0, 0}, message); }

  const NpyHeader& header() const { return header_; }
  const ByteSource& source() const { return source_; }
  std::size_t rows() const { return rows_; }
  std::size_t columns() const { return columns_; }
  bool is_vector() const { return header_.shape.size() == 1; }
  std::size_t row_bytes() const { return columns_ * header_.item_bytes(); }
  std::uint64_t offset_of(std::size_t row) const { return header_.data_offset + std::uint64_t{row} * row_bytes(); }

  /// The bytes of the next rows, where the file cannot be read at any place.
  void take(std::size_t rows, std::vector<char>& bytes) {
    bytes.clear();
    if (source_.seekable()) return;
    bytes.resize(rows * row_bytes());
    if (source_.read(bytes.data(), bytes.size()) != bytes.size())
      fail("the data end before the header's shape " + shape_text(header_.shape) + " is filled: the file is truncated");
    taken_ += rows;
    char one;
    if (taken_ == rows_ && source_.read(&one, 1) != 0)
      fail("there are more data than the header's shape " + shape_text(header_.shape) + " holds");
  }

  /// Those rows as numbers; `bytes` are what take() gave.
  template <class T>
  void read(std::size_t first, std::size_t count, const std::vector<char>& bytes, std::vector<T>& target) const {
    const std::size_t numbers = count * columns_;
    target.resize(numbers);
    if (!bytes.empty()) return convert(bytes.data(), header_, target.data(), numbers);
    const bool as_it_stands = sizeof(T) == header_.item_bytes() && !header_.big_endian;
    if (as_it_stands) return read_at(offset_of(first), reinterpret_cast<char*>(target.data()), numbers * sizeof(T));
    std::array<char, 1 << 15> some;
    const std::size_t at_once = some.size() / header_.item_bytes();
    for (std::size_t i = 0; i < numbers; i += at_once) {
      const auto now = std::min(at_once, numbers - i);
      read_at(offset_of(first) + i * header_.item_bytes(), some.data(), now * header_.item_bytes());
      convert(some.data(), header_, target.data() + i, now);
    }
  }

 private:
  void check_size() const {
    __extension__ using Wide = unsigned __int128;
    const Wide wanted = Wide{header_.data_offset} + Wide{rows_} * columns_ * header_.item_bytes();
    const std::uint64_t have = *source_.file_size();
    if (have == wanted) return;
    const std::string asks = "the header's shape " + shape_text(header_.shape) + " asks for ";
    const std::string count = wanted > std::numeric_limits<std::uint64_t>::max()
                                  ? "more than any file can hold"
                                  : std::to_string(static_cast<std::uint64_t>(wanted));
    if (have < wanted) fail("the file has " + std::to_string(have) + " bytes, " + asks + count + ": it is truncated");
    fail("the file has " + std::to_string(have) + " bytes, " + asks + count + " only");
  }

  void read_at(std::uint64_t offset, char* target, std::size_t size) const {
    if (source_.read_at(offset, target, size) != size) fail("the file has become shorter while it was read");
  }

  ByteSource source_;
  NpyHeader header_;
  std::size_t rows_ = 0;
  std::size_t columns_ = 0;
  std::size_t taken_ = 0;
};

}  // namespace

struct NpyCurves::State {
  State(ByteSource x_, ByteSource y_, std::size_t bytes, std::size_t curves) : x(std::move(x_)), y(std::move(y_)) {
    const bool one_vector = x.columns() == y.columns() && (x.is_vector() || x.rows() == 1);
    if (!one_vector && (x.columns() != y.columns() || x.rows() != y.rows()))
      x.fail("x has shape " + shape_text(x.header().shape) + ", y (" + y.source().name() + ") " + shape_text(y.header().shape) +
             ": x must be of shape (" + std::to_string(y.columns()) + ",), shared by all curves, or of that of y");
    shared_x = one_vector && (x.is_vector() || y.rows() != 1);
    is_float32 = x.header().type == NpyType::float32 && y.header().type == NpyType::float32;
    at_once = std::clamp<std::size_t>(bytes / y.row_bytes(), 1, std::max<std::size_t>(1, curves));
    if (!shared_x) return;
    std::vector<char> taken;
    x.take(1, taken);
    if (is_float32)
      x.read(0, 1, taken, x32_values);
    else
      x.read(0, 1, taken, x_values);
  }

  /// All but the points.
  void begin(const NpyPiece& piece, CurveBlock& block) const {
    block.first = piece.first_;
    block.is_float32 = is_float32;
    block.shared_x = shared_x;
    block.offsets.resize(piece.count_ + 1);
    for (std::size_t i = 0; i <= piece.count_; ++i) block.offsets[i] = i * y.columns();
  }

  Numbers x;
  Numbers y;
  bool shared_x = false;
  bool is_float32 = false;
  std::vector<double> x_values;   // where shared
  std::vector<float> x32_values;  // likewise
  std::size_t at_once = 1;        // curves in a piece
  std::size_t next = 0;
};

NpyCurves::NpyCurves(ByteSource x, ByteSource y, std::size_t bytes, std::size_t curves)
    : state_(std::make_unique<State>(std::move(x), std::move(y), bytes, curves)) {}
NpyCurves::NpyCurves(NpyCurves&&) noexcept = default;
NpyCurves::~NpyCurves() = default;

std::size_t NpyCurves::curves() const { return state_->y.rows(); }
std::size_t NpyCurves::points() const { return state_->y.columns(); }
bool NpyCurves::shared_x() const { return state_->shared_x; }
bool NpyCurves::is_float32() const { return state_->is_float32; }
std::optional<std::uint64_t> NpyCurves::file_size() const { return state_->y.source().file_size(); }

bool NpyCurves::next(NpyPiece& piece) {
  auto& s = *state_;
  if (s.next == curves()) return false;
  piece.first_ = s.next;
  piece.count_ = std::min(s.at_once, curves() - s.next);
  s.next += piece.count_;
  s.y.take(piece.count_, piece.y_);
  if (!s.shared_x) s.x.take(piece.count_, piece.x_);
  piece.position_ = s.y.source().seekable() ? s.y.offset_of(s.next) : s.y.source().position();
  return true;
}

void NpyCurves::parse(const NpyPiece& piece, CurveBlock& block) const {
  const auto& s = *state_;
  // No clear(): what stays as long as before is not filled anew.
  block.key_columns = 0;
  block.keys.clear();
  block.key_offsets.clear();
  block.key_hashes.clear();
  block.lines.clear();
  s.begin(piece, block);
  if (s.is_float32) {
    block.x.clear();
    block.y.clear();
    s.y.read(piece.first_, piece.count_, piece.y_, block.y32);
    if (s.shared_x)
      block.x32 = s.x32_values;
    else
      s.x.read(piece.first_, piece.count_, piece.x_, block.x32);
  } else {
    block.x32.clear();
    block.y32.clear();
    s.y.read(piece.first_, piece.count_, piece.y_, block.y);
    if (s.shared_x)
      block.x = s.x_values;
    else
      s.x.read(piece.first_, piece.count_, piece.x_, block.x);
  }
}

std::string NpyCurves::x_index(std::size_t curve, std::size_t point) const {
  if (state_->shared_x) return "index " + std::to_string(point);
  return "index (" + std::to_string(curve) + ", " + std::to_string(point) + ")";
}

}  // namespace ogive::io
