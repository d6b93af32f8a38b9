// SPDX-License-Identifier: MIT
// What the float32 kernels promise, on a sample of all floats and on every instruction set that this machine has. (exhaustive32
// takes all floats.)
#define BOOST_TEST_MODULE sigmoid_kernels32
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "ogive/base/errors.h"
#include "ogive/sigmoid/claims.h"
#include "ogive/sigmoid/kernels.h"
#include "ogive/sigmoid/targets.h"
#include "sigmoid/support/kernel_checks.h"

namespace sigmoid = ogive::sigmoid;
namespace claims = ogive::sigmoid::claims;
using ogive::test::on_every_target;
using ogive::test::one;
using ogive::test::same;

namespace {

using Run = void (*)(const float*, float*, std::size_t);
constexpr Run kLogistic[] = {sigmoid::logistic_cr, sigmoid::logistic_u1, sigmoid::logistic_fast};
constexpr Run kAll[] = {sigmoid::logistic_cr, sigmoid::logistic_u1, sigmoid::logistic_fast, sigmoid::derivative};

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

std::uint32_t bits(float x) { return std::bit_cast<std::uint32_t>(x); }

// Narrow, wide and odd values in one array, so that all paths of the kernels occur side by side.
std::vector<float> mixed(std::size_t n) {
  std::mt19937 random(1);
  std::uniform_real_distribution<float> narrow(-16, 16), wide(-110, 110);
  const float odd[] = {kNan,   -kNan,  kInfinity, -kInfinity, 0.0f,    -0.0f, 3e38f,
                       -3e38f, 1e-45f, -1e-45f,   -87.4f,     -103.9f, 5e29f, -5e29f};
  std::vector<float> x(n);
  for (std::size_t i = 0; i < n; ++i) {
    const auto kind = random() % 1000;
    x[i] = i < n / 2 ? narrow(random) : kind < 20 ? odd[random() % std::size(odd)] : kind < 600 ? wide(random) : narrow(random);
  }
  return x;
}

double exact_logistic(double x) { return 1 / (1 + std::exp(-x)); }
double exact_derivative(double x) {
  const double e = std::exp(-std::abs(x));
  return e / ((1 + e) * (1 + e));
}

// The largest error in ulp over floats of all magnitudes.
double worst_ulp(Run run, double (*exact)(double)) {
  std::vector<float> x, y;
  for (std::uint32_t i = 0; i < 0xff800000u; i += 4099)
    if (!std::isnan(std::bit_cast<float>(i))) x.push_back(std::bit_cast<float>(i));
  std::mt19937 random(2);
  std::uniform_real_distribution<float> active(-104, 20);
  for (int i = 0; i < 200000; ++i) x.push_back(active(random));
  y.resize(x.size());
  run(x.data(), y.data(), x.size());
  double worst = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double truth = exact(static_cast<double>(x[i]));
    const int exponent = truth < 0x1p-126 ? -126 : std::ilogb(truth);
    const double error = std::ldexp(std::abs(static_cast<double>(y[i]) - truth), 23 - exponent);
    worst = error <= worst ? worst : error;  // a NaN replaces the worst
  }
  return worst;
}

}  // namespace

BOOST_AUTO_TEST_CASE(stays_within_the_claims) {
  on_every_target([](const std::string&) {
    // A reference in double sees 0.5 ulp of float32 with an error of 2^-28.
    BOOST_TEST(worst_ulp(sigmoid::logistic_cr, exact_logistic) <= claims::logistic_cr + 0x1p-28);
    BOOST_TEST(worst_ulp(sigmoid::logistic_u1, exact_logistic) <= claims::logistic_u1);
    BOOST_TEST(worst_ulp(sigmoid::logistic_fast, exact_logistic) <= claims::logistic_fast);
    BOOST_TEST(worst_ulp(sigmoid::derivative, exact_derivative) <= claims::derivative);
  });
}

BOOST_AUTO_TEST_CASE(rounds_the_hardest_inputs_correctly) {
  // Nearest to a midpoint of two floats but for the neighbourhood of 0; and one of those where 1/2 + x/4 is such a midpoint, which
  // a computation in double cannot tell from it. The values are MPFR's.
  on_every_target([](const std::string&) {
    BOOST_TEST(one(sigmoid::logistic_cr, -0x1.250c02p-10f) == 0x1.ffb6bep-2f);
    BOOST_TEST(one(sigmoid::logistic_cr, 0x1.8p-23f) == 0x1.000002p-1f);
    BOOST_TEST(one(sigmoid::logistic_cr, 0x1p-23f) == 0.5f);
    BOOST_TEST(one(sigmoid::logistic_cr, -0x1p-24f) == 0.5f);
  });
}

