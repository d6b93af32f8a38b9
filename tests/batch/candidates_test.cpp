// SPDX-License-Identifier: MIT
// Limits and starts against their definitions, by plain enumeration in long double.
#define BOOST_TEST_MODULE batch_candidates
#include "ogive/batch/candidates.h"

#include <boost/test/unit_test.hpp>

#include "ogive/batch/targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "batch/candidates_test.cpp"
#include <hwy/aligned_allocator.h>
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <cstddef>
#include <vector>

#include "ogive/batch/sides-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ogive::batch {
namespace HWY_NAMESPACE {

// All gates that there are for m points.
StartGates all_gates(std::size_t m, bool free_b) {
  const std::uint64_t all = (std::uint64_t{1} << (m - 1)) - 1;
  return {all, free_b ? all & ~std::uint64_t{1} : all};
}

// The best step of one curve, put in all lanes, as the last lane has it; and its starts.
template <class P>
void examine_one(const Record& record, double target, std::size_t most, StepLimit* step, std::vector<CandidateStart>* starts) {
  constexpr std::size_t lanes = kLanes64;
  const std::size_t m = record.m;
  const auto data = hwy::AllocateAligned<double>(2 * m * lanes + LaneSides::size(m));
  double *y = data.get(), *w = y + m * lanes;
  for (std::size_t j = 0; j < m; ++j)
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      y[j * lanes + lane] = record.y[j];
      w[j * lanes + lane] = record.weight(j);
    }
  LanePoints<double> points;
  points.y = y;
  points.w = w;
  points.m = m;
  const LaneSides sides(w + m * lanes, m);
  StepLimit steps[lanes];
  find_sides<P>(points, sides);
  find_steps<P>(points, sides, steps);
  *step = steps[lanes - 1];
  StartGates gates[lanes];
  find_gates<P>(m, sides, set<double>(target), gates);
  add_starts(record, sides.of(lanes - 1), gates[lanes - 1], P::kFreesB, target, most, logistic_z, *starts);
  // A gate is closed only where a look would have found nothing.
  std::vector<CandidateStart> all;
  add_starts(record, sides.of(lanes - 1), all_gates(m, P::kFreesB), P::kFreesB, target, most, logistic_z, all);
  BOOST_TEST(all.size() == starts->size());
}

void examine(const Record& record, bool free_b, double target, std::size_t most, StepLimit* step,
             std::vector<CandidateStart>* starts) {
  if (free_b) return examine_one<Problem<LogisticLanes, true, true>>(record, target, most, step, starts);
  examine_one<Problem<LogisticLanes, false, true>>(record, target, most, step, starts);
}

}  // namespace HWY_NAMESPACE
}  // namespace ogive::batch
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <algorithm>
#include <cmath>

#include "batch/lane_test.h"
#include "ogive/base/random.h"

namespace ogive::batch {
namespace {
HWY_EXPORT(examine);

StepLimit examine_here(const Record& record, bool free_b, double target, std::size_t most, std::vector<CandidateStart>* starts) {
  StepLimit step;
  starts->clear();
  HWY_DYNAMIC_DISPATCH(examine)(record, free_b, target, most, &step, starts);
  return step;
}
StepLimit best_step(const Record& record, bool free_b) {
  std::vector<CandidateStart> starts;
  return examine_here(record, free_b, 0, 12, &starts);
}
}  // namespace
}  // namespace ogive::batch

