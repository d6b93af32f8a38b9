// SPDX-License-Identifier: MIT
// What output.h promises: all or nothing.
#define BOOST_TEST_MODULE plot_output
#include <boost/test/unit_test.hpp>

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "ogive/base/errors.h"
#include "ogive/plot/output.h"

namespace files = std::filesystem;

namespace {

struct Folder {
  files::path path = files::temp_directory_path() / ("ogive-plot-output-" + std::to_string(::getpid()));
  Folder() { files::create_directories(path); }
  ~Folder() { files::remove_all(path); }
  std::string file(const std::string& name) const { return (path / name).string(); }
};

std::string content(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(writes_and_replaces_and_leaves_nothing_beside, Folder) {
  ogive::plot::write_file(file("a.svg"), "first");
  ogive::plot::write_file(file("a.svg"), std::string_view("\0two", 4));
  BOOST_TEST(content(file("a.svg")) == std::string("\0two", 4));
  BOOST_TEST(std::distance(files::directory_iterator(path), files::directory_iterator()) == 1);
}

BOOST_FIXTURE_TEST_CASE(refuses_a_folder_that_is_not_there, Folder) {
  BOOST_CHECK_EXCEPTION(ogive::plot::write_file(file("no/a.svg"), "x"), ogive::FileError, [&](const ogive::FileError& error) {
    return error.path() == file("no/a.svg") && std::string(error.what()).find("No such file") != std::string::npos;
  });
}

BOOST_FIXTURE_TEST_CASE(leaves_nothing_behind_where_the_target_is_a_folder, Folder) {
  files::create_directories(file("a.svg/inner"));
  BOOST_CHECK_THROW(ogive::plot::write_file(file("a.svg"), "x"), ogive::FileError);
  BOOST_TEST(std::distance(files::directory_iterator(path), files::directory_iterator()) == 1);
}
