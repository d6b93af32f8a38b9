// SPDX-License-Identifier: MIT
#include "ogive/io/complaints.h"

#include <algorithm>
#include <array>

#include "ogive/io/dialect.h"
#include "ogive/io/excerpt.h"
#include "ogive/io/number.h"
#include "ogive/io/records.h"

namespace ogive::io {
namespace {

struct Signature {
  std::string_view bytes;
  const char* message;
};

/// The marks of files that people take for tables. They are long enough not to be the name of a column (PAR1 is a gene, too).
constexpr std::array<Signature, 9> signatures{{
    {"\xFF\xFE", "this is UTF-16: save it as UTF-8 (iconv -f UTF-16 -t UTF-8)"},
    {"\xFE\xFF", "this is UTF-16: save it as UTF-8 (iconv -f UTF-16 -t UTF-8)"},
    {"PK\x03\x04", "this is a spreadsheet or a zip archive: save the sheet as CSV"},
    {"\xD0\xCF\x11\xE0", "this is a spreadsheet: save the sheet as CSV"},
    {"\x1F\x8B", "this is gzip inside gzip: decompress it once (gzip -d)"},
    {"BZh91AY&SY", "this is compressed by bzip2: decompress it first (bzip2 -d)"},
    {"\xFD\x37zXZ", "this is compressed by xz: decompress it first (xz -d)"},
    {"\x28\xB5\x2F\xFD", "this is compressed by zstd: decompress it first (zstd -d)"},
    {"PAR1\x15", "this is a Parquet file: export it as CSV"},
}};

std::string cells_of(std::size_t count) { return std::to_string(count) + (count == 1 ? " cell" : " cells"); }

}  // namespace

InputError not_a_number(std::string_view cell, const Place& place, char delimiter, const std::optional<DecimalComma>& comma,
                        const std::string& column) {
  std::string message = excerpt(cell) + ' ';
  if (comma && parse_number(cell, '.').status == NumberStatus::ok) {
    message += "has a decimal point, but " + excerpt(comma->cell) + " at " + std::to_string(comma->place.line) + ':' +
               std::to_string(comma->place.column) + " a decimal comma: use one of them in the whole file";
  } else {
    message += explain(parse_number(cell, comma ? ',' : '.').status);
    if (delimiter != ';' && has_decimal_comma(cell)) message += "; a decimal comma needs ';' between the cells";
  }
  return {place, message + " (column " + column + ")"};
}

InputError ragged_row(std::string_view text, RowStart row, std::span<const CellSpan> cells, RowBefore before,
                      const std::string& source) {
  // A surplus cell has a place; one that is not there has none but its row's.
  Place place{source, row.line, 0};
  std::string message = "this row has " + cells_of(cells.size()) + ", the row before it (line " + std::to_string(before.line) +
                        ") has " + std::to_string(before.cells);
  if (cells.size() > before.cells) {
    auto position = row.offset + cells[before.cells].offset;
    if (text[position - 1] == '"') --position;
    place = place_in(text, row.offset, row.line, position, source);
    if (cells.size() == before.cells + 1 && cells.back().packed == 0) message += ": is the delimiter at its end one too many?";
  }
  return {place, message};
}

void refuse_what_is_no_text(std::string_view text, const std::string& source) {
  if (text.empty()) throw InputError({source, 0, 0}, "the file is empty");
  for (const auto& signature : signatures)
    if (text.starts_with(signature.bytes)) throw InputError({source, 0, 0}, signature.message);
  const auto nul = text.find('\0');
  if (nul == std::string_view::npos) return;
  // In UTF-16 without a mark, every other byte of plain English is NUL.
  const auto head = text.substr(0, 64);
  const auto nuls = static_cast<std::size_t>(std::count(head.begin(), head.end(), '\0'));
  const bool utf16 = head.size() >= 4 && nuls * 5 >= head.size() * 2 && nuls * 5 <= head.size() * 3;
  if (!utf16) throw nul_byte(place_in(text, 0, 1, nul, source));
  const std::string name = nul % 2 == 1 ? "UTF-16LE" : "UTF-16BE";
  throw InputError({source, 0, 0}, "this looks like UTF-16: save it as UTF-8 (iconv -f " + name + " -t UTF-8)");
}

InputError nul_byte(const Place& place) { return {place, "a NUL byte: this is a binary file, not a table in text"}; }

}  // namespace ogive::io
