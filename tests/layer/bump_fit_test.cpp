// SPDX-License-Identifier: MIT
// What bump_fit.h promises: the right answer or the right status, from good, dead and collapsing starts.
#define BOOST_TEST_MODULE layer_bump_fit
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "ogive/base/errors.h"
#include "ogive/layer/bump_fit.h"

using namespace ogive::layer;

// Boost.Test prints with <<.
namespace ogive::layer {
static std::ostream& operator<<(std::ostream& out, Status status) { return out << to_string(status); }
}  // namespace ogive::layer

namespace {

constexpr BumpParameters truth{2, 0.1, 0.7};

/// 101 points of a canonical bump on [-1, 1].
const BumpData& curve() {
  static const BumpData data = [] {
    BumpData made;
    for (int i = 0; i <= 100; ++i) {
      made.x.push_back(-1 + 0.02 * i);
      made.y.push_back(evaluate(BumpForm::canonical, made.x.back(), truth).f);
    }
    return made;
  }();
  return data;
}

BumpProblem problem(const BumpParameters& start) { return {.x = curve().x, .y = curve().y, .free = {}, .start = start}; }

constexpr double parameter_tolerance = 1e-12;
constexpr double cost_tolerance = 1e-24;  // half of the sum of squares

double error(const BumpParameters& found, const BumpParameters& expected) {
  return std::max({std::abs(found.a - expected.a), std::abs(found.c - expected.c), std::abs(found.sigma - expected.sigma)});
}

double half_rss(const BumpFit& fit) { return fit.mse * static_cast<double>(fit.samples) / 2; }

const std::vector<BumpParameters> good = {{1, 0, 1}, {1, 0, 0.3}, {0.5, -0.5, 0.2}, {3, 0.4, 0.4}, {1, 0, 5}};
const std::vector<BumpParameters> collapsing = {{1, 0.9, 0.05}, {1, -0.9, 0.15}};
constexpr BumpParameters dead{1, 5, 1};

}  // namespace

BOOST_AUTO_TEST_CASE(good_starts_reach_the_last_digits) {
  for (const BumpParameters& start : good) {
    const BumpFit fit = fit_lm(problem(start), {.rescue = false});
    BOOST_TEST_MESSAGE("start (" << start.a << ", " << start.c << ", " << start.sigma << "): " << fit.steps << " iterations, error "
                                 << error(fit.found, truth) << ", cost " << half_rss(fit));
    BOOST_TEST(fit.status == Status::ok, fit.message);
    BOOST_TEST(error(fit.found, truth) <= parameter_tolerance);
    BOOST_TEST(half_rss(fit) <= cost_tolerance);
    BOOST_TEST(!fit.rescued);
    BOOST_TEST(fit.active == 69u);  // |x - 0.1| < 0.7, the end -0.6 included: in doubles it is just inside
  }
}

BOOST_AUTO_TEST_CASE(a_start_beside_all_samples_is_found_dead_before_anything_is_solved) {
  const BumpFit fit = fit_lm(problem(dead), {.rescue = false});
  BOOST_TEST(fit.status == Status::dead_support);
  BOOST_TEST(fit.steps == 0u);
  BOOST_TEST(fit.active_at_start == 0u);
  BOOST_TEST((fit.found == dead));
  BOOST_TEST(half_rss(fit) > 68);
}

BOOST_AUTO_TEST_CASE(a_height_that_collapses_beside_the_data_is_reported) {
  const std::size_t active[] = {5, 13};
  for (std::size_t i = 0; i < collapsing.size(); ++i) {
    const BumpFit fit = fit_lm(problem(collapsing[i]), {.rescue = false});
    BOOST_TEST(fit.status == Status::collapsed_height);
    BOOST_TEST(std::abs(static_cast<double>(fit.active_at_start) - static_cast<double>(active[i])) <= 1.0);
    BOOST_TEST(half_rss(fit) > 68);
  }
}

BOOST_AUTO_TEST_CASE(starts_from_the_data_rescue_all_of_them_and_say_so) {
  for (const BumpParameters& start : {dead, collapsing[0], collapsing[1]}) {
    const BumpFit fit = fit_lm(problem(start));
    BOOST_TEST(fit.status == Status::ok, fit.message);
    BOOST_TEST(fit.rescued);
    BOOST_TEST(fit.first_status == (start == dead ? Status::dead_support : Status::collapsed_height));
    BOOST_TEST(error(fit.found, truth) <= parameter_tolerance);
    BOOST_TEST_MESSAGE(fit.message << ": error " << error(fit.found, truth) << " after " << fit.steps << " iterations");
  }
}

