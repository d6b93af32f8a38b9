// SPDX-License-Identifier: MIT
#define BOOST_TEST_MODULE plot_error_figure
#include "ogive/plot/error_figure.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <limits>

using ogive::plot::ErrorFigure;
using ogive::plot::Format;
using ogive::plot::ParetoFigure;
using ogive::plot::render;

namespace {

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

ErrorFigure small_errors() {
  ErrorFigure figure;
  figure.title = "a & b";
  figure.subtitle = "1 / (1 + exp(-x))";
  for (int i = -20; i <= 20; ++i) {
    figure.points.push_back({static_cast<double>(i), i % 3 * 0.25 + 0.5});
    figure.envelope.push_back({static_cast<double>(i), 0.9});
  }
  return figure;
}

ParetoFigure three_functions() {
  return {"front", "time", "error", {{"quick", 0.1, 1e6, true}, {"beaten", 2, 1e7, false}, {"exact", 1, 0.5, true}}};
}

}  // namespace

BOOST_AUTO_TEST_CASE(an_error_figure_holds_its_title_and_labels) {
  const std::string svg = render(small_errors(), Format::svg);
  BOOST_TEST(holds(svg, "<title>a &amp; b</title>"));
  BOOST_TEST(holds(svg, "error in ulp"));
  BOOST_TEST(holds(svg, "1 / (1 + exp("));
  BOOST_TEST(holds(svg, "1/2 + condition / 2"));
}

BOOST_AUTO_TEST_CASE(equal_figures_are_equal_bytes) {
  BOOST_TEST((render(small_errors(), Format::svg) == render(small_errors(), Format::svg)));
}

BOOST_AUTO_TEST_CASE(large_errors_make_the_axis_logarithmic) {
  ErrorFigure figure = small_errors();
  BOOST_TEST(!holds(render(figure, Format::text), "1000"));
  figure.points.push_back({0.5, 2e3});
  const std::string text = render(figure, Format::text);
  BOOST_TEST(holds(text, "1000"), text);
  BOOST_TEST(holds(text, "0.01"), text);
}

BOOST_AUTO_TEST_CASE(infinite_errors_and_empty_figures_are_drawn) {
  ErrorFigure figure = small_errors();
  figure.points.push_back({1.5, std::numeric_limits<double>::infinity()});
  BOOST_TEST(holds(render(figure, Format::text), "a & b"));
  BOOST_TEST(holds(render(ErrorFigure{}, Format::svg), "</svg>"));
  BOOST_TEST(holds(render(ParetoFigure{}, Format::svg), "</svg>"));
}

BOOST_AUTO_TEST_CASE(a_pareto_figure_names_what_is_worth_choosing_and_nothing_else) {
  const std::string svg = render(three_functions(), Format::svg);
  BOOST_TEST(holds(svg, "quick"));
  BOOST_TEST(holds(svg, "exact"));
  BOOST_TEST(!holds(svg, "beaten"));
}

BOOST_AUTO_TEST_CASE(pictures_are_of_the_kind_that_was_asked_for) {
  BOOST_TEST(render(three_functions(), Format::png).starts_with("\x89PNG"));
  BOOST_TEST(render(three_functions(), Format::pdf).starts_with("%PDF"));
}
