// SPDX-License-Identifier: MIT
// Weights of points in lanes, judged by the single path.
#define BOOST_TEST_MODULE batch_weights
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include "fit/support/generator.h"
#include "ogive/base/errors.h"
#include "ogive/base/random.h"
#include "ogive/batch/fit_many.h"
#include "ogive/curve/registry.h"

namespace {

using ogive::batch::Curves;
using ogive::batch::fit_many;
using ogive::batch::Fits;
using ogive::batch::Options;
using ogive::curve::Model;
using ogive::fit::Interval;
using ogive::fit::Shape;
using ogive::fit::Status;
using ogive::fit_test::Curve;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double infinite = std::numeric_limits<double>::infinity();

// Claims: those of fit_many_test.cpp.
constexpr double same_rss = 1e-6;  // as a share; the single path may be the one that is worse
constexpr double tied_rss = 1e-9;
constexpr double same_parameters = 2e-3;  // of a standard error
constexpr double same_errors = 1e-3;      // of itself
constexpr double same_numbers = 1e-9;     // of what only another rounding tells apart
constexpr double single_rss32 = 1e-3;     // float32
// Two programs may differ on a tie between shapes, or miss another of two optima.
constexpr double easy_agree = 0.998, hard_agree = 0.985;
constexpr double gompertz_agree = 0.97;  // it has two orientations to search
constexpr double least_in_lanes = 0.9;   // of easy curves

using Values = std::vector<double>;

// Some of which are 0.
Values weights_for(ogive::Random& random, std::size_t count, double range) {
  Values w;
  for (std::size_t i = 0; i < count; ++i)
    w.push_back(random.uniform() < 0.05 ? 0.0 : std::exp(random.uniform(-1, 1) * std::log(range)));
  return w;
}

struct Flat {
  Values x, y, w;
  std::vector<std::size_t> offsets = {0};

  void add(const Values& more_x, const Values& more_y, const Values& more_w) {
    x.insert(x.end(), more_x.begin(), more_x.end());
    y.insert(y.end(), more_y.begin(), more_y.end());
    w.insert(w.end(), more_w.begin(), more_w.end());
    offsets.push_back(x.size());
  }
  std::size_t size() const { return offsets.size() - 1; }
  Curves view() const { return Curves::ragged(x, y, offsets).with_weights(w); }
  ogive::fit::Data curve(std::size_t i) const {
    const std::size_t n = offsets[i + 1] - offsets[i];
    return {std::span(x).subspan(offsets[i], n), std::span(y).subspan(offsets[i], n), std::span(w).subspan(offsets[i], n)};
  }
};

Flat flat_of(const std::vector<Curve>& curves, const Model& model, ogive::Random& random, double range = 10) {
  Flat flat;
  for (Curve curve : curves) {
    for (double& x : curve.x) x = model.log_dose ? std::exp(x) : x;
    if (model.linear != ogive::curve::Linear::L_and_b)
      for (double& y : curve.y) y -= std::min(curve.truth.b, curve.truth.b + curve.truth.L);
    flat.add(curve.x, curve.y, weights_for(random, curve.x.size(), range));
  }
  return flat;
}

Options with(Interval interval, unsigned threads = 1) {
  Options options;
  options.interval = interval;
  options.threads = threads;
  return options;
}

bool same_bits(const Values& p, const Values& q) {
  return p.size() == q.size() && (p.empty() || std::memcmp(p.data(), q.data(), p.size() * sizeof(double)) == 0);
}

bool near(double a, double b, double share) { return std::fabs(a - b) <= share * std::max(std::fabs(a), std::fabs(b)); }

Fits check_agreement(const Model& model, const Flat& flat, double least) {
  const Fits fits = fit_many(model, flat.view(), with(Interval::wald));
  std::size_t rss = 0, shape = 0, regular = 0, parameters = 0, errors = 0;
  for (std::size_t i = 0; i < flat.size(); ++i) {
    ogive::fit::Options options;
    options.interval = Interval::wald;
    const auto single = ogive::fit::fit(model, flat.curve(i), options);
    const bool tie =
        fits.shape[i] != Shape::flat && single.shape != Shape::flat && std::fabs(fits.rss[i] / single.rss - 1) <= tied_rss;
    rss += fits.rss[i] <= single.rss * (1 + same_rss);
    shape += (fits.shape[i] == single.shape || tie) && fits.status[i] == single.status;
    if (!(fits.rss[i] <= single.rss * (1 + same_rss)) || fits.shape[i] != single.shape)
      BOOST_TEST_MESSAGE(model.name << ' ' << i << ": " << to_string(fits.shape[i]) << " instead of " << to_string(single.shape)
                                    << ", share " << fits.rss[i] / single.rss - 1);
    BOOST_TEST(fits.n[i] == single.n);
    BOOST_TEST(fits.n[i] + fits.missing[i] == flat.curve(i).x.size());
    BOOST_TEST(near(fits.tss[i], single.tss, same_numbers));
    if (single.shape != Shape::regular || fits.shape[i] != Shape::regular) continue;
    if (std::fabs(fits.rss[i] / single.rss - 1) > same_rss) continue;
    ++regular;
    bool close = true, close_errors = true;
    for (std::size_t p = 0; p < model.parameters.size(); ++p) {
      const auto& e = single.parameters[p];
      close = close && std::fabs(fits.value(p, i) - e.value) <= same_parameters * e.se;
      close_errors = close_errors && std::fabs(fits.standard_errors[p * fits.size() + i] / e.se - 1) <= same_errors;
    }
    parameters += close;
    errors += close_errors;
    if (fits.status[i] == Status::ok) {
      const auto entry = ogive::batch::result_of(fits, i, flat.curve(i));
      BOOST_TEST(std::fabs(entry.aicc - single.aicc) <= 10 * same_rss * static_cast<double>(single.n));
      BOOST_TEST(near(entry.rse, single.rse, same_rss));
    }
  }
  const auto share = [](std::size_t part, std::size_t whole) { return static_cast<double>(part) / static_cast<double>(whole); };
  BOOST_TEST(share(rss, flat.size()) >= least);
  BOOST_TEST(share(shape, flat.size()) >= least);
  BOOST_TEST(share(parameters, regular) >= least);
  BOOST_TEST(share(errors, regular) >= least);
  BOOST_TEST(regular > flat.size() / 3);  // or there was little to compare
  return fits;
}

const Model& logistic() { return ogive::curve::model("logistic"); }

}  // namespace

