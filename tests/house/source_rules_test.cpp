// SPDX-License-Identifier: MIT
// The files of this project keep the rules, and the check that says so finds each kind of breach.
#define BOOST_TEST_MODULE house_source_rules
#include "source_rules.h"

#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <fstream>

namespace fs = std::filesystem;

namespace {

const std::string licence = "// SPDX-License-Identifier: MIT\n";

/// A folder with one file in it.
class Planted {
 public:
  Planted(const std::string& file, const std::string& text) {
    fs::create_directories((root_ / file).parent_path());
    std::ofstream(root_ / file, std::ios::binary) << text;
  }
  ~Planted() { fs::remove_all(root_); }
  Planted(const Planted&) = delete;
  Planted& operator=(const Planted&) = delete;

  std::string faults() const {
    std::string all;
    for (const auto& fault : house::source_faults(root_)) all += fault + '\n';
    return all;
  }
  const fs::path& root() const { return root_; }

 private:
  fs::path root_ =
      fs::temp_directory_path() / ("ogive_source_rules_" + std::to_string(counter++) + "_" + std::to_string(::getpid()));
  inline static int counter = 0;
};

}  // namespace

BOOST_AUTO_TEST_CASE(this_project_keeps_the_rules) {
  BOOST_TEST(fs::exists(fs::path(OGIVE_SOURCE_DIR) / "CMakeLists.txt"));
  for (const auto& fault : house::source_faults(OGIVE_SOURCE_DIR)) BOOST_ERROR(fault);
}

BOOST_AUTO_TEST_CASE(this_project_says_its_version_once) {
  const auto files = house::files_that_say(OGIVE_SOURCE_DIR, OGIVE_PROJECT_VERSION);
  BOOST_TEST(files == std::vector<std::string>{"CMakeLists.txt"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_sound_file_has_no_fault) { BOOST_TEST(Planted("a.h", licence + "#pragma once\n").faults() == ""); }

BOOST_AUTO_TEST_CASE(finds_a_source_without_a_licence) {
  BOOST_TEST(Planted("a.cpp", "int a;\n").faults() == "a.cpp:1: no line 'SPDX-License-Identifier: MIT'\n");
  BOOST_TEST(Planted("scripts/go", "#!/bin/sh\n").faults() == "scripts/go:1: no line 'SPDX-License-Identifier: MIT'\n");
}

BOOST_AUTO_TEST_CASE(finds_a_header_without_pragma_once) {
  BOOST_TEST(Planted("a.h", licence).faults() == "a.h:1: no line '#pragma once'\n");
}

BOOST_AUTO_TEST_CASE(finds_a_byte_outside_ascii_but_not_in_prose) {
  BOOST_TEST(Planted("a.cpp", licence + "// \xc2\xb5\n").faults() == "a.cpp:2: a byte outside ASCII\n");
  BOOST_TEST(Planted("a.md", "\xc2\xb5\n").faults() == "");
}

BOOST_AUTO_TEST_CASE(finds_tabs_and_white_space_at_the_end) {
  BOOST_TEST(Planted("a.cpp", licence + "\tint a; \n").faults() == "a.cpp:2: a tab\na.cpp:2: white space at the end of the line\n");
}

BOOST_AUTO_TEST_CASE(finds_a_folder_of_one_machine_in_any_text) {
  const std::string folder = std::string("/wo") + "rk/";
  BOOST_TEST(Planted("docs/a.md", "see " + folder + "x\n").faults() ==
             "docs/a.md:1: names '" + folder + "', a folder of one machine\n");
}

BOOST_AUTO_TEST_CASE(lets_a_longer_path_hold_the_same_letters) {
  BOOST_TEST(Planted("docs/a.md", std::string("$cache/ho") + "me/x\n").faults() == "");
}

BOOST_AUTO_TEST_CASE(passes_over_builds_and_inputs_of_tests) {
  BOOST_TEST(Planted("build/dev/a.cpp", "x\n").faults() == "");
  BOOST_TEST(Planted("tests/io/malformed/a.csv", std::string("/wo") + "rk/\n").faults() == "");
}

BOOST_AUTO_TEST_CASE(finds_a_second_place_that_says_the_version) {
  const std::string one = "1.2";
  const Planted tree("a.cpp", "const char* version = \"" + one + ".3\";\n");
  BOOST_TEST(house::files_that_say(tree.root(), one + ".3") == std::vector<std::string>{"a.cpp"}, boost::test_tools::per_element());
  BOOST_TEST(house::files_that_say(tree.root(), one).empty());
}
