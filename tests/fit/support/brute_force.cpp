// SPDX-License-Identifier: MIT
#include "fit/support/brute_force.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>
#include <type_traits>
#include <vector>

namespace ogive::fit_test {
namespace {

using Real = long double;

// The points in units of their own: u in [-1, 1], distinct and rising; v is the mean of the y at u, about the mean of all and
// scaled to 1; weight is their number.
template <class T>
struct Points {
  std::vector<T> u;
  std::vector<T> v;
  std::vector<T> weight;
  std::size_t size() const { return u.size(); }
};

struct Problem {
  Points<Real> fine;
  Points<double> coarse;
  Real pure_error = 0;  // sum of squares within the groups of equal x, which no curve can lower
  Real total = 0;       // sum of squares of v
  Real scale = 1;       // of y
  Real rounding = 0;    // what the rounding of y to double may add to a sum of squares of v, with room
};

Problem prepare(std::span<const double> given_x, std::span<const double> given_y) {
  const std::size_t n = given_x.size();
  const std::vector<Real> x(given_x.begin(), given_x.end());
  const std::vector<Real> y(given_y.begin(), given_y.end());
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return x[a] < x[b]; });

  Real mean = 0;
  for (const Real value : y) mean += value / static_cast<Real>(n);
  Problem problem;
  Real largest = 0;
  for (const Real value : y) largest = std::max(largest, std::fabs(value - mean));
  if (largest > 0) problem.scale = largest;

  Real magnitude = 0;
  for (const Real value : y) magnitude = std::max(magnitude, std::fabs(value));
  const Real unit = magnitude / problem.scale * 0x1p-50L;
  problem.rounding = static_cast<Real>(n) * unit * unit;

  const Real low = x[order.front()];
  const Real high = x[order.back()];
  const Real half = high > low ? (high - low) / 2 : 1;
  for (std::size_t i = 0; i < n;) {
    std::size_t end = i;
    Real sum = 0;
    for (; end < n && x[order[end]] == x[order[i]]; ++end) sum += (y[order[end]] - mean) / problem.scale;
    const Real group_mean = sum / static_cast<Real>(end - i);
    problem.fine.u.push_back((x[order[i]] - low) / half - 1);
    problem.fine.v.push_back(group_mean);
    problem.fine.weight.push_back(static_cast<Real>(end - i));
    for (; i < end; ++i) {
      const Real error = (y[order[i]] - mean) / problem.scale - group_mean;
      problem.pure_error += error * error;
    }
  }
  for (std::size_t i = 0; i < problem.fine.size(); ++i) {
    problem.total += problem.fine.weight[i] * problem.fine.v[i] * problem.fine.v[i];
    problem.coarse.u.push_back(static_cast<double>(problem.fine.u[i]));
    problem.coarse.v.push_back(static_cast<double>(problem.fine.v[i]));
    problem.coarse.weight.push_back(static_cast<double>(problem.fine.weight[i]));
  }
  return problem;
}

// min over (b, L) of the sum of weight (v - b - L shape)^2, from the residuals themselves: no difference of large numbers.
template <class T>
T profiled(const Points<T>& points, const std::vector<T>& shape) {
  const std::size_t m = points.size();
  T weight = 0;
  T mean = 0;
  T v_mean = 0;
  for (std::size_t i = 0; i < m; ++i) {
    weight += points.weight[i];
    mean += points.weight[i] * shape[i];
    v_mean += points.weight[i] * points.v[i];
  }
  mean /= weight;
  v_mean /= weight;
  T cross = 0;
  T square = 0;
  for (std::size_t i = 0; i < m; ++i) {
    const T centred = shape[i] - mean;
    cross += points.weight[i] * centred * points.v[i];
    square += points.weight[i] * centred * centred;
  }
  const T slope = square > std::numeric_limits<T>::min() ? cross / square : T(0);
  T rss = 0;
  for (std::size_t i = 0; i < m; ++i) {
    const T residual = points.v[i] - v_mean - slope * (shape[i] - mean);
    rss += points.weight[i] * residual * residual;
  }
  return rss;
}

// F(k, x0) for k > 0. Beyond the data the logistic is taken relative to its largest part there, so that it turns into the
// exponential it tends to instead of drowning in rounding.
template <class T>
class Interior {
 public:
  explicit Interior(const Points<T>& points) : points_(points), shape_(points.size()) {}

  T operator()(T k, T x0) {
    const std::size_t m = points_.size();
    const T first = k * (points_.u.front() - x0);
    const T last = k * (points_.u.back() - x0);
    for (std::size_t i = 0; i < m; ++i) {
      const T z = k * (points_.u[i] - x0);
      if (first >= 0) {
        shape_[i] = std::exp(first - z) / (1 + std::exp(-z));
      } else if (last <= 0) {
        shape_[i] = std::exp(z - last) / (1 + std::exp(z));
      } else if (z > 45) {
        shape_[i] = 1;
      } else if (z < -45) {
        shape_[i] = 0;
      } else {
        shape_[i] = 1 / (1 + std::exp(-z));
      }
    }
    return profiled(points_, shape_);
  }

