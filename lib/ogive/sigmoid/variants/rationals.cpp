// SPDX-License-Identifier: MIT
// The rational form x P(x^2) / Q(x^2) + 1/2 that Eigen 3.4 and ONNX Runtime share, with three ways to end it far from 0.
//
// The operations and their order are those of the AVX-512 code of Eigen 3.4, fused where it fuses, so the results have its bits on
// any machine. What goes wrong below -9, and just above, is part of it: P/Q and 1/2 cancel, so few correct digits are left at x =
// -8.5.
#include <bit>
#include <cstdint>

#include "ogive/sigmoid/variants/build.h"

namespace ogive::sigmoid::variants {
namespace {

using std::fma;

/// x P(x^2) / Q(x^2), for s(x) - 1/2.
OGIVE_FORMULA float odd_rational(float x) {
  const float x2 = x * x;
  float p = fma(x2, 4.37031012579801e-11f, 1.15627324459942e-07f);
  p = fma(x2, p, 6.08574864600143e-05f);
  p = fma(x2, p, 8.51377133304701e-03f);
  p = fma(x2, p, 2.48287947061529e-01f);
  p = x * p;
  float q = fma(x2, 6.10247389755681e-13f, 5.76102136993427e-09f);
  q = fma(x2, q, 6.29106785017040e-06f);
  q = fma(x2, q, 1.70198817374094e-03f);
  q = fma(x2, q, 1.16817656904453e-01f);
  q = fma(x2, q, 9.93151921023180e-01f);
  return p / q;
}

/// e^x as Eigen 3.4 has it for AVX-512: Cephes' polynomial, and a power of two made of exponent bits, which is 0 from 2^-127 down.
OGIVE_FORMULA float cephes_exp(float x) {
  float z = x < 88.3762626647950f ? x : 88.3762626647950f;
  z = z > -88.3762626647950f ? z : -88.3762626647950f;
  const float m = std::floor(fma(z, 1.44269504088896341f, 0.5f));
  const float r = fma(m, -0.6931471805599453f, z);
  const float r2 = r * r, r3 = r2 * r;
  float y = fma(1.9875691500e-4f, r, 1.3981999507e-3f);
  float y1 = fma(4.1665795894e-2f, r, 1.6666665459e-1f);
  y = fma(y, r, 8.3334519073e-3f);
  y1 = fma(y1, r, 5.0000001201e-1f);
  y = fma(y, r3, y1);
  y = fma(y, r2, r + 1.0f);
  const auto exponent = static_cast<std::uint32_t>(static_cast<std::int32_t>(m + 127.0f));
  const float result = y * std::bit_cast<float>(exponent << 23);
  return result > x ? result : x;
}

/// Where x / 4 is too small to move 1/2.
bool near_zero(float low, float high) { return low > -far_below && high < far_below; }

struct Eigen34 {
  OGIVE_FORMULA static float at(float x) {
    // The upper end is where the form reaches 1. A NaN goes through, as it is the first operand.
    const float clamped = 15.7243833541870117f < x ? 15.7243833541870117f : x;
    const float rational = odd_rational(clamped) + 0.5f;
    const float tail = cephes_exp(x);
    return x < -9.0f ? tail : rational;
  }
  static bool flat(float low, float high) { return near_zero(low, high) || low > 16 || high < -89; }
};

/// The argument stopped at -18 and 18; below, the sum is -2^-24.
struct Mlas {
  OGIVE_FORMULA static float at(float x) {
    const float above = x < -18.0f ? -18.0f : x;
    const float clamped = above > 18.0f ? 18.0f : above;
    return odd_rational(clamped) + 0.5f;
  }
  static bool flat(float low, float high) { return near_zero(low, high) || low > 18 || high < -18; }
};

struct MlasClamped {
  OGIVE_FORMULA static float at(float x) {
    const float y = Mlas::at(x);
    const float above = y < 0.0f ? 0.0f : y;
    return above > 1.0f ? 1.0f : above;
  }
  static bool flat(float low, float high) { return Mlas::flat(low, high); }
};

}  // namespace

std::vector<Variant> rationals() {
  return {
      up_to_float32<Eigen34>(
          {.name = "eigen34_rational",
           .formula = "x P4(x^2) / Q5(x^2) + 1/2; x < -9: exp(x)",
           .origin = "Eigen 3.4 logistic() of float with AVX-512 (UnaryFunctors.h), as a formula of one element"}),
      up_to_float32<Mlas>({.name = "mlas",
                           .formula = "x P4(x^2) / Q5(x^2) + 1/2 with x stopped at -18 and 18",
                           .origin = "MLAS in ONNX Runtime (logistic.cpp), before its results were clamped"}),
      up_to_float32<MlasClamped>({.name = "mlas_clamped",
                                  .formula = "mlas, then clamped to [0, 1]",
                                  .origin = "MLAS in ONNX Runtime (logistic.cpp), later versions"}),
  };
}

}  // namespace ogive::sigmoid::variants
