// SPDX-License-Identifier: MIT
#define BOOST_TEST_MODULE batch_evaluate
#include <boost/test/unit_test.hpp>

#include "ogive/batch/targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "batch/evaluate_test.cpp"
#include <hwy/aligned_allocator.h>
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <cstddef>
#include <vector>

#include "ogive/batch/step-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ogive::batch {
namespace HWY_NAMESPACE {

// One curve in all lanes; out: F, L, mean, Q, g0, g1, J00, J01, J11, N00, N01, N11.
template <class P, class T>
void evaluate_one(const std::vector<double>& u, const std::vector<double>& y, const std::vector<double>& w, double k, double a,
                  double* out) {
  constexpr std::size_t lanes = kLanes<T>;
  const std::size_t m = u.size();
  const auto data = hwy::AllocateAligned<T>(m * lanes * 5);
  T *pu = data.get(), *py = pu + m * lanes, *pw = py + m * lanes;
  double total = 0;
  for (std::size_t j = 0; j < m; ++j) {
    total += w[j];
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      pu[j * lanes + lane] = static_cast<T>(u[j]);
      py[j * lanes + lane] = static_cast<T>(y[j]);
      pw[j * lanes + lane] = static_cast<T>(w[j]);
    }
  }
  LanePoints<T> points;
  points.u = pu;
  points.y = py;
  points.w = pw;
  points.scratch = pw + m * lanes;
  points.m = m;
  points.inverse_total = set<T>(1 / total);
  Derivatives<T> d;
  evaluate<P, true, T>(points, set<T>(k), set<T>(a), &d);
  std::size_t n = 0;
  for (const auto v : {d.F, d.linear.L, d.linear.mean, d.linear.Q, d.g0, d.g1, d.J00, d.J01, d.J11, d.N00, d.N01, d.N11})
    out[n++] = static_cast<double>(hn::GetLane(v));
  Linear<T> linear;
  out[n++] = static_cast<double>(hn::GetLane(evaluate_value<P, T>(points, set<T>(k), set<T>(a), &linear)));
}

void evaluate_shape(int shape, bool free_b, bool single, const std::vector<double>& u, const std::vector<double>& y,
                    const std::vector<double>& w, double k, double a, double* out) {
  const auto run = [&]<class Shape, bool kFree>() HWY_ATTR {
    bool weighted = false;
    for (const double value : w) weighted = weighted || value != 1;
    if (weighted && single) return evaluate_one<Problem<Shape, kFree, true>, float>(u, y, w, k, a, out);
    if (weighted) return evaluate_one<Problem<Shape, kFree, true>, double>(u, y, w, k, a, out);
    if (single) return evaluate_one<Problem<Shape, kFree, false>, float>(u, y, w, k, a, out);
    return evaluate_one<Problem<Shape, kFree, false>, double>(u, y, w, k, a, out);
  };
  if (shape == 0) return free_b ? run.template operator()<LogisticLanes, true>() : run.template operator()<LogisticLanes, false>();
  if (shape == 1) return free_b ? run.template operator()<GompertzLanes, true>() : run.template operator()<GompertzLanes, false>();
  return free_b ? run.template operator()<ExponentialLanes, true>() : run.template operator()<ExponentialLanes, false>();
}

}  // namespace HWY_NAMESPACE
}  // namespace ogive::batch
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <algorithm>
#include <array>
#include <cmath>

#include "batch/lane_test.h"
#include "ogive/base/random.h"

namespace ogive::batch {
namespace {

HWY_EXPORT(evaluate_shape);

void evaluate_here(int shape, bool free_b, bool single, const std::vector<double>& u, const std::vector<double>& y,
                   const std::vector<double>& w, double k, double a, double* out) {
  HWY_DYNAMIC_DISPATCH(evaluate_shape)(shape, free_b, single, u, y, w, k, a, out);
}
}  // namespace
}  // namespace ogive::batch

