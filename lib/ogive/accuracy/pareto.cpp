// SPDX-License-Identifier: MIT
#include "ogive/accuracy/pareto.h"

#include <algorithm>
#include <cmath>

namespace ogive::accuracy {

std::vector<std::size_t> pareto(std::span<const Cost> costs, double time_spread) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < costs.size(); ++i)
    if (!std::isnan(costs[i].time) && !std::isnan(costs[i].error)) order.push_back(i);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return costs[a].time != costs[b].time ? costs[a].time < costs[b].time : costs[a].error < costs[b].error;
  });
  std::vector<std::size_t> worth;
  for (const std::size_t i : order) {
    if (!worth.empty() && costs[worth.back()].error <= costs[i].error) continue;  // a faster one is as good
    // One that is as fast but for the noise, and worse, gives way.
    while (!worth.empty() && costs[i].time <= costs[worth.back()].time * (1 + time_spread)) worth.pop_back();
    worth.push_back(i);
  }
  return worth;
}

}  // namespace ogive::accuracy
