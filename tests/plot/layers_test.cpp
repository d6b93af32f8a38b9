// SPDX-License-Identifier: MIT
// What layers.h and prediction_points() promise: where things stand in a panel.
#define BOOST_TEST_MODULE plot_layers
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

#include "example.h"
#include "ogive/plot/layers.h"

using namespace ogive::plot;

namespace {

constexpr double same_place = 1e-9;
constexpr double inf = std::numeric_limits<double>::infinity();

Layers layers_of(const FitPanel& panel) { return make_layers(panel, x_axis({&panel, 1}, 6), y_axis({&panel, 1}, 5)); }

}  // namespace

BOOST_AUTO_TEST_CASE(predicts_on_a_fine_grid_with_a_margin_and_at_the_data) {
  const std::vector<double> x = {3, 1, 2.123456, 3};
  const auto points = prediction_points(x);
  BOOST_TEST(std::is_sorted(points.begin(), points.end()));
  BOOST_TEST(points.front() < 1);
  BOOST_TEST(points.back() > 3);
  BOOST_TEST(points.size() > 200U);
  BOOST_TEST((std::adjacent_find(points.begin(), points.end()) == points.end()));
  BOOST_TEST(std::binary_search(points.begin(), points.end(), 2.123456));
}

BOOST_AUTO_TEST_CASE(predicts_at_dose_zero_and_on_even_steps_of_the_log) {
  const std::vector<double> x = {0, 0.01, 100};
  const auto points = prediction_points(x, true);
  BOOST_TEST(points[0] == 0);
  BOOST_TEST(points[1] > 0);
  BOOST_TEST(std::count_if(points.begin(), points.end(), [](double p) { return p > 0 && p < 1; }) > 180);
}

BOOST_AUTO_TEST_CASE(predicts_nowhere_without_a_finite_x) {
  const std::vector<double> x = {std::nan(""), inf};
  BOOST_TEST(prediction_points(x).empty());
  BOOST_TEST(prediction_points({}).empty());
}

BOOST_AUTO_TEST_CASE(predicts_at_finite_x_on_every_span) {
  const double largest = std::numeric_limits<double>::max();
  const double smallest = std::numeric_limits<double>::denorm_min();
  for (const auto& x :
       {std::vector{-largest, largest}, std::vector{smallest, 1.0}, std::vector{1e300, 1e300}, std::vector{0.0, smallest}})
    for (const bool log_x : {false, true})
      for (const double p : prediction_points(x, log_x)) BOOST_TEST((std::isfinite(p) && (!log_x || p >= 0)));
}

BOOST_AUTO_TEST_CASE(holds_all_data_and_one_joined_curve) {
  const Example example = regular_example();
  const Layers layers = layers_of(example.panel);
  BOOST_TEST(layers.points.size() == example.panel.x.size());
  for (const auto& p : layers.points) BOOST_TEST((p.x > 0 && p.x < 1 && p.y > 0 && p.y < 1));
  BOOST_TEST(layers.curve.size() == 1U);
  BOOST_TEST(layers.band.size() == 1U);
  BOOST_REQUIRE(layers.midpoint.has_value());
  BOOST_TEST(std::fabs(*layers.midpoint - 0.5) < same_place);
  BOOST_REQUIRE(layers.interval.has_value());
  BOOST_TEST(layers.interval->first < *layers.midpoint);
  BOOST_TEST(layers.interval->second > *layers.midpoint);
}

BOOST_AUTO_TEST_CASE(draws_an_infinite_end_of_the_interval_to_the_border) {
  Example example = regular_example();
  example.result->parameters[1] = {ogive::fit::infinite, ogive::fit::unknown, 8, ogive::fit::infinite};
  const Layers layers = layers_of(example.panel);
  BOOST_TEST(!layers.midpoint.has_value());
  BOOST_REQUIRE(layers.interval.has_value());
  BOOST_TEST(layers.interval->second == 1);
  example.result->parameters[1] = {5, 1, -ogive::fit::infinite, ogive::fit::infinite};
  BOOST_TEST(!layers_of(example.panel).interval.has_value());  // it would shade everything and say nothing
}

BOOST_AUTO_TEST_CASE(breaks_the_curve_at_the_gap_of_a_step) {
  const Example example = step_example();
  const Layers layers = layers_of(example.panel);
  BOOST_REQUIRE(layers.curve.size() == 2U);
  BOOST_REQUIRE(layers.gap.has_value());
  BOOST_TEST(std::fabs(layers.curve[0].back().x - layers.gap->first) < same_place);
  BOOST_TEST(std::fabs(layers.curve[1].front().x - layers.gap->second) < same_place);
  for (const auto& run : layers.curve)
    for (const auto& p : run) BOOST_TEST(p.y == run.front().y);  // level, right up to the gap
  BOOST_TEST(layers.rise.size() == 1U);
}

BOOST_AUTO_TEST_CASE(draws_a_step_at_one_x_upright_with_its_middle) {
  const Example example = step_example(true);
  const Layers layers = layers_of(example.panel);
  BOOST_TEST(layers.curve.size() == 2U);
  BOOST_TEST(!layers.gap.has_value());
  BOOST_REQUIRE(layers.middle.has_value());
  BOOST_REQUIRE(layers.rise.size() == 1U);
  BOOST_TEST(layers.rise[0][0].x == layers.rise[0][1].x);
}

BOOST_AUTO_TEST_CASE(draws_the_curve_at_dose_zero_apart_from_the_rest) {
  const Example example = dose_example();
  const Layers layers = layers_of(example.panel);
  BOOST_REQUIRE(layers.curve.size() == 2U);
  BOOST_TEST(layers.curve[0].back().x < Axis::limit_end);
  BOOST_TEST(layers.curve[1].front().x >= Axis::rest_begin);
  BOOST_TEST(layers.points[0].x == Axis::limit_place);
}

BOOST_AUTO_TEST_CASE(leaves_out_points_that_cannot_be_drawn) {
  const std::vector<double> x = {1, 2, -3, std::nan(""), inf, 4};
  const std::vector<double> y = {1, inf, 1, 1, 1, 2};
  FitPanel panel;
  panel.x = x;
  panel.y = y;
  panel.log_x = true;
  BOOST_TEST(layers_of(panel).points.size() == 2U);
}

BOOST_AUTO_TEST_CASE(keeps_a_wide_band_from_dwarfing_the_data) {
  Example example = regular_example();
  for (auto& p : example.panel.curve) p.upper = 1e9;
  const Axis y = y_axis({&example.panel, 1}, 5);
  BOOST_TEST(y.place(3) - y.place(1) > 0.5);
}

BOOST_AUTO_TEST_CASE(places_residuals_about_zero) {
  const Example example = regular_example();
  const Axis x = x_axis({&example.panel, 1}, 5);
  const Axis residual = residual_axis(example.panel, 4);
  const auto places = residual_places(example.panel, x, residual);
  BOOST_REQUIRE(places.size() == example.panel.x.size());
  BOOST_TEST(std::fabs(residual.place(0) - 0.5) < same_place);
  for (std::size_t i = 0; i < places.size(); ++i) BOOST_TEST((places[i].y > 0.5) == (i % 2 == 0));
}
