// SPDX-License-Identifier: MIT
// Points: what is merged, scaled and mirrored, and that nothing is lost on the way.
#define BOOST_TEST_MODULE fit_points
#include "ogive/fit/points.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <vector>

#include "fit/support/plain.h"
#include "ogive/base/random.h"

using ogive::curve::Linear;
using ogive::fit::far_away;
using ogive::fit::make_points;
using ogive::fit::Points;

namespace {

using Values = std::vector<double>;

constexpr double rounding = 1e-15;  // of one operation or two, on numbers of order 1
constexpr double sum_rounding = 1e-13;

bool same(const Points& a, const Points& b) {
  return a.u == b.u && a.user_x == b.user_x && a.y == b.y && a.weight == b.weight && a.total_weight == b.total_weight &&
         a.pure_error == b.pure_error && a.tss == b.tss && a.mean == b.mean && a.noise_floor == b.noise_floor &&
         a.center == b.center && a.half == b.half && a.shift == b.shift && a.scale == b.scale && a.x_sign == b.x_sign &&
         a.y_sign == b.y_sign && a.weight_unit == b.weight_unit && a.sum_log_weights == b.sum_log_weights;
}

struct Rows {
  Values x, y;
};

Rows noisy_replicates() {
  ogive::Random random(3);
  Rows rows;
  for (int i = 0; i < 40; ++i) {
    rows.x.push_back(0.1 * static_cast<double>(random.below(11)));
    rows.y.push_back(1e3 + random.normal());
  }
  return rows;
}

}  // namespace

BOOST_AUTO_TEST_CASE(x_is_centred_and_scaled_to_minus_one_and_one) {
  const Points points = make_points(Values{7, 3, 5, 4}, Values{1, 2, 3, 4}, Linear::L_and_b);
  BOOST_TEST(points.u == (Values{-1, -0.5, 0, 1}), boost::test_tools::per_element());
  BOOST_TEST(points.user_x == (Values{3, 4, 5, 7}), boost::test_tools::per_element());
  for (std::size_t j = 0; j < points.size(); ++j) {
    BOOST_TEST(points.x_of(points.u[j]) == points.user_x[j]);
    BOOST_TEST(points.u_of(points.user_x[j]) == points.u[j]);
  }
}

BOOST_AUTO_TEST_CASE(replicates_become_their_mean_with_a_weight) {
  const Points points = make_points(Values{2, 1, 2, 3, 2}, Values{4, 0, 7, 8, 1}, Linear::none);
  BOOST_TEST(points.user_x == (Values{1, 2, 3}), boost::test_tools::per_element());
  BOOST_TEST(points.y == (Values{0, 4, 8}), boost::test_tools::per_element());
  BOOST_TEST(points.weight == (Values{1, 3, 1}), boost::test_tools::per_element());
  BOOST_TEST(points.total_weight == 5);
  BOOST_TEST(points.pure_error == 18);
  BOOST_TEST(points.mean == 4);
  BOOST_TEST(points.tss == 32);
}

BOOST_AUTO_TEST_CASE(pure_error_and_the_rest_make_up_the_sum_of_squares_of_any_curve) {
  const auto [x, y] = noisy_replicates();
  for (const Linear linear : {Linear::L_and_b, Linear::L_only, Linear::none}) {
    const Points points = make_points(x, y, linear);
    const auto curve = [](double t) { return 1e3 + std::tanh(t); };  // in the user's units
    long double rss = 0, F = points.pure_error;
    for (std::size_t i = 0; i < x.size(); ++i) rss += std::pow(static_cast<long double>(y[i]) - curve(x[i]), 2);
    for (std::size_t j = 0; j < points.size(); ++j)
      F += points.weight[j] * std::pow(points.y[j] - (curve(points.user_x[j]) - points.shift) / points.scale, 2);
    // y is 1e3 times its spread: that many digits are lost before the fitter sees it.
    BOOST_TEST(std::fabs(static_cast<double>(F * points.scale * points.scale / rss - 1)) <= 1e3 * sum_rounding);
  }
}

