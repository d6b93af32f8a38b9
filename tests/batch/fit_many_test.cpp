// SPDX-License-Identifier: MIT
// Many curves in lanes, judged by the single path: the same answers, whatever the company.
#define BOOST_TEST_MODULE batch_fit_many
#include "ogive/batch/fit_many.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <limits>
#include <utility>
#include <vector>

#include "batch/lane_test.h"
#include "fit/support/generator.h"
#include "ogive/base/errors.h"
#include "ogive/curve/registry.h"
#include "ogive/curve/simulate.h"

namespace {

using ogive::batch::Curves;
using ogive::batch::fit_many;
using ogive::batch::Fits;
using ogive::batch::Options;
using ogive::fit::Interval;
using ogive::fit::Shape;
using ogive::fit::Status;
using ogive::fit_test::Curve;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

// Claims.
constexpr double same_rss = 1e-6;  // as a share; the single path may be the one that is worse
constexpr double tied_rss = 1e-9;
constexpr double same_parameters = 2e-3;  // of a standard error
constexpr double same_errors = 1e-3;      // of itself
constexpr double single_rss32 = 1e-3;     // float32
constexpr double most_single32 = 1e-3;    // share of hard curves that take the single path; 0 of 10 000 on 2026-11-30
constexpr double single_spread32 = 1e-5;  // likewise, of the sum of squares about the mean
constexpr double floor32 = 3e-6;          // likewise, of an RSS as a share of that sum
// Two programs may differ on a tie between shapes, or miss another of two optima.
constexpr double targets_agree = 0.998;
constexpr double easy_agree = 0.9999, hard_agree = 0.997;

struct Flat {
  std::vector<double> x, y;
  std::vector<std::size_t> offsets = {0};

  explicit Flat(const std::vector<Curve>& curves) {
    for (const Curve& curve : curves) add(curve.x, curve.y);
  }
  void add(const std::vector<double>& more_x, const std::vector<double>& more_y) {
    x.insert(x.end(), more_x.begin(), more_x.end());
    y.insert(y.end(), more_y.begin(), more_y.end());
    offsets.push_back(x.size());
  }
  Curves view() const { return Curves::ragged(x, y, offsets); }
};

const ogive::curve::Model& logistic() { return ogive::curve::model("logistic"); }

Options with(Interval interval, unsigned threads = 1) {
  Options options;
  options.interval = interval;
  options.threads = threads;
  return options;
}

bool same_bits(const std::vector<double>& p, const std::vector<double>& q) {
  return p.size() == q.size() && (p.empty() || std::memcmp(p.data(), q.data(), p.size() * sizeof(double)) == 0);
}

// Shares of curves on which both paths agree.
struct Agreement {
  std::size_t curves = 0, rss = 0, shape = 0, regular = 0, parameters = 0, errors = 0;
};

Agreement compare(const std::vector<Curve>& curves, const Fits& fits) {
  Agreement agreement;
  for (std::size_t i = 0; i < curves.size(); ++i) {
    ogive::fit::Options options;
    options.interval = Interval::wald;
    const auto single = ogive::fit::fit(logistic(), {curves[i].x, curves[i].y}, options);
    ++agreement.curves;
    agreement.rss += fits.rss[i] <= single.rss * (1 + same_rss);
    // A curve so near its limit that the RSS does not tell them apart may go by either name.
    const bool tie =
        fits.shape[i] != Shape::flat && single.shape != Shape::flat && std::fabs(fits.rss[i] / single.rss - 1) <= tied_rss;
    agreement.shape += (fits.shape[i] == single.shape || tie) && fits.status[i] == single.status;
    if (fits.shape[i] != single.shape)
      BOOST_TEST_MESSAGE("curve " << i << ": " << ogive::fit::to_string(fits.shape[i]) << " instead of "
                                  << ogive::fit::to_string(single.shape) << ", rss " << fits.rss[i] << " instead of " << single.rss
                                  << ", share " << fits.rss[i] / single.rss - 1);
    if (single.shape != Shape::regular || fits.shape[i] != Shape::regular) continue;
    if (std::fabs(fits.rss[i] / single.rss - 1) > same_rss) continue;
    ++agreement.regular;
    bool close = true, close_errors = true;
    for (std::size_t p = 0; p < 4; ++p) {
      const auto& e = single.parameters[p];
      close = close && std::fabs(fits.value(p, i) - e.value) <= same_parameters * e.se;
      close_errors = close_errors && std::fabs(fits.standard_errors[p * fits.size() + i] / e.se - 1) <= same_errors;
    }
    agreement.parameters += close;
    agreement.errors += close_errors;
    if (!close || !close_errors)
      BOOST_TEST_MESSAGE("curve " << i << ": k " << fits.value(2, i) << " instead of " << single.parameters[2].value << ", se "
                                  << fits.standard_errors[2 * fits.size() + i] << " instead of " << single.parameters[2].se);
  }
  return agreement;
}

void check_agreement(const std::vector<Curve>& curves, double least) {
  const Fits fits = fit_many(logistic(), Flat(curves).view(), with(Interval::wald));
  BOOST_TEST(fits.size() == curves.size());
  const Agreement agreement = compare(curves, fits);
  const auto share = [](std::size_t part, std::size_t whole) { return static_cast<double>(part) / static_cast<double>(whole); };
  BOOST_TEST(share(agreement.rss, agreement.curves) >= least);
  BOOST_TEST(share(agreement.shape, agreement.curves) >= least);
  BOOST_TEST(share(agreement.parameters, agreement.regular) >= least);
  BOOST_TEST(share(agreement.errors, agreement.regular) >= least);
  BOOST_TEST(agreement.regular > curves.size() / 3);  // or there was little to compare
}

}  // namespace

