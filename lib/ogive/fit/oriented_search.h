// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The search over (k, a) in one orientation, k > 0, for one shape.
///
/// First the plain way: one descent from the best two-level step. Where its end is beyond doubt, that is all. Otherwise the limits
/// in closed form, then starts of all kinds, screened by a few steps each and dropped as soon as they cannot come near the best
/// known F; the few that are left go to the end.

#include <algorithm>
#include <cmath>
#include <vector>

#include "ogive/fit/descend.h"
#include "ogive/fit/limits.h"
#include "ogive/fit/search.h"
#include "ogive/fit/starts.h"

namespace ogive::fit {

inline Eliminate eliminate_for(curve::Linear linear) {
  switch (linear) {
    case curve::Linear::L_and_b:
      return Eliminate::L_and_b;
    case curve::Linear::L_only:
      return Eliminate::L;
    case curve::Linear::none:
      return Eliminate::none;
  }
  return Eliminate::none;
}

// Descents that go to the same place: the same slope within a tenth, and the rise at the same z within a third.
inline bool same_basin(const Descent& p, const Descent& q) {
  return std::fabs(p.k - q.k) < 0.1 * std::max(p.k, q.k) && std::fabs(p.a - q.a - (p.k - q.k) * (q.a / q.k)) < 0.3;
}

// The search in one orientation, k > 0.
template <class Shape, class Inverse>
class Search {
 public:
  Search(const Points& points, Shape shape, Inverse inverse, Eliminate eliminate)
      : points_(points),
        inverse_(inverse),
        eliminate_(eliminate),
        reduced_(points, shape, eliminate),
        sums_(points),
        region_(Region::of(points)),
        floor_(1e-3 * points.noise_floor) {}

  int evaluations() const { return reduced_.evaluations(); }
  const PrefixSums& sums() const { return sums_; }
  const Descent& best() const { return best_; }

  // From the best of six nodes at the best two-level step. True where the optimum found is so plain that there can be no other.
  bool try_plain() {
    if (points_.size() < 3) return false;
    double best_F = std::numeric_limits<double>::infinity();
    double k = 1, a = 0;
    const double middle = middle_of_best_step();
    for (const double slope : {3.0, 10.0})
      for (const double shift : {-2.0, 0.0, 2.0}) {
        const double at = slope * middle - shift;
        const double F = reduced_.value(slope, at);
        if (F < best_F) {
          best_F = F;
          k = slope;
          a = at;
        }
      }
    keep(descend(reduced_, k, a, region_, final_options()));
    if (!Shape::symmetric || eliminate_ != Eliminate::L_and_b) return false;
    const bool several_points_in_rise = best_.transition >= 0.6;
    return best_.converged && several_points_in_rise && best_.F <= 0.01 * points_.tss && std::fabs(best_.a) <= 0.8 * best_.k;
  }

  void try_start(double k, double a) { keep(descend(reduced_, k, a, region_, final_options())); }

  // Where an exponential is among the best curves, curves close to it may be better still.
  void start_near(const LimitCurve& exponential) { exponential_rates_.push_back(exponential.rate); }

  // Everything else: local starts and the grid, screened, then the best of them to the end.
  void try_all(double limit_F) {
    if (points_.size() < 3) return;
    double target = std::min(limit_F, best_.F);
    const double slack = 1e-6 * points_.tss;
    std::vector<Descent> survivors;
    const auto screen = [&](double k, double a) {
      DescentOptions options;
      options.tolerance = 1e-2;
      options.max_evaluations = 14;
      options.target = 1.02 * target + slack;
      options.floor = floor_;
      const Descent d = descend(reduced_, k, a, region_, options);
      if (d.abandoned || d.escaped || d.F - 1.5 * d.decrease > options.target) return;
      if (best_.converged && same_basin(d, best_)) return;
      for (Descent& other : survivors)
        if (same_basin(d, other)) {
          if (d.F < other.F) other = d;
          return;
        }
      survivors.push_back(d);
      target = std::min(target, d.F);
    };
    for (const Start& start : local_starts(points_, sums_, eliminate_, inverse_, target, 16)) screen(start.k, start.a);
    for (const auto& [F, k, a] : grid_minima(12)) screen(k, a);
    if (Shape::symmetric && eliminate_ == Eliminate::L_and_b)
      if (const auto start = start_near_line(points_)) screen(start->k, start->a);
    if (eliminate_ == Eliminate::none)  // a midpoint out of sight is no limit of its own where L is held
      for (const double k : {1.5, 6.0, 24.0})
        for (const double out : {4.0, 8.0, 16.0})
          for (const double side : {-1.0, 1.0}) screen(k, side * (k + out));
    for (const double rate : exponential_rates_)
      for (const double out : {-4.0, 1.0, 8.0}) screen(std::fabs(rate), std::copysign(std::fabs(rate) + out, rate));

    std::sort(survivors.begin(), survivors.end(), [](const Descent& p, const Descent& q) { return p.F < q.F; });
    constexpr std::size_t most = 8;
    for (std::size_t i = 0; i < std::min(most, survivors.size()); ++i) {
      auto options = final_options();
      options.target = std::min(limit_F, best_.F) * (1 + 1e-9) + floor_;
      options.optimism = 30;  // in a narrow curved valley each step sees little of what is to come
      keep(descend(reduced_, survivors[i].k, survivors[i].a, region_, options));
    }
  }