BOOST_AUTO_TEST_CASE(weights_of_any_unit_sum_to_the_number_of_points) {
  const Values x = {2, 1, 2, 3}, y = {4, 0, 8, 8}, w = {3, 2, 1, 2};
  for (const double unit : {1.0, 0x1p-1000, 0x1p1000}) {
    Values scaled = w;
    for (double& weight : scaled) weight *= unit;
    const Points points = make_points(x, y, Linear::none, scaled);
    BOOST_TEST(points.weight_unit == 2 * unit);
    BOOST_TEST(points.weight == (Values{1, 2, 1}), boost::test_tools::per_element());
    BOOST_TEST(points.y == (Values{0, 5, 8}), boost::test_tools::per_element());
    BOOST_TEST(points.total_weight == 4);
    BOOST_TEST(points.pure_error == 1.5 * 1 + 0.5 * 9);
    BOOST_TEST(points.mean == 4.5);
    BOOST_TEST(std::fabs(points.sum_log_weights - std::log(1.5 * 1 * 0.5 * 1)) <= sum_rounding);
    BOOST_TEST(std::fabs(points.residual_unit() / std::sqrt(2 * unit) - 1) <= rounding);
  }
}

BOOST_AUTO_TEST_CASE(equal_weights_change_no_bit_but_their_unit) {
  const auto [x, y] = noisy_replicates();
  for (const Linear linear : {Linear::L_and_b, Linear::L_only, Linear::none}) {
    Points weighted = make_points(x, y, linear, Values(x.size(), 0.7));
    BOOST_TEST(weighted.weight_unit == 0.7);
    weighted.weight_unit = 1;
    BOOST_TEST(same(weighted, make_points(x, y, linear)));
  }
}

BOOST_AUTO_TEST_CASE(with_weights_pure_error_and_the_rest_make_up_the_sum_of_squares_of_any_curve) {
  const auto [x, y] = noisy_replicates();
  ogive::Random random(4);
  Values w;
  for (std::size_t i = 0; i < x.size(); ++i) w.push_back(1e-3 * std::exp(3 * random.normal()));
  for (const Linear linear : {Linear::L_and_b, Linear::L_only, Linear::none}) {
    const Points points = make_points(x, y, linear, w);
    const auto curve = [](double t) { return 1e3 + std::tanh(t); };
    long double rss = 0, F = points.pure_error;
    for (std::size_t i = 0; i < x.size(); ++i) rss += w[i] * std::pow(static_cast<long double>(y[i]) - curve(x[i]), 2);
    for (std::size_t j = 0; j < points.size(); ++j)
      F += points.weight[j] * std::pow(points.y[j] - (curve(points.user_x[j]) - points.shift) / points.scale, 2);
    BOOST_TEST(std::fabs(static_cast<double>(F * points.residual_unit() * points.residual_unit() / rss - 1)) <= 1e3 * sum_rounding);
  }
}

BOOST_AUTO_TEST_CASE(a_weight_that_vanishes_beside_another_leaves_numbers) {
  const Points points = make_points(Values{1, 1, 2, 3}, Values{1, 2, 3, 4}, Linear::L_and_b, Values{1e-320, 1e-320, 1e300, 1});
  for (std::size_t j = 0; j < points.size(); ++j) {
    BOOST_TEST(std::isfinite(points.y[j]));
    BOOST_TEST(points.weight[j] > 0);
  }
  BOOST_TEST(std::isfinite(points.sum_log_weights));
  BOOST_TEST(std::isfinite(points.noise_floor));
}