BOOST_AUTO_TEST_CASE(easy_curves_get_the_single_paths_answer) {
  check_agreement(ogive::fit_test::easy_curves(1000, 31), easy_agree);
}

BOOST_AUTO_TEST_CASE(hard_curves_get_the_single_paths_answer) {
  check_agreement(ogive::fit_test::hard_curves(1000, 32), hard_agree);
}

BOOST_AUTO_TEST_CASE(curves_of_other_lengths_get_the_single_paths_answer) {
  ogive::Random random(33);
  std::vector<Curve> curves;
  for (int i = 0; i < 300; ++i) {
    ogive::fit_test::Recipe recipe;
    recipe.n = 6 + static_cast<std::size_t>(random.below(40));
    curves.push_back(ogive::fit_test::easy_curve(random, recipe));
  }
  check_agreement(curves, hard_agree);
}

BOOST_AUTO_TEST_CASE(replicates_get_the_single_paths_answer) {
  ogive::Random random(34);
  std::vector<Curve> curves;
  for (int i = 0; i < 200; ++i) {
    Curve curve = ogive::fit_test::easy_curve(random);
    for (std::size_t j = 0; j < curve.x.size(); ++j) curve.x[j] = std::round(curve.x[j]);
    curves.push_back(curve);
  }
  check_agreement(curves, hard_agree);
}

BOOST_AUTO_TEST_CASE(a_curve_does_not_feel_its_neighbours_or_its_place_or_the_threads) {
  auto curves = ogive::fit_test::hard_curves(500, 35);
  const Fits together = fit_many(logistic(), Flat(curves).view(), with(Interval::wald));
  const Fits threads = fit_many(logistic(), Flat(curves).view(), with(Interval::wald, 3));
  BOOST_TEST(same_bits(together.values, threads.values));
  BOOST_TEST(same_bits(together.standard_errors, threads.standard_errors));
  BOOST_TEST(same_bits(together.rss, threads.rss));
  for (std::size_t i = 0; i < curves.size(); i += 7) {
    const Fits alone = fit_many(logistic(), Flat({curves[i]}).view(), with(Interval::wald));
    for (std::size_t p = 0; p < 4; ++p) {
      const double here = together.value(p, i), there = alone.value(p, 0);
      BOOST_TEST(std::memcmp(&here, &there, sizeof here) == 0, "curve " << i << ": " << here << " and " << there);
    }
  }
}

