// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The input as a stream of blocks of curves, whatever kind of file it is: a long table, a wide one, .npy.

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "ogive/base/errors.h"
#include "ogive/io/byte_source.h"
#include "ogive/io/long_blocks.h"
#include "ogive/io/npy.h"
#include "ogive/io/wide_blocks.h"
#include "tools/ogive-fit/arguments.h"

namespace ogive::tools {

/// The bytes of a block, before they are read. It is used again and again.
using Piece = std::variant<io::TextPiece, io::WidePiece, io::NpyPiece>;

/// A long table whose curves do not stand together: what the single engine can read and a stream cannot.
class ScatteredCurves : public InputError {
 public:
  using InputError::InputError;
  explicit ScatteredCurves(const InputError& error) : InputError(error) {}
};

class CurveStream {
 public:
  /// @throws FileError, InputError, UsageError
  CurveStream(io::ByteSource source, const Arguments& arguments);

  const std::vector<std::string>& key_columns() const { return key_columns_; }
  bool numbered() const { return std::holds_alternative<io::NpyCurves>(blocks_); }  ///< the key is the curve's number
  std::size_t longest_key() const { return longest_key_; }                          ///< of the first curves
  std::size_t curves() const;                                                       ///< 0: not known yet

  /// The three steps: in order, by any thread, in order. @throws FileError, InputError; the last one ScatteredCurves
  /// @{
  bool next(Piece& piece);
  void parse(const Piece& piece, io::CurveBlock& block) const;
  void admit(io::CurveBlock& block);
  /// @}

  /// The share of the input that has been taken when this piece is done; 0 where nobody knows.
  double share(const Piece& piece) const;

 private:
  using Blocks = std::variant<io::LongBlocks, io::WideBlocks, io::NpyCurves>;
  static Blocks open(io::ByteSource source, const Arguments& arguments);
  void take_logarithms(const Piece& piece, io::CurveBlock& block) const;
  [[noreturn]] void refuse_dose(const Piece& piece, const io::CurveBlock& block, std::size_t point, double x) const;

  const Arguments& arguments_;
  std::string name_;
  std::string x_name_;
  std::size_t longest_key_ = 0;
  Blocks blocks_;
  std::vector<std::string> key_columns_;
};

}  // namespace ogive::tools
