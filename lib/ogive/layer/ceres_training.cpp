// SPDX-License-Identifier: MIT
// Both see the network as a function of the flat vector of its parameters. A parameter with limits is brought into them before the
// function is computed, so the solvers see a function that is constant beyond.
#include "ogive/layer/ceres_training.h"

#include <ceres/ceres.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <vector>

#include "ogive/base/errors.h"

namespace ogive::layer::internal {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

// The network, its samples, and the memory for one pass.
class Function {
 public:
  Function(const Network& network, const Loss& loss, const Samples<double>& samples)
      : network_(network), loss_(loss), samples_(samples), p_(network.parameters()) {}

  std::size_t residuals() const { return network_.outputs() * samples_.x.columns(); }

  // The mean loss and, where gradient is not null, its gradient. False where it is not finite.
  bool evaluate(const double* p, double* loss, double* gradient) const {
    take(p);
    constexpr std::size_t at_once = 256;
    const std::size_t n = samples_.x.columns();
    if (gradient != nullptr) std::fill_n(gradient, p_.size(), 0.0);
    *loss = 0;
    for (std::size_t first = 0; first < n; first += at_once) {
      const std::size_t count = std::min(at_once, n - first);
      const double share = static_cast<double>(count) / static_cast<double>(n);
      const auto z = network_.forward<double>(p_, samples_.x.middle(first, count), tape_);
      slopes_.resize(z.size());
      const Columns<double> dz(slopes_.data(), z.rows(), z.columns());
      *loss += share * loss_.value<double>(z, samples_.targets.middle(first, count), dz);
      if (gradient == nullptr) continue;
      for (double& slope : slopes_) slope *= share;
      network_.backward<double>(p_, tape_, dz, {gradient, p_.size()});
    }
    return std::isfinite(*loss);
  }

  // Residuals with half their sum of squares equal to the mean square, and their slopes, row by row.
  bool residuals(const double* p, double* residual, double* jacobian) const {
    take(p);
    const std::size_t m = network_.outputs(), n = samples_.x.columns();
    const double scale = std::sqrt(2 / (static_cast<double>(m) * static_cast<double>(n)));
    std::vector<double> dz(m);
    bool finite = true;
    for (std::size_t j = 0; j < n; ++j) {
      const auto z = network_.forward<double>(p_, samples_.x.middle(j, 1), tape_);
      for (std::size_t i = 0; i < m; ++i) {
        double& value = residual[j * m + i];
        value = scale * (z(i, 0) - samples_.targets.values(i, j));
        finite = finite && std::isfinite(value);
        if (jacobian == nullptr) continue;
        double* const row = jacobian + (j * m + i) * p_.size();
        std::fill(dz.begin(), dz.end(), 0.0);
        dz[i] = scale;
        std::fill_n(row, p_.size(), 0.0);
        network_.backward<double>(p_, tape_, Columns<const double>(dz.data(), m, 1), {row, p_.size()});
      }
    }
    return finite;
  }

 private:
  void take(const double* p) const {
    std::copy_n(p, p_.size(), p_.begin());
    network_.project(std::span<double>(p_));
  }

  const Network& network_;
  const Loss& loss_;
  const Samples<double>& samples_;
  mutable std::vector<double> p_, slopes_;
  mutable Tape<double> tape_;
};

class Gradient final : public ceres::FirstOrderFunction {
 public:
  Gradient(const Function& function, int parameters) : function_(function), parameters_(parameters) {}
  bool Evaluate(const double* p, double* cost, double* gradient) const override { return function_.evaluate(p, cost, gradient); }
  int NumParameters() const override { return parameters_; }

 private:
  const Function& function_;
  int parameters_;
};

class Residuals final : public ceres::CostFunction {
 public:
  Residuals(const Function& function, int parameters) : function_(function) {
    set_num_residuals(static_cast<int>(function.residuals()));
    mutable_parameter_block_sizes()->push_back(parameters);
  }
  bool Evaluate(double const* const* p, double* residual, double** jacobians) const override {
    return function_.residuals(p[0], residual, jacobians == nullptr ? nullptr : jacobians[0]);
  }

 private:
  const Function& function_;
};

// Writes the report's epochs, and asks the caller whether to go on.
class Watch final : public ceres::IterationCallback {
 public:
  Watch(const TrainOptions& options, std::size_t samples, TrainingReport& report)
      : options_(options), samples_(static_cast<double>(samples)), report_(report) {}

  ceres::CallbackReturnType operator()(const ceres::IterationSummary& at) override {
    if (at.iteration > 0) {  // 0 is the start
      Epoch epoch;
      epoch.number = static_cast<std::size_t>(at.iteration);
      epoch.loss = at.cost;
      epoch.seconds = seconds_since(start_);
      epoch.samples_per_second = samples_ / std::max(epoch.seconds - last_, 1e-9);
      last_ = epoch.seconds;
      report_.epochs.push_back(epoch);
      if (options_.progress) options_.progress(epoch);
    }
    if (!options_.stop || !options_.stop()) return ceres::SOLVER_CONTINUE;
    report_.stopped = true;
    return ceres::SOLVER_TERMINATE_SUCCESSFULLY;
  }

