// SPDX-License-Identifier: MIT
// What terminal.h promises: a drawing in characters that fits the terminal.
#define BOOST_TEST_MODULE plot_terminal
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "example.h"
#include "ogive/plot/caption.h"
#include "ogive/plot/figure.h"

using namespace ogive::plot;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::size_t width_of(const std::vector<std::string>& lines) {
  std::size_t width = 0;
  for (const auto& line : lines) width = std::max(width, character_count(line));
  return width;
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

BOOST_AUTO_TEST_CASE(fills_the_terminal_and_no_more) {
  const Example example = regular_example();
  for (const auto& [width, height] : {std::pair{80, 24}, std::pair{41, 13}, std::pair{200, 60}, std::pair{133, 37}}) {
    Options options;
    options.width = width;
    options.height = height;
    const auto lines = lines_of(render_fits({&example.panel, 1}, Format::text, options));
    BOOST_TEST(lines.size() == static_cast<std::size_t>(height));
    BOOST_TEST(width_of(lines) <= static_cast<std::size_t>(width));
    BOOST_TEST(width_of(lines) >= static_cast<std::size_t>(width - 2));
  }
}

BOOST_AUTO_TEST_CASE(tells_data_curve_and_midpoint_apart) {
  const Example example = regular_example();
  const std::string text = render_fits({&example.panel, 1}, Format::text);
  BOOST_TEST(contains(text, "an example"));
  BOOST_TEST(contains(text, "x0 = 5.00 [4.60, 5.40]"));
  BOOST_TEST(contains(text, "o data  * fit"));
  const std::string picture = text.substr(text.find("x0\n") + 3);
  BOOST_TEST(std::count(picture.begin(), picture.end(), 'o') >= 9);  // eleven points; some may share a cell
  BOOST_TEST(std::count(picture.begin(), picture.end(), '*') > 40);
  BOOST_TEST(std::count(picture.begin(), picture.end(), ':') > 5);
  BOOST_TEST(contains(picture, "=="));
}

BOOST_AUTO_TEST_CASE(is_plain_ascii_unless_asked_otherwise) {
  const Example example = dose_example();
  const std::string text = render_fits({&example.panel, 1}, Format::text);
  BOOST_TEST(std::all_of(text.begin(), text.end(), [](char c) { return c == '\n' || (c >= 32 && c < 127); }));
  BOOST_TEST(contains(text, "//"));  // the break between dose 0 and the rest
  Options options;
  options.colour = true;
  BOOST_TEST(contains(render_fits({&example.panel, 1}, Format::text, options), "\x1b[38;5;"));
  options = {};
  options.unicode = true;
  BOOST_TEST(contains(render_fits({&example.panel, 1}, Format::text, options), "\u25cf"));
}

BOOST_AUTO_TEST_CASE(ends_colour_where_the_drawing_ends) {
  const Example example = regular_example();
  Options options;
  options.colour = true;
  const std::string text = render_fits({&example.panel, 1}, Format::text, options);
  const std::size_t last = text.rfind("\x1b[");
  BOOST_REQUIRE(last != std::string::npos);
  BOOST_TEST((contains(text.substr(last), "\x1b[0") || contains(text.substr(last), "39;49m")));
  BOOST_TEST(text.back() == '\n');
}

BOOST_AUTO_TEST_CASE(draws_residuals_where_there_is_room) {
  const Example example = regular_example();
  Options options;
  options.height = 40;
  BOOST_TEST(contains(render_fits({&example.panel, 1}, Format::text, options), "residual"));
  BOOST_TEST(!contains(render_fits({&example.panel, 1}, Format::text), "residual"));
}

BOOST_AUTO_TEST_CASE(draws_many_curves_in_a_grid_and_says_how_many_are_missing) {
  std::vector<Example> examples;
  std::vector<FitPanel> panels;
  for (int i = 0; i < 14; ++i) examples.push_back(regular_example("curve " + std::to_string(i + 1)));
  for (const auto& example : examples) panels.push_back(example.panel);
  const std::string text = render_fits(panels, Format::text);
  BOOST_TEST(contains(text, "curve 12"));
  BOOST_TEST(!contains(text, "curve 13"));
  BOOST_TEST(contains(text, "The first 12 of 14 curves are drawn; 2 are not."));
  BOOST_TEST(width_of(lines_of(text)) <= 80U);
}
