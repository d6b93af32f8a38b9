// SPDX-License-Identifier: MIT
// Goodness of many fits against its definition in 50 digits, and where it does not exist.
#define BOOST_TEST_MODULE batch_goodness
#include "ogive/batch/goodness.h"

#include <algorithm>
#include <boost/multiprecision/cpp_bin_float.hpp>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include "ogive/base/random.h"
#include "ogive/curve/registry.h"

namespace {

using ogive::batch::Fits;
using ogive::batch::Goodness;
using Real = boost::multiprecision::cpp_bin_float_50;

Fits fits_of(std::vector<std::uint32_t> n, std::vector<double> rss, std::vector<double> tss) {
  Fits fits;
  fits.model = &ogive::curve::model("logistic");
  fits.status.resize(n.size());
  fits.n = std::move(n);
  fits.rss = std::move(rss);
  fits.tss = std::move(tss);
  return fits;
}

// Sums of squares of every magnitude.
Fits random_fits(std::size_t count, bool weighted) {
  ogive::Random random(17);
  std::vector<std::uint32_t> n;
  std::vector<double> rss, tss;
  for (std::size_t i = 0; i < count; ++i) {
    n.push_back(static_cast<std::uint32_t>(7 + random.uniform(0, i % 2 == 0 ? 30 : 1e5)));
    rss.push_back(std::pow(10, random.uniform(-320, 300)));
    tss.push_back(rss.back() * std::pow(10, random.uniform(0, 6)));
  }
  Fits fits = fits_of(n, rss, tss);
  for (std::size_t i = 0; weighted && i < count; ++i) fits.sum_log_weights.push_back(random.uniform(-100, 100));
  return fits;
}

void check(const Fits& fits, std::size_t i, const Goodness& goodness, std::size_t at) {
  constexpr double eps = std::numeric_limits<double>::epsilon();
  const Real n = fits.n[i], rss = fits.rss[i], tss = fits.tss[i], p = 4, q = 5;
  BOOST_REQUIRE(goodness.dof[at] == fits.n[i] - 4);
  const Real rse = sqrt(rss / (n - p)), r2 = 1 - rss / tss;
  // A subnormal sum of squares has lost digits by the division itself.
  const double lost = fits.rss[i] < 1e-300 ? static_cast<double>(fits.n[i]) * 5e-324 / fits.rss[i] : 0;
  BOOST_TEST(std::fabs(goodness.rse[at] - static_cast<double>(rse)) <= (2 * eps + lost) * static_cast<double>(rse));
  BOOST_TEST(std::fabs(goodness.r2[at] - static_cast<double>(r2)) <= 2 * eps);
  const Real weights = fits.sum_log_weights.empty() ? Real(0) : Real(fits.sum_log_weights[i]);
  const Real logarithm = n * log(rss / n), aicc = logarithm - weights + 2 * q + 2 * q * (q + 1) / (n - q - 1);
  const double size = static_cast<double>(abs(logarithm) + abs(weights) + abs(aicc) + 2 * q * (q + 2));
  const double bound = 6 * eps * size + static_cast<double>(fits.n[i]) * (lost + 2 * eps);
  BOOST_TEST(std::fabs(goodness.aicc[at] - static_cast<double>(aicc)) <= bound, "n " << fits.n[i] << " rss " << fits.rss[i]);
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_figure_is_that_of_its_definition) {
  for (const bool weighted : {false, true}) {
    const Fits fits = random_fits(1000, weighted);
    Goodness goodness;
    for (std::size_t first = 0; first < fits.size(); first += Goodness::at_once) {
      const std::size_t count = std::min(fits.size() - first, Goodness::at_once);
      ogive::batch::find_goodness(fits, first, count, goodness);
      for (std::size_t i = 0; i < count; ++i) check(fits, first + i, goodness, i);
    }
  }
}

BOOST_AUTO_TEST_CASE(the_neighbours_of_a_curve_do_not_matter) {
  const Fits fits = random_fits(64, true);
  Goodness together, alone;
  ogive::batch::find_goodness(fits, 0, 64, together);
  for (std::size_t i = 0; i < 64; ++i) {
    ogive::batch::find_goodness(fits, i, 1, alone);
    BOOST_TEST(alone.rse[0] == together.rse[i]);
    BOOST_TEST(alone.r2[0] == together.r2[i]);
    BOOST_TEST(alone.aicc[0] == together.aicc[i]);
  }
}

BOOST_AUTO_TEST_CASE(what_does_not_exist_is_nan) {
  const double nan = std::nan("");
  const Fits fits =
      fits_of({0, 4, 5, 6, 7, 9, 9, 9}, {nan, 1.0, 1.0, 1.0, 1.0, 0.0, 1.0, nan}, {nan, 2.0, 2.0, 2.0, 2.0, 2.0, 0.0, nan});
  Goodness goodness;
  ogive::batch::find_goodness(fits, 0, fits.size(), goodness);
  const std::vector<std::uint32_t> dof = {0, 0, 1, 2, 3, 5, 5, 5};
  const std::vector<bool> has_rse = {false, false, true, true, true, true, true, false};
  const std::vector<bool> has_r2 = {false, true, true, true, true, true, false, false};
  const std::vector<bool> has_aicc = {false, false, false, false, true, false, true, false};
  for (std::size_t i = 0; i < fits.size(); ++i) {
    BOOST_TEST(goodness.dof[i] == dof[i], i);
    BOOST_TEST(!std::isnan(goodness.rse[i]) == has_rse[i], i);
    BOOST_TEST(!std::isnan(goodness.r2[i]) == has_r2[i], i);
    BOOST_TEST(!std::isnan(goodness.aicc[i]) == has_aicc[i], i);
  }
  BOOST_TEST(goodness.rse[5] == 0.0);
  BOOST_TEST(goodness.r2[5] == 1.0);
}
