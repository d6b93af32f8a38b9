// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// IDX files in: the format of MNIST, Fashion-MNIST and their kin, gzipped or not.
///
///     byte 0, 1   0
///     byte 2      the type of the numbers, see IdxType
///     byte 3      the number of dimensions, n
///     4 ... 3+4n  the dimensions, 32-bit big-endian; the first one counts the items
///     then        the numbers, big-endian, the last dimension fastest
///
/// An item (an image, say) is contiguous, so the numbers of consecutive items, as they stand, are a matrix with one item a column.
///
/// @code
///   const auto images = ogive::io::read_idx("train-images-idx3-ubyte.gz");  // dimensions() is {60000, 28, 28}
///   std::vector<float> pixels(100 * images.item_size());
///   images.copy(0, std::span<float>(pixels));                               // the first 100 images
/// @endcode

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ogive::io {

/// The types of numbers, by the code that stands in the file.
enum class IdxType : unsigned char {
  uint8 = 0x08,
  int8 = 0x09,
  int16 = 0x0B,
  int32 = 0x0C,
  float32 = 0x0D,
  float64 = 0x0E,
};

/// "uint8", ...
std::string_view to_string(IdxType type);

/// One file. The numbers stay as they are in the file until they are asked for.
class Idx {
 public:
  const std::string& source() const { return source_; }                       ///< the file as the user named it
  IdxType type() const { return type_; }                                      ///< of the numbers
  const std::vector<std::size_t>& dimensions() const { return dimensions_; }  ///< as many as the file has; at least one
  std::size_t items() const { return dimensions_[0]; }                        ///< the first dimension
  std::size_t item_size() const { return item_size_; }                        ///< numbers in an item: the product of the others
  std::size_t size() const { return items() * item_size_; }                   ///< numbers in all

  /// Number i < size(), exactly: no type of the format holds more than a double.
  double operator[](std::size_t i) const;

  /// Where number i stands in the (unpacked) file, for messages.
  std::size_t byte_of(std::size_t i) const;

  /// The numbers from the beginning of item `first` on, as many as `target` has; float64 ones are rounded to float.
  /// Requires first * item_size() + target.size() <= size().
  void copy(std::size_t first, std::span<float> target) const;
  void copy(std::size_t first, std::span<double> target) const;  ///< likewise, exactly

 private:
  friend Idx parse_idx(std::string bytes, const std::string& source);

  std::string source_;
  std::string bytes_;
  std::vector<std::size_t> dimensions_;
  std::size_t item_size_ = 1;
  IdxType type_ = IdxType::uint8;
};

/// Reads a file; gzip is recognised by its first bytes, "-" is standard input.
/// @throws FileError where it cannot be read; InputError, which names the byte, where it is no IDX file, or is shorter or longer
/// than its dimensions say
Idx read_idx(const std::string& path);

/// The same from bytes in memory; `source` is the name that errors use.
Idx parse_idx(std::string bytes, const std::string& source);

/// Whether bytes begin as an IDX file does: two zeros, a known type, at least one dimension. A text table never does.
bool looks_like_idx(std::string_view bytes);

}  // namespace ogive::io
