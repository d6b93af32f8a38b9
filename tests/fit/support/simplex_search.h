// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// A small RSS that a curve of any model reaches on given points, by brute force: a dense grid, then the simplex method.
///
/// It judges the models for which brute_force.h, which knows the limits too, was not written. What it finds is a curve of the
/// model, so the least RSS is not above it; whether a limit lies lower, it does not know. It shares no line with the fitter: the
/// formulas are written again here, and nothing uses a derivative.
///
///     y = b + L f(z),  z = k (t - x0),  t = x, or log x for a dose     f: (1 + nu e^-z)^(-1 / nu), for nu = 0 exp(-e^-z)
///
/// b and L are eliminated, as far as they are free; the grid runs over k of both signs, x0 and nu.
///
/// @code
///   BOOST_TEST(result.rss <= ogive::fit_test::simplex_search(curve::model("gompertz"), x, y) * (1 + 1e-6));
/// @endcode

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

#include "ogive/curve/model.h"

namespace ogive::fit_test {

/// The unknowns that are not linear: log |k|, x0 and log nu, on u in [-1, 1].
using Simplex3 = std::array<double, 3>;

class SimplexSearch {
 public:
  SimplexSearch(const curve::Model& model, std::span<const double> x, std::span<const double> y)
      : y_(y.begin(), y.end()), linear_(model.linear), free_nu_(model.index_of("nu") >= 0), f_(y.size()) {
    fixed_nu_ = model.family == curve::Family::gompertz ? 0.0 : 1.0;
    for (const double value : x) u_.push_back(model.log_dose ? std::log(value) : value);
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    for (const double u : u_) {
      if (std::isinf(u)) continue;  // dose 0 stays at -infinity
      low = std::min(low, u);
      high = std::max(high, u);
    }
    for (double& u : u_) u = (u - (low + high) / 2) / ((high - low) / 2);
  }

  double least() {
    std::vector<Candidate> candidates;
    for (const double sign : {1.0, -1.0}) {
      for (double log_k = -2; log_k < 5.5; log_k += 0.3) {
        const double step = std::max(0.6 / std::exp(log_k), 0.04);
        const double reach = 1 + std::min(6 / std::exp(log_k), 6.0);
        for (double x0 = -reach; x0 <= reach; x0 += step) {
          for (double log_nu = free_nu_ ? -6 : 0; log_nu <= (free_nu_ ? 4 : 0); log_nu += 1)
            candidates.push_back({rss(sign, {log_k, x0, log_nu}), sign, {log_k, x0, log_nu}});
        }
      }
    }
    const std::size_t kept = std::min<std::size_t>(candidates.size(), 400);
    const auto better = [](const Candidate& a, const Candidate& b) { return a.rss < b.rss; };
    std::partial_sort(candidates.begin(), candidates.begin() + static_cast<std::ptrdiff_t>(kept), candidates.end(), better);
    candidates.resize(kept);
    double best = candidates.front().rss;
    std::vector<Candidate> polished;
    for (Candidate& candidate : candidates) {
      const bool near_known = std::any_of(polished.begin(), polished.end(), [&](const Candidate& other) {
        return other.sign == candidate.sign && std::fabs(other.at[0] - candidate.at[0]) < 0.7 &&
               std::fabs(other.at[1] - candidate.at[1]) < 0.25 && std::fabs(other.at[2] - candidate.at[2]) < 1.5;
      });
      if (near_known) continue;
      polished.push_back(candidate);
      for (const double edge : {0.2, -0.05, 0.02}) best = std::min(best, polish(candidate, edge));
      if (polished.size() == 8) break;
    }
    return best;
  }

 private:
  struct Candidate {
    double rss;
    double sign;
    Simplex3 at;
  };

  double shape(double z, double nu) const {
    if (std::isinf(z)) return z > 0 ? 1 : 0;
    return nu == 0 ? std::exp(-std::exp(-z)) : std::exp(-std::log1p(nu * std::exp(-z)) / nu);
  }

