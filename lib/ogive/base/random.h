// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Random numbers that are the same on every platform and in every year, which std::normal_distribution does not promise.
///
/// The generator is xoshiro256++ seeded by splitmix64 (Blackman and Vigna, ACM Trans. Math. Softw. 47(4), 2021,
/// https://prng.di.unimi.it). It is not for secrets.
///
/// @code
///   ogive::Random random(42);
///   const double noise = 0.02 * random.normal();
/// @endcode

#include <array>
#include <cstdint>

namespace ogive {

/// A stream of random numbers; equal seeds give equal streams. Values are independent of the platform's math library,
/// but for normal(), which uses its log and cos.
class Random {
 public:
  /// Any seed is a good one, 0 included.
  explicit Random(std::uint64_t seed);

  /// 64 random bits.
  std::uint64_t bits();

  /// Uniform in [0, 1), a multiple of 2^-53.
  double uniform() { return static_cast<double>(bits() >> 11) * 0x1p-53; }

  /// Uniform in [low, high).
  double uniform(double low, double high) { return low + (high - low) * uniform(); }

  /// Uniform in {0, ..., count - 1}; the bias is below count / 2^64. Requires count > 0.
  std::uint64_t below(std::uint64_t count);

  /// Normal with mean 0 and variance 1 (Box and Muller, Ann. Math. Stat. 29, 1958; one of the pair is used).
  double normal();

 private:
  std::array<std::uint64_t, 4> state_;
};

}  // namespace ogive
