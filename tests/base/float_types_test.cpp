// SPDX-License-Identifier: MIT
// What float_types.h promises: exact widening, one rounding to nearest even on the way back, NaN kept; all of it against Eigen's
// types.
#define BOOST_TEST_MODULE base_float_types
#include "ogive/base/float_types.h"

#include <Eigen/Core>
#include <atomic>
#include <bit>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>
#include <string>

#include "ogive/base/parallel_for.h"

namespace {

constexpr unsigned all_16 = 1U << 16;

float eigen_to_float(ogive::float16 x) { return static_cast<float>(Eigen::numext::bit_cast<Eigen::half>(x.bits)); }
float eigen_to_float(ogive::bfloat16 x) { return static_cast<float>(Eigen::numext::bit_cast<Eigen::bfloat16>(x.bits)); }
std::uint16_t eigen_bits16(float x) { return Eigen::numext::bit_cast<std::uint16_t>(Eigen::half(x)); }
std::uint16_t eigen_bits_b16(float x) { return Eigen::numext::bit_cast<std::uint16_t>(Eigen::bfloat16(x)); }

bool is_nan16(std::uint16_t bits) { return (bits & 0x7fffU) > 0x7c00U; }
bool is_nan_b16(std::uint16_t bits) { return (bits & 0x7fffU) > 0x7f80U; }

bool same_number(float a, float b) {
  return std::bit_cast<std::uint32_t>(a) == std::bit_cast<std::uint32_t>(b) || (a != a && b != b);
}

/// Whether both conversions of this float agree with Eigen's; NaN need only stay NaN, of the same sign and quiet.
bool agrees(float x) {
  const std::uint16_t h = ogive::to_float16(x).bits, b = ogive::to_bfloat16(x).bits;
  if (x != x) {
    const unsigned sign = std::signbit(x) ? 0x8000U : 0U;
    return is_nan16(h) && is_nan_b16(b) && (h & 0x8200U) == (sign | 0x200U) && (b & 0x8040U) == (sign | 0x40U);
  }
  return h == eigen_bits16(x) && b == eigen_bits_b16(x);
}

}  // namespace

BOOST_AUTO_TEST_CASE(widens_every_float16_and_bfloat16_as_eigen_does) {
  unsigned wrong = 0;
  for (unsigned i = 0; i < all_16; ++i) {
    const ogive::float16 h{static_cast<std::uint16_t>(i)};
    const ogive::bfloat16 b{static_cast<std::uint16_t>(i)};
    wrong += !same_number(ogive::to_float(h), eigen_to_float(h)) + !same_number(ogive::to_float(b), eigen_to_float(b));
  }
  BOOST_TEST(wrong == 0U);
}

BOOST_AUTO_TEST_CASE(comes_back_from_float_unchanged) {
  unsigned wrong = 0;
  for (unsigned i = 0; i < all_16; ++i) {
    const ogive::float16 h{static_cast<std::uint16_t>(i)};
    const ogive::bfloat16 b{static_cast<std::uint16_t>(i)};
    if (!is_nan16(h.bits)) wrong += ogive::to_float16(ogive::to_float(h)) != h;
    if (!is_nan_b16(b.bits)) wrong += ogive::to_bfloat16(ogive::to_float(b)) != b;
  }
  BOOST_TEST(wrong == 0U);
}

BOOST_AUTO_TEST_CASE(rounds_every_float_as_eigen_does) {
  constexpr std::size_t blocks = 1024, block = (std::size_t{1} << 32) / blocks;
  std::atomic<std::size_t> wrong = 0;
  ogive::parallel_for(blocks, 0, [&](std::size_t k) {
    std::size_t mine = 0;
    for (std::size_t i = k * block; i < (k + 1) * block; ++i) mine += !agrees(std::bit_cast<float>(static_cast<std::uint32_t>(i)));
    wrong += mine;
  });
  BOOST_TEST(wrong == 0U);
}

BOOST_AUTO_TEST_CASE(rounds_ties_to_even) {
  BOOST_TEST(ogive::to_float16(1 + 0x1p-11f).bits == 0x3c00);      // between 1 and 1 + 2^-10
  BOOST_TEST(ogive::to_float16(1 + 3 * 0x1p-11f).bits == 0x3c02);  // between 1 + 2^-10 and 1 + 2^-9
  BOOST_TEST(ogive::to_float16(0x1p-25f).bits == 0);               // half of the least subnormal
  BOOST_TEST(ogive::to_float16(0x1.000002p-25f).bits == 1);
  BOOST_TEST(ogive::to_bfloat16(1 + 0x1p-8f).bits == 0x3f80);
  BOOST_TEST(ogive::to_bfloat16(1 + 3 * 0x1p-8f).bits == 0x3f82);
}

BOOST_AUTO_TEST_CASE(overflows_to_infinity_from_half_an_ulp_above_the_largest) {
  BOOST_TEST(ogive::to_float16(65519.996f).bits == 0x7bff);
  BOOST_TEST(ogive::to_float16(65520.0f).bits == 0x7c00);
  BOOST_TEST(ogive::to_float16(-std::numeric_limits<float>::max()).bits == 0xfc00);
  BOOST_TEST(ogive::to_bfloat16(std::numeric_limits<float>::max()).bits == 0x7f80);
}

BOOST_AUTO_TEST_CASE(does_the_example_of_the_header) {
  BOOST_TEST(ogive::to_float16(1.0f / 3).bits == 0x3555);
  BOOST_TEST(ogive::to_float(ogive::float16{0x3555}) == 0.33325195f);
}

BOOST_AUTO_TEST_CASE(names_the_types) {
  using ogive::FloatType;
  BOOST_TEST(ogive::to_string(FloatType::float16) == "float16");
  BOOST_TEST(ogive::to_string(FloatType::bfloat16) == "bfloat16");
  BOOST_TEST(ogive::to_string(FloatType::float32) == "float32");
  BOOST_TEST(ogive::to_string(FloatType::float64) == "float64");
}