BOOST_AUTO_TEST_CASE(no_start_of_a_grid_is_ever_a_false_success) {
  int ok = 0, all = 0;
  for (const double a : {-1.0, 0.5, 4.0})
    for (const double c : {-1.5, -0.9, -0.5, 0.0, 0.4, 0.97, 1.2, 1e6})
      for (const double sigma : {0.005, 0.03, 0.1, 0.5, 2.0, 30.0, 1e8}) {
        const BumpFit fit = fit_lm(problem({a, c, sigma}), {.rescue = false});
        ++all;
        if (fit.status != Status::ok) continue;
        ++ok;
        BOOST_TEST(error(fit.found, truth) <= parameter_tolerance, "from " << a << ", " << c << ", " << sigma << ": " << fit.found.a
                                                                           << ", " << fit.found.c << ", " << fit.found.sigma
                                                                           << ", mse " << fit.mse);
      }
  BOOST_TEST_MESSAGE(ok << " of " << all << " starts reach the answer without a rescue; none pretends to");
  BOOST_TEST(ok > all / 5);
}

BOOST_AUTO_TEST_CASE(with_a_rescue_every_start_of_the_grid_arrives) {
  for (const double c : {-1.5, -0.9, 0.0, 0.97, 1e6})
    for (const double sigma : {0.005, 0.1, 2.0, 1e8}) {
      const BumpFit fit = fit_lm(problem({0.5, c, sigma}));
      BOOST_TEST(fit.status == Status::ok, fit.message);
      BOOST_TEST(error(fit.found, truth) <= parameter_tolerance);
    }
}

BOOST_AUTO_TEST_CASE(adam_is_rescued_from_the_same_starts) {
  const BumpAdamOptions options{.learning_rate = 1e-2, .epochs = 800};
  for (const BumpParameters& start : {dead, collapsing[0]}) {
    BumpAdamOptions alone = options;
    alone.rescue = false;
    BOOST_TEST(fit_adam<double>(problem(start), alone).status != Status::ok);
    const BumpFit fit = fit_adam<double>(problem(start), options);
    BOOST_TEST(fit.status == Status::ok, fit.message);
    BOOST_TEST(fit.rescued);
    BOOST_TEST(error(fit.found, truth) < 0.02);
  }
  const BumpFit fit = fit_adam<float>(problem(dead), {.rescue = false});
  BOOST_TEST(fit.status == Status::dead_support);
  BOOST_TEST(fit.steps == 0u);
}

BOOST_AUTO_TEST_CASE(a_start_whose_samples_all_underflow_is_told_from_a_dead_one) {
  const std::vector<double> x = {0.9999, -0.9999}, y = {1, 1};
  const BumpFit fit = fit_lm({.x = x, .y = y, .free = {true, false, false}, .start = {1, 0, 1}}, {.rescue = false});
  BOOST_TEST(fit.status == Status::underflow);
  BOOST_TEST(fit.active_at_start == 2u);
}

BOOST_AUTO_TEST_CASE(fewer_samples_in_the_support_than_parameters_are_no_success) {
  const std::vector<double> x = {-1, 0, 1}, y = {0, 1, 0};
  const BumpFit fit = fit_lm({.x = x, .y = y, .free = {}, .start = {1, 0, 0.5}});
  BOOST_TEST(fit.status != Status::ok);
}

BOOST_AUTO_TEST_CASE(a_loss_that_is_not_finite_stops_and_names_its_step) {
  BumpProblem asked = problem({1, 0, 1});
  asked.free = {true, false, false};
  const BumpFit fit = fit_adam<float>(asked, {.learning_rate = 1e30, .rescue = false});
  BOOST_TEST(fit.status == Status::diverged);
  BOOST_TEST(fit.message.find("step 2") != std::string::npos, fit.message);
  BOOST_TEST(fit.steps == 2u);
}

BOOST_AUTO_TEST_CASE(every_scale_of_sigma_arrives) {
  for (const SigmaScale scale : sigma_scales) {
    BumpProblem asked = problem({1, 0, 1});
    asked.scale = scale;
    const BumpFit fit = fit_adam<double>(asked, {.learning_rate = 1e-2, .epochs = 1500});
    BOOST_TEST(fit.status == Status::ok, to_string(scale) << ": " << fit.message);
    BOOST_TEST(!fit.rescued);
    BOOST_TEST(error(fit.found, truth) < 0.02, to_string(scale));
    BOOST_TEST(fit.loss.size() == 1500u);
    BOOST_TEST(fit.loss.back() < fit.loss.front());
  }
}

BOOST_AUTO_TEST_CASE(fixed_parameters_stay) {
  const BumpParameters start{2, 0.1, 0.3};
  for (const BumpFit& fit :
       {fit_lm({.x = curve().x, .y = curve().y, .free = {false, false, true}, .start = start}),
        fit_adam<float>({.x = curve().x, .y = curve().y, .free = {false, false, true}, .start = start}, {.epochs = 300})}) {
    BOOST_TEST(fit.found.a == start.a);
    BOOST_TEST(fit.found.c == start.c);
    BOOST_TEST(std::abs(fit.found.sigma - truth.sigma) < 0.01);
  }
}

