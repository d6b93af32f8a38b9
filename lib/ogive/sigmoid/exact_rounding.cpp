// SPDX-License-Identifier: MIT
// Compiled with -ffp-contract=off: the error-free sums and products below are ruined by a contraction.
#include "ogive/sigmoid/exact_rounding.h"

#include <cmath>
#include <limits>

namespace ogive::sigmoid {
namespace {

// high + low, |low| <= half an ulp of high.
struct DoubleDouble {
  double high, low;
};

DoubleDouble quick_sum(double a, double b) {  // |a| >= |b|
  const double sum = a + b;
  return {sum, b - (sum - a)};
}

DoubleDouble two_sum(double a, double b) {
  const double sum = a + b, part = sum - a;
  return {sum, (a - (sum - part)) + (b - part)};
}

// Dekker's product: the same with and without FMA instructions. No overflow here: all factors are below 2^160.
DoubleDouble two_product(double a, double b) {
  constexpr double kSplit = 0x1p27 + 1;
  const double p = kSplit * a, a_high = p - (p - a), a_low = a - a_high;
  const double q = kSplit * b, b_high = q - (q - b), b_low = b - b_high;
  const double product = a * b;
  return {product, ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low};
}

DoubleDouble operator+(DoubleDouble a, double b) {
  const DoubleDouble sum = two_sum(a.high, b);
  return quick_sum(sum.high, sum.low + a.low);
}

DoubleDouble operator*(DoubleDouble a, DoubleDouble b) {
  const DoubleDouble product = two_product(a.high, b.high);
  return quick_sum(product.high, product.low + (a.high * b.low + a.low * b.high));
}

DoubleDouble operator*(DoubleDouble a, double b) {
  const DoubleDouble product = two_product(a.high, b);
  return quick_sum(product.high, product.low + a.low * b);
}

DoubleDouble operator/(DoubleDouble a, double b) {
  const double quotient = a.high / b;
  const DoubleDouble back = two_product(quotient, b);
  return quick_sum(quotient, ((a.high - back.high) - back.low + a.low) / b);
}

// e^-x, relative error < 2^-97.
DoubleDouble exp_minus(double x) {
  constexpr double kLn2High = 0x1.62e42fefp-1;  // 33 bits: n kLn2High is exact
  constexpr double kLn2Middle = 0x1.473de6af278edp-34;
  constexpr double kLn2Low = -0x1.9ff0342542fc3p-90;
  const double n = std::nearbyint(-x * 0x1.71547652b82fep0);
  const DoubleDouble middle = two_product(-n, kLn2Middle);
  DoubleDouble r = two_sum(-x - n * kLn2High, middle.high);  // the difference is exact
  r = quick_sum(r.high, r.low + (middle.low - n * kLn2Low));
  DoubleDouble sum = {1.0, 0.0};
  for (int k = 24; k > 0; --k) sum = (r * sum) / k + 1.0;  // |r| <= 0.347: the terms left out are below 2^-121
  return sum * std::ldexp(1.0, static_cast<int>(n));
}

}  // namespace

float logistic_exact(float x) {
  const DoubleDouble d = exp_minus(static_cast<double>(x)) + 1.0;
  const double near = 1 / d.high;
  const float nearest = static_cast<float>(near);
  // The two floats around `near`; half their sum is exact.
  const bool up = static_cast<double>(nearest) < near;
  const float other = std::nextafter(nearest, up ? 2.0f : -1.0f);
  const double middle = (static_cast<double>(nearest) + static_cast<double>(other)) / 2;
  const DoubleDouble side = d * middle + -1.0;
  const bool above = side.high < 0 || (side.high == 0 && side.low < 0);  // s(x) > middle
  return above == up ? other : nearest;
}

}  // namespace ogive::sigmoid
