// SPDX-License-Identifier: MIT
// One curve at a time, 20 points each: Ogive beside Ceres' TinySolver and GSL.
//
//   peers_fit [curves = 1000] [rounds = 9]
//
// All run in one process, in turn within each round, on one thread; the clock is that thread's CPU time. Shown are medians over the
// rounds; a ratio is taken within its round first, so that a machine that slows down does so for all. `reached` is the share of
// curves whose RSS is within 1e-6 of the least that any of them, or the brute-force search of the tests, has found. The RSS is
// computed here, in long double, from the parameters that each returns; where Ogive reports a limit, from that limit.
#include <time.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "fit/support/brute_force.h"
#include "fit/support/generator.h"
#include "ogive/curve/registry.h"
#include "ogive/fit/fit.h"
#include "peer.h"

namespace {

using ogive::fit_test::Curve;
using ogive::peers::Parameters;
using ogive::peers::points;
using Points = std::span<const double, points>;

constexpr std::uint64_t seed = 20261121;
constexpr double reached_share = 1e-6;

double thread_seconds() {
  timespec now = {};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

using Exact = long double;

// The RSS of y = value(x), in long double; infinite where there is none.
template <class Function>
double rss_of_curve(const Curve& curve, const Function& value) {
  Exact sum = 0;
  for (std::size_t i = 0; i < points; ++i) {
    const Exact residual = value(static_cast<Exact>(curve.x[i])) - static_cast<Exact>(curve.y[i]);
    sum += residual * residual;
  }
  const auto rss = static_cast<double>(sum);
  return std::isnan(rss) ? std::numeric_limits<double>::infinity() : rss;
}

double rss_of(const Parameters& p, const Curve& curve) {
  const auto L = static_cast<Exact>(p[0]);
  const auto x0 = static_cast<Exact>(p[1]);
  const auto k = static_cast<Exact>(p[2]);
  const auto b = static_cast<Exact>(p[3]);
  return rss_of_curve(curve, [&](Exact x) { return b + L / (1 + std::exp(-k * (x - x0))); });
}

double rss_of(const ogive::fit::Limit& limit, const Curve& curve) {
  using Kind = ogive::fit::Limit::Kind;
  const auto low = static_cast<Exact>(limit.low);
  const auto high = static_cast<Exact>(limit.high);
  const auto middle = static_cast<Exact>(limit.middle);
  const auto left = static_cast<Exact>(limit.left);
  const auto right = static_cast<Exact>(limit.right);
  const auto rate = static_cast<Exact>(limit.rate);
  const auto center = static_cast<Exact>(limit.center);
  switch (limit.kind) {
    case Kind::constant:
      return rss_of_curve(curve, [&](Exact) { return low; });
    case Kind::line:
      return rss_of_curve(curve, [&](Exact x) { return low + high * (x - center); });
    case Kind::exponential:
      return rss_of_curve(curve, [&](Exact x) { return low + high * std::expm1(rate * (x - center)); });
    case Kind::step:
      return rss_of_curve(curve, [&](Exact x) {
        if (left == right && x == left) return middle;
        return x <= left ? low : high;
      });
    case Kind::none:
      break;
  }
  return std::numeric_limits<double>::infinity();
}

double rss_of(const ogive::fit::Result& result, const Curve& curve) {
  if (result.status != ogive::fit::Status::ok) return std::numeric_limits<double>::infinity();
  if (result.limit.kind != ogive::fit::Limit::Kind::none) return rss_of(result.limit, curve);
  Parameters p = {};
  for (std::size_t j = 0; j < p.size(); ++j) p[j] = result.parameters[j].value;
  return rss_of(p, curve);
}

// fit(curve, rss) fits; where rss is not null, it leaves there what it reached.
struct Contender {
  std::string name;
  std::function<void(const Curve&, double* rss)> fit;
  std::vector<double> seconds{};  // one a round
  std::vector<double> rss{};      // one a curve
};

std::vector<Contender> contenders() {
  const auto peer = [](auto function) {
    return [function](const Curve& curve, double* rss) {
      const Parameters p = function(Points(curve.x), Points(curve.y));
      if (rss != nullptr) *rss = rss_of(p, curve);
    };
  };
  const auto ogive_with = [](ogive::fit::Interval interval) {
    return [interval](const Curve& curve, double* rss) {
      ogive::fit::Options options;
      options.interval = interval;
      const auto result = ogive::fit::fit(ogive::curve::model("logistic"), {curve.x, curve.y}, options);
      if (rss != nullptr) *rss = rss_of(result, curve);
    };
  };
  return {{"Ceres TinySolver", peer(ogive::peers::fit_by_tiny_solver)},
          {"GSL nlinear lm", peer(ogive::peers::fit_by_gsl)},
          {"Ogive, no intervals", ogive_with(ogive::fit::Interval::none)},
          {"Ogive, Wald", ogive_with(ogive::fit::Interval::wald)},
          {"Ogive, profile", ogive_with(ogive::fit::Interval::profile)}};
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

void compare(const char* set, const std::vector<Curve>& curves, std::size_t rounds) {
  std::vector<Contender> all = contenders();
  std::vector<double> least;
  for (const Curve& curve : curves) {
    least.push_back(ogive::fit_test::least_rss(curve.x, curve.y));
    for (Contender& contender : all) {  // also the warm-up
      double rss = 0;
      contender.fit(curve, &rss);
      contender.rss.push_back(rss);
      least.back() = std::min(least.back(), rss);
    }
  }
  for (std::size_t round = 0; round < rounds; ++round) {
    for (Contender& contender : all) {
      const double before = thread_seconds();
      for (const Curve& curve : curves) contender.fit(curve, nullptr);
      contender.seconds.push_back(thread_seconds() - before);
    }
  }
  std::printf("%s: %zu curves of %zu points, medians of %zu rounds\n", set, curves.size(), points, rounds);
  std::printf("  %-20s %12s %14s %10s\n", "", "fits/s", "/ TinySolver", "reached");
  for (const Contender& contender : all) {
    std::vector<double> ratios;
    for (std::size_t round = 0; round < rounds; ++round) ratios.push_back(all.front().seconds[round] / contender.seconds[round]);
    std::size_t reached = 0;
    for (std::size_t i = 0; i < curves.size(); ++i) reached += contender.rss[i] <= least[i] * (1 + reached_share);
    const auto count = static_cast<double>(curves.size());
    std::printf("  %-20s %12.0f %14.3f %9.2f%%\n", contender.name.c_str(), count / median(contender.seconds), median(ratios),
                100 * static_cast<double>(reached) / count);
  }
}

}  // namespace

int main(int argc, char** argv) {
  const long curves = argc > 1 ? std::strtol(argv[1], nullptr, 10) : 1000;
  const long rounds = argc > 2 ? std::strtol(argv[2], nullptr, 10) : 9;
  if (argc > 3 || curves < 1 || rounds < 1) {
    std::fputs("usage: peers_fit [curves = 1000] [rounds = 9]\n", stderr);
    return 2;
  }
  compare("easy", ogive::fit_test::easy_curves(static_cast<std::size_t>(curves), seed), static_cast<std::size_t>(rounds));
  compare("hard", ogive::fit_test::hard_curves(static_cast<std::size_t>(curves), seed), static_cast<std::size_t>(rounds));
  return 0;
}
