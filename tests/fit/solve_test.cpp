// SPDX-License-Identifier: MIT
// The last digits: from a rough curve to an optimum as good as double allows.
#define BOOST_TEST_MODULE fit_solve
#include "ogive/fit/solve.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <vector>

#include "fit/support/generator.h"
#include "ogive/curve/registry.h"

namespace fit = ogive::fit;
using fit::Frame;
using fit::Linearised;

namespace {

constexpr double decrease_claim = 1e-20;  // of F, still to be had after refine(): parameters are right to 10 digits of an se
constexpr double parameter_claim = 1e-9;  // of a parameter, in standard errors of one residual

Frame frame_of(const std::vector<double>& x, const std::vector<double>& y, const char* name = "logistic") {
  const auto& model = ogive::curve::model(name);
  const auto points = fit::make_points(x, y, model.linear);
  return fit::make_frame(points, model, fit::search(points, model.family, model.linear));
}

Frame roughened(Frame frame, double by) {
  frame.best.k *= 1 + by;
  frame.best.a -= by;
  frame.best.L *= 1 - by;
  frame.best.b += by;
  frame.best.F = fit::linearise(frame, false).F;
  return frame;
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_solver_never_makes_a_curve_worse) {
  for (const auto& set : {ogive::fit_test::easy_curves(20, 1), ogive::fit_test::hard_curves(40, 2)})
    for (const auto& curve : set) {
      Frame frame = frame_of(curve.x, curve.y);
      const double before = frame.best.F;
      const int evaluations = fit::solve(frame);
      BOOST_TEST(frame.best.F <= before);
      BOOST_TEST((evaluations > 0) == !frame.best.is_limit);
      BOOST_TEST((frame.best.k > 0 && frame.best.L > 0));
      if (!frame.best.is_limit) BOOST_TEST(std::fabs(fit::linearise(frame, false).F / frame.best.F - 1) <= 1e-9);
    }
}

BOOST_AUTO_TEST_CASE(the_solver_comes_back_to_the_optimum_from_nearby) {
  for (const char* name : {"logistic", "gompertz", "logistic3", "logistic2"})
    for (auto curve : ogive::fit_test::easy_curves(6, 3)) {
      for (double& y : curve.y) y = (y - curve.truth.b) / curve.truth.L;  // what fixed plateaus expect
      const Frame best = frame_of(curve.x, curve.y, name);
      if (best.best.is_limit) continue;
      Frame frame = best;
      if (best.eliminate == fit::Eliminate::L_and_b)
        frame = roughened(best, 0.02);
      else
        frame.best.a += 0.02;
      frame.best.F = fit::linearise(frame, false).F;
      BOOST_TEST(frame.best.F > best.best.F);
      fit::solve(frame);
      BOOST_TEST(frame.best.F <= best.best.F * (1 + 1e-9), name);
    }
}

BOOST_AUTO_TEST_CASE(refining_leaves_nothing_to_gain) {
  for (const auto& curve : ogive::fit_test::easy_curves(20, 4)) {
    Frame frame = frame_of(curve.x, curve.y);
    if (frame.best.is_limit) continue;
    fit::solve(frame);
    const double before = frame.best.F;
    const Linearised tangent = fit::refine(frame, true);
    BOOST_TEST(tangent.decrease <= decrease_claim * frame.best.F);
    BOOST_TEST(frame.best.F <= before * (1 + 1e-14));
    BOOST_TEST(std::isfinite(tangent.condition));
  }
}

BOOST_AUTO_TEST_CASE(two_ways_to_the_optimum_end_at_the_same_parameters) {
  for (const auto& curve : ogive::fit_test::easy_curves(20, 5)) {
    Frame here = frame_of(curve.x, curve.y);
    if (here.best.is_limit) continue;
    Frame there = roughened(here, 0.03);
    fit::solve(here);
    fit::solve(there);
    const Linearised tangent = fit::refine(here, false);
    fit::refine(there, false);
    const auto p = here.theta(here.best), q = there.theta(there.best);
    for (std::size_t i = 0; i < 4; ++i) {
      double se = 0;
      for (std::size_t c = 0; c < 4; ++c) se += std::pow(tangent.inverse_r[i * 4 + c], 2);
      BOOST_TEST(std::fabs(p[i] - q[i]) <= parameter_claim * std::sqrt(se * here.best.F));
    }
  }
}

BOOST_AUTO_TEST_CASE(the_scale_of_y_does_not_stop_the_solver) {
  // The frame has no units, so a stopping test on the size of F would show here.
  for (const double unit : {1e-12, 1e-6, 1e6, 1e12})
    for (const auto& curve : ogive::fit_test::easy_curves(5, 6)) {
      const auto scaled = ogive::fit_test::with_scaled_y(curve, unit);
      Frame frame = roughened(frame_of(scaled.x, scaled.y), 0.02);
      if (frame.best.is_limit) continue;
      fit::solve(frame);
      BOOST_TEST(fit::refine(frame, false).decrease <= decrease_claim * frame.best.F);
    }
}

BOOST_AUTO_TEST_CASE(a_limit_is_left_as_it_is) {
  Frame frame = frame_of({1, 2, 3, 4, 5, 6, 7, 8}, {0.2, 0, 0.2, 0, 5.2, 5, 5.2, 5});
  BOOST_TEST_REQUIRE(frame.best.is_limit);
  const auto before = frame.theta(frame.best);
  BOOST_TEST(fit::solve(frame) == 0);
  BOOST_TEST(frame.theta(frame.best) == before, boost::test_tools::per_element());
}
