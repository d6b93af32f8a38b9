// SPDX-License-Identifier: MIT
// Straight lines, and a coin. Each piece is computed everywhere and one is chosen: that is how vector code does it, and what a
// compiler makes vector code of.
#include <cstdint>

#include "ogive/sigmoid/variants/build.h"

namespace ogive::sigmoid::variants {
namespace {

/// Into [0, 1]. Written with the order of operands that vector code has, where a NaN becomes 1.
template <class T>
OGIVE_FORMULA T clip(T y) {
  const T below = y < T(1) ? y : T(1);
  return below > T(0) ? below : T(0);
}

struct HardKeras {
  template <class T>
  OGIVE_FORMULA static T at(T x) {
    return clip(T(0.2) * x + T(0.5));
  }
};

struct HardBinaryNet {
  template <class T>
  OGIVE_FORMULA static T at(T x) {
    return clip((x + T(1)) * T(0.5));
  }
};

struct HardPytorch {
  template <class T>
  OGIVE_FORMULA static T at(T x) {
    return clip(x * T(1.0 / 6) + T(0.5));
  }
};

/// Theano's three lines and a curve; with x halved, z stands for tanh(x / 2).
struct UltraFast {
  template <class T>
  OGIVE_FORMULA static T at(T x) {
    const T a = std::fabs(T(0.5) * x);
    const T curve = T(1.5) * a / (T(1) + a);
    const T straight = T(0.935409070603099) + T(0.0458812946797165) * (a - T(1.7));
    T z = a < T(3) ? straight : T(0.99505475368673);
    z = a < T(1.7) ? curve : z;
    z = a == a ? z : a;  // NaN stays
    return T(0.5) * (T(1) + (x < T(0) ? -z : z));
  }
};

/// Every slope is a power of two, so that hardware needs shifts only.
struct Plan {
  template <class T>
  OGIVE_FORMULA static T at(T x) {
    const T a = std::fabs(x);
    const T first = T(0.25) * a + T(0.5), second = T(0.125) * a + T(0.625), third = T(0.03125) * a + T(0.84375);
    T y = a < T(5) ? third : T(1);
    y = a < T(2.375) ? second : y;
    y = a < T(1) ? first : y;
    y = a == a ? y : a;  // NaN stays
    const T reflected = T(1) - y;
    return x < T(0) ? reflected : y;
  }
};

/// 32 bits for the number of an element: the finaliser of MurmurHash3 (Appleby, public domain), every step of which is a bijection.
OGIVE_FORMULA std::uint32_t scramble(std::uint32_t h) {
  h = (h ^ h >> 16) * 0x85ebca6bU;
  h = (h ^ h >> 13) * 0xc2b2ae35U;
  return h ^ h >> 16;
}

/// 1 with the probability that the hard sigmoid gives, else 0. The coin is a function of the element's number, so equal calls give
/// equal results, but here a result does depend on its place in the buffer.
template <class T>
OGIVE_FORMULA void toss(const T* x, T* y, std::size_t n) {
  constexpr std::uint32_t start = 0x9e3779b9U;
  for (std::size_t i = 0; i < n; ++i) {
    // 24 bits: exact in both types, and in a signed integer, which vectors convert.
    const auto bits = static_cast<std::int32_t>(scramble(static_cast<std::uint32_t>(i) + start) >> 8);
    y[i] = static_cast<T>(bits) * T(0x1p-24) < HardBinaryNet::at(x[i]) ? T(1) : T(0);
  }
}

template <class T>
void toss_plain(const T* x, T* y, std::size_t n) {
  toss(x, y, n);
}

#ifdef OGIVE_HAS_WIDE_LOOPS
template <class T>
[[gnu::target("avx2,fma")]] void toss_wide(const T* x, T* y, std::size_t n) {
  toss(x, y, n);
}
#endif

template <class T>
void stochastic_binarisation(const T* x, T* y, std::size_t n) {
#ifdef OGIVE_HAS_WIDE_LOOPS
  if (has_wide_loops()) return toss_wide(x, y, n);
#endif
  toss_plain(x, y, n);
}

}  // namespace

std::vector<Variant> piecewise() {
  // Where a line leaves s farthest behind is known: at a corner, or where s has the slope of the line.
  constexpr double keras = 0.07586;       // the corner at 2.5: 1 - s(2.5) = 0.0758582
  constexpr double binarynet = 0.26895;   // the corner at 1: 1 - s(1) = 0.2689414
  constexpr double pytorch = 0.06919;     // s'(1.31696) = 1/6: 0.0691822
  constexpr double ultra_fast = 0.02764;  // in the curve, at 0.539: 0.0276365
  constexpr double plan = 0.018942;       // the corner at 1: 3/4 - s(1) = 0.0189414
  Variant coin{.name = "binarynet_stochastic",
               .formula = "1 with probability clip((x + 1) / 2, 0, 1), else 0",
               .origin = "BinaryNet (Courbariaux et al. 2016), stochastic binarisation, as 0 and 1"};
  coin.float32 = stochastic_binarisation<float>;
  coin.float64 = stochastic_binarisation<double>;
  return {
      in_all_types<HardKeras>({.name = "hard_keras",
                               .formula = "clip(0.2 x + 0.5, 0, 1)",
                               .origin = "Theano hard_sigmoid, Keras before version 3",
                               .claim32 = {.absolute = keras},
                               .claim64 = {.absolute = keras}}),
      in_all_types<HardBinaryNet>({.name = "hard_binarynet",
                                   .formula = "clip((x + 1) / 2, 0, 1)",
                                   .origin = "BinaryNet (Courbariaux et al. 2016)",
                                   .claim32 = {.absolute = binarynet},
                                   .claim64 = {.absolute = binarynet}}),
      in_all_types<HardPytorch>({.name = "hard_pytorch",
                                 .formula = "clip(x / 6 + 0.5, 0, 1)",
                                 .origin = "PyTorch hardsigmoid, MobileNetV3 (Howard et al. 2019), Keras 3",
                                 .claim32 = {.absolute = pytorch},
                                 .claim64 = {.absolute = pytorch}}),
      in_all_types<UltraFast>(
          {.name = "ultra_fast",
           .formula = "a = |x| / 2; z = 1.5 a / (1 + a), a line from 1.7, 0.99505... from 3; (1 + sign(x) z) / 2",
           .origin = "Theano ultra_fast_sigmoid",
           .claim32 = {.absolute = ultra_fast},
           .claim64 = {.absolute = ultra_fast}}),
      in_all_types<Plan>(
          {.name = "plan",
           .formula = "|x| < 1: |x| / 4 + 1/2; < 2.375: |x| / 8 + 0.625; < 5: |x| / 32 + 0.84375; else 1; x < 0: 1 - y",
           .origin = "Amin, Curtis and Hayes-Gill, IEE Proc. Circuits Devices Syst. 144 (1997) 313",
           .claim32 = {.absolute = plan},
           .claim64 = {.absolute = plan}}),
      coin,
  };
}

}  // namespace ogive::sigmoid::variants
