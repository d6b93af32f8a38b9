// SPDX-License-Identifier: MIT
// What caption.h promises: digits that the interval supports, words for ends that are not there.
#define BOOST_TEST_MODULE plot_caption
#include <boost/test/unit_test.hpp>

#include "example.h"
#include "ogive/plot/caption.h"

using namespace ogive::plot;
using ogive::fit::infinite;
using ogive::fit::unknown;

BOOST_AUTO_TEST_CASE(rounds_to_two_digits_of_the_half_width) {
  BOOST_TEST(estimate_text("x0", {3.0217, 0.0302, 2.9612, 3.0854}, false) == "x0 = 3.022 [2.961, 3.085]");
  BOOST_TEST(estimate_text("L", {1234.56, 50, 1130, 1340}, false) == "L = 1235 [1130, 1340]");
  BOOST_TEST(estimate_text("k", {1.234e-7, 1e-9, 1.214e-7, 1.254e-7}, false) == "k = 1.234e-7 [1.214e-7, 1.254e-7]");
  BOOST_TEST(estimate_text("b", {-0.001, 0.2, -0.4, 0.4}, false) == "b = 0.00 [-0.40, 0.40]");
}

BOOST_AUTO_TEST_CASE(says_what_is_not_determined) {
  BOOST_TEST(estimate_text("x0", {infinite, unknown, 41.7, infinite}, false) == "x0 >= 41.7");
  BOOST_TEST(estimate_text("x0", {-infinite, unknown, -infinite, 2}, false) == "x0 <= 2.00");
  BOOST_TEST(estimate_text("x0", {unknown, unknown, 5, 6}, false) == "x0 in [5.00, 6.00]");
  BOOST_TEST(estimate_text("x0", {3, 1, 2, infinite}, false) == "x0 = 3.0 [2.0, inf)");
  BOOST_TEST(estimate_text("x0", {3, 1, -infinite, 4}, false) == "x0 = 3.0 (-inf, 4.0]");
  BOOST_TEST(estimate_text("x0", {infinite, unknown, unknown, unknown}, false) == "x0 -> inf");
  BOOST_TEST(estimate_text("x0", {}, false) == "x0 undetermined");
  BOOST_TEST(estimate_text("x0", {2, unknown, unknown, unknown}, false) == "x0 = 2.000");
}

BOOST_AUTO_TEST_CASE(names_model_shape_and_size) {
  const Example example = regular_example();
  const Caption words = caption(example.panel, false);
  BOOST_TEST(words.title == "an example");
  BOOST_TEST(words.summary == "logistic, regular, n = 11, R2 = 0.9900, 95 % intervals");
  BOOST_REQUIRE(words.estimates.size() == 4U);
  BOOST_TEST(words.estimates[1] == "x0 = 5.00 [4.60, 5.40]");
}

BOOST_AUTO_TEST_CASE(gives_the_status_instead_of_numbers_where_the_fit_failed) {
  Example example = regular_example();
  example.result->status = ogive::fit::Status::too_few_points;
  const Caption words = caption(example.panel, false);
  BOOST_TEST(words.summary.find("too-few-points") != std::string::npos);
  BOOST_TEST(words.estimates.empty());
}

BOOST_AUTO_TEST_CASE(shortens_by_characters_and_not_by_bytes) {
  BOOST_TEST(shortened("abc", 3, false) == "abc");
  BOOST_TEST(shortened("abcdefgh", 6, false) == "abc...");
  BOOST_TEST(shortened("\u00e4\u00f6\u00fc\u00df", 3, true) == "\u00e4\u00f6\u2026");
  BOOST_TEST(shortened("two\nlines", 20, true) == "two lines");
  BOOST_TEST(character_count("\u00e4\u00f6x") == 3U);
}

BOOST_AUTO_TEST_CASE(wraps_whole_words) {
  const auto lines = wrap({"aaaa", "bbbb", "cccc"}, 11);
  BOOST_REQUIRE(lines.size() == 2U);
  BOOST_TEST(lines[0] == "aaaa   bbbb");
  BOOST_TEST(lines[1] == "cccc");
}
