// SPDX-License-Identifier: MIT
#define BOOST_TEST_MODULE io_curves
#include <boost/test/unit_test.hpp>

#include "ogive/base/errors.h"
#include "ogive/io/curves.h"

namespace io = ogive::io;

namespace {

using Numbers = std::vector<double>;
using Key = std::vector<std::string>;

io::Table parse(const std::string& text) { return io::parse_table(text, "plate.csv"); }

void check(const io::Curve& curve, const Key& by, const Numbers& x, const Numbers& y, std::size_t missing) {
  BOOST_TEST(curve.by == by, boost::test_tools::per_element());
  BOOST_TEST(curve.x == x, boost::test_tools::per_element());
  BOOST_TEST(curve.y == y, boost::test_tools::per_element());
  BOOST_TEST(curve.missing == missing);
}

}  // namespace

BOOST_AUTO_TEST_CASE(rows_in_any_order_go_to_their_curves_in_order_of_appearance) {
  const auto curves = io::long_curves(parse("plate,x,y\nB,1,2\nA,3,4\nB,5,6\nA,7,8\nB,9,10\n"), 1, 2, {0});
  BOOST_REQUIRE(curves.size() == 2u);
  check(curves[0], {"B"}, {1, 5, 9}, {2, 6, 10}, 0);
  check(curves[1], {"A"}, {3, 7}, {4, 8}, 0);
}

BOOST_AUTO_TEST_CASE(keys_of_several_columns_are_not_glued_together) {
  const auto curves = io::long_curves(parse("p,q,x,y\na,bc,1,1\nab,c,2,2\na,bc,3,3\n,abc,4,4\n"), 2, 3, {0, 1});
  BOOST_REQUIRE(curves.size() == 3u);
  check(curves[0], {"a", "bc"}, {1, 3}, {1, 3}, 0);
  check(curves[1], {"ab", "c"}, {2}, {2}, 0);
  check(curves[2], {"", "abc"}, {4}, {4}, 0);
}

BOOST_AUTO_TEST_CASE(without_key_there_is_one_curve) {
  const auto curves = io::long_curves(parse("x,y\n1,2\n3,4\n"), 0, 1, {});
  BOOST_REQUIRE(curves.size() == 1u);
  check(curves[0], {}, {1, 3}, {2, 4}, 0);
}

BOOST_AUTO_TEST_CASE(a_point_that_misses_x_or_y_is_dropped_whole_and_counted) {
  const auto curves = io::long_curves(parse("k,x,y\na,1,\na,NA,2\na,3,4\nb,,nan\n"), 1, 2, {0});
  BOOST_REQUIRE(curves.size() == 2u);
  check(curves[0], {"a"}, {3}, {4}, 2);
  check(curves[1], {"b"}, {}, {}, 1);
}

BOOST_AUTO_TEST_CASE(a_bad_y_is_an_error_even_where_x_is_missing) {
  const auto table = parse("x,y\n1,2\n,abc\n");
  BOOST_CHECK_THROW(io::long_curves(table, 0, 1, {}), ogive::InputError);
  BOOST_CHECK_THROW(io::wide_curves(table, 0), ogive::InputError);
}

BOOST_AUTO_TEST_CASE(weights_stand_beside_their_points_and_a_missing_one_drops_its_point) {
  const auto curves = io::long_curves(parse("w,k,x,y\n1,a,1,2\n0.5,b,3,4\n,a,5,6\n2,a,NA,8\n0,a,9,10\n"), 2, 3, {1}, 0);
  BOOST_REQUIRE(curves.size() == 2u);
  check(curves[0], {"a"}, {1, 9}, {2, 10}, 2);
  BOOST_TEST(curves[0].w == Numbers({1, 0}), boost::test_tools::per_element());
  BOOST_TEST(curves[1].w == Numbers({0.5}), boost::test_tools::per_element());
  BOOST_TEST(io::long_curves(parse("x,y\n1,2\n"), 0, 1, {})[0].w.empty());
  BOOST_CHECK_THROW(io::long_curves(parse("x,y,w\n1,,abc\n"), 0, 1, {}, 2), ogive::InputError);
}

BOOST_AUTO_TEST_CASE(a_wide_table_has_a_curve_in_each_column_but_x) {
  const auto curves = io::wide_curves(parse("a,x,b,\n1,10,2,5\n3,20,,6\n5,NA,6,7\n"), 1);
  BOOST_REQUIRE(curves.size() == 3u);
  check(curves[0], {"a"}, {10, 20}, {1, 3}, 1);
  check(curves[1], {"b"}, {10}, {2}, 2);
  check(curves[2], {"4"}, {10, 20}, {5, 6}, 1);  // a column without name goes by its number
}

BOOST_AUTO_TEST_CASE(a_wide_table_of_one_column_is_an_error) {
  BOOST_CHECK_THROW(io::wide_curves(parse("x\n1\n"), 0), ogive::InputError);
}
