// SPDX-License-Identifier: MIT
#define BOOST_TEST_MODULE io_npy
#include <boost/test/unit_test.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <string>
#include <thread>
#include <vector>

#include "io/temporary_file.h"
#include "ogive/base/errors.h"
#include "ogive/io/npy.h"
#include "ogive/io/output_file.h"

namespace io = ogive::io;
using ogive::test::TemporaryFile;

namespace {

template <class T>
std::string bytes_of(const std::vector<T>& values, bool swapped = false) {
  std::string bytes(values.size() * sizeof(T), '\0');
  std::memcpy(bytes.data(), values.data(), bytes.size());
  if (swapped)
    for (std::size_t i = 0; i < bytes.size(); i += sizeof(T)) std::reverse(&bytes[i], &bytes[i] + sizeof(T));
  return bytes;
}

/// A file as NumPy writes it, but with any dictionary.
std::string file_of(const std::string& dictionary, const std::string& data, char version = 1) {
  std::string text = dictionary + std::string(50, ' ') + '\n';
  std::string head = "\x93NUMPY";
  head += version;
  head += '\0';
  for (int i = 0; i < (version == 1 ? 2 : 4); ++i) head += static_cast<char>(text.size() >> (8 * i) & 0xFF);
  return head + text + data;
}

std::string dictionary(const std::string& type, const std::string& shape, const std::string& order = "False") {
  return "{'descr': '" + type + "', 'fortran_order': " + order + ", 'shape': " + shape + ", }";
}

template <class T>
std::string matrix(std::size_t rows, std::size_t columns, const std::vector<T>& values) {
  return io::npy_header(sizeof(T) == 4 ? io::NpyType::float32 : io::NpyType::float64, {rows, columns}) + bytes_of(values);
}

std::vector<double> numbers(std::size_t count) {
  std::vector<double> values(count);
  for (std::size_t i = 0; i < count; ++i) values[i] = i % 17 == 3 ? std::nan("") : std::sin(static_cast<double>(i));
  return values;
}

/// All curves, one after the other: x and y of each point, as bits (a NaN equals itself so).
struct Points {
  std::vector<std::uint64_t> x, y;
  std::size_t curves = 0;
  bool is_float32 = false;
};

std::uint64_t bits(double value) { return std::bit_cast<std::uint64_t>(value); }

Points all(io::NpyCurves curves) {
  Points points;
  io::NpyPiece piece;
  io::CurveBlock block;
  while (curves.next(piece)) {
    curves.parse(piece, block);
    BOOST_TEST(block.first == points.curves);
    BOOST_TEST(block.key_columns == 0u);
    points.curves += block.size();
    points.is_float32 = block.is_float32;
    for (std::size_t i = 0; i < block.size(); ++i) {
      BOOST_TEST(block.points(i) == curves.points());
      for (std::size_t j = 0; j < block.points(i); ++j) {
        points.x.push_back(bits(block.is_float32 ? static_cast<double>(block.x32_of(i)[j]) : block.x_of(i)[j]));
        points.y.push_back(bits(block.is_float32 ? static_cast<double>(block.y32_of(i)[j]) : block.y_of(i)[j]));
      }
    }
  }
  BOOST_TEST(points.curves == curves.curves());
  return points;
}

Points read(const std::string& x, const std::string& y, std::size_t bytes = 100) {
  const TemporaryFile x_file(x, ".npy"), y_file(y, ".npy");
  return all(io::NpyCurves(io::ByteSource(x_file.path()), io::ByteSource(y_file.path()), bytes));
}

std::vector<std::uint64_t> all_bits(const std::vector<double>& values) {
  std::vector<std::uint64_t> result;
  for (const double value : values) result.push_back(bits(value));
  return result;
}

std::string message(const std::string& x, const std::string& y) {
  const TemporaryFile x_file(x, ".npy"), y_file(y, ".npy");
  std::string what;
  try {
    all(io::NpyCurves(io::ByteSource(x_file.path()), io::ByteSource(y_file.path()), 100));
  } catch (const ogive::InputError& error) {
    what = error.what();
  }
  BOOST_TEST(what.find('\n') == std::string::npos);
  for (const auto* path : {&x_file.path(), &y_file.path()})
    if (const auto at = what.find(*path); at != std::string::npos)
      what.replace(at, path->size(), path == &x_file.path() ? "X" : "Y");
  return what;
}

const std::string good_x = io::npy_header(io::NpyType::float64, {3}) + bytes_of<double>({1, 2, 3});

std::string message_of_y(const std::string& y) { return message(good_x, y); }

}  // namespace

