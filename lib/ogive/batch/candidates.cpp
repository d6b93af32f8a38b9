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

ExponentialLimit exponential_near(const Record& record, bool free_b, double rate) {
  const double sign = rate < 0 ? -1 : 1;
  const double end = sign > 0 ? record.u[record.m - 1] : record.u[0];
  thread_local std::vector<double> e, d;  // the exponential, and its derivative by log |rate|
  e.resize(record.m);
  d.resize(record.m);
  ExponentialLimit best;
  double best_log = std::log(std::fabs(rate)), step = 0, damping = 1;
  for (int round = 0; round < 40; ++round) {
    const double t = best_log + damping * step;
    const double c = sign * std::exp(t);
    double total = 0, e_mean = 0, d_mean = 0, y_mean = 0;
    for (std::size_t j = 0; j < record.m; ++j) {
      const double z = c * (record.u[j] - end);
      e[j] = std::exp(z);
      d[j] = z * e[j];
      const double w = record.weight(j);
      total += w;
      e_mean += w * e[j];
      d_mean += w * d[j];
      y_mean += w * record.y[j];
    }
    e_mean = free_b ? e_mean / total : 0;
    d_mean = free_b ? d_mean / total : 0;
    y_mean = free_b ? y_mean / total : 0;
    double Q = 0, cross = 0, ed = 0;
    for (std::size_t j = 0; j < record.m; ++j) {
      const double w = record.weight(j);
      Q += w * square(e[j] - e_mean);
      cross += w * (e[j] - e_mean) * (record.y[j] - y_mean);
      ed += w * (e[j] - e_mean) * (d[j] - d_mean);
    }
    if (!(Q > 0)) return best;
    const double A = cross / Q;
    double F = 0, gradient = 0, curvature = 0;
    for (std::size_t j = 0; j < record.m; ++j) {
      const double w = record.weight(j);
      const double r = record.y[j] - y_mean - A * (e[j] - e_mean);
      const double tangent = A * (d[j] - d_mean - ed / Q * (e[j] - e_mean));
      F += w * r * r;
      gradient += w * r * tangent;
      curvature += w * tangent * tangent;
    }
    if (!std::isfinite(F)) return best;
    if (F < best.F) {
      best = {F, c, A, y_mean - A * e_mean};
      best_log = t;
      damping = 1;
      step = curvature > 0 ? std::clamp(gradient / curvature, -1.0, 1.0) : 0.0;
      if (std::fabs(gradient * step) <= 1e-15 * F) return best;
    } else {
      damping *= 0.25;
      if (damping < 1e-4) return best;
    }
  }
  return best;
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
