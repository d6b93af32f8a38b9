// SPDX-License-Identifier: MIT
// Situations in which users of other fitters reported a failure; each test names the public thread that it was learnt from.
// Small data sets are facts from those threads; where a thread's data are larger, data of the same kind are generated.
// The expected RSS values are those of a dense search with a polish in extended precision, made once, elsewhere.
#define BOOST_TEST_MODULE fit_users_failures
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstddef>
#include <vector>

#include "fit/support/brute_force.h"
#include "fit/support/generator.h"
#include "fit/support/promises.h"
#include "ogive/curve/registry.h"
#include "ogive/fit/fit.h"

using ogive::fit::Result;
using ogive::fit::Shape;
using ogive::fit_test::broken_promise;

namespace {

using Values = std::vector<double>;

constexpr double same_rss = 1e-6;  // share by which an RSS may exceed the least one

struct Fitted {
  Values x, y;
  Result result;

  const ogive::fit::Estimate& operator[](const char* name) const {
    return result.parameters[static_cast<std::size_t>(result.model->index_of(name))];
  }
};

Fitted fitted(Values x, Values y, const char* model = "logistic") {
  Fitted fit{std::move(x), std::move(y), {}};
  fit.result = ogive::fit::fit(ogive::curve::model(model), {fit.x, fit.y});
  BOOST_TEST(broken_promise(fit.result, {fit.x, fit.y}) == "");
  return fit;
}

bool is(double rss, double expected) { return std::fabs(rss - expected) <= same_rss * expected; }

void check(const Fitted& fit, double rss, Shape shape) {
  BOOST_TEST(is(fit.result.rss, rss), "rss " << fit.result.rss << " instead of " << rss);
  BOOST_TEST((fit.result.shape == shape), to_string(fit.result.shape) << " instead of " << to_string(shape));
}

Values counted(double first, double last, double step) {
  Values x;
  for (double value = first; value <= last + step / 2; value += step) x.push_back(value);
  return x;
}

double logistic(double L, double x0, double k, double b, double x) { return b + L / (1 + std::exp(-k * (x - x0))); }

Values logistic(double L, double x0, double k, double b, const Values& x) {
  Values y;
  for (const double value : x) y.push_back(logistic(L, x0, k, b, value));
  return y;
}

Values operator*(Values values, double factor) {
  for (double& value : values) value *= factor;
  return values;
}

}  // namespace

// The defaults end at parameters of 1e-4, -9 and -3 with a covariance of 1e21. The data prefer a step.
BOOST_AUTO_TEST_CASE(scipy_5980_a_jump_among_zeros) {
  const Values y = {0,
                    0,
                    0,
                    0,
                    0,
                    0.268997247795807,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0.759629383230074,
                    1.22141654417003,
                    1.04499734085169,
                    0.770589703320369,
                    1.28098885153851,
                    1.44038705458626,
                    1.43964425089087,
                    1.28001386332576,
                    0.934970618596965,
                    0.703516596245724,
                    0.914155421686925};
  const Fitted fit = fitted(counted(0, 26, 1), y);
  check(fit, 0.7093768478206514, Shape::step);
  BOOST_TEST(fit.result.limit.left >= 15.0);
  BOOST_TEST(fit.result.limit.right <= 16.0);
  BOOST_TEST(fit["k"].value == ogive::fit::infinite);
  BOOST_TEST(fit["k"].upper == ogive::fit::infinite);
  BOOST_TEST(fit["k"].lower > 0.0);
  BOOST_TEST(fit["x0"].lower > 14.0);
  BOOST_TEST(fit["x0"].upper < 18.0);
}

// nls: singular gradient from a start at x0 = 0, far away (Stack Overflow 60800267).
BOOST_AUTO_TEST_CASE(so_60800267_midpoint_far_from_zero) {
  const Fitted fit = fitted(counted(30, 90, 5), {0.3, 1.5, 4.1, 10.1, 21.9, 39.4, 58.2, 77, 89.6, 95, 98.3, 100, 100});
  check(fit, 2.7793399967823236, Shape::regular);
}

