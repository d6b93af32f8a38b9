// SPDX-License-Identifier: MIT
// What shape.h promises: both tails with all their digits, the ends, no NaN, no overflow.
#define BOOST_TEST_MODULE curve_shape
#include "ogive/curve/shape.h"

#include <boost/test/unit_test.hpp>
#include <cfenv>
#include <limits>

#include "exact.h"
#include "ogive/base/random.h"

namespace curve = ogive::curve;
using exact::Big;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double ends[] = {infinity, std::numeric_limits<double>::max(), 1e300, 1e10, 1e4, 800, 746, 710, 708};
constexpr double all_nu[] = {0, 1e-300, 1e-20, 1e-12, 1e-3, 0.4, 1, 7, 1e3, 1e6, 1e15, 1e300};

// The worst error of each field over many z, in the units of the claims.
struct Worst {
  double value = 0, complement = 0, slope = 0, curvature = 0, nu_derivative = 0;
};

// Below this the result is subnormal, or was made from a subnormal: its digits are not counted.
constexpr double smallest_counted = 1e-300;

template <class F>
void meet(Worst& worst, double z, double nu, const curve::ShapePoint& got, F nu_derivative) {
  const exact::Shape f(z, nu);
  const auto check = [&](double& w, double value, const Big& expected, const Big& scale) {
    if (!std::isfinite(value)) w = HUGE_VAL;
    if (abs(expected) < smallest_counted) {
      if (std::fabs(value) > 2 * smallest_counted) w = HUGE_VAL;
      return;
    }
    if (f.value < smallest_counted) return;
    const double error = static_cast<double>(abs(Big(value) - expected) / scale) * 0x1p53;
    w = std::max(w, error);
  };
  // 1 + |log f| is the conditioning of exp, which turns log f into f.
  const Big lower = 1 - log(f.value);
  check(worst.value, got.value, f.value, f.value * lower);
  check(worst.complement, got.complement, f.complement, f.complement);
  check(worst.slope, got.slope, f.slope, f.slope * lower);
  check(worst.curvature, got.curvature, f.curvature, f.slope * (f.w + 1) / f.h * lower);
  check(worst.nu_derivative, nu_derivative(), f.nu_derivative, f.nu_derivative * lower);
}

template <class Shape>
Worst sweep(const Shape& shape, double nu, double low, double high, int count) {
  ogive::Random random(7);
  Worst worst;
  const bool has_nu = std::is_same_v<Shape, curve::RichardsShape>;
  for (int i = 0; i < count; ++i) {
    const double z = random.uniform(low, high) * std::pow(10.0, random.uniform(-3, 0));
    meet(worst, z, nu, shape(z), [&] {
      if constexpr (has_nu) return shape.nu_derivative(z);
      return static_cast<double>(exact::Shape(z, nu).nu_derivative);
    });
  }
  return worst;
}

template <class Shape>
void stays_finite(const Shape& shape) {
  for (const double end : ends)
    for (const double z : {end, -end}) {
      const auto p = shape(z);
      BOOST_TEST(std::isfinite(p.value + p.complement + p.slope + p.curvature), "z = " << z);
      BOOST_TEST((p.value >= 0 && p.value <= 1 && p.complement >= 0 && p.complement <= 1 && p.slope >= 0), "z = " << z);
    }
  const auto p = shape(std::numeric_limits<double>::quiet_NaN());
  BOOST_TEST((std::isnan(p.value) && std::isnan(p.complement) && std::isnan(p.slope) && std::isnan(p.curvature)));
}

}  // namespace

BOOST_AUTO_TEST_CASE(logistic_keeps_all_digits_in_both_tails) {
  const Worst w = sweep(curve::LogisticShape{}, 1, -690, 690, 20000);
  BOOST_TEST_MESSAGE("logistic " << w.value << ' ' << w.complement << ' ' << w.slope << ' ' << w.curvature);
  BOOST_TEST(w.value <= curve::claims::shape_value);
  BOOST_TEST(w.complement <= curve::claims::shape_complement);
  BOOST_TEST(w.slope <= curve::claims::shape_slope);
  BOOST_TEST(w.curvature <= curve::claims::shape_curvature);
}

BOOST_AUTO_TEST_CASE(logistic_has_no_conditioning_in_its_lower_tail) {
  ogive::Random random(8);
  for (int i = 0; i < 20000; ++i) {
    const double z = random.uniform(-690, 0);
    BOOST_TEST(exact::units(curve::LogisticShape{}(z).value, exact::Shape(z, 1).value) <= curve::claims::shape_value);
  }
}

BOOST_AUTO_TEST_CASE(gompertz_keeps_all_digits_in_both_tails) {
  const Worst w = sweep(curve::GompertzShape{}, 0, -6.6, 690, 20000);
  const Worst left = sweep(curve::GompertzShape{}, 0, -6.6, 1, 20000);
  BOOST_TEST_MESSAGE("gompertz " << w.value << ' ' << w.complement << ' ' << w.slope << ' ' << w.curvature);
  for (const Worst& worst : {w, left}) {
    BOOST_TEST(worst.value <= curve::claims::shape_value);
    BOOST_TEST(worst.complement <= curve::claims::shape_complement);
    BOOST_TEST(worst.slope <= curve::claims::shape_slope);
    BOOST_TEST(worst.curvature <= curve::claims::shape_curvature);
  }
}

