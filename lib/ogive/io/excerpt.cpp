// SPDX-License-Identifier: MIT
#include "ogive/io/excerpt.h"

#include <array>
#include <cstdio>

#include "ogive/io/utf8.h"

namespace ogive::io {
namespace {

std::string escaped(const char* format, unsigned value) {
  std::array<char, 16> buffer{};
  std::snprintf(buffer.data(), buffer.size(), format, value);
  return buffer.data();
}

std::string shown(CodePoint c, std::string_view bytes) {
  if (!c.valid) return escaped("\\x%02x", static_cast<unsigned>(c.value));
  switch (c.value) {
    case U'\n':
      return "\\n";
    case U'\r':
      return "\\r";
    case U'\t':
      return "\\t";
    case U'\\':
      return "\\\\";
    default:
      break;
  }
  if (is_printable(c.value)) return std::string(bytes);
  return escaped(c.value < 0x80 ? "\\x%02x" : "\\u%04x", static_cast<unsigned>(c.value));
}

}  // namespace

std::string excerpt(std::string_view text) {
  std::string result = "'";
  for (std::size_t count = 0; !text.empty(); ++count) {
    if (count == excerpt_limit) return result + "...'";
    const auto next = first_code_point(text);
    result += shown(next, text.substr(0, next.size));
    text.remove_prefix(next.size);
  }
  return result + "'";
}

}  // namespace ogive::io
