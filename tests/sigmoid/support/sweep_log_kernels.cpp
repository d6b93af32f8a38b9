// SPDX-License-Identifier: MIT
// log_logistic, softplus and logit on every float32, on every instruction set: the largest error, the misrounded results (each case
// that is closer to the middle of two results than the reference can tell is decided by MPFR), and the results that are NaN where
// they should not be or the other way round. Prints a table; the exit code is 1 where a claim is broken. Some minutes.
//
//   sweep_log_kernels [stride [function [target ...]]]     every stride-th input; by default all, and all functions and instruction
//   sets
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include "ogive/base/ulp.h"
#include "ogive/sigmoid/claims64.h"
#include "ogive/sigmoid/kernels.h"
#include "ogive/sigmoid/targets.h"
#include "sigmoid/support/exact_kernels.h"

namespace {

using ogive::test::Exact;

// References in float64: relative error below 2^-50, which is 4e-8 ulp of float32.
constexpr double reference_ulp = 1e-7;
constexpr double ln2 = 0x1.62e42fefa39efp-1;

double reference_softplus(double x) {
  if (std::fabs(x) < 0x1p-30) return ln2 + x / 2;  // the next term is x^2 / 8 < 2^-63
  if (x > 200) return x;
  if (x < -200) return 0;
  return std::fmax(x, 0.0) + std::log1p(std::exp(-std::fabs(x)));
}
double reference_log_logistic(double x) { return -reference_softplus(-x); }
double reference_logit(double p) {
  if (!(p >= 0 && p <= 1)) return std::numeric_limits<double>::quiet_NaN();
  if (p > 0.25 && p < 0.75) return 2 * std::atanh(2 * p - 1);  // 2 p - 1 is exact
  return std::log(p / (1 - p));
}

struct Function {
  const char* name;
  void (*kernel)(const float*, float*, std::size_t);
  double (*reference)(double);
  Exact (*exact)(double);
  double claim;
};

struct Tally {
  double worst = 0;
  float worst_at = 0;
  std::uint64_t misrounded = 0, wrong_kind = 0, close = 0, inputs = 0, differs = 0;
};

// The error of y in ulp, or infinity where y is not of the kind (number, infinity, NaN) of the true value.
double error_of(const Function& f, float x, double true_value, float y, Tally& tally) {
  constexpr double wrong = std::numeric_limits<double>::infinity();
  if (std::isnan(true_value)) return std::isnan(y) ? 0 : wrong;
  if (std::isinf(true_value)) return static_cast<double>(y) == true_value ? 0 : wrong;
  if (!std::isfinite(y)) return wrong;
  const double error = ogive::ulp_error(y, true_value);
  if (std::fabs(error - 0.5) > reference_ulp) return error;
  ++tally.close;
  return ogive::ulp_error(y, f.exact(static_cast<double>(x)));
}

void count(float x, double error, Tally& tally) {
  ++tally.inputs;
  if (std::isinf(error)) {
    ++tally.wrong_kind;
    return;
  }
  if (error > 0.5) ++tally.misrounded;
  if (error > tally.worst) tally.worst = error, tally.worst_at = x;
}

}  // namespace

int main(int count_of_arguments, char** arguments) {
  const std::uint64_t stride = count_of_arguments > 1 ? std::strtoull(arguments[1], nullptr, 10) : 1;
  const Function functions[] = {
      {"log_logistic", ogive::sigmoid::log_logistic, reference_log_logistic, ogive::test::exact_log_logistic,
       ogive::sigmoid::claims::log_logistic_ulp},
      {"softplus", ogive::sigmoid::softplus, reference_softplus, ogive::test::exact_softplus, ogive::sigmoid::claims::softplus_ulp},
      {"logit", ogive::sigmoid::logit, reference_logit, ogive::test::exact_logit, ogive::sigmoid::claims::logit_ulp},
  };
  constexpr std::size_t chunk = 1 << 14;
  std::vector<float> x, y(chunk);
  std::vector<double> truth(chunk), first_error(chunk);
  std::vector<std::uint32_t> first_bits(chunk);
  bool kept = true, ran = false;
  for (const Function& f : functions) {
    if (count_of_arguments > 2 && std::strcmp(arguments[2], f.name) != 0) continue;
    ran = true;
    std::vector<std::string> targets(arguments + std::min(count_of_arguments, 3), arguments + count_of_arguments);
    if (targets.empty()) targets = ogive::sigmoid::supported_targets();
    std::vector<Tally> tallies(targets.size());
    for (std::uint64_t next = 0; next < (std::uint64_t{1} << 32);) {
      x.clear();
      for (; x.size() < chunk && next < (std::uint64_t{1} << 32); next += stride) {
        x.push_back(std::bit_cast<float>(static_cast<std::uint32_t>(next)));
      }
      for (std::size_t i = 0; i < x.size(); ++i) truth[i] = f.reference(static_cast<double>(x[i]));
      for (std::size_t t = 0; t < targets.size(); ++t) {
        const ogive::sigmoid::WithTarget use(targets[t]);
        f.kernel(x.data(), y.data(), x.size());
        for (std::size_t i = 0; i < x.size(); ++i) {
          const std::uint32_t bits = std::bit_cast<std::uint32_t>(y[i]);
          if (t == 0 || bits != first_bits[i]) {
            const double error = error_of(f, x[i], truth[i], y[i], tallies[t]);
            if (t == 0) first_bits[i] = bits, first_error[i] = error;
            if (t != 0) ++tallies[t].differs;
            count(x[i], error, tallies[t]);
          } else {
            count(x[i], first_error[i], tallies[t]);
          }
        }
      }
    }
    for (std::size_t t = 0; t < targets.size(); ++t) {
      const Tally& tally = tallies[t];
      std::printf(
          "%-13s %-7s %11llu inputs  max %.6f ulp at %a  misrounded %llu  by MPFR %llu  NaN or infinity wrong %llu  other bits "
          "than the first %llu\n",
          f.name, targets[t].c_str(), static_cast<unsigned long long>(tally.inputs), tally.worst,
          static_cast<double>(tally.worst_at), static_cast<unsigned long long>(tally.misrounded),
          static_cast<unsigned long long>(tally.close), static_cast<unsigned long long>(tally.wrong_kind),
          static_cast<unsigned long long>(tally.differs));
      kept = kept && tally.worst <= f.claim && tally.wrong_kind == 0;
    }
    std::fflush(stdout);
  }
  if (!ran) return 2;
  return kept ? 0 : 1;
}
