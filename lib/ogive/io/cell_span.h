// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Where the text of one cell lies: 8 bytes, as a table may have 1e8 cells.
///
/// @code
///   const ogive::io::CellSpan span{10, 3};  // the bytes 10, 11 and 12 of its row
///   use(span.size());
/// @endcode

#include <cstdint>

namespace ogive::io {

/// Offset and size in bytes, and whether the text is to be unescaped.
struct CellSpan {
  /// The bit of `packed` that is not part of the size.
  static constexpr std::uint32_t escaped_bit = std::uint32_t{1} << 31;

  std::uint32_t offset = 0;  ///< of the first byte (inside the quotes), counted from the start of the row
  std::uint32_t packed = 0;  ///< the size in bytes; the highest bit is set where "" stands for a quote

  /// The size in bytes, as written in the file.
  constexpr std::uint32_t size() const { return packed & ~escaped_bit; }
  /// Whether "" stands for a quote in it.
  constexpr bool escaped() const { return (packed & escaped_bit) != 0; }
};

}  // namespace ogive::io
