// SPDX-License-Identifier: MIT
// What bump.h promises: values with their slopes to the last digits, against exact derivatives and against arithmetic of 60 digits.
#define BOOST_TEST_MODULE layer_bump
#include <ceres/jet.h>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "ogive/base/random.h"
#include "ogive/layer/bump.h"

using namespace ogive::layer;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

BumpValue<double> canonical(double x, double a, double c, double sigma) { return bump(x, a, c, sigma); }
BumpValue<double> raw(double x, double a, double c, double sigma) { return bump_raw(x, a, c, sigma); }
BumpValue<double> root(double x, double a, double c, double sigma) { return root_bump(x, a, c, sigma); }
BumpValue<double> gauss(double x, double a, double c, double b) { return gaussian(x, a, c, b); }

/// Computed with 60 digits from the decimal arguments as double reads them.
struct Known {
  const char* name;
  BumpValue<double> (*function)(double, double, double, double);
  double x, a, c, sigma;
  BumpValue<double> value;
  double tolerance;  // relative
};

// clang-format off
const std::vector<Known> known = {
    {"centre", &raw, 0.0, 1.0, 0.0, 1.0, {0.36787944117144232, 0, 0, 0, 0.36787944117144232}, 1e-14},
    {"centre normalised", &canonical, 0.0, 1.0, 0.0, 1.0, {1.0, 0, 0, 0, 1.0}, 1e-14},
    {"ordinary", &raw, 0.5, 1.0, 0.0, 1.0, {0.26359713811572677, -0.4686171344279587, 0.4686171344279587, 0.23430856721397935, 0.26359713811572677}, 1e-14},
    {"ordinary c,a", &canonical, 0.9, 3.0, 0.1, 2.0, {2.4796963128727142, -1.4057235333745546, 1.4057235333745546, 0.56228941334982184, 0.82656543762423806}, 1e-14},
    {"negative side, negative height", &canonical, -0.7, -2.0, 0.25, 1.5, {-1.0236640206487982, -2.4101052595983694, 2.4101052595983694, -1.5263999977456339, 0.51183201032439912}, 1e-14},
    {"steepest point 3^-1/4", &canonical, 0.7598356856515925, 1.0, 0.0, 1.0, {0.25511894189094732, -2.1703570857103387, 2.1703570857103387, 1.6491147643295074, 0.25511894189094732}, 1e-14},
    {"max width sensitivity u^2=1/phi", &canonical, 0.7861513777574233, 1.0, 0.0, 1.0, {0.19828815286220626, -2.1368965785018462, 2.1368965785018462, 1.6799241893143502, 0.19828815286220626}, 1e-14},
    {"near edge", &raw, 0.999, 1.0, 0.0, 1.0, {5.547931802841679e-218, -2.7739652072353473e-212, 2.7739652072353473e-212, 2.7711912420281119e-212, 5.547931802841679e-218}, 3e-13},
    {"near edge, odd width", &raw, 0.6994164234083535, 1.0, 0.0, 0.7, {2.6503965530350335e-261, -2.7238494530020707e-255, 2.7238494530020707e-255, 2.7215786318878693e-255, 2.6503965530350335e-261}, 5e-13},
    {"in support but exp underflows", &canonical, 0.9999, 1.0, 0.0, 1.0, {0, 0, 0, 0, 0}, 0},
    {"last double inside", &canonical, 0.9999999999999999, 1.0, 0.0, 1.0, {0, 0, 0, 0, 0}, 0},
    {"on the edge", &canonical, 1.0, 1.0, 0.0, 1.0, {0, 0, 0, 0, 0}, 0},
    {"outside", &canonical, 1.5, 1.0, 0.0, 1.0, {0, 0, 0, 0, 0}, 0},
    {"sigma zero", &canonical, 0.0, 1.0, 0.0, 0.0, {0, 0, 0, 0, 0}, 0},
    {"sigma negative", &canonical, 0.0, 1.0, 0.0, -1.0, {0, 0, 0, 0, 0}, 0},
    {"sigma tiny", &canonical, 5e-301, 1.0, 0.0, 1e-300, {0.71653131057378925, -1.2738334410200697e+300, 1.2738334410200697e+300, 6.3691672051003487e+299, 0.71653131057378925}, 1e-14},
    {"sigma huge", &canonical, 1e+300, 1.0, 0.0, 1.7e+308, {0.99999999999999997, -6.9204152249134959e-317, 6.9204152249134959e-317, 0, 0.99999999999999997}, 1e-14},
    {"sigma huge mid", &canonical, 1e+308, 1.0, 0.0, 1.7e+308, {0.58913464089607732, -9.5327628688427746e-309, 9.5327628688427746e-309, 5.6075075699075147e-309, 0.58913464089607732}, 1e-14},
    {"seed form", &root, 0.2, 1.0, 0.0, 0.5, {0.33724132002352384, -0.31875361060824562, 0.31875361060824562, 0.063750722121649128, 0.33724132002352384}, 1e-13},
    {"seed form sigma<1 at the edge (jump)", &root, 0.4999, 1.0, 0.0, 0.5, {0.13544354063060905, -1.0824655563721584, 1.0824655563721584, 0.54112453163044202, 0.13544354063060905}, 1e-13},
    {"seed form sigma>1 inside sqrt", &root, 1.2, 1.0, 0.0, 2.0, {0.028115659748972058, -0.43034173085161296, 0.43034173085161296, 0.12910251925548388, 0.028115659748972058}, 1e-13},
    {"seed form == canonical with sigma_c=sqrt(sigma)", &raw, 1.2, 1.0, 0.0, 1.4142135623730951, {0.028115659748972094, -0.43034173085161314, 0.43034173085161314, 0.36515706733527805, 0.028115659748972094}, 1e-14},
    {"gaussian bump", &gauss, 1.0, 2.0, 0.5, 3.0, {0.94473310548202941, -2.8341993164460882, 2.8341993164460882, -0.23618327637050735, 0.47236655274101471}, 1e-14},
    {"gaussian far", &gauss, 1e+200, 1.0, 0.0, 1.0, {0, 0, 0, 0, 0}, 0},
};
// clang-format on

