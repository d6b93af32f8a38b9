// SPDX-License-Identifier: MIT
// The words and the defaults of a result.
#define BOOST_TEST_MODULE fit_result
#include "ogive/fit/result.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <set>
#include <string_view>

using ogive::fit::Result;
using ogive::fit::Shape;
using ogive::fit::Status;

BOOST_AUTO_TEST_CASE(each_status_has_its_word) {
  BOOST_TEST(to_string(Status::ok) == "ok");
  BOOST_TEST(to_string(Status::too_few_points) == "too-few-points");
  BOOST_TEST(to_string(Status::bad_data) == "bad-data");
  BOOST_TEST(to_string(Status::not_converged) == "not-converged");
}

BOOST_AUTO_TEST_CASE(each_shape_has_its_word) {
  BOOST_TEST(to_string(Shape::regular) == "regular");
  BOOST_TEST(to_string(Shape::step) == "step");
  BOOST_TEST(to_string(Shape::exponential) == "exponential");
  BOOST_TEST(to_string(Shape::line) == "line");
  BOOST_TEST(to_string(Shape::flat) == "flat");
  BOOST_TEST(to_string(Shape::perfect) == "perfect");
}

BOOST_AUTO_TEST_CASE(a_result_is_good_where_its_parameters_are_estimates) {
  Result result;
  for (const Status status : {Status::ok, Status::too_few_points, Status::bad_data, Status::not_converged})
    for (const Shape shape : {Shape::regular, Shape::step, Shape::exponential, Shape::line, Shape::flat, Shape::perfect}) {
      result.status = status;
      result.shape = shape;
      BOOST_TEST(result.good() == (status == Status::ok && (shape == Shape::regular || shape == Shape::perfect)));
    }
}

BOOST_AUTO_TEST_CASE(what_nobody_computed_is_unknown) {
  const Result result;
  BOOST_TEST(!result.good());
  for (const double number : {result.rss, result.rse, result.tss, result.r2, result.aicc, result.f_statistic, result.f_p_value,
                              result.condition, result.limit.low, result.limit.high, result.limit.left, result.limit.right,
                              ogive::fit::Estimate{}.value, ogive::fit::Prediction{}.y})
    BOOST_TEST(std::isnan(number));
  BOOST_TEST((result.limit.kind == ogive::fit::Limit::Kind::none));
  BOOST_TEST(result.confidence == 0.95);
}
