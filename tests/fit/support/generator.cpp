// SPDX-License-Identifier: MIT
#include "fit/support/generator.h"

#include <algorithm>
#include <cmath>

namespace ogive::fit_test {
namespace {

double random_sign(Random& random) { return random.uniform() < 0.5 ? -1.0 : 1.0; }

double height_above_b(const Truth& truth, double x) { return truth.L / (1 + std::exp(-truth.k * (x - truth.x0))); }

Truth random_truth(Random& random) {
  Truth truth;
  truth.L = random.uniform(0.5, 5);
  truth.x0 = random.uniform(-2, 2);
  truth.k = random.uniform(0.5, 4);
  truth.k *= random_sign(random);
  truth.b = random.uniform(-1, 1);
  return truth;
}

void draw_x(Curve& curve, Random& random, std::size_t n) {
  curve.x.resize(n);
  for (double& x : curve.x) x = random.uniform(-5, 5);
  std::sort(curve.x.begin(), curve.x.end());
}

void draw_y(Curve& curve, Random& random, double deviation) {
  curve.y.clear();
  for (const double x : curve.x) curve.y.push_back(curve.truth.b + height_above_b(curve.truth, x) + deviation * random.normal());
}

}  // namespace

Curve easy_curve(Random& random, const Recipe& recipe) {
  Curve curve;
  curve.truth = random_truth(random);
  draw_x(curve, random, recipe.n);
  draw_y(curve, random, recipe.noise * curve.truth.L);
  return curve;
}

Curve hard_curve(Random& random, std::size_t n) {
  Curve curve;
  curve.truth = random_truth(random);
  curve.one_plateau = random.uniform() < 0.5;
  curve.noisy = random.uniform() < 0.3;
  curve.flat = random.uniform() < 0.03;
  curve.outliers = random.uniform() < 0.03;
  curve.shifted = random.uniform() < 0.5;

  const double height = curve.truth.L;  // noise and outliers are shares of this one, also where the curve is flat
  if (curve.one_plateau) {
    curve.truth.x0 = random.uniform(4.5, 6.5);
    curve.truth.x0 *= random_sign(random);
  }
  if (curve.flat) curve.truth.L *= 1e-3;
  draw_x(curve, random, n);
  draw_y(curve, random, (curve.noisy ? 0.2 : 0.02) * height);
  if (curve.outliers) {
    const std::uint64_t count = 1 + random.below(2);
    for (std::uint64_t i = 0; i < count; ++i) {
      const double distance = random.uniform(1, 3) * height;
      double& y = curve.y[static_cast<std::size_t>(random.below(n))];
      y += distance * random_sign(random);
    }
  }
  return curve.shifted ? with_moved_x(std::move(curve), 1e3, 1e6) : curve;
}

std::vector<Curve> easy_curves(std::size_t count, std::uint64_t seed) {
  Random random(seed);
  std::vector<Curve> curves(count);
  for (Curve& curve : curves) curve = easy_curve(random);
  return curves;
}

std::vector<Curve> hard_curves(std::size_t count, std::uint64_t seed) {
  Random random(seed);
  std::vector<Curve> curves(count);
  for (Curve& curve : curves) curve = hard_curve(random);
  return curves;
}

Curve with_scaled_y(Curve curve, double factor) {
  for (double& y : curve.y) y *= factor;
  curve.truth.L *= factor;
  curve.truth.b *= factor;
  return curve;
}

Curve with_moved_x(Curve curve, double factor, double offset) {
  for (double& x : curve.x) x = offset + factor * x;
  curve.truth.x0 = offset + factor * curve.truth.x0;
  curve.truth.k /= factor;
  return curve;
}

Curve mirrored(Curve curve) {
  std::reverse(curve.x.begin(), curve.x.end());
  std::reverse(curve.y.begin(), curve.y.end());
  for (double& x : curve.x) x = -x;
  curve.truth.x0 = -curve.truth.x0;
  curve.truth.k = -curve.truth.k;
  return curve;
}

}  // namespace ogive::fit_test
