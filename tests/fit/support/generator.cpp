// SPDX-License-Identifier: MIT
#include "fit/support/generator.h"

#include <algorithm>
#include <utility>

#include "ogive/curve/registry.h"
#include "ogive/curve/simulate.h"

namespace ogive::fit_test {
namespace {

Curve simulated(Random& random, curve::Design design, std::size_t n, double noise) {
  curve::Simulation plan;
  plan.model = &curve::model("logistic");
  plan.design = design;
  plan.points = n;
  plan.noise = noise;
  curve::Simulated made;
  curve::simulate(random, plan, made);
  const Truth truth{made.theta[0], made.theta[1], made.theta[2], made.theta[3]};
  return {std::move(made.x), std::move(made.y), truth, made.one_plateau, made.noisy, made.flat, made.outliers, made.shifted};
}

}  // namespace

Curve easy_curve(Random& random, const Recipe& recipe) { return simulated(random, curve::Design::easy, recipe.n, recipe.noise); }

Curve hard_curve(Random& random, std::size_t n) { return simulated(random, curve::Design::hard, n, Recipe().noise); }

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
