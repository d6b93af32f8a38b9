// SPDX-License-Identifier: MIT
#include "ogive/batch/fit_many.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

#include "ogive/base/parallel_for.h"
#include "ogive/batch/engine.h"
#include "ogive/batch/prepare.h"
#include "ogive/batch/regular.h"
#include "ogive/batch/report.h"

namespace ogive::batch {
namespace {

// Enough curves for the refill engines to be busy, few enough for the cache.
constexpr std::size_t chunk_size = 2048;
// Longer curves fill the cache by themselves; the single path does as well.
constexpr std::size_t most_points = 4096;

std::optional<LaneModel> lane_model(const curve::Model& model) {
  if (model.family == curve::Family::logistic && model.linear == curve::Linear::L_and_b) return LaneModel::logistic;
  if (model.family == curve::Family::logistic && model.linear == curve::Linear::L_only) return LaneModel::logistic3;
  if (model.family == curve::Family::gompertz && model.linear == curve::Linear::L_and_b) return LaneModel::gompertz;
  return std::nullopt;
}

// The curves of a group: numbers, points, and, one for all or one for each, what is known of their points.
struct GroupList {
  std::vector<std::size_t> members;
  std::vector<CurvePointers> pointers;
  std::vector<PointCounts> counts;
  std::vector<Thresholds> limits;

  void clear() {
    members.clear();
    pointers.clear();
    counts.clear();
    limits.clear();
  }

  // Only those at these places, which rise.
  void keep(const std::vector<std::size_t>& places) {
    const auto keep_of = [&](auto& values) {
      for (std::size_t i = 0; i < places.size(); ++i) values[i] = values[places[i]];
      values.resize(places.size());
    };
    keep_of(members);
    keep_of(pointers);
    if (counts.size() == 1) return;
    keep_of(counts);
    keep_of(limits);
  }
};

// Everything that one thread needs.
struct Worker {
  EngineMemory memory;
  std::vector<std::size_t> members;
  GroupList list;
  std::vector<std::uint8_t> done;    // the entry is written
  std::vector<std::size_t> open;     // places in the list of which the lanes are not sure
  std::vector<std::size_t> unclean;  // curves that must be prepared first
  std::vector<double> x, y, w;
  Prepared prepared;
};

// A curve that had to be prepared: its points lie in the worker's x, y, w.
struct Repaired {
  std::size_t curve, begin, m;
  bool weighted;
  PointCounts counts;
};

class Run {
 public:
  Run(const curve::Model& model, const Curves& curves, const Options& options, Fits& fits)
      : model_(model), curves_(curves), options_(options), fits_(fits), lanes_(lane_model(model)), reporter_(model, options, fits) {
    if (options.interval == fit::Interval::profile) lanes_.reset();
  }

  std::size_t single() const { return single_; }
  double evaluations() const { return evaluations_; }

  void chunk(std::size_t index) {
    thread_local Worker worker;
    worker.memory.evaluations = 0;
    const std::size_t first = index * chunk_size, last = std::min(curves_.size(), first + chunk_size);
    if (!lanes_) {
      for (std::size_t i = first; i < last; ++i) fit_single(i);
      return;
    }
    std::vector<Repaired> repaired;
    // Curves of equal length go together.
    worker.members.resize(last - first);
    std::iota(worker.members.begin(), worker.members.end(), first);
    const auto shorter = [&](std::size_t p, std::size_t q) { return curves_.points(p) < curves_.points(q); };
    if (!std::is_sorted(worker.members.begin(), worker.members.end(), shorter))
      std::stable_sort(worker.members.begin(), worker.members.end(), shorter);
    const std::vector<std::size_t>& members = worker.members;
    worker.x.clear();
    worker.y.clear();
    worker.w.clear();
    for (std::size_t begin = 0; begin < members.size();) {
      const std::size_t m = curves_.points(members[begin]);
      std::size_t end = begin;
      while (end < members.size() && curves_.points(members[end]) == m) ++end;
      const auto group = std::span(members).subspan(begin, end - begin);
      if (m < least_points || m > most_points || model_.log_dose || curves_.has_weights()) {
        for (const std::size_t i : group) repair(worker, i, repaired);
      } else {
        fit_as_they_are(worker, group, m, repaired);
      }
      begin = end;
    }
    fit_repaired(worker, repaired);
    evaluations_ += worker.memory.evaluations;
  }

