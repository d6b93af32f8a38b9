// SPDX-License-Identifier: MIT
// A 95 % interval contains the truth in 95 of 100 experiments: the profile intervals, counted.
#define BOOST_TEST_MODULE fit_coverage
#include <array>
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <cstdint>

#include "fit/support/generator.h"
#include "ogive/base/parallel_for.h"
#include "ogive/curve/registry.h"
#include "ogive/fit/fit.h"

using ogive::fit_test::Curve;

namespace {

constexpr std::size_t curves = 10000;  // the count of covered ones has a standard deviation of 0.22 %

struct Claim {
  double least;
  double most;
};
constexpr Claim at_2_percent_noise = {0.94, 0.96};
constexpr Claim at_10_percent_noise = {0.93, 0.97};

struct Coverage {
  std::array<std::atomic<std::size_t>, 4> covered{};
  std::atomic<std::size_t> intervals = 0;  // curves for which there is an interval for each parameter

  double share(std::size_t place) const { return static_cast<double>(covered[place]) / static_cast<double>(curves); }
};

// Each curve has a stream of its own, so the count does not depend on the threads.
void count(Coverage& coverage, double noise, std::uint64_t seed) {
  ogive::parallel_for(curves, 0, [&](std::size_t i) {
    ogive::Random random(seed + i);
    const Curve curve = ogive::fit_test::easy_curve(random, {.n = 20, .noise = noise});
    const auto result = ogive::fit::fit(ogive::curve::model("logistic"), {curve.x, curve.y});
    // L > 0 in truth and in the report: the same one of the two ways to write the curve.
    const std::array truth = {curve.truth.L, curve.truth.x0, curve.truth.k, curve.truth.b};
    bool all = true;
    for (std::size_t p = 0; p < truth.size(); ++p) {
      const auto& [value, se, lower, upper] = result.parameters[p];
      all = all && lower <= upper;
      coverage.covered[p] += lower <= truth[p] && truth[p] <= upper;
    }
    coverage.intervals += all;
  });
}

void check(double noise, std::uint64_t seed, const Claim& claim) {
  Coverage coverage;
  count(coverage, noise, seed);
  BOOST_TEST(coverage.intervals == curves);
  const auto& parameters = ogive::curve::model("logistic").parameters;
  for (std::size_t p = 0; p < parameters.size(); ++p) {
    BOOST_TEST_MESSAGE(parameters[p].name << " is covered in " << 100 * coverage.share(p) << " %");
    BOOST_TEST(coverage.share(p) >= claim.least, parameters[p].name << " is covered in " << 100 * coverage.share(p) << " % only");
    BOOST_TEST(coverage.share(p) <= claim.most, parameters[p].name << " is covered in " << 100 * coverage.share(p) << " %");
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(profile_intervals_cover_at_2_percent_noise) { check(0.02, 31000, at_2_percent_noise); }

BOOST_AUTO_TEST_CASE(profile_intervals_cover_at_10_percent_noise) { check(0.10, 52000, at_10_percent_noise); }
