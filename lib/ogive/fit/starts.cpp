// SPDX-License-Identifier: MIT
#include "ogive/fit/starts.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace ogive::fit {

double LogisticInverse::operator()(double f) const { return std::log(f / (1 - f)); }

double RichardsInverse::operator()(double f) const {
  const double minus_log_f = -std::log(f);
  // f = (1 + nu w)^(-1/nu), so w = (f^-nu - 1) / nu = expm1(-nu log f) / nu
  const double w = nu * minus_log_f < 1e-12 ? minus_log_f : std::expm1(std::min(nu * minus_log_f, 700.0)) / nu;
  return -std::log(w);
}

template <class Inverse>
std::vector<Start> local_starts(const Points& points, const PrefixSums& sums, Eliminate eliminate, const Inverse& inverse,
                                double target, std::size_t most) {
  const std::size_t m = points.size();
  const StepLevels levels{sums, eliminate};
  std::vector<Start> starts;
  const auto finite = [&](std::size_t j) { return std::fabs(points.u[j]) < far_away; };

  // Points i and i + 1 within the rise: two equations for k and a.
  for (std::size_t i = 0; i + 1 < m; ++i) {
    if (!finite(i) || !finite(i + 1)) continue;
    const bool more_left = i > 0, more_right = i + 2 < m;
    const double low = more_left ? levels.left(i) : eliminate == Eliminate::L_and_b ? points.y[i] : 0.0;
    const double high = more_right || eliminate == Eliminate::none ? levels.right(i + 2, m) : points.y[i + 1];
    if (high == low) continue;
    // One point more on either side may still be off its plateau.
    const double bound = levels.left_rss(i > 0 ? i - 1 : 0) + levels.right_rss(std::min(i + 3, m), m);
    if (bound >= target) continue;
    const double f_i = std::clamp((points.y[i] - low) / (high - low), 0.02, 0.98);
    const double f_next = std::clamp((points.y[i + 1] - low) / (high - low), 0.02, 0.98);
    double z_i = inverse(f_i), z_next = inverse(f_next);
    if (z_next - z_i < 0.5) {
      const double middle = (z_i + z_next) / 2;
      z_i = middle - 0.25;
      z_next = middle + 0.25;
    }
    const double k = (z_next - z_i) / (points.u[i + 1] - points.u[i]);
    starts.push_back({k, k * points.u[i] - z_i, bound});
  }
  // One point within the rise: it fixes z there; the slope is such that the nearer neighbour is just on its plateau.
  for (std::size_t j = 0; j < m; ++j) {
    if (!finite(j)) continue;
    const bool more_left = j > 0, more_right = j + 1 < m;
    if (eliminate == Eliminate::L_and_b && !(more_left && more_right)) continue;
    const double low = levels.left(j);
    const double high = more_right || eliminate == Eliminate::none ? levels.right(j + 1, m) : points.y[j];
    if (high == low) continue;
    const double bound = levels.left_rss(j) + levels.right_rss(j + 1, m);
    if (bound >= one_point_slack * target) continue;  // its neighbours may still be a little off their plateaus
    const double f = (points.y[j] - low) / (high - low);
    if (!(f > 0.002 && f < 0.998)) continue;
    const double z = inverse(f);
    double gap = far_away;
    if (more_left && finite(j - 1)) gap = std::min(gap, points.u[j] - points.u[j - 1]);
    if (more_right && finite(j + 1)) gap = std::min(gap, points.u[j + 1] - points.u[j]);
    if (gap == far_away) continue;
    const double k = (7 + std::fabs(z)) / gap;
    starts.push_back({k, k * points.u[j] - z, bound});
  }
  const auto better = [](const Start& a, const Start& b) { return a.bound < b.bound; };
  if (starts.size() > most) {
    std::nth_element(starts.begin(), starts.begin() + static_cast<std::ptrdiff_t>(most), starts.end(), better);
    starts.resize(most);
  }
  std::sort(starts.begin(), starts.end(), better);
  return starts;
}

template std::vector<Start> local_starts(const Points&, const PrefixSums&, Eliminate, const LogisticInverse&, double, std::size_t);
template std::vector<Start> local_starts(const Points&, const PrefixSums&, Eliminate, const RichardsInverse&, double, std::size_t);

std::optional<Start> start_near_line(const Points& points) {
  if (points.has_far_point() || points.size() < 4) return std::nullopt;
  std::array<std::array<double, 5>, 4> a{};  // normal equations of 1, u, u^2, u^3, and their right side
  for (std::size_t j = 0; j < points.size(); ++j) {
    const double u = points.u[j];
    const std::array<double, 5> row = {1, u, u * u, u * u * u, points.y[j]};
    for (std::size_t p = 0; p < 4; ++p)
      for (std::size_t q = 0; q < 5; ++q) a[p][q] += points.weight[j] * row[p] * row[q];
  }
  for (std::size_t p = 0; p < 4; ++p) {  // symmetric and positive: no pivoting
    if (!(a[p][p] > 0)) return std::nullopt;
    for (std::size_t i = 0; i < 4; ++i) {
      if (i == p) continue;
      const double factor = a[i][p] / a[p][p];
      for (std::size_t q = p; q < 5; ++q) a[i][q] -= factor * a[p][q];
    }
  }
  const auto coefficient = [&](std::size_t p) { return a[p][4] / a[p][p]; };
  const double q = coefficient(2) / coefficient(1), c = coefficient(3) / coefficient(1);
  const double k = std::sqrt(std::max(0.0, 12 * (q * q - c)));
  const double tilt = 2 * q / k;  // 1 - 2 f(-a)
  if (!(k > 0 && k < 0.5 && std::fabs(tilt) < 1)) return std::nullopt;
  return Start{k, 2 * std::atanh(tilt), 0.0};
}

const std::vector<GridRow>& coarse_grid() {
  // Neighbouring nodes differ by about two units of z within the rise; steeper rows are the business of local_starts.
  static const std::vector<GridRow> rows = [] {
    std::vector<GridRow> result;
    for (const double k : {0.5, 1.5, 3.0, 6.0, 12.0, 24.0}) {
      GridRow row{k, {}};
      const double reach = 1 + 2.5 / k;
      const int half = static_cast<int>(std::ceil(reach / std::max(2.0 / k, 0.15)));
      for (int i = -half; i <= half; ++i) row.x0.push_back(reach * i / half);
      result.push_back(std::move(row));
    }
    return result;
  }();
  return rows;
}

}  // namespace ogive::fit
