// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Some curves of a stream of many, in flat arrays: what LongBlocks, WideBlocks and NpyCurves read, and what an engine that fits
/// many curves takes as it stands.
///
///     curve i of the block is curve first + i of the stream; its points are offsets[i] ... offsets[i + 1] - 1 of y
///     x       as many as y, or one vector for all curves where shared_x is set
///     float   where the input is float32, x32 and y32 are used and x and y are empty
///
/// A missing point is still there, with a NaN in x or y (or both).
///
/// @code
///   ogive::io::CurveBlock block;  // filled by one of them
///   for (std::size_t i = 0; i < block.size(); ++i)
///     std::cout << block.key(i, 0) << ": " << block.points(i) << " points, the first at " << block.x_of(i)[0] << '\n';
/// @endcode

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ogive::io {

/// A block is meant to be filled again and again: clear() keeps its memory.
struct CurveBlock {
  std::size_t first = 0;  ///< number of its first curve in the stream, from 0; of long tables it is known after LongBlocks::admit()

  std::vector<double> x;    ///< float64 input
  std::vector<double> y;    ///< float64 input
  std::vector<float> x32;   ///< float32 input
  std::vector<float> y32;   ///< float32 input
  bool is_float32 = false;  ///< x32 and y32 hold the points
  bool shared_x = false;    ///< x holds the one vector of all curves, which are then of equal length

  std::vector<std::size_t> offsets;  ///< one more than there are curves, from 0

  std::size_t key_columns = 0;           ///< cells in a key; 0: a curve has no key but its number
  std::string keys;                      ///< all key cells, one after the other
  std::vector<std::size_t> key_offsets;  ///< one more than size() * key_columns, from 0

  std::vector<std::uint64_t> key_hashes;  ///< one a curve, of long tables: what LongBlocks::admit() looks up
  bool keys_rise = false;                 ///< likewise: each key comes after the one before it (compare_keys())
  std::vector<std::size_t> lines;         ///< one a curve, of long tables: the line of its first row

  std::size_t size() const { return offsets.empty() ? 0 : offsets.size() - 1; }                ///< curves
  std::size_t points(std::size_t curve) const { return offsets[curve + 1] - offsets[curve]; }  ///< missing ones included
  std::size_t points() const { return offsets.empty() ? 0 : offsets.back(); }                  ///< of all curves
  std::size_t x_begin(std::size_t curve) const { return shared_x ? 0 : offsets[curve]; }       ///< index of its first x

  /// The points of a curve; of float64 and of float32 input.
  /// @{
  std::span<const double> x_of(std::size_t curve) const { return {x.data() + x_begin(curve), points(curve)}; }
  std::span<const double> y_of(std::size_t curve) const { return {y.data() + offsets[curve], points(curve)}; }
  std::span<const float> x32_of(std::size_t curve) const { return {x32.data() + x_begin(curve), points(curve)}; }
  std::span<const float> y32_of(std::size_t curve) const { return {y32.data() + offsets[curve], points(curve)}; }
  /// @}

  /// One cell of a curve's key, without the blanks or quotes around it.
  std::string_view key(std::size_t curve, std::size_t column) const {
    const std::size_t i = curve * key_columns + column;
    return std::string_view(keys).substr(key_offsets[i], key_offsets[i + 1] - key_offsets[i]);
  }

  /// Nothing in it, all memory of its own kept.
  void clear();
};

}  // namespace ogive::io