namespace {

using Real = long double;

struct Points {
  std::vector<double> u, y, w;
};

Points random_points(ogive::Random& random, std::size_t m, bool weighted, bool centred) {
  Points points;
  for (std::size_t j = 0; j < m; ++j) {
    points.u.push_back(random.uniform(-1, 1));
    points.y.push_back(random.normal());
    points.w.push_back(weighted ? static_cast<double>(1 + random.below(4)) : 1.0);
  }
  std::sort(points.u.begin(), points.u.end());
  Real sum = 0, total = 0, square = 0;
  for (std::size_t j = 0; j < m; ++j) {
    sum += points.w[j] * points.y[j];
    total += points.w[j];
  }
  for (double& y : points.y) y -= centred ? static_cast<double>(sum / total) : 0;
  for (std::size_t j = 0; j < m; ++j) square += points.w[j] * points.y[j] * points.y[j];
  for (double& y : points.y) y /= static_cast<double>(std::sqrt(square));
  return points;
}

Real shape(int which, Real z) { return which == 0 ? 1 / (1 + std::exp(-z)) : which == 1 ? std::exp(-std::exp(-z)) : std::exp(z); }

// F and the L and mean that go with it, straight from the definition.
std::array<Real, 4> exact_value(int which, bool free_b, const Points& p, Real k, Real a) {
  Real total = 0, mean = 0, Q = 0, cross = 0, F = 0;
  std::vector<Real> s;
  for (std::size_t j = 0; j < p.u.size(); ++j) {
    s.push_back(shape(which, k * p.u[j] - a));
    total += p.w[j];
    mean += p.w[j] * s.back();
  }
  mean = free_b ? mean / total : 0;
  for (std::size_t j = 0; j < s.size(); ++j) {
    Q += p.w[j] * (s[j] - mean) * (s[j] - mean);
    cross += p.w[j] * (s[j] - mean) * p.y[j];
  }
  const Real L = cross / Q;
  for (std::size_t j = 0; j < s.size(); ++j) F += p.w[j] * std::pow(p.y[j] - L * (s[j] - mean), 2);
  return {F, L, mean, Q};
}

// Claims, relative to the size of each quantity.
constexpr double tolerance64 = 1e-9;  // differences of long double values carry about 1e-10 themselves
constexpr double tolerance32 = 2e-4;

struct Case {
  int which;
  bool free_b, weighted;
  std::size_t m;
  double k, a;
};

void check(const Case& c, bool single, ogive::Random& random) {
  const Points p = random_points(random, c.m, c.weighted, c.free_b);
  std::array<double, 13> out{};
  ogive::batch::evaluate_here(c.which, c.free_b, single, p.u, p.y, p.w, c.k, c.a, out.data());
  const double tolerance = single ? tolerance32 : tolerance64;
  const auto F = [&](Real dphi, Real dk) { return exact_value(c.which, c.free_b, p, c.k + dk, c.a - dphi)[0]; };
  const auto at = exact_value(c.which, c.free_b, p, c.k, c.a);
  const auto close = [&](double got, Real expected, double size, const char* name) {
    BOOST_TEST(std::isfinite(got), name);
    BOOST_TEST(std::fabs(got - static_cast<double>(expected)) <= tolerance * size,
               name << " = " << got << ", expected " << static_cast<double>(expected));
  };
  close(out[0], at[0], 1, "F");
  close(out[12], at[0], 1, "F of evaluate_value");
  close(out[1], at[1], std::fabs(static_cast<double>(at[1])), "L");
  close(out[2], at[2], std::fabs(static_cast<double>(at[2])) + 1e-30, "mean");
  close(out[3], at[3], static_cast<double>(at[3]) * (single ? 10 : 1), "Q");
  const Real h = 1e-4L;
  // Central differences of fourth order. Half the gradient and half the Hessian; size: what their terms are made of.
  const auto first = [&](bool by_k) {
    const auto f = [&](Real t) { return by_k ? F(0, t) : F(t, 0); };
    return (8 * (f(h) - f(-h)) - (f(2 * h) - f(-2 * h))) / (12 * h) / 2;
  };
  const auto second = [&](bool by_k) {
    const auto f = [&](Real t) { return by_k ? F(0, t) : F(t, 0); };
    return (16 * (f(h) + f(-h)) - (f(2 * h) + f(-2 * h)) - 30 * f(0)) / (12 * h * h) / 2;
  };
  const auto cross_at = [&](Real t) { return (F(t, t) - F(t, -t) - F(-t, t) + F(-t, -t)) / (4 * t * t) / 2; };
  const Real mixed = (4 * cross_at(h) - cross_at(2 * h)) / 3;
  close(-out[4], first(false), 1, "g0");
  close(-out[5], first(true), 1, "g1");
  close(out[9], second(false), 10, "N00");
  close(out[10], mixed, 10, "N01");
  close(out[11], second(true), 10, "N11");
  // The Gauss-Newton matrix is the Hessian of F of the curve's own values, where the residual vanishes.
  BOOST_TEST(out[6] >= -tolerance);
  BOOST_TEST(out[8] >= -tolerance);
  BOOST_TEST(out[6] * out[8] - out[7] * out[7] >= -tolerance);
}

constexpr Case cases[] = {
    {0, true, false, 20, 3, 1},  {0, true, false, 8, 10, 2},   {0, true, false, 100, 0.5, 4}, {0, true, false, 20, -4, 2},
    {0, true, true, 12, 6, 0.5}, {0, false, false, 20, 5, -2}, {0, false, true, 9, -5, 3},    {1, true, false, 20, 4, 1},
    {1, true, true, 20, 4, -2},  {1, false, false, 20, 2, -1}, {2, true, false, 20, 3, 3},    {2, false, true, 20, -2, 2},
};

}  // namespace

BOOST_AUTO_TEST_CASE(values_and_derivatives_are_those_of_the_definition) {
  ogive::batch_test::on_every_target(HWY_TARGETS, [] {
    ogive::Random random(7);
    for (const Case& c : cases) {
      BOOST_TEST_CONTEXT("shape " << c.which << " free b " << c.free_b << " weighted " << c.weighted << " k " << c.k << " a "
                                  << c.a) {
        for (int i = 0; i < 20; ++i) check(c, false, random);
        for (int i = 0; i < 20; ++i) check(c, true, random);
      }
    }
  });
}
#endif