BOOST_AUTO_TEST_CASE(richards_keeps_all_digits_in_both_tails_for_every_nu) {
  for (const double nu : all_nu) {
    for (const double reach : {3.0, 690.0, nu > 1 && nu < 1e7 ? 600 * nu : 40.0}) {
      const Worst w = sweep(curve::RichardsShape{nu}, nu, -reach, std::min(reach, 690.0), 3000);
      BOOST_TEST_MESSAGE("richards nu " << nu << " reach " << reach << ": " << w.value << ' ' << w.complement << ' ' << w.slope
                                        << ' ' << w.curvature << ' ' << w.nu_derivative);
      BOOST_TEST_CONTEXT("nu = " << nu << ", |z| <= " << reach) {
        BOOST_TEST(w.value <= curve::claims::shape_value);
        BOOST_TEST(w.complement <= curve::claims::shape_complement);
        BOOST_TEST(w.slope <= curve::claims::shape_slope);
        BOOST_TEST(w.curvature <= curve::claims::shape_curvature);
        BOOST_TEST(w.nu_derivative <= curve::claims::shape_nu_derivative);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(every_field_is_finite_at_the_ends) {
  stays_finite(curve::LogisticShape{});
  stays_finite(curve::GompertzShape{});
  for (const double nu : all_nu) BOOST_TEST_CONTEXT("nu = " << nu) {
      stays_finite(curve::RichardsShape{nu});
      for (const double end : ends)
        for (const double z : {end, -end}) BOOST_TEST(std::isfinite(curve::RichardsShape{nu}.nu_derivative(z)), "z = " << z);
    }
}

BOOST_AUTO_TEST_CASE(the_ends_are_0_and_1) {
  const auto is_a_step = [](const auto& shape) {
    const auto right = shape(infinity);
    const auto left = shape(-infinity);
    BOOST_TEST((right.value == 1 && right.complement == 0 && right.slope == 0 && right.curvature == 0));
    BOOST_TEST((left.value == 0 && left.complement == 1 && left.slope == 0 && left.curvature == 0));
  };
  is_a_step(curve::LogisticShape{});
  is_a_step(curve::GompertzShape{});
  for (const double nu : all_nu) is_a_step(curve::RichardsShape{nu});
}

BOOST_AUTO_TEST_CASE(raises_no_floating_point_exception_but_inexact_and_underflow) {
  volatile double sink = 0;
  for (const double end : ends)
    for (const volatile double z : {end, -end, 0.1 * end, -0.01 * end}) {
      std::feclearexcept(FE_ALL_EXCEPT);
      sink = curve::LogisticShape{}(z).curvature;
      sink = curve::GompertzShape{}(z).curvature;
      for (const double nu : all_nu) {
        double d = 0;
        sink = curve::RichardsShape{nu}.with_nu_derivative(z, &d).curvature;
        BOOST_TEST(std::fetestexcept(FE_DIVBYZERO | FE_INVALID | FE_OVERFLOW) == 0, "z = " << z << ", nu = " << nu);
      }
    }
  BOOST_TEST(!std::isnan(sink));
}

BOOST_AUTO_TEST_CASE(richards_is_logistic_at_nu_1_and_gompertz_at_nu_0) {
  for (double z = -30; z <= 30; z += 0.37) {
    const double both = curve::claims::shape_value * 0x1p-53 * 2;
    const auto one = curve::RichardsShape{1}(z);
    const auto logistic = curve::LogisticShape{}(z);
    BOOST_TEST(std::fabs(one.value - logistic.value) <= both * (1 + std::fabs(z)) * logistic.value);
    BOOST_TEST(std::fabs(one.complement - logistic.complement) <= both * 2 * logistic.complement);
    const auto zero = curve::RichardsShape{0}(z);
    const auto gompertz = curve::GompertzShape{}(z);
    BOOST_TEST(std::fabs(zero.value - gompertz.value) <= both * (1 + std::exp(-z)) * gompertz.value);
    BOOST_TEST(std::fabs(zero.complement - gompertz.complement) <= both * 2 * gompertz.complement);
  }
}

BOOST_AUTO_TEST_CASE(logistic_is_exactly_symmetric) {
  for (double z = -800; z <= 800; z += 0.73) {
    const auto p = curve::LogisticShape{}(z);
    const auto q = curve::LogisticShape{}(-z);
    BOOST_TEST((p.value == q.complement && p.slope == q.slope && p.curvature == -q.curvature), "z = " << z);
  }
}

BOOST_AUTO_TEST_CASE(a_negative_nu_is_nan) {
  double d = 0;
  BOOST_TEST(std::isnan(curve::RichardsShape{-0.5}(1).value));
  BOOST_TEST(std::isnan(curve::RichardsShape{-0.5}.nu_derivative(1)));
  BOOST_TEST(std::isnan(curve::RichardsShape{-0.5}.with_nu_derivative(1, &d).slope));
  BOOST_TEST(std::isnan(d));
}

BOOST_AUTO_TEST_CASE(psi_has_no_cancellation) {
  for (double q = 1e-9; q < 1; q += 0.00137) {
    const Big exact_psi = (-log(Big(1 - Big(q))) - q) / (Big(q) * q);
    BOOST_TEST(exact::units(curve::richards_psi(q), exact_psi) <= curve::claims::shape_nu_derivative, "q = " << q);
  }
  BOOST_TEST(curve::richards_psi(0) == 0.5);
}

BOOST_AUTO_TEST_CASE(the_example_of_the_header_holds) {
  const auto p = ogive::curve::LogisticShape{}(2.0);
  const double printed = 1e-6;  // the header prints six digits
  BOOST_TEST(p.value == 0.880797, boost::test_tools::tolerance(printed));
  BOOST_TEST(p.complement == 0.119203, boost::test_tools::tolerance(printed));
  BOOST_TEST(p.slope == 0.104994, boost::test_tools::tolerance(10 * printed));
  BOOST_TEST(p.curvature == -0.0799625, boost::test_tools::tolerance(printed));
}
