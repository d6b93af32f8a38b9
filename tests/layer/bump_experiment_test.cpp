// SPDX-License-Identifier: MIT
// The experiment of the discussions: 99 widths from 0.1 to 9.9, 100 000 samples without noise, learned by Adam in few epochs; on
// the range on which it is known to work, and on two on which it is known to fail. And the same by Levenberg-Marquardt.
#define BOOST_TEST_MODULE layer_bump_experiment
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <ctime>

#include "ogive/base/random.h"
#include "ogive/layer/bump_fit.h"

using namespace ogive::layer;

namespace {

constexpr int widths = 99;
constexpr double adam_tolerance = 1e-2;  // absolute
constexpr double lm_tolerance = 1e-14;   // relative
constexpr double lm_seconds = 2;         // for all widths, on one processor

double processor_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

struct Score {
  int within = 0;
  double worst = 0, seconds = 0;
  std::size_t steps = 0;

  void add(double error, double tolerance, double since, const BumpFit& fit) {
    seconds += processor_seconds() - since;
    steps += fit.steps;
    within += error <= tolerance;
    if (!(error <= worst)) worst = error;
  }
};

std::ostream& operator<<(std::ostream& out, const Score& score) {
  return out << score.within << " of " << widths << ", worst " << score.worst << ", " << score.seconds << " s, " << score.steps
             << " steps";
}

/// A start of 0 stands for one that is drawn from (0, 0.1).
void run(double range, double start) {
  ogive::Random random(7);
  Score adam32, adam64, lm;
  for (int i = 1; i <= widths; ++i) {
    const double sigma = 0.1 * i;
    const BumpData data = generate_bump(
        {.form = BumpForm::root, .truth = {.sigma = sigma}, .low = -range, .high = range, .seed = static_cast<std::uint64_t>(i)});
    const double first = start > 0 ? start : random.uniform(0, 0.1);
    const BumpProblem problem{
        .form = BumpForm::root, .x = data.x, .y = data.y, .free = {false, false, true}, .start = {.sigma = first}};
    BumpAdamOptions options{.epochs = experiment_epochs(sigma)};
    options.rescue = false;
    double since = processor_seconds();
    const BumpFit narrow = fit_adam<float>(problem, options);
    adam32.add(std::abs(narrow.found.sigma - sigma), adam_tolerance, since, narrow);
    since = processor_seconds();
    const BumpFit wide = fit_adam<double>(problem, options);
    adam64.add(std::abs(wide.found.sigma - sigma), adam_tolerance, since, wide);
    since = processor_seconds();
    const BumpFit solved = fit_lm(problem, {.rescue = false});
    lm.add(std::abs(solved.found.sigma - sigma) / sigma, lm_tolerance, since, solved);
    BOOST_TEST((solved.status == Status::ok), solved.message);
  }
  BOOST_TEST_MESSAGE("(" << -range << ", " << range << "), start " << start << "\n  Adam float32: " << adam32
                         << "\n  Adam float64: " << adam64 << "\n  LM:           " << lm);
  BOOST_TEST(adam32.within == widths);
  BOOST_TEST(adam64.within == widths);
  BOOST_TEST(lm.within == widths);
  BOOST_TEST(lm.seconds <= lm_seconds);
}

}  // namespace

BOOST_AUTO_TEST_CASE(all_widths_are_learned_on_the_usual_range) { run(1, 0); }
BOOST_AUTO_TEST_CASE(all_widths_are_learned_twice_as_far_out_from_a_narrow_start) { run(2, 0.04); }
BOOST_AUTO_TEST_CASE(all_widths_are_learned_twice_as_far_out_from_a_wide_start) { run(2, 5); }
BOOST_AUTO_TEST_CASE(all_widths_are_learned_far_out_from_a_narrow_start) { run(20, 0.04); }
BOOST_AUTO_TEST_CASE(all_widths_are_learned_far_out_from_a_wide_start) { run(20, 5); }

BOOST_AUTO_TEST_CASE(the_experiment_has_the_known_number_of_steps) {
  std::size_t epochs = 0;
  for (int i = 1; i <= widths; ++i) epochs += experiment_epochs(0.1 * i);
  BOOST_TEST(epochs * 100000 / 32 == 2'271'875u);
}