 private:
  void fit_as_they_are(Worker& worker, std::span<const std::size_t> members, std::size_t m, std::vector<Repaired>& repaired) {
    GroupList& list = worker.list;
    list.clear();
    list.members.assign(members.begin(), members.end());
    list.pointers.resize(members.size());
    for (std::size_t i = 0; i < members.size(); ++i) {
      CurvePointers& to = list.pointers[i];
      to = {};
      if (curves_.is_float32()) {
        to.x32 = curves_.x32(members[i]);
        to.y32 = curves_.y32(members[i]);
      } else {
        to.x = curves_.x(members[i]);
        to.y = curves_.y(members[i]);
      }
    }
    list.counts.push_back({static_cast<std::uint32_t>(m), 0, 0.0});
    list.limits.push_back(reporter_.thresholds(m));
    Group group = group_of(m);
    group.float32_input = curves_.is_float32();
    fit_in_lanes(worker, group);
    for (const std::size_t curve : worker.unclean) repair(worker, curve, repaired);
  }

  // The curves of the list. Where a search in float32 leaves a curve open, one in float64 follows, and then the single path. The
  // unclean ones are for the caller.
  void fit_in_lanes(Worker& worker, Group group) {
    worker.unclean.clear();
    pass(worker, group);
    if (group.float32 && !worker.open.empty()) {
      worker.list.keep(worker.open);
      group.float32 = false;
      pass(worker, group);
    }
    for (const std::size_t place : worker.open) fit_single(worker.list.members[place]);
  }

  void pass(Worker& worker, Group& group) {
    const GroupList& list = worker.list;
    group.curves = list.pointers;
    fit_group(group, worker.memory);
    GroupState& state = worker.memory.state;
    report_regular(state, {list.members, list.counts, list.limits, reporter_.places(), reporter_.one_sided()}, fits_, worker.done);
    const bool alike = list.counts.size() == 1;
    worker.open.clear();
    for (std::size_t i = 0; i < list.members.size(); ++i) {
      if (worker.done[i] != 0) continue;
      const std::size_t at = alike ? 0 : i;
      if (state.outcome[i] == Outcome::unclean)
        worker.unclean.push_back(list.members[i]);
      else if (!reporter_.report_limit(state, i, list.members[i], list.counts[at], list.limits[at]))
        worker.open.push_back(i);
    }
  }

  Group group_of(std::size_t m) const {
    Group group;
    group.model = *lanes_;
    group.m = m;
    group.float32 = options_.precision == Precision::float32;
    group.variances = options_.interval != fit::Interval::none;
    return group;
  }

  // Missing points out, x in order, replicates merged; what is then fit for lanes is queued.
  void repair(Worker& worker, std::size_t curve, std::vector<Repaired>& repaired) {
    load(worker, curve);
    const Prepared& p = worker.prepared;
    bool good = p.finite && p.even && p.x.size() >= least_points && p.x.size() <= most_points;
    const std::size_t begin = worker.x.size();
    for (std::size_t j = 0; j < p.x.size() && good; ++j) {
      const double x = model_.log_dose ? std::log(p.x[j]) : p.x[j];
      good = std::isfinite(x);  // dose 0 is a point infinitely far out
      worker.x.push_back(x);
    }
    if (!good) {
      worker.x.resize(begin);
      fit_single(curve);
      return;
    }
    worker.y.insert(worker.y.end(), p.y.begin(), p.y.end());
    worker.w.insert(worker.w.end(), p.w.begin(), p.w.end());
    if (curves_.has_weights()) fits_.sum_log_weights[curve] = p.sum_log_weights;
    const PointCounts counts = {static_cast<std::uint32_t>(p.n), static_cast<std::uint32_t>(p.missing), p.pure_error,
                                p.weight_unit};
    repaired.push_back({curve, begin, p.x.size(), p.weighted, counts});
  }

  void load(Worker& worker, std::size_t curve) {
    const std::size_t n = curves_.points(curve);
    thread_local std::vector<double> x, y, w;
    w.clear();
    if (curves_.has_weights())
      for (std::size_t j = 0; j < n; ++j) w.push_back(curves_.weight(curve, j));
    const double* weights = curves_.has_weights() ? w.data() : nullptr;
    if (curves_.is_float32()) {
      x.assign(curves_.x32(curve), curves_.x32(curve) + n);
      y.assign(curves_.y32(curve), curves_.y32(curve) + n);
      prepare(x.data(), y.data(), weights, n, worker.prepared);
    } else {
      prepare(curves_.x(curve), curves_.y(curve), weights, n, worker.prepared);
    }
  }

