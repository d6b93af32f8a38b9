// SPDX-License-Identifier: MIT
#include "ogive/batch/prepare.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ogive::batch {
namespace {

// Weights of a range beyond this go to the single path, which has float64 throughout.
constexpr double widest_range = 1e4;

struct Row {
  double x, y, w;
};

// By x, then by y, then by weight: the order in which rows come changes no bit of any sum.
bool before(const Row& p, const Row& q) {
  if (p.x != q.x) return p.x < q.x;
  return p.y < q.y || (p.y == q.y && p.w < q.w);
}

// Weights that sum to the number of rows.
void set_weights(std::vector<Row>& rows, Prepared& prepared) {
  double largest = 0, smallest = std::numeric_limits<double>::infinity();
  for (const Row& row : rows) {
    largest = std::max(largest, row.w);
    smallest = std::min(smallest, row.w);
  }
  prepared.even = smallest * widest_range >= largest;
  if (!prepared.even) return;
  double sum = 0;  // of shares of the largest, which cannot overflow
  for (const Row& row : rows) sum += row.w / largest;
  const double mean = sum / static_cast<double>(rows.size());
  prepared.weight_unit = largest * mean;
  for (Row& row : rows) {
    prepared.sum_log_weights += std::log(row.w);
    row.w = row.w / largest / mean;
  }
}

// Whether nothing is to be done: x rises, and all is finite.
bool is_in_order(const double* x, const double* y, std::size_t n) {
  constexpr double largest = std::numeric_limits<double>::max();
  if (n == 0 || !(x[0] >= -largest) || !(x[n - 1] <= largest)) return false;
  bool good = std::fabs(y[0]) <= largest;
  for (std::size_t i = 1; i < n; ++i) good &= x[i] > x[i - 1] && std::fabs(y[i]) <= largest;
  return good;
}

}  // namespace

void prepare(const double* x, const double* y, const double* w, std::size_t n, Prepared& prepared) {
  thread_local std::vector<Row> rows;
  rows.clear();
  prepared.x.clear();
  prepared.y.clear();
  prepared.w.clear();
  prepared.pure_error = 0;
  prepared.weighted = false;
  prepared.finite = prepared.even = true;
  prepared.weight_unit = 1;
  prepared.sum_log_weights = 0;
  if (w == nullptr && is_in_order(x, y, n)) {
    prepared.x.assign(x, x + n);
    prepared.y.assign(y, y + n);
    prepared.w.assign(n, 1.0);
    prepared.n = n;
    prepared.missing = 0;
    return;
  }
  for (std::size_t i = 0; i < n; ++i) {
    const double weight = w == nullptr ? 1.0 : w[i];
    if (std::isnan(x[i]) || std::isnan(y[i]) || weight == 0) continue;
    prepared.finite = prepared.finite && std::isfinite(x[i]) && std::isfinite(y[i]) && weight > 0 && std::isfinite(weight);
    rows.push_back({x[i], y[i], weight});
  }
  prepared.n = rows.size();
  prepared.missing = n - rows.size();
  if (!prepared.finite) return;
  if (!std::is_sorted(rows.begin(), rows.end(), before)) std::sort(rows.begin(), rows.end(), before);
  if (w != nullptr) set_weights(rows, prepared);
  if (!prepared.even) return;
  for (std::size_t first = 0; first < rows.size();) {
    std::size_t last = first;
    double off = 0, weight = 0;  // from the first: no overflow, and exact where all are equal
    for (; last < rows.size() && rows[last].x == rows[first].x; ++last) {
      off += rows[last].w * (rows[last].y - rows[first].y);
      weight += rows[last].w;
    }
    const double mean = rows[first].y + off / weight;
    for (std::size_t i = first; i < last; ++i) prepared.pure_error += rows[i].w * (rows[i].y - mean) * (rows[i].y - mean);
    prepared.x.push_back(rows[first].x);
    prepared.y.push_back(mean);
    prepared.w.push_back(weight);
    prepared.weighted = prepared.weighted || weight != 1;
    first = last;
  }
}

}  // namespace ogive::batch
