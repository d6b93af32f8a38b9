// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Long tables larger than memory: curves in blocks, as fast as the processors can read numbers.
///
/// A long table has one point a row, and key columns that say to which curve it belongs. The text is cut, cheaply and in order,
/// into pieces that hold whole curves (next()); pieces become blocks of curves in any order, on any thread (parse()); and each
/// block, in order again, is admitted to the stream (admit()), which numbers its curves and refuses a key that was there before.
///
/// What counts as what (delimiter, header, quotes, comments, missing cells, decimal comma, gzip) is as in table.h, found from the
/// first rows; and an error reads as there. Three things differ, as the file is seen only once:
///
///   - The rows of a curve must stand together. A key that comes back later is an InputError.
///   - In a file with ';' between the cells, the decimal sign is that of the first piece.
///   - An error late in the file shows when the stream gets there.
///
/// @code
///   ogive::io::LongBlocks blocks(ogive::io::ByteSource("plates.csv"));
///   blocks.select({blocks.head().column("plate")}, blocks.head().column("dose"), blocks.head().column("response"));
///   ogive::io::TextPiece piece;
///   ogive::io::CurveBlock block;
///   while (blocks.next(piece)) {
///     blocks.parse(piece, block);
///     blocks.admit(block);
///     for (std::size_t i = 0; i < block.size(); ++i) use(block.y_of(i));  // and block.key(i, 0), block.x_of(i)
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
#include "ogive/io/table.h"

namespace ogive::io {

/// A piece of a long table that holds whole curves. It is meant to be filled again and again.
class TextPiece {
 public:
  std::string_view text() const { return {bytes_.data(), size_}; }  ///< whole rows
  std::size_t line() const { return line_; }                        ///< of the file, at which the text begins, from 1
  std::uint64_t position() const { return position_; }              ///< bytes of the file read so far, for progress

 private:
  friend class LongBlocks;
  std::vector<char> bytes_;  // longer than the text: a few bytes behind it may be read
  std::size_t size_ = 0;
  std::size_t line_ = 1;
  std::size_t lines_ = 0;          // line ends in it
  std::size_t previous_line_ = 0;  // of the row before it; 0: there is none
  std::uint64_t position_ = 0;
};

/// How long tables are cut.
struct LongOptions {
  ReadOptions read;                          ///< delimiter and header, where they are not to be found out
  std::size_t piece = std::size_t{1} << 20;  ///< bytes of a piece, about; a longer curve makes a longer piece
};

/// One long table.
class LongBlocks {
 public:
  /// Reads the beginning, to learn how the table is written.
  /// @throws FileError, or InputError where the beginning is no table
  explicit LongBlocks(ByteSource source, const LongOptions& options = {});
  LongBlocks(LongBlocks&&) noexcept;  ///< leaves the other one empty
  ~LongBlocks();

  /// The first rows (100 at least, where there are as many) as a table: for its names, and to choose columns by.
  const Table& head() const;

  /// The size of the file in bytes, as stored; nothing for a pipe.
  std::optional<std::uint64_t> file_size() const;

  /// Which columns hold the key (in this order), x and y; numbers in head(). Without a key column the table is one curve, and one
  /// piece. Must be called once, before next().
  void select(std::vector<std::size_t> by, std::size_t x, std::size_t y);

  /// Cuts off the next piece. @return false at the end
  /// @throws FileError; InputError for a NUL byte or a quote that is never closed
  bool next(TextPiece& piece);

  /// Reads the curves of a piece into a block. Depends on nothing but the piece, and may be called by several threads at once.
  /// @throws InputError where a cell of x or y is neither a number nor missing, a row is ragged, or a quote is out of place
  void parse(const TextPiece& piece, CurveBlock& block) const;

  /// Numbers the curves of the next block, in the order of the pieces.
  ///
  /// 8 bytes of each key are kept (a hash; with ten million keys, the chance that two different ones are taken for the same is
  /// below 1e-5), in at most 24 bytes. While keys rise, as numbers or texts of one length do, none is looked up.
  /// @throws InputError that names the line, where a key was there before
  void admit(CurveBlock& block);

  /// A cell of the column x, for messages about its value.
  struct Cell {
    Place place;       ///< where it stands
    std::string text;  ///< without blanks or quotes around it
  };

  /// The cell of x that point `point` (its index in x) of the block made from this piece was read from. Slow.
  Cell x_cell(const TextPiece& piece, std::size_t point) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace ogive::io