// nls: singular gradient in a course's exercise with a falling curve (SSfpl on six points).
BOOST_AUTO_TEST_CASE(six_points_falling) {
  check(fitted({19, 25, 38, 47, 53, 69}, {65, 61, 56, 28, 12, 10}), 10.90453411796194, Shape::regular);
}

// Ten concentrations in log10 mol/L, noisy lower plateau.
BOOST_AUTO_TEST_CASE(mljs_levenberg_marquardt_11_log_molar) {
  const Fitted fit = fitted({-11.0352690789464, -10.2572748686953, -9.47886191629596, -8.70114692359029, -7.92445303860747,
                             -7.1444808443322, -6.36653154442041, -5.58838029403677, -4.80966830182971, -4.03198428600636},
                            {7.807, -3.74, 21.119, 2.382, 4.269, 41.57, 73.401, 98.535, 97.059, 92.147});
  check(fit, 486.4466225903578, Shape::regular);
}

// A viability curve whose last point is 0: the midpoint is at the last dose, and the other plateau at -99, out of sight.
BOOST_AUTO_TEST_CASE(PharmacoGx_139_lower_plateau_out_of_sight) {
  const Fitted fit = fitted({-2.40823996531185, -2.10720996964787, -1.80617997398389, -1.50514997831991, -1.20411998265592,
                             -0.903089986991944, -0.602059991327962, -0.301029995663981, 0},
                            {99.2, 98.4, 96.9, 93.9, 88.2, 77.8, 60, 33.3, 0});
  check(fit, 0.00255517642980832, Shape::regular);
}

// "Convergence failed": two replicates, two of ten points far up. No effect, and the best curve is a step.
BOOST_AUTO_TEST_CASE(dr4pl_error_2_outliers_and_no_effect) {
  Values dose = {13.5, 1.35, 0.135, 0.0135, 0.00135, 13.5, 1.35, 0.135, 0.0135, 0.00135};
  for (double& value : dose) value = std::log10(value);
  const Fitted fit = fitted(dose, {5, 88, 29, 21, 9, 3, 8, 74, 14, 18});
  check(fit, 6653.875, Shape::flat);
  BOOST_TEST((fit.result.limit.kind == ogive::fit::Limit::Kind::step));
  BOOST_TEST(std::fabs(fit.result.f_p_value - 0.76) < 0.005);  // as printed, two digits
}

// 100, 100, 100, 33.3, 0, 0, 0, 0: any steep enough curve passes through all points, so k is bounded below only.
BOOST_AUTO_TEST_CASE(py50_1_one_dose_within_the_whole_fall) {
  const Values x = {0, 0.0969100130080564, 0.397940008672038, 0.698970004336019, 1, 1.39794000867204, 1.69897000433602, 2};
  const Fitted fit = fitted(x, {100, 100, 100, 33.33333333, 0, 0, 0, 0});
  BOOST_TEST(fit.result.rss <= 1e-20);
  BOOST_TEST((fit.result.shape == Shape::step || fit.result.shape == Shape::perfect), to_string(fit.result.shape));
  BOOST_TEST(fit["k"].lower == -ogive::fit::infinite);  // falling
  BOOST_TEST(fit["x0"].lower > x[2]);
  BOOST_TEST(fit["x0"].upper < x[4]);
}

// The same curve seen backwards came out as a flat line at 0.92 (SciPy-user, September 2010).
BOOST_AUTO_TEST_CASE(scipy_user_2010_reversed_data_give_the_mirrored_fit) {
  const Values x = counted(0, 19, 1);
  ogive::Random random(7);
  Values y = logistic(0.9, 12, 0.7, 0.05, x);
  for (double& value : y) value += 0.01 * random.normal();
  const Fitted rising = fitted(x, y);
  const Fitted falling = fitted(x, {y.rbegin(), y.rend()});
  check(falling, rising.result.rss, Shape::regular);
  BOOST_TEST(std::fabs(falling["x0"].value - (19 - rising["x0"].value)) <= same_rss);
  BOOST_TEST(std::fabs(falling["k"].value + rising["k"].value) <= same_rss);
  BOOST_TEST(std::fabs(falling["L"].value - rising["L"].value) <= same_rss);
}