BOOST_AUTO_TEST_CASE(results_made_in_old_memory_are_as_in_new) {
  auto curves = ogive::fit_test::hard_curves(300, 36);
  curves.push_back({});
  Fits used = fit_many(logistic(), Flat(ogive::fit_test::easy_curves(700, 37)).view(), with(Interval::wald));
  for (const Interval interval : {Interval::wald, Interval::none}) {
    const Fits fresh = fit_many(logistic(), Flat(curves).view(), with(interval));
    fit_many(logistic(), Flat(curves).view(), with(interval), used);
    BOOST_TEST(used.size() == fresh.size());
    BOOST_TEST(used.has_intervals == fresh.has_intervals);
    BOOST_TEST((used.status == fresh.status && used.shape == fresh.shape && used.n == fresh.n && used.missing == fresh.missing));
    BOOST_TEST(same_bits(used.values, fresh.values));
    BOOST_TEST(same_bits(used.standard_errors, fresh.standard_errors));
    BOOST_TEST(same_bits(used.lower, fresh.lower));
    BOOST_TEST(same_bits(used.upper, fresh.upper));
    BOOST_TEST(same_bits(used.rss, fresh.rss));
    BOOST_TEST(same_bits(used.tss, fresh.tss));
    BOOST_TEST(used.single == fresh.single);
  }
}

BOOST_AUTO_TEST_CASE(every_instruction_set_finds_the_same_rss) {
  const auto curves = ogive::fit_test::hard_curves(1000, 40);
  std::vector<Fits> all;
  ogive::batch_test::on_every_target(hwy::SupportedTargets(), [&] { all.push_back(fit_many(logistic(), Flat(curves).view())); });
  for (const Fits& fits : all) {
    std::size_t same = 0;
    for (std::size_t i = 0; i < curves.size(); ++i) {
      double least = fits.rss[i];
      for (const Fits& other : all) least = std::fmin(least, other.rss[i]);
      same += fits.rss[i] <= least * (1 + ogive::batch::claims::across_targets);
    }
    BOOST_TEST(static_cast<double>(same) >= targets_agree * static_cast<double>(curves.size()));
  }
}

BOOST_AUTO_TEST_CASE(units_of_y_and_x_do_not_matter) {
  const auto curves = ogive::fit_test::hard_curves(300, 36);
  const Fits plain = fit_many(logistic(), Flat(curves).view());
  for (const double factor : {1e6, 1e-6}) {
    std::vector<Curve> scaled;
    for (const Curve& curve : curves) scaled.push_back(ogive::fit_test::with_scaled_y(curve, factor));
    const Fits fits = fit_many(logistic(), Flat(scaled).view());
    std::size_t same = 0;
    for (std::size_t i = 0; i < curves.size(); ++i) same += fits.rss[i] <= plain.rss[i] * factor * factor * (1 + same_rss);
    BOOST_TEST(static_cast<double>(same) >= hard_agree * static_cast<double>(curves.size()));
  }
  // x shifted, scaled and reversed. Far from 0, x has fewer digits.
  for (const auto& [shift, factor] : {std::pair{2e4, 1e-3}, {0.0, 1e6}, {0.0, -1.0}}) {
    std::vector<Curve> moved = curves;
    for (Curve& curve : moved)
      for (double& x : curve.x) x = shift + factor * x;
    const Fits fits = fit_many(logistic(), Flat(moved).view());
    std::size_t same = 0;
    for (std::size_t i = 0; i < curves.size(); ++i) same += fits.rss[i] <= plain.rss[i] * (1 + same_rss);
    BOOST_TEST(static_cast<double>(same) >= hard_agree * static_cast<double>(curves.size()),
               "x -> " << shift << " + " << factor << " x");
  }
}

