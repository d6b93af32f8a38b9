// SPDX-License-Identifier: MIT
// What text_source.h promises: all bytes, gzip undone, and every error told. Damaged gzip files are in tests/data/malformed.
#define BOOST_TEST_MODULE io_text_source
#include <boost/test/unit_test.hpp>

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

#include <cstdio>
#include <thread>

#include "ogive/base/errors.h"
#include "ogive/base/random.h"
#include "ogive/io/table.h"
#include "ogive/io/text_source.h"

namespace io = ogive::io;

namespace {

std::string gzip(const std::string& text) {
  z_stream stream{};
  BOOST_REQUIRE(deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string data(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(data.data());
  stream.avail_out = static_cast<uInt>(data.size());
  BOOST_REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  data.resize(stream.total_out);
  deflateEnd(&stream);
  return data;
}

std::string numbers(std::size_t rows) {
  ogive::Random random(4);
  std::string text;
  for (std::size_t row = 0; row < rows; ++row) text += std::to_string(random.bits()) + "\n";
  return text;
}

template <class Body>
std::string message_of(Body body) {
  try {
    body();
  } catch (const ogive::FileError& error) {
    return error.what();
  }
  return "no error";
}

/// Gives `text` to whoever reads standard input, through a pipe.
std::string through_stdin(const std::string& text, std::string (*read)()) {
  int ends[2];
  BOOST_REQUIRE(::pipe(ends) == 0);
  const int saved = ::dup(STDIN_FILENO);
  ::dup2(ends[0], STDIN_FILENO);
  ::close(ends[0]);
  std::thread writer([&, end = ends[1]] {
    for (std::size_t sent = 0; sent < text.size();) {
      const auto count = ::write(end, text.data() + sent, text.size() - sent);
      if (count <= 0) break;
      sent += static_cast<std::size_t>(count);
    }
    ::close(end);
  });
  const auto result = read();
  writer.join();
  ::dup2(saved, STDIN_FILENO);
  ::close(saved);
  return result;
}

}  // namespace

BOOST_AUTO_TEST_CASE(gunzip_gives_back_what_gzip_took) {
  for (const std::size_t rows : {0u, 1u, 1000u, 100000u}) {
    const auto text = numbers(rows);
    BOOST_TEST((io::gunzip(gzip(text), "a.gz") == text), rows << " rows");
    BOOST_TEST((io::gunzip(gzip(text) + gzip("more") + gzip(text), "a.gz") == text + "more" + text), rows << " rows");
  }
  const std::string dense(50'000'000, '7');  // a few bytes in, many out
  BOOST_TEST((io::gunzip(gzip(dense), "a.gz") == dense));
}

BOOST_AUTO_TEST_CASE(gzip_cut_anywhere_is_an_error) {
  const auto data = gzip(numbers(100));
  for (std::size_t size = 2; size < data.size(); ++size)
    BOOST_REQUIRE_EQUAL(message_of([&] { io::gunzip(data.substr(0, size), "a.gz"); }),
                        "a.gz: error: the gzip data end too early: the file is truncated");
}

BOOST_AUTO_TEST_CASE(gzip_with_any_byte_of_its_data_changed_is_an_error) {
  const auto data = gzip(numbers(100));
  constexpr std::size_t header = 10;  // time and operating system stand there unprotected
  for (std::size_t i = header; i < data.size(); ++i) {
    auto damaged = data;
    damaged[i] = static_cast<char>(damaged[i] ^ 1);
    BOOST_REQUIRE_THROW(io::gunzip(damaged, "a.gz"), ogive::FileError);
  }
}

BOOST_AUTO_TEST_CASE(what_the_system_refuses_is_told_in_its_words) {
  BOOST_TEST(message_of([] { io::read_text("no-such-file.csv"); }) == "no-such-file.csv: error: No such file or directory");
  BOOST_TEST(message_of([] { io::read_text(""); }) == ": error: No such file or directory");
  BOOST_TEST(message_of([] { io::read_text("/"); }) == "/: error: Is a directory");
}

BOOST_AUTO_TEST_CASE(an_error_while_reading_is_told) {
  // Page 0 of a process is never mapped, so reading there is an I/O error.
  BOOST_TEST(message_of([] { io::read_text("/proc/self/mem"); }) == "/proc/self/mem: error: Input/output error");
}

BOOST_AUTO_TEST_CASE(a_file_whose_size_is_not_known_is_read_to_its_end) {
  BOOST_TEST(io::read_text("/proc/self/status").find("Threads:") != std::string::npos);
  BOOST_TEST(io::read_text("/dev/null").empty());
}

BOOST_AUTO_TEST_CASE(a_dash_is_standard_input_gzip_or_not) {
  const auto text = numbers(20000);
  BOOST_TEST((through_stdin(text, [] { return io::read_text("-"); }) == text));
  BOOST_TEST((through_stdin(gzip(text), [] { return io::read_text("-"); }) == text));
}

BOOST_AUTO_TEST_CASE(errors_in_standard_input_name_it) {
  const auto message = through_stdin("x,y\n1,abc\n", [] {
    try {
      io::read_table("-").number(0, 1);
    } catch (const ogive::InputError& error) {
      return std::string(error.what());
    }
    return std::string("no error");
  });
  BOOST_TEST(message == "<stdin>:2:3: error: 'abc' is not a number (column 'y')");
}