  double rss(double sign, const Simplex3& p) {
    if (p[0] < -4 || p[0] > 12 || std::fabs(p[1]) > 20 || p[2] < -30 || p[2] > 5) return std::numeric_limits<double>::max();
    const double k = sign * std::exp(p[0]);
    const double nu = free_nu_ ? std::exp(p[2]) : fixed_nu_;
    const std::size_t n = u_.size();
    double f_mean = 0;
    double y_mean = 0;
    for (std::size_t i = 0; i < n; ++i) {
      f_[i] = shape(k * (u_[i] - p[1]), nu);
      f_mean += f_[i] / static_cast<double>(n);
      y_mean += y_[i] / static_cast<double>(n);
    }
    if (linear_ != curve::Linear::L_and_b) {
      f_mean = y_mean = 0;
    } else {
      // A shape that is nearly 1 at all points is, after its mean is subtracted, rounding, which fits noise better than any curve.
      const auto [lowest, highest] = std::minmax_element(f_.begin(), f_.end());
      if (*highest - *lowest < 1e-5 * *highest) return std::numeric_limits<double>::max();
    }
    double fy = 0;
    double ff = 0;
    for (std::size_t i = 0; i < n; ++i) {
      fy += (f_[i] - f_mean) * (y_[i] - y_mean);
      ff += (f_[i] - f_mean) * (f_[i] - f_mean);
    }
    const double L = linear_ == curve::Linear::none ? 1 : ff > 1e-200 ? fy / ff : 0;
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i) {
      const double residual = y_[i] - y_mean - L * (f_[i] - f_mean);
      sum += residual * residual;
    }
    return sum;
  }

  // Nelder and Mead, Computer Journal 7 (1965).
  double polish(Candidate& start, double edge) {
    const std::size_t size = free_nu_ ? 3 : 2;
    std::vector<Candidate> simplex(size + 1, start);
    for (std::size_t i = 0; i < size; ++i) {
      simplex[i].at[i] += edge * (i == 1 ? std::min(1.0, std::exp(-start.at[0])) : 1.0);
      simplex[i].rss = rss(start.sign, simplex[i].at);
    }
    simplex[size].rss = rss(start.sign, start.at);
    const auto from_worst = [&](double t) {
      Candidate moved = simplex[size];
      for (std::size_t j = 0; j < size; ++j) {
        double middle = 0;
        for (std::size_t i = 0; i < size; ++i) middle += simplex[i].at[j] / static_cast<double>(size);
        moved.at[j] = middle + t * (simplex[size].at[j] - middle);
      }
      moved.rss = rss(start.sign, moved.at);
      return moved;
    };
    for (int round = 0; round < 400; ++round) {
      std::sort(simplex.begin(), simplex.end(), [](const Candidate& a, const Candidate& b) { return a.rss < b.rss; });
      if (!(simplex[size].rss - simplex[0].rss > 1e-14 * simplex[0].rss)) break;
      const Candidate reflected = from_worst(-1);
      if (reflected.rss < simplex[0].rss) {
        const Candidate expanded = from_worst(-2);
        simplex[size] = expanded.rss < reflected.rss ? expanded : reflected;
      } else if (reflected.rss < simplex[size - 1].rss) {
        simplex[size] = reflected;
      } else {
        const Candidate contracted = from_worst(reflected.rss < simplex[size].rss ? -0.5 : 0.5);
        if (contracted.rss < std::min(reflected.rss, simplex[size].rss)) {
          simplex[size] = contracted;
          continue;
        }
        for (std::size_t i = 1; i <= size; ++i) {
          for (std::size_t j = 0; j < size; ++j) simplex[i].at[j] = (simplex[i].at[j] + simplex[0].at[j]) / 2;
          simplex[i].rss = rss(start.sign, simplex[i].at);
        }
      }
    }
    start = *std::min_element(simplex.begin(), simplex.end(), [](const Candidate& a, const Candidate& b) { return a.rss < b.rss; });
    return start.rss;
  }

  std::vector<double> u_;
  std::vector<double> y_;
  curve::Linear linear_;
  bool free_nu_;
  double fixed_nu_;
  std::vector<double> f_;
};

inline double simplex_search(const curve::Model& model, std::span<const double> x, std::span<const double> y) {
  return SimplexSearch(model, x, y).least();
}

}  // namespace ogive::fit_test
