// SPDX-License-Identifier: MIT
// What kernels.h promises of the float64 kernels, on every instruction set that this processor has.
#define BOOST_TEST_MODULE sigmoid_logistic_double
#include <boost/test/unit_test.hpp>

#include <cmath>
#include <cstddef>
#include <cstring>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "ogive/base/ulp.h"
#include "ogive/sigmoid/claims64.h"
#include "ogive/sigmoid/kernels.h"
#include "sigmoid/support/exact_kernels.h"
#include "sigmoid/support/guided_search.h"
#include "sigmoid/support/kernel_checks.h"

namespace sigmoid = ogive::sigmoid;
using ogive::test::exact_logistic;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

struct Kernel {
  const char* name;
  void (*run)(const double*, double*, std::size_t);
  double claim;
};
const Kernel kernels[] = {{"logistic", sigmoid::logistic, sigmoid::claims::logistic_float64_ulp},
                          {"logistic_fast", sigmoid::logistic_fast, sigmoid::claims::logistic_fast_float64_ulp}};

// check(kernel, name of the kernel and the instruction set) for each pair of them
template <class Check>
void on_every_target(const Check& check) {
  ogive::test::on_every_target([&](const std::string& name) {
    for (const Kernel& kernel : kernels) check(kernel, kernel.name + (" on " + name));
  });
}

double one(const Kernel& kernel, double x) { return ogive::test::one(kernel.run, x); }

// Inputs where something changes: the ends of the range, of the normal results and of the branches, and the steps of the reduction.
std::vector<double> edges() {
  std::vector<double> centres = {0,
                                 0x1p-1074,
                                 0x1p-1022,
                                 0x1p-54,
                                 0x1p-30,
                                 1,
                                 36.7368005696771,
                                 37.42994775023705,
                                 330,
                                 700,
                                 708.3964185322641,
                                 709.782712893384,
                                 744.4400719213812,
                                 745.1332191019412,
                                 748,
                                 1e4,
                                 1e308,
                                 std::numeric_limits<double>::max()};
  for (int n = 1; n < 17300; n += 13) centres.push_back((n + 0.5) * std::log(2.0) / 16);
  std::vector<double> x;
  for (const double centre : centres) {
    for (const double value : {centre, std::nextafter(centre, 0.0), std::nextafter(centre, infinity)}) {
      if (!std::isfinite(value)) continue;
      x.push_back(value);
      x.push_back(-value);
    }
  }
  return x;
}

}  // namespace

BOOST_AUTO_TEST_CASE(stays_within_its_claim_in_a_guided_search_over_the_whole_range) {
  on_every_target([](const Kernel& kernel, const std::string& what) {
    struct Range {
      double low, high;
    };
    for (const Range range : {Range{-746, -708}, {-700, 700}, {-50, 50}, {-1, 1}}) {
      const ogive::test::WorstInput worst = ogive::test::search_worst_logistic(kernel.run, {.low = range.low, .high = range.high});
      BOOST_TEST_MESSAGE(what << " on [" << range.low << ", " << range.high << "]: at least " << worst.ulp << " ulp, at "
                              << std::hexfloat << worst.x << std::defaultfloat << ", " << worst.samples << " samples");
      BOOST_TEST(worst.ulp > 0.49, what << ": a search that finds no error near half an ulp has not searched");
      BOOST_TEST(worst.ulp <= kernel.claim, what << " at " << worst.x);
    }
  });
}

BOOST_AUTO_TEST_CASE(stays_within_its_claim_at_the_edges) {
  const std::vector<double> x = edges();
  std::vector<ogive::test::Exact> exact;
  for (const double value : x) exact.push_back(exact_logistic(value));
  on_every_target([&](const Kernel& kernel, const std::string& what) {
    std::vector<double> y(x.size());
    kernel.run(x.data(), y.data(), x.size());
    for (std::size_t i = 0; i < x.size(); ++i) BOOST_TEST(ogive::ulp_error(y[i], exact[i]) <= kernel.claim, what << " at " << x[i]);
  });
}

BOOST_AUTO_TEST_CASE(keeps_the_ends_and_the_middle) {
  on_every_target([](const Kernel& kernel, const std::string& what) {
    BOOST_TEST(one(kernel, 0.0) == 0.5, what);
    BOOST_TEST(one(kernel, -0.0) == 0.5, what);
    BOOST_TEST(one(kernel, infinity) == 1, what);
    BOOST_TEST(one(kernel, -infinity) == 0, what);
    BOOST_TEST(!std::signbit(one(kernel, -infinity)), what);
    BOOST_TEST(one(kernel, 710.0) == 1, what);
    BOOST_TEST(one(kernel, -710.0) > 0, what);
    BOOST_TEST(one(kernel, -745.1) == std::numeric_limits<double>::denorm_min(), what);
    BOOST_TEST(one(kernel, -745.2) == 0, what);
  });
}

BOOST_AUTO_TEST_CASE(passes_a_nan_of_any_bits_through_and_nothing_else_becomes_one) {
  on_every_target([](const Kernel& kernel, const std::string& what) {
    for (const std::uint64_t bits :
         {0x7ff8000000000000u, 0xfff8000000000000u, 0x7ff0000000000001u, 0xffffffffffffffffu, 0x7ff8000000123456u}) {
      double nan;
      std::memcpy(&nan, &bits, sizeof nan);
      std::vector<double> x(64, -720.0), y(64);  // among lanes that take the way of the subnormal results
      x[17] = nan;
      kernel.run(x.data(), y.data(), x.size());
      for (std::size_t i = 0; i < x.size(); ++i) BOOST_TEST(std::isnan(y[i]) == (i == 17), what << ", element " << i);
    }
  });
}

BOOST_AUTO_TEST_CASE(gives_the_same_bits_at_any_position_length_and_alignment_and_in_place) {
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> place(-760, 60);
  std::vector<double> x(4001);
  for (double& value : x) value = place(random);
  on_every_target(
      [&](const Kernel& kernel, const std::string& what) { BOOST_TEST(ogive::test::count_misplaced(kernel.run, x) == 0u, what); });
}

BOOST_AUTO_TEST_CASE(stays_in_zero_to_one_and_adds_up_to_one) {
  std::mt19937_64 random(11);
  std::uniform_real_distribution<double> place(-60, 60);
  std::vector<double> x(20000), minus(x.size()), y(x.size()), y_minus(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = place(random), minus[i] = -x[i];
  on_every_target([&](const Kernel& kernel, const std::string& what) {
    kernel.run(x.data(), y.data(), x.size());
    kernel.run(minus.data(), y_minus.data(), x.size());
    double off = 0;
    std::size_t outside = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      outside += !(y[i] >= 0 && y[i] <= 1);
      off = std::fmax(off, std::fabs(y[i] + y_minus[i] - 1));
    }
    BOOST_TEST(outside == 0u, what);
    // Two results within the claim, the greater in ulps of [1/2, 1], the smaller in at most half of that; and the rounding of the
    // sum.
    BOOST_TEST(off <= (1.5 * kernel.claim + 1) * 0x1p-53, what);
  });
}
