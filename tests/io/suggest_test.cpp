// SPDX-License-Identifier: MIT
#define BOOST_TEST_MODULE io_suggest
#include <boost/test/unit_test.hpp>

#include "ogive/io/suggest.h"

namespace io = ogive::io;

namespace {
const std::vector<std::string> names{"dose", "response", "plate", ""};

std::string nearest(std::string_view wanted) {
  const auto* name = io::nearest_name(wanted, names);
  return name == nullptr ? "nothing" : *name;
}
}  // namespace

BOOST_AUTO_TEST_CASE(finds_a_name_behind_a_slip_of_the_finger) {
  BOOST_TEST(nearest("dsoe") == "dose");         // swapped
  BOOST_TEST(nearest("resonse") == "response");  // left out
  BOOST_TEST(nearest("platee") == "plate");      // one too many
  BOOST_TEST(nearest("Dose") == "dose");         // another case
}

BOOST_AUTO_TEST_CASE(does_not_guess_what_is_far_away) {
  BOOST_TEST(nearest("volume") == "nothing");
  BOOST_TEST(nearest("") == "nothing");
  BOOST_TEST(nearest("d") == "nothing");
  BOOST_TEST(nearest(std::string(100000, 'x')) == "nothing");
}
