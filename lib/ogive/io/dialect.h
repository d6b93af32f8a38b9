// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Which delimiter a text uses and whether its first row holds names, told from its first rows.
///
/// @code
///   ogive::io::sniff_delimiter("dose;response\n1,5;2,5\n");  // ';'
/// @endcode

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ogive::io {

/// At most this many rows are looked at.
inline constexpr std::size_t sniffed_rows = 100;

/// ',', '\\t' or ';': the one under which most rows have as many cells as the first, and at least two; where that does not decide,
/// the one under which the largest share of cells are numbers; then tab before semicolon before comma. ',' where no row has two
/// cells.
char sniff_delimiter(std::string_view text);

/// Whether the first of `rows` (rows of cells) holds names.
///
/// A word is a cell that is neither a number nor missing and does not look like a number gone wrong ("1.O", "inf", "1e400",
/// "1,000"), so that a typing error in the first row of a file without header is reported, not taken for a name. A first row of
/// words without a number is a header. One with both is a header if the words come first (dose,1,2,3: a wide table) and one of them
/// stands above a column with no more words than numbers; so A,1,2 above B,3,4 is data with a key, and 1,oops,3 is data with an
/// error.
bool sniff_header(const std::vector<std::vector<std::string_view>>& rows, char decimal_sign);

/// Whether a one-column row is really several numbers with blanks between them.
bool is_blank_separated(std::string_view row);

/// Whether the cell is a number with a decimal comma, for example 3,5.
bool has_decimal_comma(std::string_view cell);

}  // namespace ogive::io
