// SPDX-License-Identifier: MIT
#include "ogive/fit/search.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "ogive/fit/descend.h"
#include "ogive/fit/starts.h"

namespace ogive::fit {

Region Region::of(const Points& points) {
  double gap = 2;
  for (std::size_t j = 1; j < points.size(); ++j) gap = std::min(gap, points.u[j] - points.u[j - 1]);
  Region region;
  region.max_k = std::min(1e12, 400 / std::max(gap, 1e-300));  // the rise is then a step between any two points
  return region;
}

namespace {

Eliminate eliminate_for(curve::Linear linear) {
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
bool same_basin(const Descent& p, const Descent& q) {
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
    for (const double rate : exponential_rates_)
      for (const double out : {-4.0, 1.0, 8.0}) screen(std::fabs(rate), std::copysign(std::fabs(rate) + out, rate));

    std::sort(survivors.begin(), survivors.end(), [](const Descent& p, const Descent& q) { return p.F < q.F; });
    constexpr std::size_t most = 8;
    for (std::size_t i = 0; i < std::min(most, survivors.size()); ++i) {
      auto options = final_options();
      options.target = std::min(limit_F, best_.F) * (1 + 1e-9) + floor_;
      keep(descend(reduced_, survivors[i].k, survivors[i].a, region_, options));
    }
  }

 private:
  struct Node {
    double F, k, a;
  };

  DescentOptions final_options() const {
    DescentOptions options;
    options.tolerance = 1e-13;
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

void keep_limit(SearchResult& result, const LimitCurve& limit, bool mirrored) {
  if (limit.F < result.limit.F) {
    result.limit = limit;
    result.limit_mirrored = mirrored;
  }
}

// The limits that curves with k > 0 tend to; returns the exponentials among them. Without a free b, an exponential that falls
// belongs to the mirrored points.
std::vector<LimitCurve> add_limits(SearchResult& result, const Points& points, const PrefixSums& sums, Eliminate eliminate,
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

void keep_interior(SearchResult& result, const Descent& d, double nu, bool mirrored) {
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

template <class Shape, class Inverse>
SearchResult search_shape(const Points& points, Shape shape, Inverse inverse, double nu, curve::Linear linear,
                          const UserStart* start) {
  SearchResult result;
  const Eliminate eliminate = eliminate_for(linear);
  std::optional<UserStart> other;
  if (start != nullptr) other = UserStart{-start->k, start->a, start->nu};  // k u - a = (-k)(-u) - a
  search_oriented(result, points, shape, inverse, nu, eliminate, false, start);
  // With a symmetric shape and both L and b free, (k, L, b) and (-k, -L, b + L) are one curve.
  if (!(Shape::symmetric && linear == curve::Linear::L_and_b))
    search_oriented(result, mirrored(points), shape, inverse, nu, eliminate, true, other ? &*other : nullptr);
  return result;
}

SearchResult search_richards(const Points& points, curve::Linear linear, const UserStart* start);

}  // namespace

SearchResult search(const Points& points, curve::Family family, curve::Linear linear, const UserStart* start) {
  switch (family) {
    case curve::Family::logistic:
      return search_shape(points, curve::LogisticShape{}, LogisticInverse{}, 1.0, linear, start);
    case curve::Family::gompertz:
      return search_shape(points, curve::GompertzShape{}, RichardsInverse{0.0}, 0.0, linear, start);
    case curve::Family::richards:
      return search_richards(points, linear, start);
  }
  return {};
}

namespace {

// nu is the one unknown left: a row of searches at fixed nu, then a line search in log nu from the best of them.
SearchResult search_richards(const Points& points, curve::Linear linear, const UserStart* start) {
  const auto at = [&](double nu) {
    return search_shape(points, curve::RichardsShape{nu}, RichardsInverse{nu}, nu, linear, nullptr);
  };
  SearchResult best;
  const auto add = [&best](const SearchResult& other) {
    best.evaluations += other.evaluations;
    if (other.interior.F < best.interior.F) best.interior = other.interior;
    keep_limit(best, other.limit, other.limit_mirrored);
    return other.interior.F;
  };
  constexpr double log_first = -4.0, log_step = 1.0;
  constexpr int nodes = 10;  // nu = e^-4 ... e^5, and 0
  add(at(0.0));
  std::vector<double> F;
  for (int i = 0; i < nodes; ++i) F.push_back(add(at(std::exp(log_first + log_step * i))));
  if (start != nullptr && start->nu >= 0)
    add(search_shape(points, curve::RichardsShape{start->nu}, RichardsInverse{start->nu}, start->nu, linear, start));

  const Eliminate eliminate = eliminate_for(linear);
  const Points other_side = mirrored(points);
  const auto warm = [&](double nu, const Optimum& from) {
    const Points& side = from.mirrored ? other_side : points;
    Reduced<curve::RichardsShape> reduced(side, curve::RichardsShape{nu}, eliminate);
    DescentOptions options;
    options.tolerance = 1e-10;
    options.floor = 1e-3 * points.noise_floor;
    const Descent d = descend(reduced, from.k, from.a, Region::of(side), options);
    best.evaluations += reduced.evaluations();
    Optimum found{d.F, d.k, d.a, nu, d.L, d.decrease, d.converged, from.mirrored};
    if (d.escaped) found.F = std::numeric_limits<double>::infinity();
    return found;
  };
  // Golden section on the profile over nu, each point warm from the last: in log nu, or in nu itself next to 0.
  if (best.interior.exists()) {
    const bool next_to_zero = best.interior.nu == 0;
    const auto nu_of = [next_to_zero](double t) { return next_to_zero ? t : std::exp(t); };
    double low = next_to_zero ? 0.0 : std::log(best.interior.nu) - log_step;
    double high = next_to_zero ? std::exp(log_first) : low + 2 * log_step;
    constexpr double golden = 0.6180339887498949;
    double p = high - golden * (high - low), q = low + golden * (high - low);
    Optimum at_p = warm(nu_of(p), best.interior), at_q = warm(nu_of(q), best.interior);
    for (int i = 0; i < 24; ++i) {
      if (at_p.F <= at_q.F) {
        high = q;
        q = p;
        at_q = at_p;
        p = high - golden * (high - low);
        at_p = warm(nu_of(p), at_q.exists() ? at_q : best.interior);
      } else {
        low = p;
        p = q;
        at_p = at_q;
        q = low + golden * (high - low);
        at_q = warm(nu_of(q), at_p.exists() ? at_p : best.interior);
      }
    }
    for (const Optimum& found : {at_p, at_q})
      if (found.F < best.interior.F) best.interior = found;
    // nu = 0 is a curve, too: where it is as good, the optimum is at that end.
    const Optimum gompertz = warm(0.0, best.interior);
    if (best.interior.nu < 1e-3 && gompertz.F <= best.interior.F * (1 + 1e-13)) best.interior = gompertz;
  }
  return best;
}

}  // namespace
}  // namespace ogive::fit