/// Subnormal results have few digits of their own.
constexpr double absolute_tolerance = 1e-320;

bool close(double got, double expected, double tolerance) {
  return got == expected || std::abs(got - expected) <= tolerance * std::abs(expected) + absolute_tolerance;  // false for NaN
}

void check(const char* name, const BumpValue<double>& got, const BumpValue<double>& expected, double tolerance) {
  BOOST_TEST(close(got.f, expected.f, tolerance), name << ": f = " << got.f << ", not " << expected.f);
  BOOST_TEST(close(got.fx, expected.fx, tolerance), name << ": fx = " << got.fx << ", not " << expected.fx);
  BOOST_TEST(close(got.fc, expected.fc, tolerance), name << ": fc = " << got.fc << ", not " << expected.fc);
  BOOST_TEST(close(got.fs, expected.fs, tolerance), name << ": fs = " << got.fs << ", not " << expected.fs);
  BOOST_TEST(close(got.fa, expected.fa, tolerance), name << ": fa = " << got.fa << ", not " << expected.fa);
}

/// The bound for derivatives by hand against those of a Jet.
constexpr double jet_tolerance = 1e-12;

double relative(double got, double expected) {
  if (got == expected) return 0;
  const double error = std::abs(got - expected) / std::abs(expected);
  return error == error ? error : infinity;
}

using Exact = boost::multiprecision::number<boost::multiprecision::cpp_bin_float<60>, boost::multiprecision::et_off>;

/// Error of got as a part of exact, in units of the epsilon of T, over what is claimed for this t.
template <class T>
double part_of_claim(T got, const Exact& exact, double fixed, double per_t, const Exact& t) {
  if (exact == 0) return got == 0 ? 0 : infinity;
  if (abs(exact) < Exact(std::numeric_limits<T>::min())) return 0;  // a subnormal number: not claimed
  const Exact error = abs((Exact(got) - exact) / exact) / Exact(std::numeric_limits<T>::epsilon());
  const double part = static_cast<double>(error / (Exact(fixed) + Exact(per_t) * t));
  return part == part ? part : infinity;
}

struct Worst {
  double value = 0, slope = 0;
};

template <class T>
void print(const char* what, const Worst& worst) {
  BOOST_TEST_MESSAGE(what << ", " << 8 * sizeof(T) << " bits: the worst value reaches " << worst.value
                          << " of its bound, the worst slope " << worst.slope);
}

