// SPDX-License-Identifier: MIT
// What version.h promises: the version of the project, and the compiler.
#define BOOST_TEST_MODULE base_version
#include "ogive/base/version.h"

#include <boost/test/unit_test.hpp>
#include <regex>
#include <string>

BOOST_AUTO_TEST_CASE(is_the_version_of_the_project) { BOOST_TEST(ogive::version() == OGIVE_PROJECT_VERSION); }

BOOST_AUTO_TEST_CASE(has_the_form_major_minor_patch) {
  BOOST_TEST(std::regex_match(std::string(ogive::version()), std::regex(R"(\d+\.\d+\.\d+)")));
}

BOOST_AUTO_TEST_CASE(names_a_compiler_and_its_version) {
  BOOST_TEST(std::regex_match(std::string(ogive::compiler()), std::regex(R"((GNU|Clang|AppleClang) \d+(\.\d+)*)")));
}