BOOST_AUTO_TEST_CASE(easy_curves_with_weights_get_the_single_paths_answer) {
  ogive::Random random(71);
  for (const char* name : {"logistic", "logistic3", "loglogistic", "gompertz"}) {
    const Model& model = ogive::curve::model(name);
    BOOST_TEST_CONTEXT(name) {
      const Flat flat = flat_of(ogive::fit_test::easy_curves(500, 72), model, random);
      const Fits fits = check_agreement(model, flat, std::string(name) == "gompertz" ? gompertz_agree : easy_agree);
      if (std::string(name) == "logistic")
        BOOST_TEST(static_cast<double>(fits.single) <= (1 - least_in_lanes) * static_cast<double>(flat.size()));
    }
  }
}

BOOST_AUTO_TEST_CASE(hard_curves_with_weights_get_the_single_paths_answer) {
  ogive::Random random(73);
  for (const char* name : {"logistic", "logistic3", "gompertz"}) {
    const Model& model = ogive::curve::model(name);
    BOOST_TEST_CONTEXT(name) {
      check_agreement(model, flat_of(ogive::fit_test::hard_curves(500, 74), model, random),
                      std::string(name) == "gompertz" ? gompertz_agree : hard_agree);
    }
  }
}

BOOST_AUTO_TEST_CASE(weights_of_four_decades_get_the_single_paths_answer) {
  ogive::Random random(75);
  check_agreement(logistic(), flat_of(ogive::fit_test::easy_curves(300, 76), logistic(), random, 100), hard_agree);
  check_agreement(logistic(), flat_of(ogive::fit_test::hard_curves(300, 77), logistic(), random, 100), hard_agree);
}

BOOST_AUTO_TEST_CASE(weights_of_sixteen_decades_take_the_single_path) {
  ogive::Random random(78);
  Flat flat;
  for (const Curve& curve : ogive::fit_test::easy_curves(20, 79)) {
    Values w = weights_for(random, curve.x.size(), 10);
    w[0] = 1e-15;
    flat.add(curve.x, curve.y, w);
  }
  const Fits fits = fit_many(logistic(), flat.view());
  BOOST_TEST(fits.single == flat.size());
  for (std::size_t i = 0; i < flat.size(); ++i) BOOST_TEST(fits.rss[i] == ogive::fit::fit(logistic(), flat.curve(i)).rss);
}

