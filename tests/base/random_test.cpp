// SPDX-License-Identifier: MIT
// What random.h promises: the published generator, its ranges, its distributions.
#define BOOST_TEST_MODULE base_random
#include "ogive/base/random.h"

#include <array>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstdint>
#include <vector>

namespace {

constexpr int draws = 100000;

// The streams are fixed, so these tests either always pass or always fail: a statistic within five standard errors of its
// expectation is a claim about these streams, and a wrong generator misses it by hundreds.
constexpr double standard_errors = 5.0;

}  // namespace

BOOST_AUTO_TEST_CASE(gives_the_published_stream_of_seed_0) {
  // xoshiro256++ seeded by splitmix64, computed from the authors' definition in integer arithmetic of arbitrary length.
  constexpr std::array<std::uint64_t, 5> published = {5987356902031041503U, 7051070477665621255U, 6633766593972829180U,
                                                      211316841551650330U, 9136120204379184874U};
  ogive::Random random(0);
  for (const std::uint64_t expected : published) BOOST_TEST(random.bits() == expected);
}

BOOST_AUTO_TEST_CASE(equal_seeds_give_equal_streams_and_neighbouring_seeds_do_not) {
  ogive::Random a(7), b(7), c(8);
  int equal = 0;
  for (int i = 0; i < 1000; ++i) {
    const auto value = a.bits();
    BOOST_TEST(value == b.bits());
    equal += value == c.bits();
  }
  BOOST_TEST(equal == 0);
}

BOOST_AUTO_TEST_CASE(uniform_is_in_0_to_1_with_mean_a_half) {
  ogive::Random random(1);
  double sum = 0;
  for (int i = 0; i < draws; ++i) {
    const double u = random.uniform();
    BOOST_REQUIRE(u >= 0.0);
    BOOST_REQUIRE(u < 1.0);
    sum += u;
  }
  BOOST_TEST(std::fabs(sum / draws - 0.5) <= standard_errors * std::sqrt(1.0 / 12 / draws));
}

BOOST_AUTO_TEST_CASE(uniform_keeps_its_bounds) {
  ogive::Random random(2);
  for (int i = 0; i < draws; ++i) {
    const double u = random.uniform(-3.0, 5.0);
    BOOST_REQUIRE(u >= -3.0);
    BOOST_REQUIRE(u < 5.0);
  }
}

BOOST_AUTO_TEST_CASE(below_reaches_every_value_equally_often) {
  constexpr std::size_t faces = 6;
  ogive::Random random(3);
  std::array<int, faces> count{};
  for (int i = 0; i < draws; ++i) {
    const auto face = random.below(faces);
    BOOST_REQUIRE(face < faces);
    ++count[face];
  }
  const double expected = static_cast<double>(draws) / faces;
  const double error = std::sqrt(expected * (1 - 1.0 / faces));
  for (const int c : count) BOOST_TEST(std::fabs(c - expected) <= standard_errors * error);
}

BOOST_AUTO_TEST_CASE(below_one_is_zero) {
  ogive::Random random(4);
  for (int i = 0; i < 100; ++i) BOOST_TEST(random.below(1) == 0U);
}

BOOST_AUTO_TEST_CASE(normal_has_mean_0_variance_1_and_no_skew) {
  ogive::Random random(5);
  double sum = 0, squares = 0, cubes = 0;
  for (int i = 0; i < draws; ++i) {
    const double z = random.normal();
    BOOST_REQUIRE(std::isfinite(z));
    sum += z;
    squares += z * z;
    cubes += z * z * z;
  }
  BOOST_TEST(std::fabs(sum / draws) <= standard_errors * std::sqrt(1.0 / draws));
  BOOST_TEST(std::fabs(squares / draws - 1) <= standard_errors * std::sqrt(2.0 / draws));  // var(z^2) = 2
  BOOST_TEST(std::fabs(cubes / draws) <= standard_errors * std::sqrt(15.0 / draws));       // var(z^3) = 15
}

BOOST_AUTO_TEST_CASE(normal_has_the_tails_of_a_normal_distribution) {
  ogive::Random random(6);
  int beyond = 0;
  for (int i = 0; i < draws; ++i) beyond += std::fabs(random.normal()) > 2.0;
  const double p = std::erfc(2.0 / std::sqrt(2.0));
  BOOST_TEST(std::fabs(beyond - p * draws) <= standard_errors * std::sqrt(p * (1 - p) * draws));
}