BOOST_AUTO_TEST_CASE(the_linear_parameters_that_are_free_decide_how_y_is_scaled) {
  const Values x = {1, 2, 3}, y = {10, 14, 12};
  const Points both = make_points(x, y, Linear::L_and_b);
  BOOST_TEST(both.scale == 2);
  BOOST_TEST(both.shift == 12);
  BOOST_TEST(both.y == (Values{-1, 1, 0}), boost::test_tools::per_element());
  const Points one = make_points(x, y, Linear::L_only);
  BOOST_TEST(one.scale == 14);
  BOOST_TEST(one.shift == 0);
  const Points none = make_points(x, y, Linear::none);
  BOOST_TEST(none.y == y, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_order_of_the_rows_changes_no_bit) {
  Rows rows = noisy_replicates();
  for (double& y : rows.y) y = (y - 1e3) / 3;  // a mean near 0 shows its last bits
  std::vector<std::size_t> order(rows.x.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  ogive::Random random(5);
  for (const Linear linear : {Linear::L_and_b, Linear::L_only, Linear::none}) {
    const Points expected = make_points(rows.x, rows.y, linear);
    for (int round = 0; round < 20; ++round) {
      for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
      Rows shuffled;
      for (const std::size_t i : order) {
        shuffled.x.push_back(rows.x[i]);
        shuffled.y.push_back(rows.y[i]);
      }
      BOOST_TEST(same(make_points(shuffled.x, shuffled.y, linear), expected));
    }
  }
}

BOOST_AUTO_TEST_CASE(mirrored_and_negated_twice_are_the_same) {
  const auto [x, y] = noisy_replicates();
  const Points points = make_points(x, y, Linear::L_only);
  BOOST_TEST(same(mirrored(mirrored(points)), points));
  BOOST_TEST(same(negated(negated(points)), points));
  const Points left = mirrored(points), down = negated(points);
  BOOST_TEST(std::is_sorted(left.u.begin(), left.u.end()));
  for (std::size_t j = 0; j < points.size(); ++j) {
    const std::size_t i = points.size() - 1 - j;
    BOOST_TEST(left.u[j] == -points.u[i]);
    BOOST_TEST(left.y[j] == points.y[i]);
    BOOST_TEST(std::fabs(left.x_of(left.u[j]) - left.user_x[j]) <= rounding);
    BOOST_TEST(left.u_of(left.user_x[j]) == left.u[j]);
    BOOST_TEST(down.shift + down.y_sign * down.scale * down.y[j] == points.shift + points.scale * points.y[j]);
  }
}

BOOST_AUTO_TEST_CASE(spans_from_1e_minus_300_to_1e300_are_as_good_as_any) {
  for (const double unit : {1e-300, 1e-150, 1.0, 1e150, 1e300, 1.7e308})
    for (const double sign : {1.0, -1.0}) {
      const Points points =
          make_points(Values{-unit, -0.5 * unit, 0, unit}, Values{0, sign * unit, 0.5 * sign * unit, 0}, Linear::L_and_b);
      BOOST_TEST(points.u == (Values{-1, -0.5, 0, 1}), boost::test_tools::per_element());
      const Values expected = {-0.75 * sign, 1.25 * sign, 0.25 * sign, -0.75 * sign};
      for (std::size_t j = 0; j < 4; ++j) BOOST_TEST(std::fabs(points.y[j] - expected[j]) <= rounding);
    }
}

BOOST_AUTO_TEST_CASE(y_from_the_lowest_to_the_highest_double_does_not_overflow) {
  constexpr double most = std::numeric_limits<double>::max();
  const Points points = make_points(Values{1, 2, 3, 4}, Values{-most, most, most, most}, Linear::L_and_b);
  const Values expected = {-1.5, 0.5, 0.5, 0.5};
  for (std::size_t j = 0; j < 4; ++j) BOOST_TEST(std::fabs(points.y[j] - expected[j]) <= rounding);
}

BOOST_AUTO_TEST_CASE(dose_zero_stands_far_away) {
  const Points points = make_points(Values{2, -HUGE_VAL, 1, -HUGE_VAL}, Values{3, 1, 2, 0}, Linear::L_and_b);
  BOOST_TEST(points.u == (Values{-far_away, -1, 1}), boost::test_tools::per_element());
  BOOST_TEST(points.weight == (Values{2, 1, 1}), boost::test_tools::per_element());
  BOOST_TEST(points.has_far_point());
  BOOST_TEST(mirrored(points).u.back() == far_away);
  BOOST_TEST(mirrored(points).has_far_point());
  BOOST_TEST(points.user_x.front() == -HUGE_VAL);
  BOOST_TEST(!make_points(Values{1, 2}, Values{1, 2}, Linear::L_and_b).has_far_point());
}

BOOST_AUTO_TEST_CASE(one_point_one_x_and_one_y_have_a_scale_of_one) {
  for (const Points& points :
       {make_points(Values{5}, Values{3}, Linear::L_and_b), make_points(Values{5, 5}, Values{3, 3}, Linear::L_and_b),
        make_points(Values{-HUGE_VAL}, Values{3}, Linear::L_and_b)}) {
    BOOST_TEST(points.size() == 1);
    BOOST_TEST(points.half == 1);
    BOOST_TEST(points.scale == 1);
    BOOST_TEST(points.y[0] == 0);
    BOOST_TEST(points.tss == 0);
  }
  BOOST_TEST(make_points(Values{}, Values{}, Linear::L_and_b).size() == 0);
}

BOOST_AUTO_TEST_CASE(the_noise_floor_covers_the_rounding_of_y_and_no_more) {
  // y of 1e6 with a spread of 1: about 1e-10 is rounding, so an rss of n 1e-20.
  const Points points = make_points(Values{1, 2, 3, 4}, Values{1e6, 1e6 + 2, 1e6, 1e6 + 2}, Linear::L_and_b);
  BOOST_TEST(points.noise_floor >= 4 * std::pow(1e6 * 0x1p-53, 2));
  BOOST_TEST(points.noise_floor <= 4 * std::pow(1e6 * 0x1p-48, 2));
}