BOOST_AUTO_TEST_CASE(replicates_with_weights_get_the_single_paths_answer) {
  ogive::Random random(80);
  Flat flat;
  for (Curve curve : ogive::fit_test::easy_curves(300, 81)) {
    for (double& x : curve.x) x = std::round(x);
    flat.add(curve.x, curve.y, weights_for(random, curve.x.size(), 10));
  }
  check_agreement(logistic(), flat, hard_agree);
}

BOOST_AUTO_TEST_CASE(a_curve_does_not_feel_its_neighbours_or_the_threads) {
  ogive::Random random(82);
  const Flat flat = flat_of(ogive::fit_test::hard_curves(3000, 83), logistic(), random);
  const Fits one = fit_many(logistic(), flat.view(), with(Interval::wald, 1));
  const Fits three = fit_many(logistic(), flat.view(), with(Interval::wald, 3));
  BOOST_TEST(same_bits(one.values, three.values));
  BOOST_TEST(same_bits(one.standard_errors, three.standard_errors));
  BOOST_TEST(same_bits(one.rss, three.rss));
  BOOST_TEST(same_bits(one.sum_log_weights, three.sum_log_weights));
  for (std::size_t i = 0; i < flat.size(); i += 97) {
    const auto data = flat.curve(i);
    const auto alone_view = Curves::matrix(data.x, data.y, data.x.size()).with_weights(data.w);
    const Fits alone = fit_many(logistic(), alone_view, with(Interval::wald));
    for (std::size_t p = 0; p < 4; ++p) {
      const double here = one.value(p, i), there = alone.value(p, 0);
      BOOST_TEST(std::memcmp(&here, &there, sizeof here) == 0, "curve " << i << ": " << here << " and " << there);
    }
  }
}

BOOST_AUTO_TEST_CASE(the_unit_of_weights_is_that_of_the_rss_alone) {
  ogive::Random random(84);
  Flat flat = flat_of(ogive::fit_test::hard_curves(300, 85), logistic(), random);
  const Fits here = fit_many(logistic(), flat.view());
  for (const double unit : {0x1p-900, 0x1p900, 1.0 / 3}) {
    Flat scaled = flat;
    for (double& weight : scaled.w) weight *= unit;
    const Fits there = fit_many(logistic(), scaled.view());
    std::size_t same = 0;
    for (std::size_t i = 0; i < flat.size(); ++i) same += near(there.rss[i] / unit, here.rss[i], same_rss);
    BOOST_TEST(static_cast<double>(same) >= hard_agree * static_cast<double>(flat.size()));
    if (unit != 1.0 / 3) BOOST_TEST(same_bits(there.values, here.values));  // a power of two costs no digit
  }
}

BOOST_AUTO_TEST_CASE(equal_weights_are_none) {
  const auto curves = ogive::fit_test::easy_curves(200, 86);
  Flat flat;
  for (const Curve& curve : curves) flat.add(curve.x, curve.y, Values(curve.x.size(), 4.0));
  const Fits equal = fit_many(logistic(), flat.view(), with(Interval::wald));
  const Fits none = fit_many(logistic(), Curves::ragged(flat.x, flat.y, flat.offsets), with(Interval::wald));
  BOOST_TEST(same_bits(equal.values, none.values));
  BOOST_TEST(same_bits(equal.standard_errors, none.standard_errors));
  BOOST_TEST(none.sum_log_weights.empty());
  for (std::size_t i = 0; i < curves.size(); ++i) BOOST_TEST(equal.rss[i] == 4 * none.rss[i]);
}

BOOST_AUTO_TEST_CASE(a_point_of_weight_zero_is_missing) {
  ogive::Random random(87);
  Flat zeros, gaps;
  for (const Curve& curve : ogive::fit_test::easy_curves(100, 88)) {
    Values w = weights_for(random, curve.x.size(), 10), y = curve.y;
    for (double& weight : w) weight = weight == 0 ? 1 : weight;
    Values with_zero = w;
    with_zero[4] = 0;
    y[4] = missing;
    gaps.add(curve.x, y, w);
    zeros.add(curve.x, curve.y, with_zero);
  }
  const Fits zero = fit_many(logistic(), zeros.view(), with(Interval::wald)),
             gap = fit_many(logistic(), gaps.view(), with(Interval::wald));
  BOOST_TEST(same_bits(zero.values, gap.values));
  BOOST_TEST(same_bits(zero.standard_errors, gap.standard_errors));
  BOOST_TEST(same_bits(zero.sum_log_weights, gap.sum_log_weights));
  for (std::size_t i = 0; i < zero.size(); ++i) {
    BOOST_TEST(zero.missing[i] == 1U);
    BOOST_TEST(zero.n[i] == 19U);
  }
}

