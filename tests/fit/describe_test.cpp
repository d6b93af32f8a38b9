// SPDX-License-Identifier: MIT
// The sentence for each outcome, with its numbers.
#define BOOST_TEST_MODULE fit_describe
#include "ogive/fit/describe.h"

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "ogive/curve/registry.h"

namespace fit = ogive::fit;
using fit::infinite;
using fit::Result;
using fit::Shape;
using fit::Status;

namespace {

Result made_up(Shape shape, const char* model = "logistic") {
  Result result;
  result.model = &ogive::curve::model(model);
  result.status = Status::ok;
  result.shape = shape;
  result.dof = 4;
  result.parameters.assign(result.model->parameters.size(), {1, 1, 0, 2});
  return result;
}

std::string sentence(Result result) {
  fit::describe(result);
  return result.message;
}

std::string step_sentence(double left, double right, const char* model = "logistic") {
  Result result = made_up(Shape::step, model);
  result.limit = {.kind = fit::Limit::Kind::step, .low = 0, .high = 1, .left = left, .right = right};
  return sentence(result);
}

const std::string no_upper_end = "; the steeper the curve, the better it fits, so k has no upper end";

}  // namespace

BOOST_AUTO_TEST_CASE(an_ordinary_fit_needs_no_words) { BOOST_TEST(sentence(made_up(Shape::regular)) == ""); }

BOOST_AUTO_TEST_CASE(a_step_is_told_by_where_it_is) {
  BOOST_TEST(step_sentence(3, 4.5) == "the whole rise lies between x = 3 and x = 4.5" + no_upper_end);
  BOOST_TEST(step_sentence(3, 3) == "the whole rise happens at x = 3" + no_upper_end);
  BOOST_TEST(step_sentence(-infinite, infinite) == "the rise lies outside the data" + no_upper_end);
}

BOOST_AUTO_TEST_CASE(a_step_of_a_log_dose_model_is_told_in_doses) {
  BOOST_TEST(step_sentence(std::log(0.3), std::log(30), "loglogistic") ==
             "the whole rise lies between x = 0.3 and x = 30" + no_upper_end);
  BOOST_TEST(step_sentence(-infinite, std::log(1e-9), "loglogistic") ==
             "the whole rise lies between x = 0 and x = 1e-09" + no_upper_end);
}

BOOST_AUTO_TEST_CASE(the_other_shapes_have_a_sentence_each) {
  Result exponential = made_up(Shape::exponential);
  exponential.limit.rate = -0.25;
  BOOST_TEST(sentence(exponential) ==
             "only one plateau is in sight: the best curve is an exponential with rate -0.25, L and the midpoint run away");
  BOOST_TEST(sentence(made_up(Shape::line)) ==
             "a straight line fits best: no bend is in sight, so L and the midpoint are not determined");
  BOOST_TEST(sentence(made_up(Shape::perfect)) == "the curve passes through the points to within rounding");
  Result flat = made_up(Shape::flat);
  BOOST_TEST(sentence(flat) == "all y are equal");
  flat.f_p_value = 0.1234;
  BOOST_TEST(sentence(flat) == "no effect: the F test does not reject the constant (p = 0.1234)");
}

BOOST_AUTO_TEST_CASE(regular_fits_with_a_catch_say_which) {
  Result tight = made_up(Shape::regular);
  tight.dof = 0;
  BOOST_TEST(sentence(tight) == "as many parameters as points: no standard errors");
  Result gompertz = made_up(Shape::regular, "richards");
  gompertz.parameters[static_cast<std::size_t>(gompertz.model->index_of("nu"))].value = 0;
  BOOST_TEST(sentence(gompertz) == "nu is at its end 0: the Gompertz curve fits best");
}

BOOST_AUTO_TEST_CASE(a_status_other_than_ok_comes_first) {
  Result few = made_up(Shape::flat);
  few.status = Status::too_few_points;
  few.distinct = 2;
  BOOST_TEST(sentence(few) == "only 2 distinct x for 4 parameters: no unique curve");
  Result stuck = made_up(Shape::step, "richards");
  stuck.status = Status::not_converged;
  BOOST_TEST(sentence(stuck) == "the best point found does not pass the test of its gradient; its rss is an upper bound");
  stuck.parameters[static_cast<std::size_t>(stuck.model->index_of("nu"))].value = 60;
  BOOST_TEST(sentence(stuck).starts_with("nu runs away"));
}
