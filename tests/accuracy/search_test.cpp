// SPDX-License-Identifier: MIT
// What search.h promises: the known worst places of float64 functions, the same findings for equal seeds and any number of threads.
#define BOOST_TEST_MODULE accuracy_search
#include "ogive/accuracy/search.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>

#include "accuracy/subjects.h"
#include "ogive/accuracy/reference.h"

namespace accuracy = ogive::accuracy;
using accuracy::Measurement;
using ogive::FloatType, ogive::sigmoid::Target;
using subjects::each;

namespace {

double nan_in_a_range(double x) { return x > 3 && x < 3.25 ? std::nan("") : subjects::two_branch(x); }
double steps_down(double x) { return subjects::two_branch(x) * (x > 3 ? 1 - 1e-9 : 1); }
void lone_differs(const double* x, double* y, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) y[i] = n == 1 ? subjects::textbook(x[i]) : subjects::two_branch(x[i]);
}

double straight(double x) { return std::fmin(1.0, std::fmax(0.0, x / 100 + 0.5)); }
double logit(double p) { return std::log(p / (1 - p)); }
double softplus(double x) { return std::fmax(x, 0.0) + std::log1p(std::exp(-std::fabs(x))); }
double saturating(double x) {
  const double s = subjects::two_branch(x);
  return s * (1 - s);
}

}  // namespace

BOOST_AUTO_TEST_CASE(finds_the_known_worst_of_textbook_on_normal_results) {
  const auto found = accuracy::search(each<double, subjects::textbook>, {}, {.low = -40, .high = 40}).inside;
  BOOST_TEST(found.ulp.value > 2.49);
  BOOST_TEST(found.ulp.value < 2.51);
  BOOST_TEST(found.ulp.value == accuracy::ulp_error(Target::logistic, FloatType::float64, found.ulp.x, found.ulp.result));
}

BOOST_AUTO_TEST_CASE(finds_the_flush_of_textbook_and_not_of_two_branch) {
  const accuracy::SearchOptions few{.samples = 400000};
  const auto textbook = accuracy::search(each<double, subjects::textbook>, {}, few).inside;
  BOOST_TEST(textbook.flushed.count > 0U);
  BOOST_TEST(textbook.flushed.last < -709.78);
  BOOST_TEST(textbook.flushed.last > -709.79);
  BOOST_TEST(textbook.ulp.value > 1e15);
  BOOST_TEST(textbook.normal_ulp.value < 2.51);
  const auto two_branch = accuracy::search(each<double, subjects::two_branch>, {}).inside;
  BOOST_TEST(two_branch.flushed.count == 0U);
  BOOST_TEST(two_branch.ulp.value > 2.2);
  BOOST_TEST(two_branch.ulp.value < 2.6);
  BOOST_TEST(two_branch.nan.count + two_branch.infinite.count + two_branch.out_of_range.count == 0U);
}

BOOST_AUTO_TEST_CASE(guided_samples_find_more_than_random_ones) {
  const auto guided = accuracy::search(each<double, subjects::two_branch>, {}, {.low = -40, .high = 40, .samples = 4000000}).inside;
  const auto random = accuracy::search(each<double, subjects::two_branch>, {}, {.low = -40, .high = 40, .samples = 100000}).inside;
  BOOST_TEST(guided.ulp.value >= random.ulp.value);
  BOOST_TEST(guided.ulp.value > 2.45);
}

BOOST_AUTO_TEST_CASE(finds_nan_steps_and_lone_elements_that_differ) {
  const accuracy::SearchOptions few{.samples = 200000};
  const auto nan = accuracy::search(each<double, nan_in_a_range>, {}, few).inside;
  BOOST_TEST(nan.nan.count > 0U);
  BOOST_TEST(nan.nan.first > 3);
  BOOST_TEST(nan.nan.last < 3.25);
  const auto step = accuracy::search(each<double, steps_down>, {}, few).inside;
  BOOST_TEST(step.not_monotone.count > 0U);
  BOOST_TEST(accuracy::search(each<double, subjects::two_branch>, {}, few).inside.position_dependent.count == 0U);
  BOOST_TEST(accuracy::search(lone_differs, {}, few).inside.position_dependent.count > 0U);
}

// Each rounding is monotone, so a step down could only come from inputs that are out of order.
BOOST_AUTO_TEST_CASE(finds_no_step_down_in_a_monotone_function) {
  const auto wide = accuracy::search(each<double, straight>, {}, {.samples = 1000000}).inside;
  BOOST_TEST(wide.not_monotone.count == 0U);
  const auto narrow = accuracy::search(each<double, straight>, {}, {.low = 1, .high = 1 + 0x1p-40, .samples = 200000}).inside;
  BOOST_TEST(narrow.inputs > 0U);
  BOOST_TEST(narrow.not_monotone.count == 0U);
}

BOOST_AUTO_TEST_CASE(calls_no_input_alone_where_positions_are_not_asked_for) {
  const accuracy::SearchOptions few{.samples = 200000}, without{.samples = 200000, .position = accuracy::PositionCheck::none};
  const auto checked = accuracy::search(lone_differs, {}, few).inside,
             unchecked = accuracy::search(lone_differs, {}, without).inside;
  BOOST_TEST(unchecked.position_checked == 0U);
  BOOST_TEST(unchecked.position_dependent.count == 0U);
  BOOST_TEST(checked.position_checked > 0U);
  BOOST_TEST(unchecked.ulp.value == checked.ulp.value);
  BOOST_TEST(unchecked.inputs == checked.inputs);
}

BOOST_AUTO_TEST_CASE(findings_depend_on_the_seed_alone) {
  const auto with = [](unsigned threads, std::uint64_t seed) {
    return accuracy::search(each<double, subjects::two_branch>, {.domain_low = -20},
                            {.samples = 1000000, .seed = seed, .threads = threads});
  };
  const Measurement one = with(1, 5);
  for (const unsigned threads : {2U, 4U}) {
    const Measurement several = with(threads, 5);
    BOOST_TEST(subjects::same(one.inside, several.inside));
    BOOST_TEST(subjects::same(one.outside, several.outside));
  }
  BOOST_TEST(!subjects::same(one.inside, with(2, 6).inside));
  BOOST_TEST(!one.exhaustive);
  BOOST_TEST(one.inside.ulp.x >= -20);
  BOOST_TEST(one.outside.inputs > 0U);
}

BOOST_AUTO_TEST_CASE(measures_the_other_functions) {
  const accuracy::SearchOptions few{.samples = 200000};
  const auto found = accuracy::search(each<double, logit>, {.target = Target::logit}, few).inside;
  BOOST_TEST(found.ulp.value > 1000);  // cancellation near 1/2
  BOOST_TEST(std::fabs(found.ulp.x - 0.5) < 0.01);
  BOOST_TEST(accuracy::search(each<double, softplus>, {.target = Target::softplus}, few).inside.ulp.value < 4);
  const auto gone = accuracy::search(each<double, saturating>, {.target = Target::derivative}, few).inside;
  BOOST_TEST(gone.flushed.count > 0U);
  BOOST_TEST(gone.flushed.last > 37);
}
