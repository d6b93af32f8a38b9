// SPDX-License-Identifier: MIT
#include "ogive/io/idx.h"

#include <bit>
#include <cassert>
#include <cstdint>
#include <limits>
#include <utility>

#include "ogive/base/errors.h"
#include "ogive/io/text_source.h"

namespace ogive::io {
namespace {

struct TypeEntry {
  IdxType type;
  std::string_view name;
  std::size_t bytes;
};

constexpr TypeEntry types[] = {{IdxType::uint8, "uint8", 1}, {IdxType::int8, "int8", 1},       {IdxType::int16, "int16", 2},
                               {IdxType::int32, "int32", 4}, {IdxType::float32, "float32", 4}, {IdxType::float64, "float64", 8}};

const TypeEntry* find_type(unsigned char code) {
  for (const auto& entry : types)
    if (static_cast<unsigned char>(entry.type) == code) return &entry;
  return nullptr;
}

const TypeEntry& entry_of(IdxType type) { return *find_type(static_cast<unsigned char>(type)); }

template <class Unsigned>
Unsigned big_endian(const char* bytes) {
  Unsigned value = 0;
  for (std::size_t i = 0; i < sizeof(Unsigned); ++i)
    value = static_cast<Unsigned>((static_cast<std::uint64_t>(value) << 8) | static_cast<unsigned char>(bytes[i]));
  return value;
}

double number_at(const char* bytes, IdxType type) {
  switch (type) {
    case IdxType::uint8:
      return static_cast<unsigned char>(*bytes);
    case IdxType::int8:
      return static_cast<std::int8_t>(*bytes);
    case IdxType::int16:
      return static_cast<std::int16_t>(big_endian<std::uint16_t>(bytes));
    case IdxType::int32:
      return static_cast<std::int32_t>(big_endian<std::uint32_t>(bytes));
    case IdxType::float32:
      return static_cast<double>(std::bit_cast<float>(big_endian<std::uint32_t>(bytes)));
    case IdxType::float64:
      break;
  }
  return std::bit_cast<double>(big_endian<std::uint64_t>(bytes));
}

std::size_t header_size(std::size_t dimensions) { return 4 + 4 * dimensions; }

[[noreturn]] void fail(const std::string& source, std::size_t byte, const std::string& what) {
  throw InputError({source}, "byte " + std::to_string(byte) + ": " + what);
}

// "60000 x 28 x 28 numbers of type uint8".
std::string shape_text(const std::vector<std::size_t>& dimensions, const TypeEntry& type) {
  std::string text;
  for (const auto dimension : dimensions) text += (text.empty() ? "" : " x ") + std::to_string(dimension);
  return text + " numbers of type " + std::string(type.name);
}

const TypeEntry& read_type(const std::string& bytes, const std::string& source) {
  if (bytes.size() < 4) fail(source, bytes.size(), "the file ends within the four bytes that begin an IDX file");
  if (bytes[0] != 0 || bytes[1] != 0) fail(source, 0, "this is not an IDX file: it does not begin with two zero bytes");
  const auto* type = find_type(static_cast<unsigned char>(bytes[2]));
  if (type == nullptr)
    fail(source, 2, "type " + std::to_string(static_cast<unsigned char>(bytes[2])) + " is not one of 8, 9, 11, 12, 13, 14");
  if (bytes[3] == 0) fail(source, 3, "the file has no dimensions");
  return *type;
}

template <class T>
void copy_numbers(const std::string& bytes, std::size_t byte, IdxType type, std::span<T> target) {
  if (type == IdxType::uint8) {  // nearly all files; 47 million numbers in one of them
    for (std::size_t i = 0; i < target.size(); ++i) target[i] = static_cast<T>(static_cast<unsigned char>(bytes[byte + i]));
    return;
  }
  const std::size_t step = entry_of(type).bytes;
  for (std::size_t i = 0; i < target.size(); ++i) target[i] = static_cast<T>(number_at(&bytes[byte + i * step], type));
}

}  // namespace

std::string_view to_string(IdxType type) { return entry_of(type).name; }

std::size_t Idx::byte_of(std::size_t i) const { return header_size(dimensions_.size()) + i * entry_of(type_).bytes; }

double Idx::operator[](std::size_t i) const {
  assert(i < size());
  return number_at(&bytes_[byte_of(i)], type_);
}

void Idx::copy(std::size_t first, std::span<float> target) const {
  assert(first * item_size_ + target.size() <= size());
  copy_numbers(bytes_, byte_of(first * item_size_), type_, target);
}

void Idx::copy(std::size_t first, std::span<double> target) const {
  assert(first * item_size_ + target.size() <= size());
  copy_numbers(bytes_, byte_of(first * item_size_), type_, target);
}

bool looks_like_idx(std::string_view bytes) {
  return bytes.size() >= 4 && bytes[0] == 0 && bytes[1] == 0 && find_type(static_cast<unsigned char>(bytes[2])) != nullptr &&
         bytes[3] != 0;
}

Idx parse_idx(std::string bytes, const std::string& source) {
  const TypeEntry& type = read_type(bytes, source);
  Idx idx;
  idx.source_ = source;
  idx.type_ = type.type;
  const std::size_t count = static_cast<unsigned char>(bytes[3]);
  const std::size_t begin = header_size(count);
  if (bytes.size() < begin) fail(source, bytes.size(), "the file ends within its " + std::to_string(count) + " dimensions");
  std::size_t size = type.bytes;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t dimension = big_endian<std::uint32_t>(&bytes[4 + 4 * i]);
    if (dimension == 0) fail(source, 4 + 4 * i, "dimension " + std::to_string(i + 1) + " is 0");
    if (size > std::numeric_limits<std::size_t>::max() / dimension)
      fail(source, 4 + 4 * i, "the dimensions multiply to more than any file can hold");
    size *= dimension;
    if (i > 0) idx.item_size_ *= dimension;
    idx.dimensions_.push_back(dimension);
  }
  const std::size_t there = bytes.size() - begin;
  if (there < size)
    fail(source, bytes.size(),
         "the file ends here, but " + shape_text(idx.dimensions_, type) + " need " + std::to_string(begin + size) +
             " bytes: it is truncated");
  if (there > size) fail(source, begin + size, shape_text(idx.dimensions_, type) + " end here, but the file goes on");
  idx.bytes_ = std::move(bytes);
  return idx;
}

Idx read_idx(const std::string& path) { return parse_idx(read_text(path), path == "-" ? "<stdin>" : path); }

}  // namespace ogive::io