 private:
  const Points<T>& points_;
  std::vector<T> shape_;
};

struct Candidate {
  double f = 0;
  double k = 1;
  double x0 = 0;
};

// Two x nearer than this share of their range are told apart by the steps alone: the order of points is all that those need.
constexpr double least_gap = 1e-12;

double smallest_gap(const Points<double>& points) {
  double gap = 2;
  for (std::size_t i = 1; i < points.size(); ++i) gap = std::min(gap, points.u[i] - points.u[i - 1]);
  return std::max(gap, least_gap);
}

constexpr double step_of_k = 1.25;
constexpr double step_of_z = 0.5;  // x0 moves by step_of_z / k
constexpr double reach_of_z = 8;   // a point farther than reach_of_z / k from x0 sees a plateau or an exponential

// The local minima over x0 of F on the grid, for one k.
std::vector<Candidate> minima_over_x0(Interior<double>& f, const Points<double>& points, double k) {
  std::vector<double> positions;
  const double width = step_of_z / k;
  for (const double u : points.u) {
    double x0 = u - reach_of_z / k;
    // Where the neighbourhoods of two points overlap, the grid of the first goes on.
    if (!positions.empty() && positions.back() > x0) x0 = positions.back() + width;
    for (; x0 <= u + reach_of_z / k; x0 += width) positions.push_back(x0);
  }
  std::vector<double> values;
  values.reserve(positions.size());
  for (const double x0 : positions) values.push_back(f(k, x0));
  std::vector<Candidate> minima;
  for (std::size_t i = 0; i < positions.size(); ++i) {
    const bool left_is_higher = i == 0 || values[i - 1] >= values[i];
    const bool right_is_higher = i + 1 == positions.size() || values[i + 1] >= values[i];
    if (left_is_higher && right_is_higher) minima.push_back({values[i], k, positions[i]});
  }
  return minima;
}

bool beaten_by_neighbour(const Candidate& candidate, const std::vector<Candidate>& level) {
  const Candidate* nearest = nullptr;
  for (const Candidate& other : level)
    if (nearest == nullptr || std::fabs(other.x0 - candidate.x0) < std::fabs(nearest->x0 - candidate.x0)) nearest = &other;
  return nearest != nullptr && nearest->f < candidate.f && std::fabs(nearest->x0 - candidate.x0) < 4 / candidate.k;
}

std::vector<Candidate> grid_minima(const Problem& problem) {
  const Points<double>& points = problem.coarse;
  Interior<double> f(points);
  const double steepest = 2 * reach_of_z * 2.5 / smallest_gap(points);
  std::vector<std::vector<Candidate>> levels;
  for (double k = 0.02; k < steepest * step_of_k; k *= step_of_k) levels.push_back(minima_over_x0(f, points, k));

  constexpr std::size_t most = 100;
  constexpr std::size_t always = 30;  // the best are kept even where a neighbour is better: valleys may be crooked
  std::vector<Candidate> all;
  std::vector<Candidate> local;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    for (const Candidate& candidate : levels[i]) {
      all.push_back(candidate);
      const bool beaten = (i > 0 && beaten_by_neighbour(candidate, levels[i - 1])) ||
                          (i + 1 < levels.size() && beaten_by_neighbour(candidate, levels[i + 1]));
      if (!beaten) local.push_back(candidate);
    }
  }
  const auto better = [](const Candidate& a, const Candidate& b) { return a.f < b.f; };
  std::sort(all.begin(), all.end(), better);
  std::sort(local.begin(), local.end(), better);
  all.resize(std::min(all.size(), always));
  local.resize(std::min(local.size(), most));
  local.insert(local.end(), all.begin(), all.end());
  return local;
}