template <class T>
void canonical_keeps_its_claims() {
  ogive::Random random(17);
  Worst worst;
  for (int i = 0; i < 12000; ++i) {
    const T sigma = static_cast<T>(std::exp(random.uniform(-20, 20)));
    // From the centre up to where the value is no longer a normal number, as many for each size of 1 - u.
    const double gap = std::exp(random.uniform(std::log(sizeof(T) == 4 ? 0.0055 : 0.0007), 0));
    const T x = static_cast<T>((i % 2 ? 1 : -1) * (1 - gap) * static_cast<double>(sigma));
    const T a = static_cast<T>(random.uniform(-3, 3));
    const Exact u = abs(Exact(x)) / Exact(sigma), t = 1 / (1 - u * u), f = Exact(a) * exp(1 - t);
    const Exact slope = 2 * u * t * t * f / Exact(sigma);
    for (const bool normalised : {true, false}) {
      const BumpValue<T> at = normalised ? bump(x, a, T(0), sigma) : bump_raw(x, a, T(0), sigma);
      const Exact part = normalised ? Exact(1) : exp(Exact(-1));
      for (const auto& [got, exact] : {std::pair{at.f, f}, {at.fa, f / Exact(a)}})
        worst.value =
            std::max(worst.value, part_of_claim(got, Exact(exact * part), claims::bump_value_fixed, claims::bump_value_per_t, t));
      for (const auto& [got, exact] :
           {std::pair{at.fx, Exact(x > 0 ? -slope : slope)}, {at.fc, Exact(x > 0 ? slope : -slope)}, {at.fs, Exact(slope * u)}})
        worst.slope =
            std::max(worst.slope, part_of_claim(got, Exact(exact * part), claims::bump_slope_fixed, claims::bump_slope_per_t, t));
    }
  }
  print<T>("canonical", worst);
  BOOST_TEST(worst.value <= 1);
  BOOST_TEST(worst.slope <= 1);
}

template <class T>
void root_keeps_its_claims() {
  ogive::Random random(18);
  Worst worst;
  for (int i = 0; i < 12000; ++i) {
    const T sigma = static_cast<T>(std::exp(random.uniform(-10, 10)));
    const double edge = std::min(static_cast<double>(sigma), std::sqrt(static_cast<double>(sigma)));
    const double gap = std::exp(random.uniform(std::log(sizeof(T) == 4 ? 0.0059 : 0.0007), 0));
    const T x = static_cast<T>((i % 2 ? 1 : -1) * (1 - gap) * edge);
    const T a = static_cast<T>(random.uniform(-3, 3));
    const Exact t = Exact(sigma) / (Exact(sigma) - Exact(x) * Exact(x)), v = abs(Exact(x)) / Exact(sigma), f = Exact(a) * exp(-t);
    const Exact slope = 2 * v * t * t * f;
    const BumpValue<T> at = root_bump(x, a, T(0), sigma);
    for (const auto& [got, exact] : {std::pair{at.f, f}, {at.fa, Exact(f / Exact(a))}})
      worst.value = std::max(worst.value, part_of_claim(got, exact, claims::root_value_fixed, claims::root_value_per_t, t));
    for (const auto& [got, exact] :
         {std::pair{at.fx, Exact(x > 0 ? -slope : slope)}, {at.fc, Exact(x > 0 ? slope : -slope)}, {at.fs, Exact(slope * v / 2)}})
      worst.slope = std::max(worst.slope, part_of_claim(got, exact, claims::root_slope_fixed, claims::root_slope_per_t, t));
  }
  print<T>("root", worst);
  BOOST_TEST(worst.value <= 1);
  BOOST_TEST(worst.slope <= 1);
}

template <class T>
void gaussian_keeps_its_claims() {
  ogive::Random random(19);
  Worst worst;
  for (int i = 0; i < 8000; ++i) {
    const T b = static_cast<T>(std::exp(random.uniform(-5, 5)));
    const T x = static_cast<T>(std::sqrt(std::exp(random.uniform(-10, sizeof(T) == 4 ? 4.4 : 6.5)) / static_cast<double>(b)));
    const T a = static_cast<T>(random.uniform(-3, 3));
    const Exact t = Exact(b) * Exact(x) * Exact(x), f = Exact(a) * exp(-t);
    const BumpValue<T> at = gaussian(x, a, T(0), b);
    for (const auto& [got, exact] : {std::pair{at.f, f},
                                     {at.fa, Exact(f / Exact(a))},
                                     {at.fx, Exact(-2 * f * Exact(b) * Exact(x))},
                                     {at.fc, Exact(2 * f * Exact(b) * Exact(x))},
                                     {at.fs, Exact(-f * Exact(x) * Exact(x))}})
      worst.value = std::max(worst.value, part_of_claim(got, exact, claims::gaussian_fixed, claims::gaussian_per_t, t));
  }
  print<T>("gaussian", worst);
  BOOST_TEST(worst.value <= 1);
}

}  // namespace

