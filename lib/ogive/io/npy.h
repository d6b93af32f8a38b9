// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// NumPy's .npy files: matrices of curves in, tables of results out.
///
///     bytes 0 ... 5   0x93 "NUMPY"
///     byte 6, 7       version: 1.0, 2.0 or 3.0
///     then            the length of the header, 16 bits (version 1) or 32, little-endian
///     then            the header: {'descr': '<f8', 'fortran_order': False, 'shape': (1000, 20), }
///     then            the numbers, the last dimension fastest
///
/// (NumPy enhancement proposal 1, and numpy.lib.format.) Read are float64 and float32 of either byte order; Fortran order is
/// refused with a remedy, as are other types. A NaN is a missing point.
///
/// @code
///   // y.npy holds N x n numbers, x.npy n (shared by all curves) or N x n.
///   ogive::io::NpyCurves curves(ogive::io::ByteSource("x.npy"), ogive::io::ByteSource("y.npy"));
///   ogive::io::NpyPiece piece;
///   ogive::io::CurveBlock block;
///   while (curves.next(piece)) {
///     curves.parse(piece, block);
///     for (std::size_t i = 0; i < block.size(); ++i) use(block.y_of(i));  // of curve block.first + i
///   }
/// @endcode

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ogive/io/byte_source.h"
#include "ogive/io/curve_block.h"

namespace ogive::io {

/// The numbers of a .npy file that can be read.
enum class NpyType { float32, float64 };

/// What stands at the beginning of a .npy file.
struct NpyHeader {
  NpyType type = NpyType::float64;  ///< of the numbers
  bool big_endian = false;          ///< their byte order
  std::vector<std::size_t> shape;   ///< the dimensions; the last one is the fastest
  std::size_t data_offset = 0;      ///< where the numbers begin

  std::size_t item_bytes() const { return type == NpyType::float32 ? 4 : 8; }  ///< of one number
};

/// Whether bytes begin as a .npy file does. A text table never does.
bool looks_like_npy(std::string_view bytes);

/// Reads the header and moves on to the numbers.
/// @throws FileError; InputError, one line with a remedy where there is one, for anything but a matrix of floats in C order
NpyHeader read_npy_header(ByteSource& source);

/// Some curves of .npy files. It is meant to be filled again and again.
class NpyPiece {
 public:
  std::uint64_t position() const { return position_; }  ///< bytes of y's file up to its end, for progress

 private:
  friend class NpyCurves;
  std::size_t first_ = 0;
  std::size_t count_ = 0;
  std::vector<char> x_;  // bytes as in the file, where it cannot be read at any place
  std::vector<char> y_;
  std::uint64_t position_ = 0;
};

/// Curves from two .npy files. Points are float32 where both files are; float64 otherwise, exactly.
class NpyCurves {
 public:
  /// @param x      n numbers (shape (n,)), or as many as y and of its shape
  /// @param y      shape (N, n), or (n,): one curve
  /// @param bytes   of y in a piece, about
  /// @param curves  in a piece, at most
  /// @throws FileError; InputError for a file that cannot be used, or is shorter than its header says, or longer
  NpyCurves(ByteSource x, ByteSource y, std::size_t bytes = std::size_t{1} << 20, std::size_t curves = SIZE_MAX);
  NpyCurves(NpyCurves&&) noexcept;  ///< leaves the other one empty
  ~NpyCurves();

  std::size_t curves() const;                      ///< N
  std::size_t points() const;                      ///< n
  bool shared_x() const;                           ///< x is one vector
  bool is_float32() const;                         ///< of both files
  std::optional<std::uint64_t> file_size() const;  ///< of y

  /// Takes the next curves. @return false at the end. @throws FileError, InputError where a pipe ends too early or goes on too long
  bool next(NpyPiece& piece);

  /// Reads the curves of a piece. May be called by several threads at once. @throws FileError, InputError
  void parse(const NpyPiece& piece, CurveBlock& block) const;

  /// "index (17, 3)": where point `point` of curve `curve` of x stands, for messages; "index 3" where x is shared.
  std::string x_index(std::size_t curve, std::size_t point) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The header of a matrix file. @param shape  one dimension or more
std::string npy_header(NpyType type, const std::vector<std::size_t>& shape);

/// One named field of a record.
struct NpyField {
  /// What a field holds.
  enum class Type {
    float64,  ///< '<f8'
    float32,  ///< '<f4'
    uint8,    ///< '|u1'
    uint32,   ///< '<u4'
    uint64,   ///< '<u8'
    text,     ///< '|S' and the size: bytes, filled up with NUL
  };
  std::string name;           ///< in UTF-8; no two fields have the same
  Type type = Type::float64;  ///< see there
  std::size_t size = 0;       ///< bytes of a text; of no meaning otherwise
};

/// Records of named fields (a structured dtype without padding), to be read by numpy.load(...)["rss"].
///
/// @code
///   const ogive::io::NpyRecords records({{"x0"}, {"n", ogive::io::NpyField::Type::uint32}});
///   std::string file = records.header(2);
///   ogive::io::NpyWriter row(records, file);
///   row.cell(1.5).cell(std::uint32_t{20}).end_row();
///   row.cell(2.5).cell(std::uint32_t{19}).end_row();
/// @endcode
class NpyRecords {
 public:
  /// @throws InputError for a field without a name, or two of the same
  explicit NpyRecords(std::vector<NpyField> fields);

  const std::vector<NpyField>& fields() const { return fields_; }  ///< in the order of a record
  std::size_t row_bytes() const { return row_bytes_; }             ///< of one record

  /// The beginning of the file. Its length does not depend on `rows`: where the number is known only at the end, the header can be
  /// written over (OutputFile::write_at()).
  std::string header(std::uint64_t rows) const;

 private:
  std::vector<NpyField> fields_;
  std::size_t row_bytes_ = 0;
};

/// Appends records to a buffer, cell by cell. A cell's type must be that of its field (asserted).
class NpyWriter {
 public:
  /// Both must outlive this.
  NpyWriter(const NpyRecords& records, std::string& bytes) : records_(records), bytes_(bytes) {}

  /// The next cell of a record.
  /// @{
  NpyWriter& cell(double value);
  NpyWriter& cell(float value);
  NpyWriter& cell(std::uint8_t value);
  NpyWriter& cell(std::uint32_t value);
  NpyWriter& cell(std::uint64_t value);
  /// @}
  NpyWriter& cell(std::string_view text);  ///< @throws InputError where it is longer than the field
  void end_row();                          ///< all fields must be there (asserted)

 private:
  void append(NpyField::Type type, const void* data, std::size_t size);

  const NpyRecords& records_;
  std::string& bytes_;
  std::size_t field_ = 0;
};

}  // namespace ogive::io
