// SPDX-License-Identifier: MIT
// What bench/peers/train needs of Ogive, by plain names: a network with its samples, and one training step of it on the clock.
#include <time.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "ogive/base/random.h"
#include "ogive/layer/bump_fit.h"
#include "ogive/layer/loss.h"
#include "ogive/layer/network.h"
#include "ogive/layer/optimiser.h"
#include "ogive/sigmoid/kernels.h"

namespace {

using namespace ogive::layer;

double thread_nanoseconds() {
  timespec now = {};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return 1e9 * static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec);
}

struct Step {
  Network network;
  Loss loss;
  std::vector<float> p, gradient, x, y, slopes;
  std::vector<std::uint32_t> labels;
  std::size_t batch = 0;
  Tape<float> tape;
  std::unique_ptr<Adam<float>> adam;

  double run() {
    const auto z = network.forward<float>(p, Columns<const float>(x.data(), network.inputs(), batch), tape);
    Targets<float> targets;
    targets.values = {y.data(), network.outputs(), batch};
    targets.labels = labels;
    const Columns<float> dz(slopes.data(), z.rows(), batch);
    const double value = loss.value<float>(z, targets, dz);
    std::fill(gradient.begin(), gradient.end(), 0.0f);
    network.backward<float>(p, tape, dz, gradient);
    adam->step(p, gradient);
    return value;
  }
};

}  // namespace

extern "C" {

/// Layers of these sizes, `hidden` between them; values in x (batch rows of sizes[0]), labels or y. Owned by the caller.
void* train_new(const std::size_t* sizes, std::size_t count, const char* hidden, const char* loss, std::size_t batch,
                const float* x, const std::uint32_t* labels, const float* y) {
  auto step = std::make_unique<Step>();
  for (std::size_t i = 0; i + 1 < count; ++i) {
    step->network.add(Dense{sizes[i], sizes[i + 1]});
    if (i + 2 < count) step->network.add(parse_layer("activation " + std::string(hidden) + ' ' + std::to_string(sizes[i + 1])));
  }
  step->loss.kind = parse_loss(loss);
  const auto start = step->network.initialise(1);
  step->p.assign(start.begin(), start.end());
  step->gradient.resize(start.size());
  const std::size_t outputs = step->network.outputs();
  step->x.assign(x, x + sizes[0] * batch);
  step->labels.assign(labels, labels + batch);
  step->y.assign(y, y + outputs * batch);
  step->slopes.resize(outputs * batch);
  step->batch = batch;
  step->adam = std::make_unique<Adam<float>>(start.size());
  return step.release();
}

void train_parameters(const void* step, float* p) {
  const auto& from = static_cast<const Step*>(step)->p;
  std::copy(from.begin(), from.end(), p);
}

/// Nanoseconds of processor time of a step, the mean of `steps` of them; the last loss.
double train_steps(void* step, std::size_t steps, double* loss) {
  const double before = thread_nanoseconds();
  for (std::size_t i = 0; i < steps; ++i) *loss = static_cast<Step*>(step)->run();
  return (thread_nanoseconds() - before) / static_cast<double>(steps);
}

void train_delete(void* step) { delete static_cast<Step*>(step); }

/// Nanoseconds of processor time of one step of Adam on one bump of the form `root` (batch 32, float32, the width free): the mean
/// of ten epochs over x and y in their order, all that a fit does before and after its steps included.
double bump_steps(const double* x, const double* y, std::size_t n, double start, double* sigma) {
  BumpProblem problem{.form = BumpForm::root, .x = {x, n}, .y = {y, n}, .free = {.a = false, .c = false, .sigma = true}};
  problem.start.sigma = start;
  const double before = thread_nanoseconds();
  const BumpFit fit = fit_adam<float>(problem, {.epochs = 10, .shuffle = false, .rescue = false});
  const double passed = thread_nanoseconds() - before;
  *sigma = fit.found.sigma;
  return passed / static_cast<double>(fit.steps);
}

const char* train_instruction_set() { return ogive::sigmoid::simd_target(); }

}  // extern "C"