BOOST_AUTO_TEST_CASE(missing_points_and_any_order_are_as_if_prepared_by_hand) {
  const auto curves = ogive::fit_test::easy_curves(40, 37);
  std::vector<double> x, y;
  Flat clean({});
  for (const Curve& curve : curves) {
    std::vector<double> clean_x, clean_y;
    for (std::size_t j = curve.x.size(); j-- > 0;) {  // falling order
      const bool gap_x = j == 3, gap_y = j == 8;
      x.push_back(gap_x ? missing : curve.x[j]);
      y.push_back(gap_y ? missing : curve.y[j]);
      if (gap_x || gap_y) continue;
      clean_x.insert(clean_x.begin(), curve.x[j]);
      clean_y.insert(clean_y.begin(), curve.y[j]);
    }
    clean.add(clean_x, clean_y);
  }
  const Fits gaps = fit_many(logistic(), Curves::matrix(x, y, 20));
  const Fits by_hand = fit_many(logistic(), clean.view());
  BOOST_TEST(same_bits(gaps.values, by_hand.values));
  for (std::size_t i = 0; i < curves.size(); ++i) {
    BOOST_TEST(gaps.missing[i] == 2U);
    BOOST_TEST(gaps.n[i] == 18U);
  }
}

BOOST_AUTO_TEST_CASE(degenerate_curves_are_told_apart_as_by_the_single_path) {
  Flat flat({});
  flat.add({1, 2, 3, 4, 5, 6, 7}, {2, 2, 2, 2, 2, 2, 2});                                              // constant
  flat.add({1, 2, 3}, {1, 2, 3});                                                                      // too few
  flat.add({1, 1, 1, 1, 1, 1}, {1, 2, 3, 4, 5, 6});                                                    // one x
  flat.add({}, {});                                                                                    // nothing
  flat.add({1, 2, 3, 4, 5, 6, 7, 8}, {0, 0.01, -0.01, 0, 1.01, 1, 0.99, 1});                           // a step
  flat.add({1, 2, 3, 4, 5, 6, 7, 8}, {1.01, 2, 2.99, 4, 5.01, 6, 6.99, 8});                            // a line
  flat.add({1, 2, 3, 4, 5, 6, 7, 8}, {1, 2, 3, 4, 5, std::numeric_limits<double>::infinity(), 7, 8});  // not finite
  flat.add({missing, missing, missing, missing, missing, missing}, {1, 2, 3, 4, 5, 6});                // all missing
  const Fits fits = fit_many(logistic(), flat.view());
  for (std::size_t i = 0; i + 1 < flat.offsets.size(); ++i) {
    std::vector<double> x, y;
    for (std::size_t j = flat.offsets[i]; j < flat.offsets[i + 1]; ++j) {
      if (std::isnan(flat.x[j])) continue;
      x.push_back(flat.x[j]);
      y.push_back(flat.y[j]);
    }
    const auto single = ogive::fit::fit(logistic(), {x, y});
    BOOST_TEST_CONTEXT("curve " << i) {
      BOOST_TEST(to_string(fits.status[i]) == to_string(single.status));
      BOOST_TEST(to_string(fits.shape[i]) == to_string(single.shape));
    }
  }
}

BOOST_AUTO_TEST_CASE(float32_comes_within_its_claim) {
  const auto curves = ogive::fit_test::easy_curves(1000, 38);
  std::vector<float> x, y;
  for (const Curve& curve : curves)
    for (std::size_t j = 0; j < curve.x.size(); ++j) {
      x.push_back(static_cast<float>(curve.x[j]));
      y.push_back(static_cast<float>(curve.y[j]));
    }
  Options options;
  options.threads = 1;
  options.precision = ogive::batch::Precision::float32;
  const Fits narrow = fit_many(logistic(), Curves::matrix(x, y, 20), options);
  const Fits wide = fit_many(logistic(), Flat(curves).view(), with(Interval::none));
  std::size_t close = 0;
  for (std::size_t i = 0; i < curves.size(); ++i) close += narrow.rss[i] <= wide.rss[i] * (1 + single_rss32);
  BOOST_TEST(static_cast<double>(close) >= 0.999 * static_cast<double>(curves.size()));
}