// The simplex method of Nelder and Mead in the plane, from start with edges of the given length; returns the best value and leaves
// its place in start.
template <class T, class Function>
T nelder_mead(Function&& f, std::array<T, 2>& start, T edge, int evaluations, T tolerance) {
  struct Vertex {
    std::array<T, 2> at;
    T f;
  };
  std::array<Vertex, 3> simplex;
  for (std::size_t i = 0; i < 3; ++i) {
    simplex[i].at = start;
    if (i > 0) simplex[i].at[i - 1] += edge;
    simplex[i].f = f(simplex[i].at);
  }
  const auto along = [&](T t) {  // from the worst vertex through the middle of the others
    Vertex vertex;
    for (std::size_t j = 0; j < 2; ++j) {
      const T middle = (simplex[0].at[j] + simplex[1].at[j]) / 2;
      vertex.at[j] = middle + t * (simplex[2].at[j] - middle);
    }
    vertex.f = f(vertex.at);
    return vertex;
  };
  for (int used = 3; used < evaluations;) {
    std::sort(simplex.begin(), simplex.end(), [](const Vertex& a, const Vertex& b) { return a.f < b.f; });
    if (!(simplex[2].f - simplex[0].f > tolerance * simplex[0].f)) break;
    const Vertex reflected = along(-1);
    ++used;
    if (reflected.f < simplex[0].f) {
      const Vertex expanded = along(-2);
      ++used;
      simplex[2] = expanded.f < reflected.f ? expanded : reflected;
    } else if (reflected.f < simplex[1].f) {
      simplex[2] = reflected;
    } else {
      const Vertex contracted = along(reflected.f < simplex[2].f ? T(-0.5) : T(0.5));
      ++used;
      if (contracted.f < std::min(reflected.f, simplex[2].f)) {
        simplex[2] = contracted;
      } else {
        for (std::size_t i = 1; i < 3; ++i) {
          for (std::size_t j = 0; j < 2; ++j) simplex[i].at[j] = (simplex[i].at[j] + simplex[0].at[j]) / 2;
          simplex[i].f = f(simplex[i].at);
        }
        used += 2;
      }
    }
  }
  const Vertex& best =
      *std::min_element(simplex.begin(), simplex.end(), [](const Vertex& a, const Vertex& b) { return a.f < b.f; });
  start = best.at;
  return best.f;
}

// One polish in (log k, k (x0 - u_j)) with u_j the point nearest to x0: in these the valley of a steep curve through one point
// runs along an axis.
template <class T>
T polish(const Points<T>& points, Candidate& candidate, T edge, int evaluations, T tolerance) {
  Interior<T> f(points);
  const T x0 = static_cast<T>(candidate.x0);
  T nearest = points.u.front();
  for (const T u : points.u)
    if (std::fabs(u - x0) < std::fabs(nearest - x0)) nearest = u;
  std::array<T, 2> at = {std::log(static_cast<T>(candidate.k)), static_cast<T>(candidate.k) * (x0 - nearest)};
  // Nearer to k = 0 than this the shape minus its mean is rounding, which fits noise better than any curve does.
  const T lowest = std::log(std::is_same_v<T, double> ? T(1e-4) : T(1e-5));
  const auto objective = [&](const std::array<T, 2>& p) {
    if (p[0] < lowest || p[0] > 60) return std::numeric_limits<T>::max();
    const T k = std::exp(p[0]);
    return f(k, nearest + p[1] / k);
  };
  const T value = nelder_mead<T>(objective, at, edge, evaluations, tolerance);
  const T k = std::exp(at[0]);
  candidate.f = static_cast<double>(value);
  candidate.k = static_cast<double>(k);
  candidate.x0 = static_cast<double>(nearest + at[1] / k);
  return value;
}

Real least_interior(const Problem& problem) {
  std::vector<Candidate> candidates = grid_minima(problem);
  for (Candidate& candidate : candidates) polish<double>(problem.coarse, candidate, 0.3, 80, 1e-10);
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) { return a.f < b.f; });

  constexpr std::size_t finals = 4;
  std::vector<Candidate> chosen;
  for (const Candidate& candidate : candidates) {
    const bool known = std::any_of(chosen.begin(), chosen.end(), [&](const Candidate& other) {
      return std::fabs(std::log(other.k / candidate.k)) < 0.01 && std::fabs(other.x0 - candidate.x0) * candidate.k < 0.01;
    });
    if (!known) chosen.push_back(candidate);
    if (chosen.size() == finals) break;
  }
  Real least = problem.total;
  for (Candidate& candidate : chosen) {
    auto value = static_cast<Real>(candidate.f);
    for (int round = 0; round < 8; ++round) {  // a fresh simplex each time: one alone may flatten before it arrives
      const Real before = value;
      value = polish<Real>(problem.fine, candidate, round % 2 == 0 ? 0.02L : -0.1L, 150, 1e-15L);
      least = std::min(least, value);
      if (round > 0 && !(value < before * (1 - 1e-11L))) break;
    }
  }
  return least;
}

// Sum of squares of points [begin, end) about their own mean.
Real about_mean(const Points<Real>& points, std::size_t begin, std::size_t end) {
  Real weight = 0;
  Real mean = 0;
  for (std::size_t i = begin; i < end; ++i) {
    weight += points.weight[i];
    mean += points.weight[i] * points.v[i];
  }
  if (weight > 0) mean /= weight;
  Real rss = 0;
  for (std::size_t i = begin; i < end; ++i) rss += points.weight[i] * (points.v[i] - mean) * (points.v[i] - mean);
  return rss;
}

