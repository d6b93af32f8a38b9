// SPDX-License-Identifier: MIT
#include "ogive/batch/candidates.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace ogive::batch {
namespace {

double square(double v) { return v * v; }

// Calls body(i) for each i in [first, end) whose gate is open.
template <class Body>
void each_open(std::uint64_t gate, std::size_t first, std::size_t end, std::size_t m, const Body& body) {
  if (m > StartGates::most_points) {
    for (std::size_t i = first; i < end; ++i) body(i);
  } else {
    for (; gate != 0; gate &= gate - 1) body(static_cast<std::size_t>(std::countr_zero(gate)));
  }
}

}  // namespace

double logistic_z(double f) { return std::log(f / (1 - f)); }
double gompertz_z(double f) { return -std::log(-std::log(f)); }

double line_F(const Record& record) {
  double total = 0, u_mean = 0, y_mean = 0;
  for (std::size_t j = 0; j < record.m; ++j) {
    const double w = record.weight(j);
    total += w;
    u_mean += w * record.u[j];
    y_mean += w * record.y[j];
  }
  u_mean /= total;
  y_mean /= total;
  double uu = 0, uy = 0;
  for (std::size_t j = 0; j < record.m; ++j) {
    uu += record.weight(j) * square(record.u[j] - u_mean);
    uy += record.weight(j) * (record.u[j] - u_mean) * (record.y[j] - y_mean);
  }
  const double slope = uy / uu;
  double F = 0;
  for (std::size_t j = 0; j < record.m; ++j) F += record.weight(j) * square(record.y[j] - y_mean - slope * (record.u[j] - u_mean));
  return F;
}

void add_starts(const Record& record, const Sides& sides, const StartGates& gates, bool free_b, double target, std::size_t most,
                double (*z_of)(double), std::vector<CandidateStart>& starts) {
  const std::size_t m = record.m, first_start = starts.size();
  const double* u = record.u;
  const double* y = record.y;
  const auto left_level = [&](std::size_t i) { return sides.left_level[i * sides.stride]; };
  const auto left_F = [&](std::size_t i) { return sides.left_F[i * sides.stride]; };
  const auto right_level = [&](std::size_t i) { return sides.right_level[i * sides.stride]; };
  const auto right_F = [&](std::size_t i) { return sides.right_F[i * sides.stride]; };
  // Points i and i + 1 within the rise: two equations for k and a. One point more on either side may still be off its plateau.
  each_open(gates.pairs, 0, m - 1, m, [&](std::size_t i) {
    const double bound = left_F(i > 0 ? i - 1 : 0) + right_F(std::min(i + 3, m));
    if (bound >= target) return;
    const double low = i > 0 ? left_level(i) : free_b ? y[i] : 0.0;
    const double high = i + 2 < m ? right_level(i + 2) : y[i + 1];
    if (high == low) return;
    double z0 = z_of(std::clamp((y[i] - low) / (high - low), 0.02, 0.98));
    double z1 = z_of(std::clamp((y[i + 1] - low) / (high - low), 0.02, 0.98));
    if (z1 - z0 < 0.5) {
      const double middle = (z0 + z1) / 2;
      z0 = middle - 0.25;
      z1 = middle + 0.25;
    }
    const double k = (z1 - z0) / (u[i + 1] - u[i]);
    starts.push_back({k, k * u[i] - z0, bound});
  });
  // One point within the rise: it fixes z there; the slope is such that the nearer neighbour is just on its plateau.
  each_open(gates.singles, free_b ? 1 : 0, m - 1, m, [&](std::size_t j) {
    const double bound = left_F(j) + right_F(j + 1);
    if (bound >= one_point_slack * target) return;
    const double low = left_level(j), high = right_level(j + 1);
    if (high == low) return;
    const double f = (y[j] - low) / (high - low);
    if (!(f > 0.002 && f < 0.998)) return;
    const double z = z_of(f);
    double gap = u[j + 1] - u[j];
    if (j > 0) gap = std::min(gap, u[j] - u[j - 1]);
    const double k = (7 + std::fabs(z)) / gap;
    starts.push_back({k, k * u[j] - z, bound});
  });
  if (starts.size() - first_start > most) {
    const auto begin = starts.begin() + static_cast<std::ptrdiff_t>(first_start);
    const auto better = [](const CandidateStart& p, const CandidateStart& q) { return p.bound < q.bound; };
    std::nth_element(begin, begin + static_cast<std::ptrdiff_t>(most), starts.end(), better);
    starts.resize(first_start + most);
  }
}

}  // namespace ogive::batch
