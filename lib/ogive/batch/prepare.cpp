// SPDX-License-Identifier: MIT
#include "ogive/batch/prepare.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace ogive::batch {

void prepare(const double* x, const double* y, std::size_t n, Prepared& prepared) {
  thread_local std::vector<std::pair<double, double>> rows;
  rows.clear();
  prepared.x.clear();
  prepared.y.clear();
  prepared.w.clear();
  prepared.pure_error = 0;
  prepared.weighted = false;
  prepared.finite = true;
  for (std::size_t i = 0; i < n; ++i) {
    if (std::isnan(x[i]) || std::isnan(y[i])) continue;
    prepared.finite = prepared.finite && std::isfinite(x[i]) && std::isfinite(y[i]);
    rows.emplace_back(x[i], y[i]);
  }
  prepared.n = rows.size();
  prepared.missing = n - rows.size();
  // By x, then by y: the order in which rows come changes no bit of any sum.
  if (!std::is_sorted(rows.begin(), rows.end())) std::sort(rows.begin(), rows.end());
  for (std::size_t first = 0; first < rows.size();) {
    std::size_t last = first;
    double off = 0;  // from the first: no overflow, and exact where all are equal
    while (last < rows.size() && rows[last].first == rows[first].first) off += rows[last++].second - rows[first].second;
    const double count = static_cast<double>(last - first), mean = rows[first].second + off / count;
    for (std::size_t i = first; i < last; ++i) prepared.pure_error += (rows[i].second - mean) * (rows[i].second - mean);
    prepared.x.push_back(rows[first].first);
    prepared.y.push_back(mean);
    prepared.w.push_back(count);
    prepared.weighted = prepared.weighted || last - first > 1;
    first = last;
  }
}

}  // namespace ogive::batch
