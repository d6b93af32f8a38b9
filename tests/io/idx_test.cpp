// SPDX-License-Identifier: MIT
// What idx.h promises: every type, exact numbers, and a byte for everything that is wrong.
#define BOOST_TEST_MODULE io_idx
#include "ogive/io/idx.h"

#include <unistd.h>
#include <zlib.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>

#include "ogive/base/errors.h"

using ogive::io::Idx;
using ogive::io::IdxType;
using ogive::io::parse_idx;

namespace {

std::string bytes(std::initializer_list<int> values) {
  std::string text;
  for (const int value : values) text += static_cast<char>(value);
  return text;
}

// Three images of 2 x 2 pixels, 0 to 11 and the largest one last.
std::string three_images() {
  return bytes({0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 255});
}

std::string message_of(const std::string& data) {
  try {
    parse_idx(data, "a.idx");
  } catch (const ogive::InputError& error) {
    return error.what();
  }
  return "no error";
}

double only_number(IdxType type, std::initializer_list<int> big_endian) {
  const Idx idx = parse_idx(bytes({0, 0, static_cast<int>(type), 1, 0, 0, 0, 1}) + bytes(big_endian), "a.idx");
  return idx[0];
}

}  // namespace

BOOST_AUTO_TEST_CASE(images_are_items_whose_pixels_follow_each_other) {
  const Idx idx = parse_idx(three_images(), "a.idx");
  BOOST_TEST(idx.items() == 3u);
  BOOST_TEST(idx.item_size() == 4u);
  BOOST_TEST(idx.size() == 12u);
  BOOST_TEST((idx.dimensions() == std::vector<std::size_t>{3, 2, 2}));
  BOOST_TEST((idx.type() == IdxType::uint8));
  BOOST_TEST(idx[11] == 255.0);
  BOOST_TEST(idx.byte_of(11) == 27u);
  std::vector<float> last(8);
  idx.copy(1, std::span<float>(last));
  BOOST_TEST((last == std::vector<float>{4, 5, 6, 7, 8, 9, 10, 255}));
  std::vector<double> all(12);
  idx.copy(0, std::span<double>(all));
  for (std::size_t i = 0; i < all.size(); ++i) BOOST_TEST(all[i] == idx[i]);
}

BOOST_AUTO_TEST_CASE(every_type_reads_its_extremes_exactly) {
  BOOST_TEST(only_number(IdxType::uint8, {255}) == 255.0);
  BOOST_TEST(only_number(IdxType::int8, {0x80}) == -128.0);
  BOOST_TEST(only_number(IdxType::int16, {0x80, 0}) == -32768.0);
  BOOST_TEST(only_number(IdxType::int16, {1, 2}) == 258.0);
  BOOST_TEST(only_number(IdxType::int32, {0x80, 0, 0, 0}) == -2147483648.0);
  BOOST_TEST(only_number(IdxType::int32, {0x7F, 0xFF, 0xFF, 0xFF}) == 2147483647.0);
  BOOST_TEST(only_number(IdxType::float32, {0xBF, 0xC0, 0, 0}) == -1.5);
  BOOST_TEST(only_number(IdxType::float64, {0x3F, 0xB9, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9A}) == 0.1);
}

BOOST_AUTO_TEST_CASE(types_have_names) {
  BOOST_TEST(to_string(IdxType::uint8) == "uint8");
  BOOST_TEST(to_string(IdxType::float64) == "float64");
}

BOOST_AUTO_TEST_CASE(a_file_cut_anywhere_is_refused_with_the_byte_where_it_ends) {
  const std::string whole = three_images();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const std::string message = message_of(whole.substr(0, size));
    BOOST_TEST(message.starts_with("a.idx: error: byte " + std::to_string(size) + ": "), message);
  }
  BOOST_TEST(message_of(whole.substr(0, 27)) ==
             "a.idx: error: byte 27: the file ends here, but 3 x 2 x 2 numbers of type uint8 need 28 bytes: it is truncated");
}

BOOST_AUTO_TEST_CASE(a_file_that_goes_on_is_refused_with_the_byte_where_it_should_end) {
  BOOST_TEST(message_of(three_images() + '\0') ==
             "a.idx: error: byte 28: 3 x 2 x 2 numbers of type uint8 end here, but the file goes on");
}

BOOST_AUTO_TEST_CASE(what_is_no_idx_file_is_refused_with_the_byte_that_says_so) {
  BOOST_TEST(message_of("x,y\n1,2\n") == "a.idx: error: byte 0: this is not an IDX file: it does not begin with two zero bytes");
  BOOST_TEST(message_of(bytes({0, 0, 7, 1, 0, 0, 0, 1, 5})) == "a.idx: error: byte 2: type 7 is not one of 8, 9, 11, 12, 13, 14");
  BOOST_TEST(message_of(bytes({0, 0, 8, 0, 5})) == "a.idx: error: byte 3: the file has no dimensions");
  BOOST_TEST(message_of(bytes({0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 0})) == "a.idx: error: byte 8: dimension 2 is 0");
}

BOOST_AUTO_TEST_CASE(dimensions_that_no_file_can_hold_are_refused) {
  std::string huge = bytes({0, 0, 14, 3});
  for (int i = 0; i < 3; ++i) huge += bytes({0xFF, 0xFF, 0xFF, 0xFF});
  BOOST_TEST(message_of(huge) == "a.idx: error: byte 8: the dimensions multiply to more than any file can hold");
}

BOOST_AUTO_TEST_CASE(tables_do_not_look_like_idx_files) {
  BOOST_TEST(ogive::io::looks_like_idx(three_images()));
  BOOST_TEST(!ogive::io::looks_like_idx("x,y\n"));
  BOOST_TEST(!ogive::io::looks_like_idx(""));
  BOOST_TEST(!ogive::io::looks_like_idx(bytes({0, 0, 7, 1})));
}

BOOST_AUTO_TEST_CASE(gzipped_files_are_read_like_others) {
  const auto path = (std::filesystem::temp_directory_path() / ("ogive-idx-" + std::to_string(::getpid()) + ".gz")).string();
  const std::string whole = three_images();
  gzFile file = gzopen(path.c_str(), "wb");
  BOOST_REQUIRE(file != nullptr);
  BOOST_REQUIRE(gzwrite(file, whole.data(), static_cast<unsigned>(whole.size())) == static_cast<int>(whole.size()));
  gzclose(file);
  const Idx idx = ogive::io::read_idx(path);
  std::filesystem::remove(path);
  BOOST_TEST(idx.source() == path);
  BOOST_TEST(idx[11] == 255.0);
}

BOOST_AUTO_TEST_CASE(a_file_that_is_not_there_is_an_error_of_the_file) {
  BOOST_CHECK_THROW(ogive::io::read_idx("no-such-file.idx"), ogive::FileError);
}