Real mean_of(const Points<Real>& points, std::size_t begin, std::size_t end) {
  Real weight = 0;
  Real mean = 0;
  for (std::size_t i = begin; i < end; ++i) {
    weight += points.weight[i];
    mean += points.weight[i] * points.v[i];
  }
  return mean / weight;
}

Real least_two_level(const Points<Real>& points) {
  const std::size_t m = points.size();
  Real least = std::numeric_limits<Real>::infinity();
  for (std::size_t j = 1; j < m; ++j) least = std::min(least, about_mean(points, 0, j) + about_mean(points, j, m));
  return least;
}

// One point within the rise fits exactly where its y lies between the two levels; where it does not, a two-level step is best.
Real least_three_level(const Points<Real>& points) {
  const std::size_t m = points.size();
  Real least = std::numeric_limits<Real>::infinity();
  for (std::size_t j = 1; j + 1 < m; ++j) {
    const Real left = mean_of(points, 0, j);
    const Real right = mean_of(points, j + 1, m);
    if (points.v[j] < std::min(left, right) || points.v[j] > std::max(left, right)) continue;
    least = std::min(least, about_mean(points, 0, j) + about_mean(points, j + 1, m));
  }
  return least;
}

// b + A exp(+-c u): all c on a grid, each local minimum by golden sections.
Real least_exponential(const Problem& problem) {
  const Points<Real>& points = problem.fine;
  const std::size_t m = points.size();
  if (m < 3) return std::numeric_limits<Real>::infinity();
  std::vector<Real> shape(m);
  Real least = std::numeric_limits<Real>::infinity();
  for (const bool rising : {true, false}) {
    const auto f = [&](Real log_c) {
      const Real c = std::exp(log_c);
      for (std::size_t i = 0; i < m; ++i) shape[i] = std::expm1(c * (rising ? points.u[i] - 1 : -1 - points.u[i]));
      return profiled(points, shape);
    };
    const Real gap = rising ? points.u[m - 1] - points.u[m - 2] : points.u[1] - points.u[0];
    const Real first = std::log(0.002L);
    const Real step = 0.1L;
    const auto count = static_cast<std::size_t>((std::log(45 / std::max(gap, static_cast<Real>(least_gap))) - first) / step) + 2;
    std::vector<Real> values(count);
    for (std::size_t i = 0; i < count; ++i) values[i] = f(first + step * static_cast<Real>(i));
    for (std::size_t i = 0; i < count; ++i) {
      if ((i > 0 && values[i - 1] < values[i]) || (i + 1 < count && values[i + 1] < values[i])) continue;
      const Real golden = (std::sqrt(5.0L) - 1) / 2;
      Real low = first + step * (static_cast<Real>(i) - 1);
      Real high = low + 2 * step;
      for (int round = 0; round < 80; ++round) {
        const Real a = high - golden * (high - low);
        const Real b = low + golden * (high - low);
        const Real f_a = f(a);
        const Real f_b = f(b);
        least = std::min({least, f_a, f_b});
        (f_a < f_b ? high : low) = f_a < f_b ? b : a;
      }
    }
  }
  return least;
}

}  // namespace

std::string_view to_string(Infimum infimum) {
  switch (infimum) {
    case Infimum::interior:
      return "interior";
    case Infimum::two_level_step:
      return "two-level-step";
    case Infimum::three_level_step:
      return "three-level-step";
    case Infimum::exponential:
      return "exponential";
    case Infimum::line:
      return "line";
    case Infimum::constant:
      return "constant";
  }
  return "unknown";
}

LeastRss brute_force(std::span<const double> x, std::span<const double> y) {
  const Problem problem = prepare(x, y);
  const std::size_t m = problem.fine.size();
  struct Entry {
    Infimum infimum;
    Real rss;
  };
  std::vector<Entry> entries = {{Infimum::constant, problem.total}};
  if (m > 1) {
    entries.push_back({Infimum::line, profiled(problem.fine, problem.fine.u)});
    entries.push_back({Infimum::two_level_step, least_two_level(problem.fine)});
    entries.push_back({Infimum::three_level_step, least_three_level(problem.fine)});
    entries.push_back({Infimum::exponential, least_exponential(problem)});
    entries.push_back({Infimum::interior, least_interior(problem)});
  }
  Real least = std::numeric_limits<Real>::infinity();
  for (const Entry& entry : entries) least = std::min(least, entry.rss);
  constexpr auto tie = static_cast<Real>(infimum_tie);
  for (const Entry& entry : entries)
    if (entry.rss + problem.pure_error <= (least + problem.pure_error) * (1 + tie) + problem.rounding)
      return {static_cast<double>((least + problem.pure_error) * problem.scale * problem.scale), entry.infimum};
  return {};
}

double least_rss(std::span<const double> x, std::span<const double> y) { return brute_force(x, y).rss; }

}  // namespace ogive::fit_test
