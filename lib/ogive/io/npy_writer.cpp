// SPDX-License-Identifier: MIT
#include <algorithm>
#include <bit>
#include <cassert>
#include <cstring>
#include <utility>

#include "ogive/base/errors.h"
#include "ogive/io/excerpt.h"
#include "ogive/io/npy.h"
#include "ogive/io/utf8.h"

namespace ogive::io {
namespace {

static_assert(std::endian::native == std::endian::little, "numbers are written as they stand in memory");

/// The preamble, the dictionary and blanks, so that the numbers begin at a multiple of 64.
std::string with_preamble(const std::string& dictionary, bool is_ascii) {
  constexpr std::size_t alignment = 64, short_preamble = 10, long_preamble = 12, most_short = 65535;
  const auto padded = [&](std::size_t preamble) {
    const auto size = preamble + dictionary.size() + 1;
    return (size + alignment - 1) / alignment * alignment - preamble;
  };
  const bool is_short = is_ascii && padded(short_preamble) <= most_short;
  const auto size = padded(is_short ? short_preamble : long_preamble);
  std::string header = "\x93NUMPY";
  header += is_short ? '\1' : is_ascii ? '\2' : '\3';
  header += '\0';
  for (std::size_t i = 0; i < (is_short ? 2u : 4u); ++i) header += static_cast<char>(size >> (8 * i) & 0xFF);
  header += dictionary;
  header.append(size - dictionary.size() - 1, ' ');
  return header + '\n';
}

std::string type_text(const NpyField& field) {
  switch (field.type) {
    case NpyField::Type::float64:
      return "<f8";
    case NpyField::Type::float32:
      return "<f4";
    case NpyField::Type::uint8:
      return "|u1";
    case NpyField::Type::uint32:
      return "<u4";
    case NpyField::Type::uint64:
      return "<u8";
    case NpyField::Type::text:
      break;
  }
  return "|S" + std::to_string(field.size);
}

std::size_t bytes_of(const NpyField& field) {
  switch (field.type) {
    case NpyField::Type::float64:
    case NpyField::Type::uint64:
      return 8;
    case NpyField::Type::float32:
    case NpyField::Type::uint32:
      return 4;
    case NpyField::Type::uint8:
      return 1;
    case NpyField::Type::text:
      break;
  }
  return field.size;
}

/// As a literal of Python.
std::string literal(std::string_view text) {
  constexpr std::string_view hexadecimal = "0123456789abcdef";
  std::string result = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') result += '\\';
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F)
      result += std::string("\\x") + hexadecimal[byte / 16] + hexadecimal[byte % 16];
    else
      result += c;
  }
  return result + "'";
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const auto next = first_code_point(text);
    if (!next.valid) return false;
    text.remove_prefix(next.size);
  }
  return true;
}

}  // namespace

std::string npy_header(NpyType type, const std::vector<std::size_t>& shape) {
  std::string text =
      std::string("{'descr': '") + (type == NpyType::float32 ? "<f4" : "<f8") + "', 'fortran_order': False, 'shape': (";
  for (std::size_t i = 0; i < shape.size(); ++i) text += (i == 0 ? "" : ", ") + std::to_string(shape[i]);
  return with_preamble(text + (shape.size() == 1 ? ",), }" : "), }"), true);
}

NpyRecords::NpyRecords(std::vector<NpyField> fields) : fields_(std::move(fields)) {
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    const auto& name = fields_[i].name;
    if (name.empty()) throw InputError({}, "field " + std::to_string(i + 1) + " of the .npy file would have no name");
    if (!is_utf8(name)) throw InputError({}, "the name " + excerpt(name) + " of a field of the .npy file is not UTF-8");
    for (std::size_t before = 0; before < i; ++before)
      if (fields_[before].name == name) throw InputError({}, "two fields of the .npy file would be called " + excerpt(name));
    row_bytes_ += bytes_of(fields_[i]);
  }
}

std::string NpyRecords::header(std::uint64_t rows) const {
  constexpr std::size_t most_digits = 20;
  std::string text = "{'descr': [";
  for (const auto& field : fields_) text += "(" + literal(field.name) + ", '" + type_text(field) + "'), ";
  const auto count = std::to_string(rows);
  text += "], 'fortran_order': False, 'shape': (" + count + ",), }" + std::string(most_digits - count.size(), ' ');
  return with_preamble(text, is_ascii(text));
}

void NpyWriter::append([[maybe_unused]] NpyField::Type type, const void* data, std::size_t size) {
  assert(field_ < records_.fields().size() && records_.fields()[field_].type == type);
  bytes_.append(static_cast<const char*>(data), size);
  ++field_;
}

NpyWriter& NpyWriter::cell(double value) {
  append(NpyField::Type::float64, &value, sizeof value);
  return *this;
}

NpyWriter& NpyWriter::cell(float value) {
  append(NpyField::Type::float32, &value, sizeof value);
  return *this;
}

NpyWriter& NpyWriter::cell(std::uint8_t value) {
  append(NpyField::Type::uint8, &value, sizeof value);
  return *this;
}

NpyWriter& NpyWriter::cell(std::uint32_t value) {
  append(NpyField::Type::uint32, &value, sizeof value);
  return *this;
}

NpyWriter& NpyWriter::cell(std::uint64_t value) {
  append(NpyField::Type::uint64, &value, sizeof value);
  return *this;
}

NpyWriter& NpyWriter::cell(std::string_view text) {
  const auto& field = records_.fields()[field_];
  if (text.size() > field.size)
    throw InputError({}, excerpt(text) + " has " + std::to_string(text.size()) + " bytes, the field " + excerpt(field.name) +
                             " of the .npy file only " + std::to_string(field.size));
  append(NpyField::Type::text, text.data(), text.size());
  bytes_.append(field.size - text.size(), '\0');
  return *this;
}

void NpyWriter::end_row() {
  assert(field_ == records_.fields().size());
  field_ = 0;
}

}  // namespace ogive::io