 private:
  const TrainOptions& options_;
  double samples_;
  TrainingReport& report_;
  Clock::time_point start_ = Clock::now();
  double last_ = 0;
};

constexpr double tight = 1e-15;

template <class Options>
void set_options(Options& to, const TrainOptions& from, Watch& watch) {
  to.max_num_iterations = static_cast<int>(std::min<std::size_t>(from.epochs, 1'000'000));
  to.function_tolerance = tight;
  to.gradient_tolerance = tight;
  to.parameter_tolerance = tight;
  to.logging_type = ceres::SILENT;
  to.callbacks.push_back(&watch);
}

void conclude(ceres::TerminationType termination, const std::string& message, TrainingReport& report) {
  report.steps = report.epochs.size();
  switch (termination) {
    case ceres::CONVERGENCE:
    case ceres::USER_SUCCESS:
      report.status = Status::ok;
      break;
    case ceres::NO_CONVERGENCE:
      report.status = Status::not_converged;
      report.message = "it did not converge in " + std::to_string(report.steps) + " iterations";
      break;
    case ceres::FAILURE:
    case ceres::USER_FAILURE:
      report.status = Status::diverged;
      report.message = "it failed at step " + std::to_string(report.steps + 1) + ": " + message;
      break;
  }
}

void run_lbfgs(const Function& function, std::span<double> p, Watch& watch, const TrainOptions& options, TrainingReport& report) {
  ceres::GradientProblem problem(new Gradient(function, static_cast<int>(p.size())));
  ceres::GradientProblemSolver::Options solver;
  solver.line_search_direction_type = ceres::LBFGS;
  set_options(solver, options, watch);
  ceres::GradientProblemSolver::Summary summary;
  ceres::Solve(solver, problem, p.data(), &summary);
  conclude(summary.termination_type, summary.message, report);
}

void run_levenberg_marquardt(const Function& function, std::span<double> p, Watch& watch, const TrainOptions& options,
                             TrainingReport& report) {
  constexpr std::size_t most = std::size_t{1} << 27;  // doubles, 1 GiB
  if (function.residuals() > most / std::max<std::size_t>(p.size(), 1))
    throw InputError(Place{}, "Levenberg-Marquardt would need a matrix of " + std::to_string(function.residuals()) + " x " +
                                  std::to_string(p.size()) + " numbers; use lbfgs or adam");
  ceres::Problem problem;
  problem.AddResidualBlock(new Residuals(function, static_cast<int>(p.size())), nullptr, p.data());
  ceres::Solver::Options solver;
  solver.linear_solver_type = ceres::DENSE_QR;
  set_options(solver, options, watch);
  ceres::Solver::Summary summary;
  ceres::Solve(solver, &problem, &summary);
  conclude(summary.termination_type, summary.message, report);
}

}  // namespace

TrainingReport train_with_ceres(const Network& network, std::span<double> p, const Loss& loss, const Samples<double>& samples,
                                const Samples<double>& held_out, const TrainOptions& options) {
  if (network.parameters() == 0) throw InputError(Place{}, "there is nothing to train: the network has no parameters");
  const bool squares = options.optimiser == Optimiser::levenberg_marquardt;
  if (squares && loss.kind != LossKind::mse)
    throw InputError(Place{}, "Levenberg-Marquardt makes squares small: use it with mse, or use lbfgs with " +
                                  std::string(to_string(loss.kind)));
  TrainingReport report;
  const auto start = Clock::now();
  const Function function(network, loss, samples);
  double loss_at_start = 0;
  if (!function.evaluate(p.data(), &loss_at_start, nullptr)) {
    report.status = Status::diverged;
    report.message = "the loss is not finite at step 1, before anything was changed";
    return report;
  }
  Watch watch(options, samples.x.columns(), report);
  if (squares) {
    run_levenberg_marquardt(function, p, watch, options, report);
  } else {
    run_lbfgs(function, p, watch, options, report);
  }
  network.project(p);
  report.best_epoch = report.epochs.size();
  if (!report.epochs.empty()) {  // on the way, the solver keeps the parameters to itself
    Epoch& last = report.epochs.back();
    last.accuracy = score<double>(network, p, loss, samples).accuracy;
    if (held_out.x.columns() > 0) {
      const Score held = score<double>(network, p, loss, held_out);
      last.validation_loss = held.loss;
      last.validation_accuracy = held.accuracy;
    }
  }
  report.seconds = seconds_since(start);
  report.samples_per_second =
      static_cast<double>(samples.x.columns()) * static_cast<double>(report.epochs.size()) / std::max(report.seconds, 1e-9);
  return report;
}

}  // namespace ogive::layer::internal
