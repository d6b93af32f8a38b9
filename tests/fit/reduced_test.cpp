// SPDX-License-Identifier: MIT
// The reduced objective against its definition in 50 digits: F by regression, derivatives of F by differences.
#define BOOST_TEST_MODULE fit_reduced
#include "ogive/fit/reduced.h"

#include <boost/test/unit_test.hpp>
#include <vector>

#include "curve/exact.h"
#include "fit/support/plain.h"

using exact::Big;
using ogive::fit::Eliminate;
using ogive::fit::Evaluation;
using ogive::fit::Points;
using ogive::fit::Reduced;

namespace {

// Rounding of a dozen points in double: F relative to sum w y^2, derivatives relative to the length of the vectors in them.
constexpr double F_claim = 1e-14;
constexpr double derivative_claim = 3e-12;
const Big difference = Big(1) / Big(1e13);  // F is smooth on the scale of 1: differences keep 24 digits

constexpr double fixed_L = 1.7, fixed_b = 0.2;
constexpr std::array all_eliminations = {Eliminate::L_and_b, Eliminate::L, Eliminate::b, Eliminate::none};

bool frees_L(Eliminate e) { return e == Eliminate::L_and_b || e == Eliminate::L; }
bool frees_b(Eliminate e) { return e == Eliminate::L_and_b || e == Eliminate::b; }

Points some_points(bool with_far_point) {
  std::vector<double> x = {-1, -0.8, -0.8, -0.55, -0.1, 0.05, 0.3, 0.3, 0.3, 0.7, 1};
  std::vector<double> y = {0.1, 0.2, 0.15, -0.1, 0.5, 0.6, 1.1, 0.9, 1.3, 1.2, 1.5};
  if (with_far_point) {
    x.push_back(-HUGE_VAL);
    y.push_back(0.3);
  }
  return ogive::fit::make_points(x, y, ogive::curve::Linear::none);
}

struct Vectors {
  std::vector<Big> f, slope;
};

// nu < 0: the exponential e^z.
Vectors shape_at(const Points& points, double nu, const Big& k, const Big& a) {
  Vectors at;
  for (const double u : points.u) {
    const Big z = k * Big(u) - a;
    if (abs(z) > 1e100) {
      at.f.emplace_back(z > 0 ? 1 : 0);
      at.slope.emplace_back(0);
    } else if (nu < 0) {
      at.f.push_back(exp(z));
      at.slope.push_back(at.f.back());
    } else {
      const exact::Shape shape(z, nu);
      at.f.push_back(shape.value);
      at.slope.push_back(shape.slope);
    }
  }
  return at;
}

Big dot(const Points& points, const std::vector<Big>& p, const std::vector<Big>& q) {
  Big sum = 0;
  for (std::size_t j = 0; j < p.size(); ++j) sum += points.weight[j] * p[j] * q[j];
  return sum;
}

void subtract(std::vector<Big>& p, const Big& factor, const std::vector<Big>& q) {
  for (std::size_t j = 0; j < p.size(); ++j) p[j] -= factor * q[j];
}

struct Expected {
  Big F, L, b;
  Big gauss_newton[2][2];  // phi, k
};

Expected expect(const Points& points, double nu, Eliminate eliminate, const Big& k, const Big& a) {
  const Vectors at = shape_at(points, nu, k, a);
  const std::size_t m = points.size();
  const std::vector<Big> ones(m, Big(1));
  // An orthogonal basis of what is eliminated, by Gram and Schmidt.
  std::vector<std::vector<Big>> basis;
  std::vector<Big> f = at.f, y(points.y.begin(), points.y.end());
  if (frees_b(eliminate))
    basis.push_back(ones);
  else
    subtract(y, fixed_b, ones);
  if (!frees_L(eliminate)) subtract(y, fixed_L, f);
  if (frees_b(eliminate)) subtract(f, dot(points, f, ones) / dot(points, ones, ones), ones);
  if (frees_L(eliminate)) basis.push_back(f);
  Expected e;
  e.L = frees_L(eliminate) ? Big(dot(points, f, y) / dot(points, f, f)) : Big(fixed_L);
  for (const auto& q : basis) subtract(y, dot(points, y, q) / dot(points, q, q), q);
  e.F = dot(points, y, y);
  e.b = fixed_b;
  if (frees_b(eliminate)) {
    std::vector<Big> rest(points.y.begin(), points.y.end());
    subtract(rest, e.L, at.f);
    e.b = dot(points, rest, ones) / dot(points, ones, ones);
  }
  std::vector<Big> column[2];
  for (std::size_t j = 0; j < m; ++j) {
    column[0].push_back(e.L * at.slope[j]);
    column[1].push_back(e.L * at.slope[j] * Big(points.u[j]));
  }
  for (auto& c : column)
    for (const auto& q : basis) subtract(c, dot(points, c, q) / dot(points, q, q), q);
  for (int i = 0; i < 2; ++i)
    for (int j = 0; j < 2; ++j) e.gauss_newton[i][j] = dot(points, column[i], column[j]);
  return e;
}

double size(const Big& x) { return static_cast<double>(abs(x)); }

template <class Shape>
void check(const Points& points, Shape shape, double nu, Eliminate eliminate, double k, double a) {
  BOOST_TEST_CONTEXT("nu " << nu << " eliminate " << static_cast<int>(eliminate) << " k " << k << " a " << a) {
    Reduced<Shape> reduced(points, shape, eliminate, fixed_L, fixed_b);
    const Evaluation got = reduced.evaluate(k, a);
    const auto F = [&](int d_phi, int d_k) {
      return expect(points, nu, eliminate, Big(k) + d_k * difference, Big(a) - d_phi * difference).F;
    };
    const Expected expected = expect(points, nu, eliminate, k, a);
    double yy = 0;
    for (std::size_t j = 0; j < points.size(); ++j) yy += points.weight[j] * points.y[j] * points.y[j];
    const double total = yy + size(expected.F);
    BOOST_TEST(size(got.F - expected.F) <= F_claim * total);
    BOOST_TEST(size(reduced.value(k, a) - expected.F) <= F_claim * total);
    BOOST_TEST(size(got.L - expected.L) <= derivative_claim * size(expected.L));
    BOOST_TEST(size(got.b - expected.b) <= derivative_claim * (size(expected.b) + size(expected.L)));
    // Half the derivatives of F.
    const Big h = difference;
    const Big g0 = (F(-1, 0) - F(1, 0)) / (4 * h), g1 = (F(0, -1) - F(0, 1)) / (4 * h);
    const Big h00 = (F(1, 0) + F(-1, 0) - 2 * F(0, 0)) / (2 * h * h), h11 = (F(0, 1) + F(0, -1) - 2 * F(0, 0)) / (2 * h * h);
    const Big h01 = (F(1, 1) + F(-1, -1) - F(1, -1) - F(-1, 1)) / (8 * h * h);
    const Vectors at = shape_at(points, nu, k, a);
    double pp = 0;  // |L f'|^2; every u within reach is at most 1
    for (std::size_t j = 0; j < points.size(); ++j) pp += points.weight[j] * std::pow(size(expected.L * at.slope[j]), 2);
    const double g_scale = std::sqrt(pp * total), h_scale = pp + g_scale;
    BOOST_TEST(size(got.g0 - g0) <= derivative_claim * g_scale);
    BOOST_TEST(size(got.g1 - g1) <= derivative_claim * g_scale);
    BOOST_TEST(size(got.hessian.m00 - h00) <= derivative_claim * h_scale);
    BOOST_TEST(size(got.hessian.m01 - h01) <= derivative_claim * h_scale);
    BOOST_TEST(size(got.hessian.m11 - h11) <= derivative_claim * h_scale);
    BOOST_TEST(size(got.gauss_newton.m00 - expected.gauss_newton[0][0]) <= derivative_claim * pp);
    BOOST_TEST(size(got.gauss_newton.m01 - expected.gauss_newton[0][1]) <= derivative_claim * pp);
    BOOST_TEST(size(got.gauss_newton.m11 - expected.gauss_newton[1][1]) <= derivative_claim * pp);
  }
}

template <class Shape>
void check_everywhere(Shape shape, double nu) {
  for (const bool far : {false, true})
    for (const Points& points : {some_points(far), mirrored(some_points(far))})
      for (const Eliminate eliminate : all_eliminations)
        for (const auto& [k, a] : {std::pair{2.0, 0.3}, {3.0, -1.2}, {9.0, 4.0}}) check(points, shape, nu, eliminate, k, a);
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_logistic_agrees_with_differences_in_50_digits) { check_everywhere(ogive::curve::LogisticShape{}, 1); }

BOOST_AUTO_TEST_CASE(gompertz_agrees_with_differences_in_50_digits) { check_everywhere(ogive::curve::GompertzShape{}, 0); }

BOOST_AUTO_TEST_CASE(richards_agrees_with_differences_in_50_digits) { check_everywhere(ogive::curve::RichardsShape{2.5}, 2.5); }

BOOST_AUTO_TEST_CASE(the_exponential_agrees_with_differences_in_50_digits) {
  for (const Eliminate eliminate : all_eliminations)
    for (const double k : {-1.5, 0.7, 4.0}) check(some_points(false), ogive::fit::ExponentialShape{}, -1, eliminate, k, 1.0);
}

BOOST_AUTO_TEST_CASE(a_plateau_out_of_sight_costs_no_digits) {
  for (const double a : {-16.0, 16.0})
    for (const Points& points : {some_points(false), mirrored(some_points(false))})
      check(points, ogive::curve::LogisticShape{}, 1, Eliminate::L_and_b, 2.0, a);
}

BOOST_AUTO_TEST_CASE(from_the_other_side_the_logistic_is_its_own_complement) {
  const Points points = some_points(false), other = mirrored(points);
  for (const double a : {-3.0, 0.5, 4.0}) {
    const Evaluation here = Reduced(points, ogive::curve::LogisticShape{}, Eliminate::L_and_b).evaluate(3, a);
    const Evaluation there = Reduced(other, ogive::curve::LogisticShape{}, Eliminate::L_and_b).evaluate(3, -a);
    BOOST_TEST(std::fabs(here.F - there.F) <= F_claim * points.tss);
    BOOST_TEST(std::fabs(here.L + there.L) <= derivative_claim * std::fabs(here.L));
    BOOST_TEST(std::fabs(here.b + here.L - there.b) <= derivative_claim * (std::fabs(here.L) + std::fabs(here.b)));
  }
}

BOOST_AUTO_TEST_CASE(where_the_shape_is_constant_only_the_level_is_fitted) {
  const Points points = some_points(false);
  Reduced reduced(points, ogive::curve::LogisticShape{}, Eliminate::L_and_b);
  const Evaluation e = reduced.evaluate(1e-9, 800);  // all v = 0
  BOOST_TEST(e.L == 0.0);
  BOOST_TEST(std::fabs(e.F - points.tss) <= F_claim * points.tss);
  BOOST_TEST(std::isfinite(e.g0 + e.g1 + e.hessian.m00 + e.hessian.m01 + e.hessian.m11));
}
