// SPDX-License-Identifier: MIT
// Many curves of 20 points: Ogive's lane engine beside Ceres' TinySolver, GSL and cminpack, which are given starts. The engine runs
// on the best instruction set and on AVX2.
//
//   peers_many [curves = 10000] [rounds = 21] [table]      table: where the easy set is written to, for bench/peers/many
//
// All run in one process, in turn within each round, on one thread; the clock is that thread's CPU time. A peer, which fits one
// curve after the other, does so on a part of the set in each round. Shown are medians over the rounds; a ratio is taken within its
// round first. `reached` is the share of curves whose RSS is within the given share of the least that any contender or the single
// path found.
#include <time.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "fit/support/generator.h"
#include "ogive/batch/fit_many.h"
#include "ogive/curve/registry.h"
#include "ogive/sigmoid/targets.h"
#include "peer.h"

namespace {

using ogive::batch::Curves;
using ogive::batch::Fits;
using ogive::batch::Options;
using ogive::batch::Precision;
using ogive::fit_test::Curve;
using ogive::peers::Parameters;
using ogive::peers::points;

constexpr std::uint64_t seed = 20261121;
constexpr std::size_t peer_share = 10;  // a peer fits every tenth curve of a round

double thread_seconds() {
  timespec now = {};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

struct Set {
  std::vector<double> x, y;
  std::vector<float> x32, y32;
  std::size_t size() const { return y.size() / points; }
  std::span<const double, points> x_of(std::size_t i) const { return std::span<const double, points>(&x[i * points], points); }
  std::span<const double, points> y_of(std::size_t i) const { return std::span<const double, points>(&y[i * points], points); }
};

Set flat(const std::vector<Curve>& curves) {
  Set set;
  for (const Curve& curve : curves) {
    set.x.insert(set.x.end(), curve.x.begin(), curve.x.end());
    set.y.insert(set.y.end(), curve.y.begin(), curve.y.end());
  }
  for (const double x : set.x) set.x32.push_back(static_cast<float>(x));
  for (const double y : set.y) set.y32.push_back(static_cast<float>(y));
  return set;
}

double rss_of(const Parameters& p, const Set& set, std::size_t i) {
  long double sum = 0;
  for (std::size_t j = 0; j < points; ++j) {
    const long double z = static_cast<long double>(p[2]) * (static_cast<long double>(set.x[i * points + j]) - p[1]);
    const long double r = static_cast<long double>(set.y[i * points + j]) - (p[3] + p[0] / (1 + std::exp(-z)));
    sum += r * r;
  }
  return static_cast<double>(sum);
}

// From the parameters where they are finite; where the best curve is a limit, its own word.
double rss_of(const Fits& fits, const Set& set, std::size_t i) {
  const Parameters p = {fits.value(0, i), fits.value(1, i), fits.value(2, i), fits.value(3, i)};
  return std::isfinite(p[0] + p[1] + p[2] + p[3]) ? rss_of(p, set, i) : fits.rss[i];
}

struct Contender {
  std::string name;
  std::function<double(const Set&)> run;                    // seconds a curve
  std::function<std::vector<double>(const Set&)> rss = {};  // of all curves
  std::vector<double> seconds = {};
  std::vector<double> reached = {};
  bool own_points = false;  // fits rounded points: where a limit is best, its RSS is that of these
};

template <class Function>
Contender peer(const char* name, Function fit) {
  const auto run = [fit](const Set& set) {
    double sum = 0;
    const double before = thread_seconds();
    std::size_t count = 0;
    for (std::size_t i = 0; i < set.size(); i += peer_share, ++count) sum += fit(set.x_of(i), set.y_of(i))[1];
    const double after = thread_seconds();
    return std::isnan(sum) ? after - before : (after - before) / static_cast<double>(count);
  };
  const auto rss = [fit](const Set& set) {
    std::vector<double> all;
    for (std::size_t i = 0; i < set.size(); ++i) all.push_back(rss_of(fit(set.x_of(i), set.y_of(i)), set, i));
    return all;
  };
  return {name, run, rss};
}

Contender lanes(std::string name, Precision precision, ogive::fit::Interval interval, const std::string& target) {
  Options options;
  options.threads = 1;
  options.precision = precision;
  options.interval = interval;
  const auto fit = [options, target](const Set& set) {
    const ogive::sigmoid::WithTarget chosen(target);
    const bool narrow = options.precision == Precision::float32;
    return ogive::batch::fit_many(ogive::curve::model("logistic"),
                                  narrow ? Curves::matrix(set.x32, set.y32, points) : Curves::matrix(set.x, set.y, points),
                                  options);
  };
  const auto run = [fit](const Set& set) {
    const double before = thread_seconds();
    const Fits fits = fit(set);
    return (thread_seconds() - before) / static_cast<double>(fits.size());
  };
  const auto rss = [fit](const Set& set) {
    const Fits fits = fit(set);
    std::vector<double> all;
    for (std::size_t i = 0; i < set.size(); ++i) all.push_back(rss_of(fits, set, i));
    return all;
  };
  return {std::move(name), run, rss, {}, {}, precision == Precision::float32};
}

void write_table(const Set& set, const char* path) {
  std::ofstream out(path);
  out.precision(17);
  out << "curve,x,y\n";
  for (std::size_t i = 0; i < set.y.size(); ++i) out << i / points << ',' << set.x[i] << ',' << set.y[i] << '\n';
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

void compare(const char* name, const Set& set, std::size_t rounds) {
  using ogive::fit::Interval;
  std::vector<Contender> all = {peer("Ceres TinySolver", ogive::peers::fit_by_tiny_solver),
                                peer("GSL nlinear lm", ogive::peers::fit_by_gsl),
                                peer("cminpack lmder", ogive::peers::fit_by_cminpack)};
  const auto targets = ogive::sigmoid::supported_targets();
  for (const std::string& target : targets) {
    if (target != targets.front() && target != "AVX2") continue;
    all.push_back(lanes("Ogive " + target, Precision::float64, Interval::none, target));
    all.push_back(lanes("Ogive " + target + ", Wald", Precision::float64, Interval::wald, target));
    all.push_back(lanes("Ogive " + target + ", float32", Precision::float32, Interval::none, target));
  }
  std::vector<double> least;
  for (std::size_t i = 0; i < set.size(); ++i)
    least.push_back(ogive::fit::fit(ogive::curve::model("logistic"), {set.x_of(i), set.y_of(i)}, {ogive::fit::Interval::none}).rss);
  for (Contender& contender : all) {
    contender.reached = contender.rss(set);
    if (contender.own_points) continue;
    for (std::size_t i = 0; i < set.size(); ++i) least[i] = std::fmin(least[i], contender.reached[i]);
  }
  for (std::size_t round = 0; round < rounds; ++round)
    for (Contender& contender : all) contender.seconds.push_back(contender.run(set));
  std::printf("%s: %zu curves of %zu points, medians of %zu rounds\n", name, set.size(), points, rounds);
  std::printf("  %-24s %12s %14s %12s %12s\n", "", "fits/s", "/ TinySolver", "within 1e-6", "within 1e-3");
  for (const Contender& contender : all) {
    std::vector<double> ratios;
    for (std::size_t round = 0; round < rounds; ++round) ratios.push_back(all.front().seconds[round] / contender.seconds[round]);
    std::size_t close = 0, near = 0;
    for (std::size_t i = 0; i < set.size(); ++i) {
      close += contender.reached[i] <= least[i] * (1 + 1e-6);
      near += contender.reached[i] <= least[i] * (1 + 1e-3);
    }
    const auto percent = [&](std::size_t count) { return 100 * static_cast<double>(count) / static_cast<double>(set.size()); };
    std::printf("  %-24s %12.0f %14.2f %11.3f%% %11.3f%%\n", contender.name.c_str(), 1 / median(contender.seconds), median(ratios),
                percent(close), percent(near));
  }
}

}  // namespace

int main(int argc, char** argv) {
  const long curves = argc > 1 ? std::strtol(argv[1], nullptr, 10) : 10000;
  const long rounds = argc > 2 ? std::strtol(argv[2], nullptr, 10) : 21;
  if (argc > 4 || curves < 1 || rounds < 1) {
    std::fputs("usage: peers_many [curves = 10000] [rounds = 21] [table]\n", stderr);
    return 2;
  }
  const Set easy = flat(ogive::fit_test::easy_curves(static_cast<std::size_t>(curves), seed));
  if (argc > 3) write_table(easy, argv[3]);
  compare("easy", easy, static_cast<std::size_t>(rounds));
  compare("hard", flat(ogive::fit_test::hard_curves(static_cast<std::size_t>(curves), seed)), static_cast<std::size_t>(rounds));
  return 0;
}