  void fit_repaired(Worker& worker, std::vector<Repaired>& repaired) {
    std::stable_sort(repaired.begin(), repaired.end(),
                     [](const Repaired& p, const Repaired& q) { return p.m != q.m ? p.m < q.m : p.weighted < q.weighted; });
    for (std::size_t begin = 0, end = 0; begin < repaired.size(); begin = end) {
      const Repaired& first = repaired[begin];
      GroupList& list = worker.list;
      list.clear();
      for (; end < repaired.size() && repaired[end].m == first.m && repaired[end].weighted == first.weighted; ++end) {
        const Repaired& r = repaired[end];
        list.members.push_back(r.curve);
        list.pointers.push_back({&worker.x[r.begin], &worker.y[r.begin], &worker.w[r.begin], nullptr, nullptr});
        list.counts.push_back(r.counts);
        list.limits.push_back(reporter_.thresholds(r.counts.n));
      }
      Group group = group_of(first.m);
      group.weighted = first.weighted;
      fit_in_lanes(worker, group);
      for (const std::size_t curve : worker.unclean) fit_single(curve);
    }
  }

  // The single path, from the user's own points less the missing ones.
  void fit_single(std::size_t curve) {
    ++single_;
    thread_local std::vector<double> x, y, w;
    x.clear();
    y.clear();
    w.clear();
    double sum_log_weights = 0;
    const std::size_t n = curves_.points(curve);
    for (std::size_t j = 0; j < n; ++j) {
      const double at_x = curves_.is_float32() ? static_cast<double>(curves_.x32(curve)[j]) : curves_.x(curve)[j];
      const double at_y = curves_.is_float32() ? static_cast<double>(curves_.y32(curve)[j]) : curves_.y(curve)[j];
      const double weight = curves_.weight(curve, j);
      if (std::isnan(at_x) || std::isnan(at_y) || weight == 0) continue;
      x.push_back(at_x);
      y.push_back(at_y);
      if (!curves_.has_weights()) continue;
      w.push_back(weight);
      sum_log_weights += std::log(weight);
    }
    if (curves_.has_weights()) fits_.sum_log_weights[curve] = sum_log_weights;
    fit::Options options;
    options.interval = options_.interval;
    options.confidence = options_.confidence;
    reporter_.report(fit::fit(model_, {x, y, w}, options), curve, n - x.size());
  }

  const curve::Model& model_;
  const Curves& curves_;
  const Options& options_;
  Fits& fits_;
  std::optional<LaneModel> lanes_;
  Reporter reporter_;
  std::atomic<std::size_t> single_{0};
  std::atomic<double> evaluations_{0};
};

}  // namespace

void fit_many(const curve::Model& model, const Curves& curves, const Options& options, Fits& fits) {
  fits.model = &model;
  fits.confidence = options.confidence;
  fits.has_intervals = options.interval != fit::Interval::none;
  const std::size_t count = curves.size(), parameters = model.parameters.size();
  fits.status.resize(count);
  fits.shape.resize(count);
  fits.n.resize(count);
  fits.missing.resize(count);
  fits.rss.resize(count);
  fits.tss.resize(count);
  fits.sum_log_weights.resize(curves.has_weights() ? count : 0);
  fits.values.resize(count * parameters);
  const std::size_t ends = fits.has_intervals ? count * parameters : 0;
  fits.standard_errors.resize(ends);
  fits.lower.resize(ends);
  fits.upper.resize(ends);
  Run run(model, curves, options, fits);
  parallel_for((count + chunk_size - 1) / chunk_size, options.threads, [&](std::size_t i) { run.chunk(i); });
  fits.single = run.single();
  fits.evaluations = run.evaluations();
}

Fits fit_many(const curve::Model& model, const Curves& curves, const Options& options) {
  Fits fits;
  fit_many(model, curves, options, fits);
  return fits;
}

std::string_view lane_target() { return engine_target(); }

}  // namespace ogive::batch