BOOST_AUTO_TEST_CASE(what_float32_leaves_open_goes_through_the_lanes_in_float64) {
  Options options = with(Interval::none);
  options.precision = ogive::batch::Precision::float32;
  const auto curves = ogive::fit_test::hard_curves(3000, 207);
  const Flat flat(curves);
  const Fits narrow = fit_many(logistic(), flat.view(), options), wide = fit_many(logistic(), flat.view(), with(Interval::none));
  // One in 140 took the single path before.
  BOOST_TEST(static_cast<double>(narrow.single) <= most_single32 * static_cast<double>(curves.size()));
  std::size_t within = 0;
  for (std::size_t i = 0; i < curves.size(); ++i) within += narrow.rss[i] <= wide.rss[i] * (1 + single_rss32);
  BOOST_TEST(static_cast<double>(within) >= 0.99 * static_cast<double>(curves.size()));
}

BOOST_AUTO_TEST_CASE(float32_input_of_every_length_is_as_the_same_numbers_in_float64) {
  // Blocks of float32 are loaded and normalised by code of their own: tiles that overlap, tiles that are not full, far from 0.
  for (const char* name : {"logistic", "logistic3", "gompertz"}) {
    const ogive::curve::Model& model = ogive::curve::model(name);
    for (const std::size_t n : {5U, 6U, 7U, 8U, 9U, 12U, 15U, 16U, 17U, 20U, 31U, 32U, 33U, 50U}) {
      for (const float shift : {0.0F, 1000.0F}) {
        ogive::curve::Simulation plan;
        plan.model = &model;
        plan.points = n;
        std::vector<float> x, y;
        std::vector<double> wide_x, wide_y;
        ogive::curve::Simulated curve;
        for (std::size_t i = 0; i < 37; ++i) {
          ogive::Random random = ogive::curve::random_of(n, i);
          ogive::curve::simulate(random, plan, curve);
          for (const double each : curve.x) x.push_back(static_cast<float>(each) + shift);
          for (const double each : curve.y) y.push_back(static_cast<float>(each));
        }
        wide_x.assign(x.begin(), x.end());
        wide_y.assign(y.begin(), y.end());
        const Fits wide = fit_many(model, Curves::matrix(wide_x, wide_y, n), with(Interval::none));
        Options options = with(Interval::none);
        options.precision = ogive::batch::Precision::float32;
        ogive::batch_test::on_every_target(hwy::SupportedTargets(), [&] {
          const Fits narrow = fit_many(model, Curves::matrix(x, y, n), options);
          std::size_t close = 0, same_spread = 0;
          for (std::size_t i = 0; i < wide.size(); ++i) {
            // Below some millionths of the spread float32 does not tell one RSS from another.
            close += narrow.rss[i] <= wide.rss[i] * (1 + single_rss32) + floor32 * wide.tss[i];
            same_spread += std::fabs(narrow.tss[i] / wide.tss[i] - 1) <= single_spread32;
          }
          BOOST_TEST_CONTEXT(name << ", " << n << " points, x from " << shift) {
            BOOST_TEST(close + 1 >= wide.size());  // two optima of nearly the same RSS are a matter of rounding
            BOOST_TEST(same_spread == wide.size());
          }
        });
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(lengths_that_do_not_fit_are_refused) {
  const std::vector<double> five(5), six(6);
  const std::vector<std::size_t> falling = {0, 4, 2}, beyond = {0, 9};
  BOOST_CHECK_THROW(Curves::matrix(six, five, 3), ogive::InputError);
  BOOST_CHECK_THROW(Curves::matrix(five, six, 3), ogive::InputError);
  BOOST_CHECK_THROW(Curves::matrix(six, six, 0), ogive::InputError);
  BOOST_CHECK_THROW(Curves::ragged(six, five, falling), ogive::InputError);
  BOOST_CHECK_THROW(Curves::ragged(six, six, falling), ogive::InputError);
  BOOST_CHECK_THROW(Curves::ragged(six, six, beyond), ogive::InputError);
}
