// SPDX-License-Identifier: MIT
// What errors.h promises: one line that names the place, and the place as data.
#define BOOST_TEST_MODULE base_errors
#include "ogive/base/errors.h"

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_CASE(names_source_line_and_column) {
  const ogive::InputError error({"plate.csv", 17, 4}, "'abc' is not a number (column 'response')");
  BOOST_TEST(std::string(error.what()) == "plate.csv:17:4: error: 'abc' is not a number (column 'response')");
  BOOST_TEST(error.place().source == "plate.csv");
  BOOST_TEST(error.place().line == 17U);
  BOOST_TEST(error.place().column == 4U);
}

BOOST_AUTO_TEST_CASE(leaves_out_what_is_not_known) {
  BOOST_TEST(std::string(ogive::InputError({"plate.csv", 17, 0}, "m").what()) == "plate.csv:17: error: m");
  BOOST_TEST(std::string(ogive::InputError({"plate.csv", 0, 0}, "m").what()) == "plate.csv: error: m");
  BOOST_TEST(std::string(ogive::InputError({}, "m").what()) == "error: m");
}

BOOST_AUTO_TEST_CASE(does_not_show_a_column_without_its_line) {
  BOOST_TEST(std::string(ogive::InputError({"plate.csv", 0, 4}, "m").what()) == "plate.csv: error: m");
}

BOOST_AUTO_TEST_CASE(a_file_error_names_the_file_as_the_user_did) {
  const ogive::FileError error("../a b.csv", "No such file or directory");
  BOOST_TEST(std::string(error.what()) == "../a b.csv: error: No such file or directory");
  BOOST_TEST(error.path() == "../a b.csv");
}

BOOST_AUTO_TEST_CASE(input_and_file_errors_can_be_told_apart) {
  BOOST_CHECK_THROW(throw ogive::InputError({}, "m"), ogive::InputError);
  try {
    throw ogive::FileError("f", "m");
  } catch (const ogive::InputError&) {
    BOOST_TEST(false, "a FileError was caught as an InputError");
  } catch (const std::runtime_error&) {
    BOOST_TEST(true);
  }
}