BOOST_AUTO_TEST_CASE(gives_1_0_and_a_half_at_the_ends_and_the_middle) {
  on_every_target([](const std::string&) {
    for (const Run run : kLogistic) {
      BOOST_TEST(one(run, kInfinity) == 1.0f);
      BOOST_TEST(one(run, 3e38f) == 1.0f);
      BOOST_TEST(bits(one(run, -kInfinity)) == bits(0.0f));
      BOOST_TEST(bits(one(run, -3e38f)) == bits(0.0f));
      BOOST_TEST(one(run, 0.0f) == 0.5f);
      BOOST_TEST(one(run, -0.0f) == 0.5f);
    }
    BOOST_TEST(one(sigmoid::derivative, 0.0f) == 0.25f);
    for (const float x : {kInfinity, -kInfinity, 3e38f, -3e38f}) BOOST_TEST(bits(one(sigmoid::derivative, x)) == bits(0.0f));
  });
}

BOOST_AUTO_TEST_CASE(keeps_subnormal_results) {
  on_every_target([](const std::string&) {
    for (const Run run : kAll) {
      BOOST_TEST(one(run, -103.9f) == std::numeric_limits<float>::denorm_min());
      BOOST_TEST(one(run, -90.0f) > 8.19e-40f);
      BOOST_TEST(one(run, -90.0f) < 8.20e-40f);
    }
  });
}

BOOST_AUTO_TEST_CASE(passes_nan_through_in_every_lane_and_makes_none) {
  on_every_target([](const std::string&) {
    for (const Run run : kAll) {
      const std::vector<float> x = mixed(5000);
      std::vector<float> y(x.size());
      run(x.data(), y.data(), x.size());
      for (std::size_t i = 0; i < x.size(); ++i) BOOST_REQUIRE(std::isnan(x[i]) == std::isnan(y[i]));
    }
  });
}

BOOST_AUTO_TEST_CASE(gives_the_same_bits_at_any_position_length_and_alignment_and_in_place) {
  on_every_target([](const std::string&) {
    for (const Run run : kAll) BOOST_TEST(ogive::test::count_misplaced(run, mixed(4001)) == 0u);
  });
}

BOOST_AUTO_TEST_CASE(logistic_fast_gives_the_same_bits_where_it_writes_past_the_caches) {
  constexpr std::size_t n =
      (std::size_t{1} << 25) + 77;  // 128 MB and some: past the caches, but for the first and the last elements
  const std::vector<float> pattern = mixed(65536);
  std::vector<float> expected(pattern.size()), x, y(n + 2, -7.0f);
  while (x.size() < n) x.insert(x.end(), pattern.begin(), pattern.end());
  on_every_target([&](const std::string&) {
    sigmoid::logistic_fast(pattern.data(), expected.data(), pattern.size());
    sigmoid::logistic_fast(x.data(), y.data() + 1, n);
    std::size_t differ = 0;
    for (std::size_t i = 0; i < n; ++i) differ += !same(y[i + 1], expected[i % pattern.size()]);
    BOOST_TEST(differ == 0u);
    BOOST_TEST(y.front() == -7.0f);
    BOOST_TEST(y.back() == -7.0f);
  });
}

BOOST_AUTO_TEST_CASE(logistic_cr_has_the_same_bits_on_every_target) {
  const std::vector<float> x = mixed(20000);
  std::vector<float> first(x.size()), y(x.size());
  sigmoid::logistic_cr(x.data(), first.data(), x.size());
  on_every_target([&](const std::string&) {
    sigmoid::logistic_cr(x.data(), y.data(), x.size());
    for (std::size_t i = 0; i < x.size(); ++i) BOOST_REQUIRE(same(first[i], y[i]));
  });
}

BOOST_AUTO_TEST_CASE(runs_on_the_target_that_was_chosen) {
  on_every_target([](const std::string& name) { BOOST_TEST(sigmoid::simd_target() == name); });
}

BOOST_AUTO_TEST_CASE(refuses_a_target_that_is_not_there) { BOOST_CHECK_THROW(sigmoid::WithTarget("AVX1024"), ogive::InputError); }