BOOST_AUTO_TEST_CASE(reads_a_matrix_with_shared_x_in_pieces_of_any_size) {
  const auto y = numbers(60);
  for (const std::size_t bytes : {std::size_t{1}, std::size_t{24}, std::size_t{25}, std::size_t{100}, std::size_t{100000}}) {
    const auto points = read(good_x, matrix(20, 3, y), bytes);
    BOOST_TEST(points.curves == 20u);
    BOOST_TEST(points.y == all_bits(y), boost::test_tools::per_element());
    for (std::size_t i = 0; i < 60; ++i) BOOST_TEST(points.x[i] == bits(static_cast<double>(i % 3 + 1)));
  }
}

BOOST_AUTO_TEST_CASE(reads_a_matrix_with_its_own_x) {
  const auto x = numbers(60), y = numbers(60);
  const auto points = read(matrix(20, 3, x), matrix(20, 3, y));
  BOOST_TEST(points.x == all_bits(x), boost::test_tools::per_element());
  BOOST_TEST(points.y == all_bits(y), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_piece_has_no_more_curves_than_allowed) {
  const TemporaryFile x_file(good_x, ".npy"), y_file(matrix(20, 3, numbers(60)), ".npy");
  io::NpyCurves curves(io::ByteSource(x_file.path()), io::ByteSource(y_file.path()), 100000, 7);
  io::NpyPiece piece;
  io::CurveBlock block;
  std::vector<std::size_t> sizes;
  while (curves.next(piece)) {
    curves.parse(piece, block);
    sizes.push_back(block.size());
  }
  BOOST_TEST(sizes == (std::vector<std::size_t>{7, 7, 6}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_file_that_was_cut_off_meanwhile_is_an_error_and_no_crash) {
  const TemporaryFile x_file(good_x, ".npy"), y_file(matrix(20000, 3, numbers(60000)), ".npy");
  io::NpyCurves curves(io::ByteSource(x_file.path()), io::ByteSource(y_file.path()));
  io::NpyPiece piece;
  io::CurveBlock block;
  BOOST_REQUIRE(curves.next(piece));
  std::filesystem::resize_file(y_file.path(), 100000);
  BOOST_CHECK_THROW(curves.parse(piece, block), ogive::InputError);
}

BOOST_AUTO_TEST_CASE(reads_every_type_order_and_version) {
  const std::vector<float> singles = {1.5F, -2.25F, 0.1F, 4, 5, std::numeric_limits<float>::infinity()};
  const std::vector<double> doubles(singles.begin(), singles.end());
  const auto expected = all_bits(doubles);
  const auto x = io::npy_header(io::NpyType::float64, {6}) + bytes_of(doubles);
  const auto x32 = io::npy_header(io::NpyType::float32, {6}) + bytes_of(singles);
  for (const char version : {'\1', '\2', '\3'}) {
    for (const std::string shape : {"(6,)", "(1, 6)", "(6)", "(1L, 6L)", "( 1 ,6 , )"}) {
      BOOST_TEST(read(x, file_of(dictionary("<f8", shape), bytes_of(doubles), version)).y == expected);
      BOOST_TEST(read(x, file_of(dictionary("=f8", shape), bytes_of(doubles), version)).y == expected);
      BOOST_TEST(read(x, file_of(dictionary(">f8", shape), bytes_of(doubles, true), version)).y == expected);
      BOOST_TEST(read(x, file_of(dictionary("<f4", shape), bytes_of(singles), version)).y == expected);
      BOOST_TEST(read(x, file_of(dictionary(">f4", shape), bytes_of(singles, true), version)).y == expected);
      const auto both = read(x32, file_of(dictionary("<f4", shape), bytes_of(singles), version));
      BOOST_TEST(both.is_float32);
      BOOST_TEST(both.y == expected);
      BOOST_TEST(!read(x, file_of(dictionary("<f4", shape), bytes_of(singles), version)).is_float32);
      BOOST_TEST(!read(x32, file_of(dictionary("<f8", shape), bytes_of(doubles), version)).is_float32);
    }
  }
  const auto other_way = "{\"shape\":(6,),\"fortran_order\":False,\"descr\":\"<f8\"}";  // as other programs write it
  BOOST_TEST(read(x, file_of(other_way, bytes_of(doubles))).y == expected);
  BOOST_TEST(read(x, file_of(dictionary("<f8", "(6, )", "True"), bytes_of(doubles))).y == expected);  // one dimension: no order
}

BOOST_AUTO_TEST_CASE(a_pipe_is_read_like_a_file) {
  const auto y = numbers(3000);
  const TemporaryFile x_file(good_x);
  const std::string good = matrix(1000, 3, y), truncated = good.substr(0, good.size() - 1), longer = good + "x";
  for (const auto* content : {&good, &truncated, &longer}) {
    int ends[2];
    BOOST_REQUIRE(::pipe(ends) == 0);
    const int stdin_copy = ::dup(STDIN_FILENO);
    ::dup2(ends[0], STDIN_FILENO);
    ::close(ends[0]);
    std::thread writer([&] {
      BOOST_REQUIRE(::write(ends[1], content->data(), content->size()) == static_cast<ssize_t>(content->size()));
      ::close(ends[1]);
    });
    std::string what;
    try {
      const auto points = all(io::NpyCurves(io::ByteSource(x_file.path()), io::ByteSource("-"), 1000));
      BOOST_TEST(points.y == all_bits(y), boost::test_tools::per_element());
    } catch (const ogive::InputError& error) {
      what = error.what();
    }
    writer.join();
    ::dup2(stdin_copy, STDIN_FILENO);
    ::close(stdin_copy);
    if (content == &good) BOOST_TEST(what == "");
    if (content == &truncated)
      BOOST_TEST(what == "<stdin>: error: the data end before the header's shape (1000, 3) is filled: the file is truncated");
    if (content == &longer) BOOST_TEST(what == "<stdin>: error: there are more data than the header's shape (1000, 3) holds");
  }
}

BOOST_AUTO_TEST_CASE(what_is_no_matrix_of_floats_is_refused_in_one_line) {
  const auto data = bytes_of(numbers(6));
  BOOST_TEST(message_of_y("") == "Y: error: the file is empty");
  BOOST_TEST(message_of_y("x,y\n1,2\n") == "Y: error: this is not a .npy file: it does not begin with 0x93 'NUMPY'");
  BOOST_TEST(message_of_y("PK\x03\x04....") == "Y: error: this is a .npz archive: save each array as .npy (numpy.save)");
  const auto good = file_of(dictionary("<f8", "(2, 3)"), data);
  for (const std::size_t size : {std::size_t{3}, std::size_t{6}, std::size_t{7}, std::size_t{9}, std::size_t{40}})
    BOOST_TEST(message_of_y(good.substr(0, size)) ==
               "Y: error: the file ends within the header of the .npy format: it is truncated");
  BOOST_TEST(message_of_y(file_of(dictionary("<f8", "(2, 3)"), data, 4)) ==
             "Y: error: version 4.0 of the .npy format is not known (1.0, 2.0 and 3.0 are)");
  auto huge = file_of(dictionary("<f8", "(2, 3)"), data, 2);
  huge[11] = '\x7F';
  BOOST_TEST(message_of_y(huge).find("which no header has") != std::string::npos);
  BOOST_TEST(message_of_y(good.substr(0, good.size() - 1)).find("it is truncated") != std::string::npos);
  BOOST_TEST(message_of_y(good + "x").find("bytes, the header's shape (2, 3) asks for ") != std::string::npos);
  for (const std::string type : {"<i8", "|u1", "<f2", "<f16", "<c16", "|b1", "|O", "<U5", "f8", ""})
    BOOST_TEST(message_of_y(file_of(dictionary(type, "(2, 3)"), data)) ==
               "Y: error: the numbers are of type '" + type +
                   "': save them as float64 or float32 (numpy.save(file, y.astype('float64')))");
  BOOST_TEST(message_of_y(file_of("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (2, 3), }", data)) ==
             "Y: error: the file holds records of named fields: save one matrix of floats (numpy.save(file, table['y']))");
  BOOST_TEST(message_of_y(file_of(dictionary("<f8", "(2, 3)", "True"), data)) ==
             "Y: error: the matrix is in Fortran order: save it in C order (numpy.save(file, numpy.ascontiguousarray(y)))");
  for (const std::string shape : {"()", "(2, 3, 1)"})
    BOOST_TEST(message_of_y(file_of(dictionary("<f8", shape), data)).find("one curve in each row of a matrix (N, n) is needed") !=
               std::string::npos);
  for (const std::string shape : {"(0, 3)", "(2, 0)", "(0,)"})
    BOOST_TEST(message_of_y(file_of(dictionary("<f8", shape), data)) ==
               "Y: error: shape " + shape + ": there are no numbers in it");
  BOOST_TEST(message_of_y(file_of(dictionary("<f8", "(4611686018427387904, 3)"), data)).find("it is truncated") !=
             std::string::npos);
  for (const std::string bad :
       {"", "{", "{}", "[]", "{'descr': '<f8'}", "{'descr': <f8}", "{'descr' '<f8'}", "{'descr': '<f8",
        "{'descr': '<f8', 'fortran_order': 0, 'shape': (2, 3)}", "{'descr': '<f8', 'fortran_order': False, 'shape': 6}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (2, -3)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 99999999999999999999)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), 'more': 1}"})
    BOOST_TEST(message_of_y(file_of(bad, data)).starts_with("Y: error: the header "), bad);
}

BOOST_AUTO_TEST_CASE(x_must_fit_y) {
  const auto y = matrix(2, 3, numbers(6));
  const auto four = io::npy_header(io::NpyType::float64, {4}) + bytes_of(numbers(4));
  BOOST_TEST(message(four, y) ==
             "X: error: x has shape (4,), y (Y) (2, 3): x must be of shape (3,), shared by all curves, or of that of y");
  BOOST_TEST(message(matrix(3, 2, numbers(6)), y).starts_with("X: error: x has shape (3, 2)"));
  BOOST_TEST(message(matrix(3, 3, numbers(9)), y).starts_with("X: error: x has shape (3, 3)"));
  BOOST_TEST(message(matrix(1, 3, numbers(3)), y) == "");
}

BOOST_AUTO_TEST_CASE(says_where_an_x_stands) {
  const TemporaryFile shared(good_x), own(matrix(2, 3, numbers(6))), y(matrix(2, 3, numbers(6)));
  BOOST_TEST(io::NpyCurves(io::ByteSource(shared.path()), io::ByteSource(y.path())).x_index(1, 2) == "index 2");
  BOOST_TEST(io::NpyCurves(io::ByteSource(own.path()), io::ByteSource(y.path())).x_index(1, 2) == "index (1, 2)");
}

BOOST_AUTO_TEST_CASE(a_header_is_a_multiple_of_64_bytes_and_reads_back) {
  for (const auto& shape : {std::vector<std::size_t>{7}, std::vector<std::size_t>{1000000, 20}}) {
    const auto header = io::npy_header(io::NpyType::float32, shape);
    BOOST_TEST(header.size() % 64 == 0u);
    const TemporaryFile file(header);
    io::ByteSource source(file.path());
    const auto back = io::read_npy_header(source);
    BOOST_TEST(back.shape == shape, boost::test_tools::per_element());
    BOOST_TEST((back.type == io::NpyType::float32));
    BOOST_TEST(back.data_offset == header.size());
  }
}

BOOST_AUTO_TEST_CASE(writes_records_of_named_fields) {
  using Type = io::NpyField::Type;
  const io::NpyRecords records(
      {{"x0"}, {"k", Type::float32}, {"shape", Type::uint8}, {"n", Type::uint32}, {"i", Type::uint64}, {"key", Type::text, 5}});
  BOOST_TEST(records.row_bytes() == 8u + 4 + 1 + 4 + 8 + 5);
  std::string bytes;
  io::NpyWriter row(records, bytes);
  row.cell(1.5).cell(2.5F).cell(std::uint8_t{3}).cell(std::uint32_t{4}).cell(std::uint64_t{5}).cell("abc").end_row();
  BOOST_TEST(bytes == bytes_of<double>({1.5}) + bytes_of<float>({2.5F}) + '\3' + bytes_of<std::uint32_t>({4}) +
                          bytes_of<std::uint64_t>({5}) + std::string("abc\0\0", 5));
  const auto header = records.header(1);
  BOOST_TEST(header.size() % 64 == 0u);
  BOOST_TEST(header.find("{'descr': [('x0', '<f8'), ('k', '<f4'), ('shape', '|u1'), ('n', '<u4'), ('i', '<u8'), ('key', '|S5'), ], "
                         "'fortran_order': False, 'shape': (1,), }") == 10u);
  BOOST_TEST(header.back() == '\n');
  BOOST_TEST(header.size() == records.header(std::numeric_limits<std::uint64_t>::max()).size());
  row.cell(1.5).cell(2.5F).cell(std::uint8_t{3}).cell(std::uint32_t{4}).cell(std::uint64_t{5});
  BOOST_CHECK_THROW(row.cell("abcdef"), ogive::InputError);
}

BOOST_AUTO_TEST_CASE(names_of_fields_are_quoted_and_must_differ) {
  const auto header = io::NpyRecords({{"it's a \\"}, {"\n"}}).header(0);
  BOOST_TEST(header.find(R"(('it\'s a \\', '<f8'), ('\x0a', '<f8'))") != std::string::npos);
  BOOST_TEST(io::NpyRecords({{"\xC3\xA4"}}).header(0)[6] == '\3');  // UTF-8 needs version 3
  BOOST_CHECK_THROW(io::NpyRecords({{"a"}, {"a"}}), ogive::InputError);
  BOOST_CHECK_THROW(io::NpyRecords({{""}}), ogive::InputError);
  BOOST_CHECK_THROW(io::NpyRecords({{"\xFF"}}), ogive::InputError);
}

BOOST_AUTO_TEST_CASE(the_header_can_be_written_over_when_the_number_of_rows_is_known) {
  const TemporaryFile target("");
  const io::NpyRecords records({{"a"}});
  io::OutputFile file(target.path());
  BOOST_REQUIRE(file.can_write_at());
  file.write(records.header(0));
  file.write(bytes_of<double>({1, 2}));
  file.write_at(0, records.header(2));
  file.commit();
  std::ifstream in(target.path(), std::ios::binary);
  const std::string content{std::istreambuf_iterator<char>(in), {}};
  BOOST_TEST(content == records.header(2) + bytes_of<double>({1, 2}));
}