// lmfit 480: no falling step. A plain one.
BOOST_AUTO_TEST_CASE(lmfit_480_falling_curves_are_first_class) {
  const Fitted fit = fitted(counted(0, 9, 1), {3.1, 3, 2.9, 3, 2.2, 1.6, 1, 1.1, 0.9, 1});
  BOOST_TEST((fit.result.shape == Shape::regular));
  BOOST_TEST(fit["L"].value > 0.0);
  BOOST_TEST(fit["k"].value < 0.0);
  BOOST_TEST(fit["k"].upper < 0.0);
}

// Levenberg-Marquardt's covariance was wrong or infinite where a parameter is exactly 0. Here all but L and k are, by symmetry.
BOOST_AUTO_TEST_CASE(scipy_21995_parameters_that_are_exactly_zero) {
  const Values x = counted(-4, 4, 0.5);
  Values y = logistic(2, 0, 1.5, -1, x);
  for (std::size_t i = 0; i < y.size() / 2; ++i) {
    y[i] += i % 2 == 0 ? 0.02 : -0.02;
    y[y.size() - 1 - i] = -y[i];
  }
  y[y.size() / 2] = 0;
  const Fitted fit = fitted(x, y);
  BOOST_TEST((fit.result.shape == Shape::regular));
  BOOST_TEST(std::fabs(fit["x0"].value) <= 1e-9 * fit["x0"].se);
  BOOST_TEST(fit["x0"].se > 0.0);
  BOOST_TEST(fit["x0"].se < 0.1);
  BOOST_TEST(std::fabs(fit["b"].value + fit["L"].value / 2) <= 1e-9 * fit["b"].se);
  BOOST_TEST(std::fabs(fit["x0"].lower + fit["x0"].upper) <= 1e-6 * fit["x0"].upper);

  // b = 0 in truth and in the fit: the points of an exact curve.
  const Fitted from_zero = fitted(x, logistic(2, 0, 1.5, 0, x));
  BOOST_TEST((from_zero.result.shape == Shape::perfect));
  BOOST_TEST(std::fabs(from_zero["b"].value) <= 1e-12);
}

// curve_fit's result depended on the units of y; TinySolver stops at once where y is small (colmap/colmap 4758).
BOOST_AUTO_TEST_CASE(colmap_4758_tiny_y) {
  const Values y = {0.3, 1.5, 4.1, 10.1, 21.9, 39.4, 58.2, 77, 89.6, 95, 98.3, 100, 100};
  for (const double unit : {1e-6, 1e-12, 1e-100, 1e12, 1e100})
    check(fitted(counted(30, 90, 5), y * unit), 2.7793399967823236 * unit * unit, Shape::regular);
}

// overflow in exp (symfit 373, chime_sims 68): |k (x - x0)| up to 1e4 and far beyond.
BOOST_AUTO_TEST_CASE(symfit_373_large_exponents) {
  for (const double k : {1e4, -1e4}) {
    const Values x = {-1, -0.5, -0.2, -1e-4, -5e-5, 0, 5e-5, 1e-4, 0.3, 0.7, 1};
    const Fitted fit = fitted(x, logistic(2, 2e-5, k, 1, x));
    BOOST_TEST((fit.result.shape == Shape::perfect), to_string(fit.result.shape));
    BOOST_TEST(std::fabs(fit["k"].value - k) <= 1e-6 * std::fabs(k));
  }
}

// Infinite or absurd EC50 beyond the doses (PharmacoGx 52): the lower end is known, the upper is not, and the result says so.
BOOST_AUTO_TEST_CASE(PharmacoGx_52_midpoint_beyond_the_last_dose) {
  const Values x = counted(0, 9, 1);
  const Fitted fit = fitted(x, {0.01, -0.01, 0.02, 0.03, 0.02, 0.06, 0.1, 0.17, 0.29, 0.47});
  BOOST_TEST(is(fit.result.rss, ogive::fit_test::least_rss(fit.x, fit.y)));
  BOOST_TEST(fit["x0"].upper == ogive::fit::infinite);
  BOOST_TEST(fit["x0"].lower > 5.0);
  BOOST_TEST(fit["L"].upper == ogive::fit::infinite);
  BOOST_TEST(fit["k"].lower > 0.0);
  BOOST_TEST(std::isfinite(fit["b"].lower));
  BOOST_TEST(std::isfinite(fit["b"].upper));
}