BOOST_AUTO_TEST_CASE(weights_that_mean_nothing_are_bad_data_of_their_curve_alone) {
  const auto curves = ogive::fit_test::easy_curves(6, 89);
  Flat flat;
  for (const double odd : {-1.0, infinite, missing, 0.5, -infinite}) {
    const Curve& curve = curves[flat.size()];
    Values w(curve.x.size(), 1.0);
    w[2] = odd;
    flat.add(curve.x, curve.y, w);
  }
  flat.add(curves[5].x, curves[5].y, Values(curves[5].x.size(), 0.0));
  const Fits fits = fit_many(logistic(), flat.view());
  for (std::size_t i = 0; i < flat.size(); ++i)
    BOOST_TEST(to_string(fits.status[i]) == to_string(i == 3 ? Status::ok : Status::bad_data), "curve " << i);
}

BOOST_AUTO_TEST_CASE(profile_intervals_are_those_of_the_single_path) {
  ogive::Random random(90);
  const Flat flat = flat_of(ogive::fit_test::easy_curves(20, 91), logistic(), random);
  const Fits fits = fit_many(logistic(), flat.view(), with(Interval::profile));
  for (std::size_t i = 0; i < flat.size(); ++i) {
    const auto single = ogive::fit::fit(logistic(), flat.curve(i));
    for (std::size_t p = 0; p < 4; ++p) {
      BOOST_TEST(fits.lower[p * fits.size() + i] == single.parameters[p].lower);
      BOOST_TEST(fits.upper[p * fits.size() + i] == single.parameters[p].upper);
    }
  }
}

BOOST_AUTO_TEST_CASE(float32_points_and_weights_come_within_their_claim) {
  ogive::Random random(92);
  const auto curves = ogive::fit_test::easy_curves(500, 93);
  const std::size_t n = curves[0].x.size();
  std::vector<float> x, y, w;
  Flat same;
  for (const Curve& curve : curves) {
    Values wide_x, wide_y, wide_w = weights_for(random, n, 10);
    for (std::size_t j = 0; j < n; ++j) {
      x.push_back(static_cast<float>(curve.x[j]));
      y.push_back(static_cast<float>(curve.y[j]));
      w.push_back(static_cast<float>(wide_w[j]));
      wide_x.push_back(static_cast<double>(x.back()));
      wide_y.push_back(static_cast<double>(y.back()));
      wide_w[j] = static_cast<double>(w.back());
    }
    same.add(wide_x, wide_y, wide_w);
  }
  const Fits wide = fit_many(logistic(), same.view());
  const Fits from_narrow = fit_many(logistic(), Curves::matrix(x, y, n).with_weights(w));
  BOOST_TEST(same_bits(from_narrow.values, wide.values));
  Options options = with(Interval::none);
  options.precision = ogive::batch::Precision::float32;
  const Fits narrow = fit_many(logistic(), Curves::matrix(x, y, n).with_weights(w), options);
  std::size_t close = 0;
  for (std::size_t i = 0; i < curves.size(); ++i) close += narrow.rss[i] <= wide.rss[i] * (1 + single_rss32);
  BOOST_TEST(static_cast<double>(close) >= easy_agree * static_cast<double>(curves.size()));
}

BOOST_AUTO_TEST_CASE(weights_that_are_not_as_many_as_y_are_refused) {
  const Values three(3), six(6), nine(9);
  const std::vector<float> narrow(9);
  const std::vector<std::size_t> offsets = {0, 4, 6};
  BOOST_CHECK_THROW(static_cast<void>(Curves::matrix(three, six, 3).with_weights(three)), ogive::InputError);
  BOOST_CHECK_THROW(static_cast<void>(Curves::matrix(three, six, 3).with_weights(narrow)), ogive::InputError);
  BOOST_CHECK_THROW(static_cast<void>(Curves::ragged(six, six, offsets).with_weights(nine)), ogive::InputError);
  BOOST_TEST(Curves::matrix(three, six, 3).with_weights(six).has_weights());
  BOOST_TEST(!Curves::matrix(three, six, 3).has_weights());
}
