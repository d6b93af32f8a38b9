// SPDX-License-Identifier: MIT
// What byte_source.h promises; gzip in all its forms is in long_blocks_test.cpp.
#define BOOST_TEST_MODULE io_byte_source
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <string>

#include "io/temporary_file.h"
#include "ogive/base/errors.h"
#include "ogive/io/byte_source.h"

namespace io = ogive::io;
using ogive::test::TemporaryFile;

BOOST_AUTO_TEST_CASE(what_was_looked_at_is_still_read) {
  const TemporaryFile file("0123456789");
  io::ByteSource source(file.path());
  BOOST_TEST(source.peek(3) == "012");
  BOOST_TEST(source.peek(1) == "0");
  BOOST_TEST(source.position() == 0u);
  char bytes[16];
  BOOST_TEST(source.read(bytes, 2) == 2u);
  BOOST_TEST(source.position() == 2u);
  BOOST_TEST(source.peek(4) == "2345");
  BOOST_TEST(source.read(bytes, 5) == 5u);
  BOOST_TEST(std::string(bytes, 5) == "23456");
  BOOST_TEST(source.peek(100) == "789");
  BOOST_TEST(source.read_rest() == "789");
  BOOST_TEST(source.read(bytes, 5) == 0u);
  BOOST_TEST(source.position() == 10u);
  BOOST_TEST(source.file_size().value() == 10u);
}

BOOST_AUTO_TEST_CASE(any_place_of_a_file_can_be_read) {
  const TemporaryFile file("0123456789");
  const io::ByteSource source(file.path());
  BOOST_REQUIRE(source.seekable());
  char bytes[16];
  BOOST_TEST(source.read_at(7, bytes, 2) == 2u);
  BOOST_TEST(std::string(bytes, 2) == "78");
  BOOST_TEST(source.read_at(8, bytes, 16) == 2u);
  BOOST_TEST(source.read_at(10, bytes, 16) == 0u);
}

BOOST_AUTO_TEST_CASE(a_file_of_no_or_one_byte_is_no_surprise) {
  for (const std::string content : {"", "a", "\x1F"}) {
    const TemporaryFile file(content);
    BOOST_TEST(io::ByteSource(file.path()).read_rest() == content);
    BOOST_TEST(io::ByteSource(file.path()).peek(5) == content);
  }
}

BOOST_AUTO_TEST_CASE(a_file_that_is_not_there_is_a_file_error) {
  BOOST_CHECK_THROW(io::ByteSource("/nowhere/at/all"), ogive::FileError);
  io::ByteSource folder(std::filesystem::temp_directory_path().string());
  BOOST_CHECK_THROW(folder.peek(1), ogive::FileError);
}