namespace {

using ogive::batch::ExponentialLimit;
using ogive::batch::Record;
using Real = long double;

constexpr double tolerance = 1e-12;  // of F, where sum w y^2 = 1

struct Points {
  std::vector<double> u, y, w;
  Record record() const { return {u.data(), y.data(), w.data(), u.size()}; }
};

Points random_points(ogive::Random& random, std::size_t m, double noise) {
  Points p;
  for (std::size_t j = 0; j < m; ++j) {
    p.u.push_back(random.uniform(-1, 1));
    p.w.push_back(static_cast<double>(1 + random.below(3)));
  }
  std::sort(p.u.begin(), p.u.end());
  for (const double u : p.u) p.y.push_back((u > 0.2 ? 1.0 : 0.0) + noise * random.normal());
  double total = 0, sum = 0, squares = 0;
  for (std::size_t j = 0; j < m; ++j) {
    total += p.w[j];
    sum += p.w[j] * p.y[j];
  }
  for (double& y : p.y) y -= sum / total;
  for (std::size_t j = 0; j < m; ++j) squares += p.w[j] * p.y[j] * p.y[j];
  for (double& y : p.y) y /= std::sqrt(squares);
  return p;
}

Real about_mean(const Points& p, std::size_t first, std::size_t last) {
  Real weight = 0, sum = 0, F = 0;
  for (std::size_t j = first; j < last; ++j) {
    weight += p.w[j];
    sum += static_cast<Real>(p.w[j]) * p.y[j];
  }
  for (std::size_t j = first; j < last; ++j) F += p.w[j] * std::pow(p.y[j] - sum / weight, 2);
  return F;
}

Real about_zero(const Points& p, std::size_t last) {
  Real F = 0;
  for (std::size_t j = 0; j < last; ++j) F += static_cast<Real>(p.w[j]) * p.y[j] * p.y[j];
  return F;
}

// F of b + A e^(rate u), straight from the regression.
Real exponential_F(const Points& p, Real rate) {
  Real total = 0, e_mean = 0, y_mean = 0, Q = 0, cross = 0, F = 0;
  const auto e = [&](std::size_t j) { return std::exp(rate * p.u[j] - std::fabs(rate)); };
  for (std::size_t j = 0; j < p.u.size(); ++j) {
    total += p.w[j];
    e_mean += p.w[j] * e(j);
    y_mean += static_cast<Real>(p.w[j]) * p.y[j];
  }
  e_mean /= total;
  y_mean /= total;
  for (std::size_t j = 0; j < p.u.size(); ++j) {
    Q += p.w[j] * std::pow(e(j) - e_mean, 2);
    cross += p.w[j] * (e(j) - e_mean) * (p.y[j] - y_mean);
  }
  for (std::size_t j = 0; j < p.u.size(); ++j) F += p.w[j] * std::pow(p.y[j] - y_mean - cross / Q * (e(j) - e_mean), 2);
  return F;
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_best_step_is_the_best_of_all_steps) {
  ogive::batch_test::on_every_target(HWY_TARGETS, [] {
    ogive::Random random(1);
    for (int round = 0; round < 200; ++round) {
      const Points p = random_points(random, 5 + static_cast<std::size_t>(random.below(20)), 0.3);
      const std::size_t m = p.u.size();
      Real least = 10, least_from_zero = 10;
      for (std::size_t i = 0; i < m; ++i) {
        if (i > 0) least = std::min(least, about_mean(p, 0, i) + about_mean(p, i, m));
        least_from_zero = std::min(least_from_zero, about_zero(p, i) + about_mean(p, i, m));
      }
      const auto three = [&](std::size_t j, Real left, Real right, Real F, Real& best) {
        if ((p.y[j] - left) * (right - p.y[j]) > 0) best = std::min(best, F);
      };
      const auto mean = [&](std::size_t first, std::size_t last) {
        Real weight = 0, sum = 0;
        for (std::size_t j = first; j < last; ++j) {
          weight += p.w[j];
          sum += static_cast<Real>(p.w[j]) * p.y[j];
        }
        return sum / weight;
      };
      for (std::size_t j = 0; j + 1 < m; ++j) {
        if (j > 0) three(j, mean(0, j), mean(j + 1, m), about_mean(p, 0, j) + about_mean(p, j + 1, m), least);
        three(j, 0, mean(j + 1, m), about_zero(p, j) + about_mean(p, j + 1, m), least_from_zero);
      }
      BOOST_TEST(std::fabs(ogive::batch::best_step(p.record(), true).F - static_cast<double>(least)) <= tolerance);
      BOOST_TEST(std::fabs(ogive::batch::best_step(p.record(), false).F - static_cast<double>(least_from_zero)) <= tolerance);
    }
  });
}

BOOST_AUTO_TEST_CASE(the_exponential_is_a_minimum_of_its_definition) {
  ogive::Random random(2);
  for (int round = 0; round < 100; ++round) {
    Points p = random_points(random, 15, 0.1);
    for (std::size_t j = 0; j < p.u.size(); ++j) p.y[j] = std::exp(2.0 * p.u[j]) + 0.1 * random.normal();
    const ExponentialLimit found = ogive::batch::exponential_near(p.record(), true, 1.5);
    const Real here = exponential_F(p, found.rate);
    BOOST_TEST(std::fabs(found.F - static_cast<double>(here)) <= 1e-10 * static_cast<double>(here));
    for (const double factor : {0.99, 1.01}) BOOST_TEST(static_cast<double>(exponential_F(p, found.rate * factor)) >= found.F);
    Real F = 0;
    const double end = p.u.back();
    for (std::size_t j = 0; j < p.u.size(); ++j)
      F += p.w[j] * std::pow(p.y[j] - (found.b + found.A * std::exp(found.rate * (p.u[j] - end))), 2);
    BOOST_TEST(std::fabs(static_cast<double>(F) - found.F) <= 1e-10 * found.F);
  }
}

BOOST_AUTO_TEST_CASE(a_start_passes_through_its_points) {
  // Two points within the rise of a step without noise: the curve of the start has their levels.
  Points p;
  p.u = {-1, -0.6, -0.2, 0.1, 0.5, 1};
  p.y = {0, 0, 0.3, 0.8, 1, 1};
  p.w.assign(6, 1.0);
  std::vector<ogive::batch::CandidateStart> starts;
  ogive::batch::examine_here(p.record(), true, 0.01, 12, &starts);
  bool found = false;
  for (const auto& s : starts) {
    const auto f = [&](double u) { return 1 / (1 + std::exp(s.a - s.k * u)); };
    found = found || (std::fabs(f(-0.2) - 0.3) < 1e-9 && std::fabs(f(0.1) - 0.8) < 1e-9);
  }
  BOOST_TEST(found);
  ogive::batch::examine_here(p.record(), true, 1.0, 2, &starts);
  BOOST_TEST(starts.size() == 2U);
}

BOOST_AUTO_TEST_CASE(shapes_are_inverted) {
  for (const double f : {0.01, 0.3, 0.9}) {
    BOOST_TEST(std::fabs(1 / (1 + std::exp(-ogive::batch::logistic_z(f))) - f) <= tolerance);
    BOOST_TEST(std::fabs(std::exp(-std::exp(-ogive::batch::gompertz_z(f))) - f) <= tolerance);
  }
}
#endif