BOOST_AUTO_TEST_CASE(gives_the_known_values_and_slopes) {
  for (const Known& at : known) check(at.name, at.function(at.x, at.a, at.c, at.sigma), at.value, at.tolerance);
}

BOOST_AUTO_TEST_CASE(works_at_the_least_normal_float) {
  constexpr double tolerance = 1e-6;
  const float sigma = std::numeric_limits<float>::min();
  const BumpValue<float> at = bump(sigma / 2, 1.0f, 0.0f, sigma);
  BOOST_TEST(close(static_cast<double>(at.f), 0.71653131057378925, tolerance));
  BOOST_TEST(close(static_cast<double>(at.fx), -1.0836576459333825e+38, tolerance));
  BOOST_TEST(close(static_cast<double>(at.fc), 1.0836576459333825e+38, tolerance));
  BOOST_TEST(close(static_cast<double>(at.fs), 5.4182882296669126e+37, tolerance));
  BOOST_TEST(close(static_cast<double>(at.fa), 0.71653131057378925, tolerance));
}

BOOST_AUTO_TEST_CASE(steepness_and_flatness_shape_the_bump) {
  constexpr double tolerance = 1e-14;
  check("k 2, p 4", shaped_bump(0.8, 1.0, 0.0, 1.0, 2.0, 4.0),
        {0.24969031341539677, -2.9340596901068222, 2.9340596901068222, 2.3472477520854579, 0.24969031341539677}, tolerance);
  check("k 1, p 2 is the bump itself", shaped_bump(0.8, 3.0, 0.1, 1.5, 1.0, 2.0), bump(0.8, 3.0, 0.1, 1.5), tolerance);
  check("on top", shaped_bump(0.5, 3.0, 0.5, 1.5, 2.0, 4.0), {3, 0, 0, 0, 1}, 0);
  check("outside", shaped_bump(2.0, 3.0, 0.5, 1.5, 2.0, 4.0), {0, 0, 0, 0, 0}, 0);
  check("no bump", shaped_bump(0.5, 3.0, 0.5, 1.5, -1.0, 4.0), {0, 0, 0, 0, 0}, 0);
}

BOOST_AUTO_TEST_CASE(the_bare_root_formula_explodes_in_its_ring_and_the_guarded_one_does_not) {
  constexpr double tolerance = 1e-13;
  const BumpValue<double> at = root_bump_raw(1.5, 2.0);
  BOOST_TEST(close(at.f, 2980.9579870417283, tolerance));
  BOOST_TEST(close(at.fx, -286171.96675600591, tolerance));
  BOOST_TEST(close(at.fs, 107314.48753350222, tolerance));
  BOOST_TEST(close(root_bump_raw(1.9, 2.0).f, 3.4633489474663991, tolerance));
  BOOST_TEST(close(root_bump_raw(1.9, 2.0).fx, -10.154489410418056, tolerance));
  BOOST_TEST(close(root_bump_raw(1.9, 2.0).fs, 4.8233824699485763, tolerance));
  BOOST_TEST(root_bump_raw(1.4145, 2.0).f == infinity);
  BOOST_TEST(root_bump_raw(1.4145, 2.0).fx == -infinity);
  BOOST_TEST(root_bump_raw(1.4145, 2.0).fs == infinity);
  BOOST_TEST(std::isnan(root_bump_raw(0.0, 0.0).f));  // what projecting sigma onto 0 leads to
  for (const double x : {1.5, 1.9, 1.4145, 1.4142135623730951}) check("guarded", root_bump(x, 2.0), {}, 0);
  check("sigma 0", root_bump(0.0, 0.0), {}, 0);
  check("sigma 0, x not", root_bump(0.5, 0.0), {}, 0);
  check("sigma below 0", root_bump(0.0, -1.0), {}, 0);
}

BOOST_AUTO_TEST_CASE(the_root_form_is_the_canonical_one_with_the_root_as_half_width) {
  constexpr double tolerance = 1e-14;
  ogive::Random random(3);
  for (int i = 0; i < 1000; ++i) {
    const double w = random.uniform(1, 3), x = w * random.uniform(-0.9, 0.9);  // sigma >= 1: no cut before the edge
    const BumpValue<double> one = root_bump(x, 2.0, 0.0, w * w), other = bump_raw(x, 2.0, 0.0, w);
    BOOST_TEST(close(one.f, other.f, 10 * tolerance));
    BOOST_TEST(close(one.fx, other.fx, 10 * tolerance));
    BOOST_TEST(close(one.fs, other.fs / (2 * w), 10 * tolerance));
  }
}