 private:
  struct Node {
    double F, k, a;
  };

  DescentOptions final_options() const {
    DescentOptions options;
    options.tolerance = 1e-17;  // then one Newton step more
    options.max_evaluations = 100;
    options.floor = floor_;
    return options;
  }

  void keep(const Descent& d) {
    if (d.escaped || d.abandoned) return;
    if (d.F < best_.F) best_ = d;
  }

  double middle_of_best_step() const {
    const StepLevels levels{sums_, eliminate_};
    double best_F = std::numeric_limits<double>::infinity();
    double middle = 0;
    for (std::size_t split = 1; split < points_.size(); ++split) {
      const double F = levels.left_rss(split) + levels.right_rss(split, points_.size());
      if (F < best_F) {
        best_F = F;
        middle = (std::clamp(points_.u[split - 1], -1.0, 1.0) + std::clamp(points_.u[split], -1.0, 1.0)) / 2;
      }
    }
    return middle;
  }

  // The best local minima of F along the rows of the grid.
  std::vector<Node> grid_minima(std::size_t most) {
    std::vector<Node> minima;
    std::vector<double> F;
    for (const GridRow& row : coarse_grid()) {
      F.clear();
      for (const double x0 : row.x0) F.push_back(reduced_.value(row.k, row.k * x0));
      for (std::size_t i = 0; i < F.size(); ++i)
        if ((i == 0 || F[i] <= F[i - 1]) && (i + 1 == F.size() || F[i] < F[i + 1]))
          minima.push_back({F[i], row.k, row.k * row.x0[i]});
    }
    std::sort(minima.begin(), minima.end(), [](const Node& p, const Node& q) { return p.F < q.F; });
    if (minima.size() > most) minima.resize(most);
    return minima;
  }

  const Points& points_;
  Inverse inverse_;
  Eliminate eliminate_;
  Reduced<Shape> reduced_;
  PrefixSums sums_;
  Region region_;
  double floor_;
  Descent best_;
  std::vector<double> exponential_rates_;
};

inline void keep_limit(SearchResult& result, const LimitCurve& limit, bool mirrored) {
  if (limit.F < result.limit.F) {
    result.limit = limit;
    result.limit_mirrored = mirrored;
  }
}

// The limits that curves with k > 0 tend to; returns the exponentials among them. Without a free b, an exponential that falls
// belongs to the mirrored points.
inline std::vector<LimitCurve> add_limits(SearchResult& result, const Points& points, const PrefixSums& sums, Eliminate eliminate,
                                          bool mirrored) {
  std::vector<LimitCurve> exponentials;
  keep_limit(result, best_constant(points, eliminate), mirrored);
  keep_limit(result, best_step(points, sums, eliminate), mirrored);
  if (eliminate == Eliminate::L_and_b) keep_limit(result, best_line(points), mirrored);
  for (const int sign : {+1, -1}) {
    if (eliminate == Eliminate::none || (eliminate == Eliminate::L && sign < 0)) continue;
    exponentials.push_back(best_exponential(points, eliminate, sign, Direction::any, result.evaluations));
    keep_limit(result, exponentials.back(), mirrored);
  }
  return exponentials;
}

inline void keep_interior(SearchResult& result, const Descent& d, double nu, bool mirrored) {
  if (d.F < result.interior.F) result.interior = {d.F, d.k, d.a, nu, d.L, d.decrease, d.converged, mirrored};
}

template <class Shape, class Inverse>
void search_oriented(SearchResult& result, const Points& points, Shape shape, Inverse inverse, double nu, Eliminate eliminate,
                     bool mirrored, const UserStart* start) {
  Search<Shape, Inverse> search(points, shape, inverse, eliminate);
  if (start != nullptr && start->k > 0) search.try_start(start->k, start->a);
  if (!search.try_plain()) {
    for (const LimitCurve& exponential : add_limits(result, points, search.sums(), eliminate, mirrored))
      if (exponential.F < 1.02 * result.limit.F) search.start_near(exponential);
    search.try_all(std::min(result.limit.F, result.interior.F));
  }
  result.evaluations += search.evaluations();
  keep_interior(result, search.best(), nu, mirrored);
}

}  // namespace ogive::fit
