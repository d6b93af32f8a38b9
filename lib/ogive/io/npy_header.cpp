// SPDX-License-Identifier: MIT
// The header of a .npy file: the literal of a Python dictionary, read and written.
#include <array>
#include <charconv>
#include <cstring>
#include <optional>

#include "ogive/base/errors.h"
#include "ogive/io/excerpt.h"
#include "ogive/io/npy.h"

namespace ogive::io {
namespace {

constexpr std::string_view magic = "\x93NUMPY";
constexpr std::size_t largest_header = std::size_t{1} << 20;

/// Reads the dictionary.
class HeaderText {
 public:
  HeaderText(std::string_view text, const std::string& source) : rest_(text), source_(source) {}

  NpyHeader read() {
    NpyHeader header;
    bool has_type = false, has_order = false, has_shape = false;
    expect('{');
    while (!taken('}')) {
      const auto key = quoted();
      expect(':');
      if (key == "descr") {
        read_type(header);
        has_type = true;
      } else if (key == "fortran_order") {
        read_order();
        has_order = true;
      } else if (key == "shape") {
        read_shape(header);
        has_shape = true;
      } else {
        fail("the header has an unknown key " + excerpt(key));
      }
      if (!taken(',')) {
        expect('}');
        break;
      }
    }
    if (!has_type || !has_order || !has_shape) fail("the header lacks one of 'descr', 'fortran_order' and 'shape'");
    // Only where there is more than one dimension does the order matter.
    std::size_t long_dimensions = 0;
    for (const auto size : header.shape)
      if (size > 1) ++long_dimensions;
    if (fortran_order_ && long_dimensions > 1)
      fail("the matrix is in Fortran order: save it in C order (numpy.save(file, numpy.ascontiguousarray(y)))");
    return header;
  }

 private:
  [[noreturn]] void fail(const std::string& message) const { throw InputError({source_, 0, 0}, message); }
  [[noreturn]] void fail_grammar() const { fail("the header of the .npy file cannot be read at " + excerpt(rest_)); }

  void skip_blanks() {
    while (!rest_.empty() && (rest_.front() == ' ' || rest_.front() == '\n' || rest_.front() == '\t')) rest_.remove_prefix(1);
  }

  bool taken(char c) {
    skip_blanks();
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  void expect(char c) {
    if (!taken(c)) fail_grammar();
  }

  std::string_view quoted() {
    skip_blanks();
    if (rest_.empty() || (rest_.front() != '\'' && rest_.front() != '"')) fail_grammar();
    const auto end = rest_.find(rest_.front(), 1);
    if (end == std::string_view::npos) fail_grammar();
    const auto text = rest_.substr(1, end - 1);
    rest_.remove_prefix(end + 1);
    return text;
  }

  void read_type(NpyHeader& header) {
    skip_blanks();
    if (!rest_.empty() && rest_.front() == '[')
      fail("the file holds records of named fields: save one matrix of floats (numpy.save(file, table['y']))");
    const auto type = quoted();
    const bool known_order = !type.empty() && (type[0] == '<' || type[0] == '>' || type[0] == '=');
    if (!known_order || (type.substr(1) != "f8" && type.substr(1) != "f4"))
      fail("the numbers are of type " + excerpt(type) +
           ": save them as float64 or float32 (numpy.save(file, y.astype('float64')))");
    header.type = type.substr(1) == "f4" ? NpyType::float32 : NpyType::float64;
    header.big_endian = type[0] == '>';
  }

  void read_order() {
    skip_blanks();
    const bool is_true = rest_.starts_with("True");
    if (!is_true && !rest_.starts_with("False")) fail_grammar();
    rest_.remove_prefix(is_true ? 4 : 5);
    fortran_order_ = is_true;
  }

  void read_shape(NpyHeader& header) {
    expect('(');
    while (!taken(')')) {
      skip_blanks();
      std::size_t size = 0;
      const auto result = std::from_chars(rest_.data(), rest_.data() + rest_.size(), size);
      if (result.ec != std::errc()) fail_grammar();
      rest_.remove_prefix(static_cast<std::size_t>(result.ptr - rest_.data()));
      if (!rest_.empty() && rest_.front() == 'L') rest_.remove_prefix(1);  // as Python 2 wrote it
      header.shape.push_back(size);
      if (!taken(',')) {
        expect(')');
        break;
      }
    }
  }

  std::string_view rest_;
  const std::string& source_;
  bool fortran_order_ = false;
};

std::string read_exactly(ByteSource& source, std::size_t size) {
  std::string bytes(size, '\0');
  if (source.read(bytes.data(), size) != size)
    throw InputError({source.name(), 0, 0}, "the file ends within the header of the .npy format: it is truncated");
  return bytes;
}

std::size_t little_endian(std::string_view bytes) {
  std::size_t value = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) value = 256 * value + static_cast<unsigned char>(bytes[i]);
  return value;
}

}  // namespace

bool looks_like_npy(std::string_view bytes) { return bytes.starts_with(magic); }

NpyHeader read_npy_header(ByteSource& source) {
  const auto fail = [&](const std::string& message) { throw InputError({source.name(), 0, 0}, message); };
  const auto begin = source.peek(magic.size());
  if (begin.empty()) fail("the file is empty");
  if (begin.starts_with("PK\x03\x04")) fail("this is a .npz archive: save each array as .npy (numpy.save)");
  if (begin.size() < magic.size() && magic.starts_with(begin)) read_exactly(source, magic.size());
  if (!looks_like_npy(begin)) fail("this is not a .npy file: it does not begin with 0x93 'NUMPY'");
  const auto preamble = read_exactly(source, magic.size() + 2);
  const int major = static_cast<unsigned char>(preamble[6]), minor = static_cast<unsigned char>(preamble[7]);
  if (major < 1 || major > 3 || minor != 0)
    fail("version " + std::to_string(major) + '.' + std::to_string(minor) +
         " of the .npy format is not known (1.0, 2.0 and 3.0 are)");
  const std::size_t width = major == 1 ? 2 : 4;
  const auto size = little_endian(read_exactly(source, width));
  if (size > largest_header)
    fail("the header of the .npy file is said to have " + std::to_string(size) + " bytes, which no header has");
  const auto text = read_exactly(source, size);
  auto header = HeaderText(text, source.name()).read();
  header.data_offset = magic.size() + 2 + width + size;
  return header;
}

}  // namespace ogive::io
