// SPDX-License-Identifier: MIT
#define BOOST_TEST_MODULE plot_train_figure
#include "ogive/plot/train_figure.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <limits>

using ogive::plot::BumpFigure;
using ogive::plot::Format;
using ogive::plot::render;
using ogive::plot::TrainingFigure;

namespace {

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::size_t count(const std::string& text, char c) { return static_cast<std::size_t>(std::count(text.begin(), text.end(), c)); }

BumpFigure small_bump() {
  BumpFigure figure;
  figure.title = "root & branch";
  figure.subtitle = "sigma = 0.7";
  for (int i = -10; i <= 10; ++i) {
    const double x = i / 10.0, y = std::max(0.0, 0.5 - x * x);
    figure.data.emplace_back(x, y + 0.02);
    figure.curve.emplace_back(x, y);
  }
  figure.edges = {-0.7, 0.7};
  figure.loss = {{0, 0.3}, {1, 0.01}, {2, 1e-5}};
  figure.steps_name = "epoch";
  return figure;
}

TrainingFigure small_training() {
  return {"digits",
          "64-128-10",
          {{"trained on", {2, 1, 0.5}}, {"held out", {2.1, 1.2, 0.7}}},
          {{"trained on", {0.3, 0.7, 0.9}}, {"held out", {0.2, 0.6, 0.8}}}};
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_bump_figure_holds_its_words_and_both_diagrams) {
  const std::string svg = render(small_bump(), Format::svg);
  BOOST_TEST(holds(svg, "<title>root &amp; branch</title>"));
  for (const std::string part : {"sigma = 0.7", "edge of the support", "learned", "loss", "epoch"})
    BOOST_TEST(holds(svg, part), part);
  BOOST_TEST(!holds(svg, "what the data were made from"));
}

BOOST_AUTO_TEST_CASE(a_bump_figure_shows_the_truth_where_it_is_known) {
  BumpFigure figure = small_bump();
  figure.truth = figure.curve;
  BOOST_TEST(holds(render(figure, Format::svg), "what the data were made from"));
}

BOOST_AUTO_TEST_CASE(edges_outside_the_data_are_not_drawn) {
  BumpFigure figure = small_bump();
  const std::size_t with_edges = count(render(figure, Format::text), ':');
  figure.edges = {-7, 7};
  BOOST_TEST(with_edges > count(render(figure, Format::text), ':') + 10);
}

BOOST_AUTO_TEST_CASE(equal_figures_are_equal_bytes) {
  BOOST_TEST((render(small_bump(), Format::svg) == render(small_bump(), Format::svg)));
  BOOST_TEST((render(small_training(), Format::svg) == render(small_training(), Format::svg)));
}

BOOST_AUTO_TEST_CASE(a_training_figure_names_its_lines) {
  for (const Format format : {Format::svg, Format::text}) {
    const std::string drawing = render(small_training(), format);
    for (const std::string part : {"digits", "trained on", "held out", "correct, %"}) BOOST_TEST(holds(drawing, part), part);
  }
  TrainingFigure losses_only = small_training();
  losses_only.accuracy.clear();
  BOOST_TEST(!holds(render(losses_only, Format::svg), "correct, %"));
}

BOOST_AUTO_TEST_CASE(losses_of_zero_and_losses_that_are_none_do_not_stop_the_drawing) {
  BumpFigure figure = small_bump();
  figure.loss = {{0, 1}, {1, 0}, {2, std::numeric_limits<double>::quiet_NaN()}, {3, std::numeric_limits<double>::infinity()}};
  BOOST_TEST(holds(render(figure, Format::svg), "</svg>"));
  BOOST_TEST(holds(render(figure, Format::text), "loss"));
}

BOOST_AUTO_TEST_CASE(a_break_of_the_curve_is_no_line) {
  BumpFigure figure = small_bump();
  const std::string joined = render(figure, Format::svg);
  figure.curve[5].second = std::numeric_limits<double>::quiet_NaN();
  BOOST_TEST((render(figure, Format::svg) != joined));
}

BOOST_AUTO_TEST_CASE(empty_figures_are_drawn) {
  BOOST_TEST(holds(render(BumpFigure{}, Format::svg), "</svg>"));
  BOOST_TEST(holds(render(TrainingFigure{}, Format::svg), "</svg>"));
}

BOOST_AUTO_TEST_CASE(pictures_are_of_the_kind_that_was_asked_for) {
  BOOST_TEST(render(small_bump(), Format::png).starts_with("\x89PNG"));
  BOOST_TEST(render(small_training(), Format::pdf).starts_with("%PDF"));
}