BOOST_AUTO_TEST_CASE(slopes_are_those_that_a_jet_finds) {
  using Jet = ceres::Jet<double, 6>;
  ogive::Random random(5);
  double worst = 0;
  for (int i = 0; i < 8000; ++i) {
    const double a = random.uniform(-3, 3), c = random.uniform(-2, 2), sigma = std::exp(random.uniform(-5, 5));
    const double u = random.uniform(-1, 1) * 0.98;  // up to t = 25: further out a Jet has lost the digits itself
    const double k = random.uniform(0.2, 4), p = random.uniform(1.2, 8);
    const auto jet = [](double value, int index) { return Jet(value, index); };
    const auto compare = [&](const Jet& f, const BumpValue<double>& at) {
      for (const auto& [got, index] : {std::pair{at.fx, 0}, {at.fa, 1}, {at.fc, 2}, {at.fs, 3}})
        if (std::abs(f.v[index]) > std::numeric_limits<double>::min()) worst = std::max(worst, relative(got, f.v[index]));
    };
    const double edge = std::min(sigma, std::sqrt(sigma)), x = c + u * sigma, rx = c + u * edge, gx = c + u * 20 / std::sqrt(sigma);
    compare(bump(jet(x, 0), jet(a, 1), jet(c, 2), jet(sigma, 3)).f, bump(x, a, c, sigma));
    compare(bump_raw(jet(x, 0), jet(a, 1), jet(c, 2), jet(sigma, 3)).f, bump_raw(x, a, c, sigma));
    compare(root_bump(jet(rx, 0), jet(a, 1), jet(c, 2), jet(sigma, 3)).f, root_bump(rx, a, c, sigma));
    compare(gaussian(jet(gx, 0), jet(a, 1), jet(c, 2), jet(sigma, 3)).f, gaussian(gx, a, c, sigma));
    const Jet f = shaped_bump(jet(x, 0), jet(a, 1), jet(c, 2), jet(sigma, 3), jet(k, 4), jet(p, 5)).f;
    const ShapedBumpValue<double> at = shaped_bump(x, a, c, sigma, k, p);
    compare(f, at);
    if (at.f != 0) worst = std::max({worst, relative(at.fk, f.v[4]), relative(at.fp, f.v[5])});
  }
  BOOST_TEST_MESSAGE("slopes against Jets: worst " << worst);
  BOOST_TEST(worst <= jet_tolerance);
  BOOST_TEST(worst > 0);
}

BOOST_AUTO_TEST_CASE(outside_a_jet_has_no_slope_and_no_nan) {
  using Jet = ceres::Jet<double, 1>;
  for (const double x : {1.0, 1.0005, 1.0056, 2.0, -1.0}) {
    for (const Jet& f : {bump(Jet(x, 0), Jet(1), Jet(0), Jet(1)).f, root_bump(Jet(x, 0), Jet(1), Jet(0), Jet(1)).f}) {
      BOOST_TEST(f.a == 0);
      BOOST_TEST(f.v[0] == 0);
    }
  }
}

BOOST_AUTO_TEST_CASE(values_and_slopes_of_the_canonical_form_stay_within_their_claims) {
  canonical_keeps_its_claims<float>();
  canonical_keeps_its_claims<double>();
}

BOOST_AUTO_TEST_CASE(values_and_slopes_of_the_root_form_stay_within_their_claims) {
  root_keeps_its_claims<float>();
  root_keeps_its_claims<double>();
}

BOOST_AUTO_TEST_CASE(values_and_slopes_of_the_gaussian_stay_within_their_claims) {
  gaussian_keeps_its_claims<float>();
  gaussian_keeps_its_claims<double>();
}

BOOST_AUTO_TEST_CASE(nan_goes_in_and_comes_out) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const auto& at :
       {bump(nan, 1.0, 0.0, 1.0), bump(0.5, 1.0, nan, 1.0), bump(0.5, 1.0, 0.0, nan), bump(0.5, nan, 0.0, 1.0),
        root_bump(nan, 1.0, 0.0, 1.0), root_bump(0.5, 1.0, 0.0, nan), gaussian(nan, 1.0, 0.0, 1.0), gaussian(0.5, 1.0, 0.0, nan)})
    BOOST_TEST(std::isnan(at.f));
  BOOST_TEST(std::isnan(shaped_bump(nan, 1.0, 0.0, 1.0, 1.0, 2.0).f));
  BOOST_TEST(bump(infinity, 1.0, 0.0, 1.0).f == 0);
}
