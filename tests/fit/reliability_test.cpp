// SPDX-License-Identifier: MIT
// The fitter finds the best curve there is, in whatever units: judged by a brute-force search that shares no code with it.
// The same on many more curves: reliability_long.cpp.
#define BOOST_TEST_MODULE fit_reliability
#include "fit/support/reliability.h"

#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <vector>

using ogive::fit_test::all_units;
using ogive::fit_test::broken_promise;
using ogive::fit_test::Curve;
using ogive::fit_test::Judged;
using ogive::fit_test::Tally;
using ogive::fit_test::Units;

namespace {

constexpr std::size_t curves = 400;  // of each set

// Claims: the share of curves whose RSS is the least one.
constexpr double easy_found = 0.9999;
constexpr double hard_found = 0.999;
// Rounding in other units may turn a tie between two shapes, or the F test's p = 0.05, the other way.
constexpr double same_shape_share = 0.995;

void check(const std::vector<Judged>& set, double least_found) {
  for (const Units units : all_units) {
    const Tally tally = ogive::fit_test::tally(set, units);
    BOOST_TEST_CONTEXT(to_string(units)) {
      BOOST_TEST(tally.curves == set.size());
      BOOST_TEST(tally.found_share() >= least_found);
      for (const std::string& missed : tally.missed) BOOST_TEST_MESSAGE(missed);
      for (const std::string& broken : tally.broken) BOOST_ERROR(broken);
      BOOST_TEST(static_cast<double>(tally.same_shape) >= same_shape_share * static_cast<double>(set.size()));
      BOOST_TEST(tally.same_parameters == tally.regular);
      BOOST_TEST(tally.regular > set.size() / 2);  // or there was little to compare
    }
  }
}

Judged easy_one() { return ogive::fit_test::judged(ogive::fit_test::easy_curves(1, 5)).front(); }

}  // namespace

BOOST_AUTO_TEST_CASE(easy_curves_are_fitted_best_in_all_units) {
  check(ogive::fit_test::judged(ogive::fit_test::easy_curves(curves, 2026)), easy_found);
}

BOOST_AUTO_TEST_CASE(hard_curves_are_fitted_best_in_all_units) {
  check(ogive::fit_test::judged(ogive::fit_test::hard_curves(curves, 2027)), hard_found);
}

// The harness must see what it is there to see.
BOOST_AUTO_TEST_CASE(a_missed_optimum_is_counted) {
  Judged worse = easy_one();
  worse.result.rss *= 1 + 2 * ogive::fit_test::best_share;
  const Tally tally = ogive::fit_test::tally({worse, easy_one()}, Units::as_drawn);
  BOOST_TEST(tally.curves == 2U);
  BOOST_TEST(tally.found == 1U);
  BOOST_TEST(tally.broken.size() == 1U);  // and the parameters do not give that RSS
}

BOOST_AUTO_TEST_CASE(wrong_numbers_are_broken_promises) {
  const Judged good = easy_one();
  const ogive::fit::Data data{good.curve.x, good.curve.y};
  BOOST_TEST(broken_promise(good.result, data) == "");
  const auto broken = [&](auto&& spoil) {
    ogive::fit::Result bad = good.result;
    spoil(bad);
    return !broken_promise(bad, data).empty();
  };
  BOOST_TEST(broken([](auto& r) { r.status = ogive::fit::Status::not_converged; }));
  BOOST_TEST(broken([](auto& r) { r.rss = ogive::fit::unknown; }));
  BOOST_TEST(broken([](auto& r) { r.rss = ogive::fit::infinite; }));
  BOOST_TEST(broken([](auto& r) { r.rss = -r.rss; }));
  BOOST_TEST(broken([](auto& r) { r.parameters[1].value = ogive::fit::unknown; }));
  BOOST_TEST(broken([](auto& r) { r.parameters[1].value += r.parameters[1].se; }));
  BOOST_TEST(broken([](auto& r) { r.parameters[2].value = -r.parameters[2].value; }));
  BOOST_TEST(broken([](auto& r) { r.parameters[0].se = -1; }));
  BOOST_TEST(broken([](auto& r) { r.parameters[3].lower = r.parameters[3].upper + 1; }));
  BOOST_TEST(broken([](auto& r) { r.parameters.pop_back(); }));
}

BOOST_AUTO_TEST_CASE(parameters_that_do_not_follow_the_units_are_seen) {
  const Judged drawn = easy_one();
  for (const Units units : {Units::y_times_1e6, Units::y_times_1e_minus_6, Units::x_far_and_narrow, Units::mirrored_x}) {
    const auto moved = transform(drawn.curve, units);
    BOOST_TEST(!ogive::fit_test::parameter_mismatch(drawn.result, drawn.result, moved).empty());
  }
  BOOST_TEST(ogive::fit_test::parameter_mismatch(drawn.result, drawn.result, {drawn.curve}) == "");
}