BOOST_AUTO_TEST_CASE(noise_is_fitted_as_well_as_it_allows) {
  for (const BumpForm form : bump_forms) {
    const BumpParameters shape{1.5, 0.2, form == BumpForm::gaussian ? 6.0 : 0.8};
    const double noise = 0.01;
    const BumpData data = generate_bump({.form = form, .truth = shape, .samples = 5000, .noise = noise});
    const BumpFit fit = fit_lm({.form = form, .x = data.x, .y = data.y, .free = {}, .start = {1, 0, 1}});
    BOOST_TEST(fit.status == Status::ok, to_string(form) << ": " << fit.message);
    BOOST_TEST(std::abs(std::sqrt(fit.mse) / noise - 1) < 0.05, to_string(form));
    BOOST_TEST(error(fit.found, shape) < 0.05, to_string(form));
  }
}

BOOST_AUTO_TEST_CASE(the_closed_form_is_exact_without_noise) {
  constexpr double tolerance = 4e-16;
  double worst = 0;
  for (int i = 1; i <= 99; ++i) {
    const double sigma = 0.1 * i;
    const BumpData data = generate_bump({.form = BumpForm::root, .truth = {.sigma = sigma}});
    const BumpFit fit = closed_form({.form = BumpForm::root, .x = data.x, .y = data.y, .free = {false, false, true}, .start = {}});
    BOOST_TEST(fit.status == Status::ok, fit.message);
    worst = std::max(worst, std::abs(fit.found.sigma - sigma) / sigma);
  }
  BOOST_TEST_MESSAGE("closed form, 99 widths: worst relative error " << worst);
  BOOST_TEST(worst <= tolerance);
}

BOOST_AUTO_TEST_CASE(the_parabola_of_each_form_finds_its_bump) {
  constexpr double tolerance = 1e-10;
  for (const BumpForm form : bump_forms) {
    const BumpParameters shape{-1.5, 0.2, form == BumpForm::gaussian ? 6.0 : 0.8};
    const BumpData data = generate_bump({.form = form, .truth = shape, .samples = 1000});
    const BumpProblem asked{
        .form = form, .x = data.x, .y = data.y, .free = {form == BumpForm::gaussian, true, true}, .start = {-1.5, 0, 1}};
    const BumpFit fit = closed_form(asked);
    BOOST_TEST(fit.status == Status::ok, to_string(form) << ": " << fit.message);
    BOOST_TEST(error(fit.found, shape) <= tolerance, to_string(form) << " " << error(fit.found, shape));
  }
  const BumpFit guess = closed_form(problem({}));
  BOOST_TEST(guess.status == Status::not_converged);
  BOOST_TEST(error(guess.found, truth) < 0.1);
  const std::vector<double> x = {0, 1, 2}, y = {0, 0, 0};
  BOOST_TEST(closed_form({.x = x, .y = y, .free = {false, true, true}, .start = {}}).status == Status::dead_support);
}

BOOST_AUTO_TEST_CASE(bad_input_is_refused) {
  const std::vector<double> x = {0, 1}, y = {1, 0}, bad = {0, std::numeric_limits<double>::quiet_NaN()}, none;
  const auto refused = [](const BumpProblem& asked) {
    BOOST_CHECK_THROW(fit_lm(asked), ogive::InputError);
    BOOST_CHECK_THROW(fit_adam<float>(asked), ogive::InputError);
  };
  refused({.x = x, .y = bad, .free = {}, .start = {}});
  refused({.x = bad, .y = y, .free = {}, .start = {}});
  refused({.x = none, .y = none, .free = {}, .start = {}});
  refused({.x = x, .y = none, .free = {}, .start = {}});
  refused({.x = x, .y = y, .free = {false, false, false}, .start = {}});
  refused({.x = x, .y = y, .free = {}, .start = {.sigma = 0}});
  refused({.x = x, .y = y, .free = {}, .start = {}, .sigma_min = 0});
  BOOST_CHECK_THROW(fit_adam<float>({.x = x, .y = y, .free = {}, .start = {}}, {.batch = 0}), ogive::InputError);
  const std::vector<double> large = {1e300, 1};
  BOOST_CHECK_THROW(fit_adam<float>({.x = large, .y = y, .free = {}, .start = {}}), ogive::InputError);
}

BOOST_AUTO_TEST_CASE(a_caller_can_stop) {
  std::size_t seen = 0;
  BumpAdamOptions options{.epochs = 100};
  options.progress = [&](std::size_t epoch, double) { return (seen = epoch) < 3; };
  BOOST_TEST(fit_adam<float>(problem({1, 0, 1}), options).loss.size() == 3u);
  BOOST_TEST(seen == 3u);
}
