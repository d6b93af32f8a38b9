// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// What every curve must pass, once for all: each model's own test calls these with its struct.

#include <ceres/jet.h>

#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "exact.h"
#include "ogive/base/random.h"
#include "ogive/curve/form.h"
#include "ogive/curve/model.h"

namespace curve_checks {

namespace curve = ogive::curve;
using exact::Big;

inline constexpr int random_points = 20000;

/// Entries below this share of their natural scale are not compared digit by digit: subnormals took part in them.
inline constexpr double smallest_counted = 1e-280;

/// Claims about the templates with other scalars.
inline constexpr double jets_agree = 1e-12;          ///< relative, times the conditioning
inline constexpr double long_double_agrees = 32;     ///< units of 2^-64 of max(|b|, |L|)
inline constexpr double fifty_digits_agree = 1e-45;  ///< relative to max(|b|, |L|)

struct Point {
  double x;
  std::vector<double> theta;
};

/// Parameters over many decades, and an x where z = k (x - x0) is in [-reach, reach], more often near 0.
template <class C>
Point random_point(ogive::Random& random, double reach) {
  const auto decades = [&](double low, double high) { return std::pow(10.0, random.uniform(low, high)); };
  const auto sign = [&] { return random.below(2) == 0 ? -1.0 : 1.0; };
  Point p;
  double k = 0;
  double x0 = 0;
  for (const auto& parameter : C::parameters) {
    const auto name = parameter.name;
    double v = sign() * decades(-3, 3);
    if (name == "nu") v = random.below(8) == 0 ? 0.0 : random.below(7) == 0 ? 1.0 : decades(-13, 4);
    if (name == "ec50") v = std::fabs(v);
    if (name == "k") k = v = C::log_dose ? sign() * decades(-1, 2) : v;
    if (name == "x0" || name == "ec50") x0 = v;
    p.theta.push_back(v);
  }
  const double z = random.uniform(-reach, reach) * decades(-2, 0);
  p.x = C::log_dose ? x0 * std::exp(std::clamp(z / k, -600.0, 600.0)) : x0 + z / k;
  return p;
}

template <class C>
const curve::Model& as_model() {
  static constexpr curve::Model model = curve::make_model<C>();
  return model;
}

template <class C>
double parameter(const std::vector<double>& theta, std::string_view name, double otherwise) {
  const int i = as_model<C>().index_of(name);
  return i < 0 ? otherwise : theta[static_cast<std::size_t>(i)];
}

/// max(|b|, |L|), the scale of y; on a dose the rounding of log(x / ec50) is multiplied by k.
template <class C>
double scale_of_y(const std::vector<double>& theta) {
  const double L = std::fabs(parameter<C>(theta, "L", 1));
  const double y = std::max(L, std::fabs(parameter<C>(theta, "b", 0)));
  return C::log_dose ? y + L * std::fabs(parameter<C>(theta, "k", 0)) / 4 : y;
}

/// The largest that a gradient entry can be, about: entries far below it have underflowed on the way.
template <class C>
double scale_of_gradient(const exact::Curve& e, const std::vector<double>& theta) {
  return std::fabs(parameter<C>(theta, "L", 1)) *
         (1 + std::fabs(parameter<C>(theta, "k", 1)) + std::fabs(static_cast<double>(e.t)));
}

/// Calls body(Point, exact::Curve) on random points: half with |z| <= 20, half with |z| <= 800.
template <class C, class Body>
void for_random_points(int count, const Body& body) {
  ogive::Random random(2026);
  for (int i = 0; i < count; ++i) {
    const Point p = random_point<C>(random, i % 2 == 0 ? 20 : 800);
    body(p, exact::Curve(as_model<C>(), p.x, p.theta));
  }
}

template <class C>
void value_and_gradient_keep_their_claims() {
  double worst_value = 0;
  double worst_gradient = 0;
  for_random_points<C>(random_points, [&](const Point& p, const exact::Curve& e) {
    std::vector<double> gradient(p.theta.size(), std::numeric_limits<double>::quiet_NaN());
    const double y = C::value_and_gradient(p.x, p.theta, gradient);
    BOOST_REQUIRE(y == C::template value<double>(p.x, p.theta));
    const double error = static_cast<double>(abs(Big(y) - e.value)) / scale_of_y<C>(p.theta) * 0x1p53;
    BOOST_REQUIRE(!std::isnan(error));
    worst_value = std::max(worst_value, error);
    for (std::size_t i = 0; i < gradient.size(); ++i) {
      BOOST_REQUIRE(std::isfinite(gradient[i]));
      if (abs(e.gradient[i]) < smallest_counted * scale_of_gradient<C>(e, p.theta)) {
        BOOST_REQUIRE(std::fabs(gradient[i]) <= 2 * smallest_counted * scale_of_gradient<C>(e, p.theta));
        continue;
      }
      const double relative = exact::units(gradient[i], e.gradient[i]) / static_cast<double>(e.conditioning);
      if (relative > worst_gradient) worst_gradient = relative;
    }
  });
  BOOST_TEST_MESSAGE(C::name << ": value " << worst_value << ", gradient " << worst_gradient);
  BOOST_TEST(worst_value <= curve::claims::value);
  BOOST_TEST(worst_gradient <= curve::claims::gradient);
}

template <class C>
void gradient_agrees_with_jets() {
  constexpr int n = static_cast<int>(C::parameters.size());
  using Jet = ceres::Jet<double, n>;
  int compared = 0;
  for_random_points<C>(random_points, [&](const Point& p, const exact::Curve& e) {
    std::vector<double> gradient(p.theta.size());
    const double y = C::value_and_gradient(p.x, p.theta, gradient);
    std::vector<Jet> jets;
    for (int i = 0; i < n; ++i) jets.emplace_back(p.theta[static_cast<std::size_t>(i)], i);
    const Jet jet = C::template value<Jet>(Jet(p.x), jets);
    BOOST_REQUIRE(std::fabs(jet.a - y) <= jets_agree * scale_of_y<C>(p.theta));
    for (int i = 0; i < n; ++i) {
      const double g = gradient[static_cast<std::size_t>(i)];
      const double allowed = jets_agree * std::fabs(g) * std::min(static_cast<double>(e.conditioning), 1e300);  // no 0 * inf
      BOOST_REQUIRE_MESSAGE(std::fabs(jet.v[i] - g) <= allowed + smallest_counted * scale_of_gradient<C>(e, p.theta),
                            C::name << " d/d" << C::parameters[static_cast<std::size_t>(i)].name << ": jet " << jet.v[i]
                                    << ", analytic " << g << " at x = " << p.x << ", z = " << e.z
                                    << ", nu = " << parameter<C>(p.theta, "nu", -1));
      ++compared;
    }
  });
  BOOST_TEST(compared == random_points * n);
}

template <class T, class C>
double worst_of_other_scalar(int count) {
  double worst = 0;
  for_random_points<C>(count, [&](const Point& p, const exact::Curve& e) {
    const std::vector<T> theta(p.theta.begin(), p.theta.end());
    const T y = C::template value<T>(T(p.x), theta);
    const double error = static_cast<double>(abs(Big(Big(y) - e.value))) / scale_of_y<C>(p.theta);
    worst = error <= worst ? worst : error;  // NaN counts as worst
  });
  return worst;
}

template <class C>
void other_scalars_keep_their_digits() {
  BOOST_TEST((worst_of_other_scalar<long double, C>(2000)) <= long_double_agrees * 0x1p-64);
  BOOST_TEST((worst_of_other_scalar<Big, C>(2000)) <= fifty_digits_agree);
}

/// Every combination of extreme parameters and x gives finite numbers, and y between the plateaus.
template <class C>
void extremes_are_finite() {
  constexpr double max = std::numeric_limits<double>::max();
  const std::vector<double> any = {0.0, 1e-300, 1.0, -1.0, 1e4, -1e4, 1e300, -1e300, max, -max, -5e-324};
  const std::vector<double> positive = {1e-300, 5e-324, 0.5, 1.0, 1e4, 1e300, max};
  const std::vector<double> shapes = {0.0, 1e-300, 1e-12, 1.0, 1e6, 1e300};
  constexpr std::size_t n = C::parameters.size();
  std::array<const std::vector<double>*, n> choices{};
  std::size_t combinations = 1;
  for (std::size_t i = 0; i < n; ++i) {
    const auto name = C::parameters[i].name;
    choices[i] = name == "nu" ? &shapes : name == "ec50" ? &positive : &any;
    combinations *= choices[i]->size();
  }
  std::vector<double> xs = C::log_dose ? positive : any;
  if (C::log_dose) xs.push_back(0.0);
  const std::size_t step = combinations > 20000 ? 7 : 1;  // 7 divides no number of choices: all pairs still meet
  std::vector<double> theta(n);
  std::vector<double> gradient(n);
  std::size_t failures = 0;
  for (std::size_t c = 0; c < combinations; c += step) {
    for (std::size_t i = 0, rest = c; i < n; ++i) {
      theta[i] = (*choices[i])[rest % choices[i]->size()];
      rest /= choices[i]->size();
    }
    for (const double x : xs) {
      std::fill(gradient.begin(), gradient.end(), std::numeric_limits<double>::quiet_NaN());
      const double y = C::value_and_gradient(x, theta, gradient);
      const double b = parameter<C>(theta, "b", 0);
      const double other = curve::held(b + parameter<C>(theta, "L", 1));
      const bool good = y >= std::min(b, other) && y <= std::max(b, other) && y == C::template value<double>(x, theta) &&
                        std::all_of(gradient.begin(), gradient.end(), [](double g) { return std::isfinite(g); });
      if (!good && ++failures <= 3) {
        std::string at;
        for (const double v : theta) at += std::to_string(v) + ' ';
        BOOST_TEST_MESSAGE(C::name << ": y = " << y << " at x = " << x << ", theta = " << at);
      }
    }
  }
  BOOST_TEST(failures == 0u);
}

/// The ends: x = +-inf, or dose 0 and inf, are the plateaus with a zero gradient but for L and b; k = 0 is a constant.
template <class C>
void limits_are_plateaus() {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  for (const double k : {2.0, -2.0, 0.0}) {
    std::vector<double> theta;
    for (const auto& p : C::parameters)
      theta.push_back(p.name == "L" ? 3.0 : p.name == "k" ? k : p.name == "b" ? 5.0 : p.name == "nu" ? 0.5 : 1.5);
    const double L = parameter<C>(theta, "L", 1);
    const double b = parameter<C>(theta, "b", 0);
    for (const bool right : {false, true}) {
      const double x = right ? infinity : C::log_dose ? 0.0 : -infinity;
      std::vector<double> gradient(theta.size(), std::numeric_limits<double>::quiet_NaN());
      const double y = C::value_and_gradient(x, theta, gradient);
      const double middle = C::template value<double>(1.5, theta);
      BOOST_TEST(y == (k == 0 ? middle : (k > 0) == right ? b + L : b));
      BOOST_TEST(y == C::template value<double>(x, theta));
      for (std::size_t i = 0; i < theta.size(); ++i) {
        const auto name = C::parameters[i].name;
        BOOST_TEST(std::isfinite(gradient[i]));
        if (name == "x0" || name == "ec50" || name == "k") BOOST_TEST(gradient[i] == 0, name);
        if (name == "b") BOOST_TEST(gradient[i] == 1);
        if (name == "L" && k != 0) BOOST_TEST(gradient[i] == ((k > 0) == right ? 1 : 0));
        if (name == "nu" && k != 0) BOOST_TEST(gradient[i] == 0);
      }
    }
    BOOST_TEST(std::isnan(C::template value<double>(std::numeric_limits<double>::quiet_NaN(), theta)));
  }
}

/// Derived quantities against their textbook formulas, their gradients against central differences, both in 50 digits.
template <class C>
void derived_quantities_keep_their_claims() {
  ogive::Random random(5);
  const auto& model = as_model<C>();
  const std::size_t n = model.parameters.size();
  std::vector<double> worst_value(model.derived_quantities.size());
  std::vector<double> worst_gradient(model.derived_quantities.size());
  for (int trial = 0; trial < 400; ++trial) {
    const std::vector<double> theta = random_point<C>(random, 1).theta;
    std::vector<double> values(model.derived_quantities.size());
    std::vector<double> jacobian(values.size() * n);
    std::vector<double> again(values.size());
    C::derive(theta, values, jacobian);
    C::derive(theta, again, {});
    BOOST_REQUIRE(values == again);
    const std::vector<Big> big(theta.begin(), theta.end());
    for (std::size_t d = 0; d < values.size(); ++d) {
      const auto name = model.derived_quantities[d].name;
      const Big expected = exact::derived(model, name, big);
      BOOST_REQUIRE(!isnan(expected));
      // A sum is as exact as its parts: b + L, x0 + z / k.
      const double x0 = parameter<C>(theta, "x0", 0);
      const double k = parameter<C>(theta, "k", 1);
      const bool is_x = name[0] == 'x';
      const bool is_dose = name[0] == 'e';
      const bool is_y = name == "lower" || name == "upper" || name == "inflection";
      const double parts = is_y   ? scale_of_y<C>(theta)
                           : is_x ? std::fabs(x0) + 1 / std::fabs(k) + std::fabs(values[d] - x0)
                                  : std::fabs(static_cast<double>(expected));
      const double conditioning = is_dose ? 1 + 1 / std::fabs(k) : 1;
      const double gradient_conditioning = is_x ? 1 + 1 / std::fabs(k * static_cast<double>(expected - Big(x0))) : conditioning;
      const double error = static_cast<double>(abs(Big(values[d]) - expected)) / parts * 0x1p53 / conditioning;
      BOOST_REQUIRE(!std::isnan(error));
      worst_value[d] = std::max(worst_value[d], error);
      for (std::size_t p = 0; p < n; ++p) {
        const Big h = model.parameters[p].name == "nu" ? Big("1e-13") : Big(abs(big[p]) * Big("1e-16"));
        std::vector<Big> up = big;
        std::vector<Big> down = big;
        up[p] += h;
        down[p] -= h;
        const Big difference = (exact::derived(model, name, up) - exact::derived(model, name, down)) / (2 * h);
        const double g = jacobian[d * n + p];
        BOOST_REQUIRE(std::isfinite(g));
        if (difference == 0) {
          BOOST_REQUIRE(g == 0);
          continue;
        }
        worst_gradient[d] = std::max(worst_gradient[d], exact::units(g, difference) / gradient_conditioning);
      }
    }
  }
  for (std::size_t d = 0; d < worst_value.size(); ++d) {
    BOOST_TEST_MESSAGE(C::name << ' ' << model.derived_quantities[d].name << ": " << worst_value[d] << ", gradient "
                               << worst_gradient[d]);
    BOOST_TEST(worst_value[d] <= curve::claims::derived, model.derived_quantities[d].name);
    BOOST_TEST(worst_gradient[d] <= curve::claims::derived_gradient, model.derived_quantities[d].name);
  }
}

}  // namespace curve_checks

/// The six checks as six named tests of the curve C.
#define OGIVE_CURVE_CHECKS(C)                                                                                             \
  BOOST_AUTO_TEST_CASE(value_and_gradient_keep_their_claims) { curve_checks::value_and_gradient_keep_their_claims<C>(); } \
  BOOST_AUTO_TEST_CASE(gradient_agrees_with_jets) { curve_checks::gradient_agrees_with_jets<C>(); }                       \
  BOOST_AUTO_TEST_CASE(other_scalars_keep_their_digits) { curve_checks::other_scalars_keep_their_digits<C>(); }           \
  BOOST_AUTO_TEST_CASE(extremes_are_finite) { curve_checks::extremes_are_finite<C>(); }                                   \
  BOOST_AUTO_TEST_CASE(limits_are_plateaus) { curve_checks::limits_are_plateaus<C>(); }                                   \
  BOOST_AUTO_TEST_CASE(derived_quantities_keep_their_claims) { curve_checks::derived_quantities_keep_their_claims<C>(); }
