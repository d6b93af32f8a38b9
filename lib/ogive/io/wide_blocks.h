// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Wide tables larger than memory: a curve in each column, with the values of x in one of them.
///
/// A file that can be read at any place is read in strips of columns, with a place kept for each row; a pipe or a compressed file
/// is kept in memory whole. Curves come in the order of the columns. The dialect is that of table.h.
///
/// @code
///   ogive::io::WideBlocks blocks(ogive::io::ByteSource("wells.csv"));
///   ogive::io::WidePiece piece;
///   ogive::io::CurveBlock block;
///   while (blocks.next(piece)) {
///     blocks.parse(piece, block);  // shared_x is set; a curve's key is the name of its column, or its number where it has none
///     for (std::size_t i = 0; i < block.size(); ++i) use(block.y_of(i));
///   }
/// @endcode

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ogive/io/byte_source.h"
#include "ogive/io/curve_block.h"
#include "ogive/io/table.h"

namespace ogive::io {

/// A strip of columns of a wide table. It is meant to be filled again and again.
class WidePiece {
 public:
  std::uint64_t position() const { return position_; }  ///< bytes of the file read so far, for progress

 private:
  friend class WideBlocks;
  std::size_t first_ = 0;  // number of its first column in the file
  std::size_t columns_ = 0;
  std::vector<char> bytes_;            // the cells of the strip, row after row
  std::vector<std::size_t> begins_;    // of each row in bytes_, one more than there are rows
  std::vector<std::uint64_t> places_;  // of each row's first byte in the file
  std::uint64_t position_ = 0;
};

/// How wide tables are cut.
struct WideOptions {
  ReadOptions read;                          ///< delimiter and header, where they are not to be found out
  std::optional<std::string> x;              ///< name or number of the column of x; the first where not given
  std::size_t piece = std::size_t{1} << 20;  ///< bytes of a strip, about
};

/// One wide table.
class WideBlocks {
 public:
  /// Finds the rows, and reads x and the names.
  /// @throws FileError; InputError where this is no table, a row is ragged, there is no column but x, or x holds what is neither a
  /// number nor missing
  explicit WideBlocks(ByteSource source, const WideOptions& options = {});
  WideBlocks(WideBlocks&&) noexcept;  ///< leaves the other one empty
  ~WideBlocks();

  std::size_t curves() const;                      ///< columns but x
  const std::vector<double>& x() const;            ///< one a row; NaN where missing
  const std::string& x_name() const;               ///< of the column; its number where it has no name
  std::optional<std::uint64_t> file_size() const;  ///< in bytes, as stored; nothing for a pipe

  /// The cell of x in that row (from 0), for messages about its value.
  struct Cell {
    Place place;       ///< where it stands
    std::string text;  ///< without blanks or quotes around it
  };
  Cell x_cell(std::size_t row) const;  ///< likewise

  /// Cuts off the next strip. @return false at the end. @throws FileError, InputError
  bool next(WidePiece& piece);

  /// Reads the curves of a strip. May be called by several threads at once.
  /// @throws InputError where a cell is neither a number nor missing
  void parse(const WidePiece& piece, CurveBlock& block) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace ogive::io
