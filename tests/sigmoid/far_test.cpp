// SPDX-License-Identifier: MIT
#define BOOST_TEST_MODULE sigmoid_far
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "ogive/base/random.h"
#include "ogive/sigmoid/variant.h"

namespace {

constexpr std::size_t block = 128;  // of the loops in variants/build.h
constexpr std::size_t inputs_a_binade = 12 * (block - 1);

/// Far inputs: the ends of every binade, and numbers between, of both signs; subnormal numbers, zeros, infinities and NaN.
std::vector<float> far_inputs() {
  std::vector<float> all;
  ogive::Random random(20261121);
  for (std::uint32_t exponent = 0; exponent <= 255; ++exponent) {
    const bool near = exponent >= 127 - 26 && exponent <= 127 + 8;  // 2^-26 to 2^9, the last binade far but for its start
    if (near && exponent != 127 + 8) continue;
    for (std::size_t i = 0; i < inputs_a_binade; ++i) {
      std::uint32_t fraction = static_cast<std::uint32_t>(random.bits() >> 41);
      if (i == 0 && exponent != 127 + 8) fraction = 0;
      if (i == 1) fraction = 1;
      if (i == 2) fraction = 0x7fffff;
      const std::uint32_t sign = i % 2 == 0 ? 0 : 0x80000000U;
      all.push_back(std::bit_cast<float>(sign | exponent << 23 | fraction));
      if (i < 3) all.push_back(-all.back());
    }
  }
  all.resize(all.size() / (block - 1) * (block - 1));
  return all;
}

/// Every 128th input is `last`.
std::vector<float> in_blocks(const std::vector<float>& inputs, float last) {
  std::vector<float> x;
  for (std::size_t i = 0; i < inputs.size(); i += block - 1) {
    x.insert(x.end(), inputs.begin() + static_cast<std::ptrdiff_t>(i), inputs.begin() + static_cast<std::ptrdiff_t>(i + block - 1));
    x.push_back(last);
  }
  return x;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_block_of_far_inputs_has_the_bits_that_libm_gives) {
  const std::vector<float> inputs = far_inputs();
  const std::vector<float> far = in_blocks(inputs, 1e10F), mixed = in_blocks(inputs, 1);  // one near input: libm for the block
  std::size_t variants = 0;
  for (const ogive::sigmoid::Variant& variant : ogive::sigmoid::catalogue()) {
    if (variant.float32 == nullptr) continue;
    ++variants;
    std::vector<float> of_far(far.size()), of_mixed(mixed.size());
    variant.float32(far.data(), of_far.data(), far.size());
    variant.float32(mixed.data(), of_mixed.data(), mixed.size());
    std::size_t different = 0;
    std::string first;
    for (std::size_t i = 0; i < far.size(); ++i) {
      if (i % block == block - 1) continue;
      const bool both_nan = std::isnan(of_far[i]) && std::isnan(of_mixed[i]);
      if (both_nan || std::bit_cast<std::uint32_t>(of_far[i]) == std::bit_cast<std::uint32_t>(of_mixed[i])) continue;
      if (different++ == 0)
        first = std::to_string(far[i]) + ": " + std::to_string(of_far[i]) + ", not " + std::to_string(of_mixed[i]);
    }
    BOOST_TEST(different == 0U, variant.name << " differs at " << different << " far inputs, first at " << first);
  }
  BOOST_TEST(variants > 50U);
}

// Neighbours share short cuts: one result for a block in which nothing changes, and libm's last answer for an equal argument.
BOOST_AUTO_TEST_CASE(blocks_of_neighbours_have_the_bits_of_single_inputs) {
  ogive::Random random(20261122);
  std::vector<float> x;
  for (std::uint32_t exponent = 60; exponent <= 140; ++exponent)
    for (const std::uint32_t sign : {0U, 0x80000000U})
      for (int k = 0; k < 3; ++k) {
        const auto fraction = static_cast<std::uint32_t>(random.bits() >> 41) & ~std::uint32_t{block - 1};
        for (std::uint32_t i = 0; i < block; ++i) x.push_back(std::bit_cast<float>(sign | exponent << 23 | (fraction + i)));
      }
  for (const ogive::sigmoid::Variant& variant : ogive::sigmoid::catalogue()) {
    if (variant.float32 == nullptr || variant.name == "eigen" || variant.name == "binarynet_stochastic") continue;
    std::vector<float> together(x.size()), alone(x.size());
    variant.float32(x.data(), together.data(), x.size());
    for (std::size_t i = 0; i < x.size(); ++i) variant.float32(&x[i], &alone[i], 1);
    const auto differ = [](float a, float b) { return std::bit_cast<std::uint32_t>(a) != std::bit_cast<std::uint32_t>(b); };
    std::size_t different = 0;
    float first = 0;
    for (std::size_t i = 0; i < x.size(); ++i)
      if (differ(together[i], alone[i]) && different++ == 0) first = x[i];
    BOOST_TEST(different == 0U, variant.name << " differs at " << different << " neighbours, first at " << first);
  }
}

// Calls and blocks all of whose inputs are of one kind have short cuts of their own: one result, or a simpler formula. A near input
// in each block takes them away.
BOOST_AUTO_TEST_CASE(inputs_of_one_kind_have_the_bits_that_they_have_beside_a_near_one) {
  struct Kind {
    float low, high, near;
  };
  constexpr float largest = std::numeric_limits<float>::max(), least = std::numeric_limits<float>::denorm_min();
  constexpr Kind kinds[] = {{least, 0x1.fffffep-27F, 0.75F},
                            {-0x1.fffffep-27F, -least, 0.75F},
                            {0x1.000002p8F, largest, 0.75F},
                            {-largest, -0x1.000002p8F, 0.75F},
                            {0x1.000002p0F, largest, 0.75F},
                            {-largest, -least, 0.75F},
                            {-largest, -0x1.000002p65F, 0.75F},
                            {0x1.000002p65F, largest, 0.75F},
                            {16.5F, 256, 0.75F},
                            {-104, -89.5F, 0.75F}};
  const auto bits = [](float x) { return std::bit_cast<std::uint32_t>(x); };
  ogive::Random random(20261123);
  for (const auto& [low, high, near] : kinds) {
    // Evenly by their bits, so that every binade is met.
    const std::uint32_t first = std::min(bits(low), bits(high)), count = std::max(bits(low), bits(high)) - first + 1;
    std::vector<float> alike(40 * block + 77);
    for (float& x : alike) x = std::bit_cast<float>(first + static_cast<std::uint32_t>(random.below(count)));
    std::sort(alike.begin() + 10 * block, alike.begin() + 20 * block);
    alike.front() = low;
    alike.back() = high;
    std::vector<float> mixed = alike;
    for (std::size_t i = block / 2; i < mixed.size(); i += block) mixed[i] = near;
    for (const ogive::sigmoid::Variant& variant : ogive::sigmoid::catalogue()) {
      if (variant.float32 == nullptr) continue;
      for (const std::size_t offset : {0U, 1U, 6U}) {  // of the results, which code for vectors may begin by
        const std::size_t n = alike.size() - offset;
        std::vector<float> result(alike.size());
        variant.float32(alike.data(), result.data() + offset, n);
        const std::vector<float> of_alike = result;
        variant.float32(mixed.data(), result.data() + offset, n);
        std::size_t different = 0, where = 0;
        for (std::size_t i = 0; i < n; ++i) {
          const float a = of_alike[offset + i], b = result[offset + i];
          const bool same = bits(a) == bits(b) || (std::isnan(a) && std::isnan(b));
          if (i % block != block / 2 && !same && different++ == 0) where = i;
        }
        BOOST_TEST(different == 0U, variant.name << " differs at " << different << " inputs from " << low << " to " << high
                                                 << ", first at " << alike[where] << " in place " << where + offset);
      }
    }
  }
}

// log(p) - log1p(-p) is computed as log(p) + p there.
BOOST_AUTO_TEST_CASE(log1p_gives_small_negative_arguments_back) {
  std::size_t others = 0;
  for (std::uint32_t bits = 1; bits < std::bit_cast<std::uint32_t>(0x1p-26F); bits += bits < 0x30000000U ? 1009 : 1) {
    volatile float p = std::bit_cast<float>(bits);
    others += std::log1p(-p) == -p ? 0 : 1;
  }
  BOOST_TEST(others == 0U);
}
