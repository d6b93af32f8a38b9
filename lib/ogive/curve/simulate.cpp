// SPDX-License-Identifier: MIT
#include "ogive/curve/simulate.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>
#include <utility>

namespace ogive::curve {
namespace {

constexpr double awkward_factor = 1e3;
constexpr double awkward_offset = 1e6;  // a dose has a natural zero and gets none

double random_sign(Random& random) { return random.uniform() < 0.5 ? -1.0 : 1.0; }

// The parameters on the scale where the midpoint is near 0, whatever the model makes of them.
struct Drawn {
  double L, x0, k, b, nu;
};

Drawn draw_truth(Random& random, const Model& model) {
  Drawn truth{};
  truth.L = random.uniform(0.5, 5);
  truth.x0 = random.uniform(-2, 2);
  truth.k = random.uniform(0.5, 4);
  truth.k *= random_sign(random);
  truth.b = random.uniform(-1, 1);
  truth.nu = model.family == Family::richards ? random.uniform(0.5, 2) : 1;
  if (model.linear == Linear::none) truth.L = 1;
  return truth;
}

void fill_theta(Simulated& curve, const Model& model, const Drawn& truth) {
  curve.theta.clear();
  for (const Parameter& parameter : model.parameters) {
    if (parameter.name == "L") curve.theta.push_back(truth.L);
    if (parameter.name == "x0") curve.theta.push_back(truth.x0);
    if (parameter.name == "ec50") curve.theta.push_back(std::exp(truth.x0));
    if (parameter.name == "k") curve.theta.push_back(truth.k);
    if (parameter.name == "b") curve.theta.push_back(truth.b);
    if (parameter.name == "nu") curve.theta.push_back(truth.nu);
  }
  assert(curve.theta.size() == model.parameters.size());
}

void draw_x(Simulated& curve, Random& random, const Simulation& plan) {
  if (!plan.x.empty()) {
    curve.x.assign(plan.x.begin(), plan.x.end());
  } else {
    curve.x.resize(plan.points);
    for (double& x : curve.x) x = random.uniform(-5, 5);
    std::sort(curve.x.begin(), curve.x.end());
    if (plan.model->log_dose)
      for (double& x : curve.x) x = std::exp(x);
  }
  if (plan.replicates == 1) return;
  const std::size_t distinct = curve.x.size();
  curve.x.resize(distinct * plan.replicates);
  for (std::size_t i = curve.x.size(); i-- > 0;) curve.x[i] = curve.x[i / plan.replicates];
}

void add_outliers(Simulated& curve, Random& random, double height) {
  const std::uint64_t count = 1 + random.below(2);
  for (std::uint64_t i = 0; i < count; ++i) {
    const double distance = random.uniform(1, 3) * height;
    double& y = curve.y[static_cast<std::size_t>(random.below(curve.y.size()))];
    y += distance * random_sign(random);
  }
}

void move_to_awkward_units(Simulated& curve, const Model& model) {
  const double offset = model.log_dose ? 0 : awkward_offset;
  for (double& x : curve.x) x = offset + awkward_factor * x;
  for (std::size_t p = 0; p < curve.theta.size(); ++p) {
    const std::string_view name = model.parameters[p].name;
    if (name == "x0" || name == "ec50") curve.theta[p] = offset + awkward_factor * curve.theta[p];
    if (name == "k" && !model.log_dose) curve.theta[p] /= awkward_factor;
  }
}

}  // namespace

// The order of the draws is a promise: a seed stands for the same curves in every version.
void simulate(Random& random, const Simulation& plan, Simulated& curve) {
  assert(plan.model != nullptr && plan.points > 0 && plan.replicates > 0);
  assert(plan.x.empty() || plan.x.size() == plan.points);
  const Model& model = *plan.model;
  Drawn truth = draw_truth(random, model);
  const bool hard = plan.design == Design::hard;
  curve.one_plateau = hard && random.uniform() < 0.5;
  curve.noisy = hard && random.uniform() < 0.3;
  curve.flat = hard && random.uniform() < 0.03;
  curve.outliers = hard && random.uniform() < 0.03;
  curve.shifted = hard && random.uniform() < 0.5 && plan.x.empty();

  const double height = truth.L;  // noise and outliers are shares of this one, also where the curve is flat
  if (curve.one_plateau) {
    truth.x0 = random.uniform(4.5, 6.5);
    truth.x0 *= random_sign(random);
  }
  if (curve.flat) (model.linear == Linear::none ? truth.k : truth.L) *= 1e-3;
  curve.noise = (curve.noisy ? 10 : 1) * plan.noise * height;
  fill_theta(curve, model, truth);
  draw_x(curve, random, plan);
  curve.y.resize(curve.x.size());
  for (std::size_t i = 0; i < curve.x.size(); ++i)
    curve.y[i] = model.value(curve.x[i], curve.theta) + curve.noise * random.normal();
  if (curve.outliers) add_outliers(curve, random, height);
  if (curve.shifted) move_to_awkward_units(curve, model);
  if (plan.missing > 0)
    for (double& y : curve.y)
      if (random.uniform() < plan.missing) y = std::numeric_limits<double>::quiet_NaN();
}

Random random_of(std::uint64_t seed, std::uint64_t index) {
  Random base(seed);  // neighbouring seeds become far ones, so that their curves do not overlap
  return Random(base.bits() + index);
}

std::vector<double> even_x(const Model& model, std::size_t points) {
  std::vector<double> x(points);
  for (std::size_t i = 0; i < points; ++i) {
    x[i] = points == 1 ? 0 : -5 + 10 * static_cast<double>(i) / static_cast<double>(points - 1);
    if (model.log_dose) x[i] = std::exp(x[i]);
  }
  return x;
}

std::string traits(const Simulated& curve) {
  std::string words;
  for (const auto& [has, word] :
       {std::pair(curve.one_plateau, "one-plateau"), std::pair(curve.noisy, "noisy"), std::pair(curve.flat, "flat"),
        std::pair(curve.outliers, "outliers"), std::pair(curve.shifted, "shifted")})
    if (has) words += (words.empty() ? "" : " ") + std::string(word);
  return words;
}

}  // namespace ogive::curve
