// SPDX-License-Identifier: MIT
// What becomes of the curves that the main path leaves open: unfinished descents are brought to an end; where another optimum or a
// limit may be better, the limits in closed form and starts of all kinds, screened in float32, the best of them to the end.
#if defined(OGIVE_BATCH_DOUBT_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef OGIVE_BATCH_DOUBT_INL_H_
#undef OGIVE_BATCH_DOUBT_INL_H_
#else
#define OGIVE_BATCH_DOUBT_INL_H_
#endif

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "ogive/batch/block-inl.h"
#include "ogive/batch/grid-inl.h"
#include "ogive/batch/refill-inl.h"
#include "ogive/batch/sides-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ogive::batch {
namespace HWY_NAMESPACE {

constexpr std::size_t kMostStarts = 12;   // of each kind, for one curve
constexpr std::size_t kMostPolished = 2;  // survivors of the screening that go to the end
constexpr double kWorthIt = 1.02;         // a start is followed while its F may come within this of the best
constexpr double kWorthItFloor = 1e-6;
constexpr double kOutOfSight = 8;  // |a| - |k| beyond which the exponential limit may be as good

// P: the problem; T: the type of the search.
template <class P, class T>
class Doubt {
 public:
  Doubt(const Group& group, EngineMemory& memory) : group_(group), memory_(memory), m_(group.m) {}

  void run() {
    const std::size_t first_unfinished = memory_.flagged.size();
    end_unfinished();
    look_closer(first_unfinished);
    settle();
  }

 private:
  const double* record_at(std::size_t curve) const { return memory_.records.data() + memory_.record_of[curve]; }
  Record record(std::size_t curve) const {
    const double* at = record_at(curve);
    return {at, at + m_, P::kWeighted ? at + 2 * m_ : nullptr, m_};
  }

  template <class U>
  AlignedBuffer<U>& lanes() {
    if constexpr (is_double<U>)
      return memory_.lanes64;
    else
      return memory_.lanes32;
  }

  template <class U>
  void count(double evaluations) {
    memory_.evaluations += (is_double<U> ? 1 : 0.5) * evaluations * static_cast<double>(m_);
  }

  template <class U>
  void run_jobs(const RefillOptions& options) {
    RefillEngine<P, U> engine(lanes<U>(), m_);
    const std::size_t done = engine.run(
        memory_.jobs, [this](std::size_t curve) { return record_at(curve); }, options);
    count<U>(static_cast<double>(done));
  }

  // A job to the end is dropped once it is clear that it will not beat what is known, above all a limit: on the way to it F falls
  // ever more slowly.
  static RefillOptions final_options() {
    RefillOptions options;
    options.hopeless_below = 1e-7;
    if (!is_double<T>) {
      options.tolerance = 1e-5;
      options.floor = 1e-7;
    }
    return options;
  }

  void end_unfinished() {
    if (memory_.jobs.empty()) return;
    memory_.finish.clear();
    for (const Job& job : memory_.jobs) memory_.finish.push_back(job.curve);
    each_closed_form<false>(memory_.finish, [&](std::size_t i, const ClosedForms& forms) {
      memory_.jobs[i].target = std::min(forms.step.F, forms.mirror_step.F);
    });
    run_jobs<T>(final_options());
    memory_.finish.clear();
    for (const Job& job : memory_.jobs) {
      memory_.state.at(Column::k, job.curve) = job.k;
      memory_.state.at(Column::a, job.curve) = job.a;
      memory_.finish.push_back(job.curve);
    }
    finish(true);
    memory_.jobs.clear();
  }

  // One evaluation at the present point of each curve in memory.finish: F, L, mean, variances; doubtful ones become `flagged` if
  // asked.
  void finish(bool flag) {
    constexpr std::size_t n = kLanes<T>;
    AlignedBuffer<T>& memory = lanes<T>();
    T* u = memory.reserve(5 * m_ * n);
    T *y = u + m_ * n, *w = y + m_ * n;
    GroupState& state = memory_.state;
    const auto& list = memory_.finish;
    count<T>(static_cast<double>(list.size()));
    for (std::size_t first = 0; first < list.size(); first += n) {
      HWY_ALIGN T k[n], a[n], spread[n], inverse_total[n];
      for (std::size_t lane = 0; lane < n; ++lane) {
        const std::size_t curve = list[std::min(first + lane, list.size() - 1)];
        const double* from = record_at(curve);
        double total = static_cast<double>(m_);
        for (std::size_t j = 0; j < m_; ++j) u[j * n + lane] = static_cast<T>(from[j]);
        for (std::size_t j = 0; j < m_; ++j) y[j * n + lane] = static_cast<T>(from[m_ + j]);
        if constexpr (P::kWeighted) {
          total = 0;
          for (std::size_t j = 0; j < m_; ++j) {
            w[j * n + lane] = static_cast<T>(from[2 * m_ + j]);
            total += from[2 * m_ + j];
          }
        }
        inverse_total[lane] = static_cast<T>(1 / total);
        k[lane] = static_cast<T>(state.at(Column::k, curve));
        a[lane] = static_cast<T>(state.at(Column::a, curve));
        spread[lane] = static_cast<T>(state.at(Column::spread, curve));
      }
      LanePoints<T> points;
      points.u = u;
      points.y = y;
      points.w = w;
      points.scratch = w + m_ * n;
      points.m = m_;
      points.inverse_total = load<T>(inverse_total);
      const auto at_k = load<T>(k), at_a = load<T>(a);
      Derivatives<T> d;
      evaluate<P, true, T>(points, at_k, at_a, &d);
      const Quadratic<T> q = quadratic_at<P, T>(at_k, at_a, d, 1e30);
      const Variances<T> v = variances<P, T>(points, at_k, at_a, d);
      const auto plain = is_plain<P, T>(at_k, at_a, d.F, d.transition, load<T>(spread));
      const auto converged =
          hn::And(hn::Lt(q.lambda, hn::MulAdd(set<T>(is_double<T> ? 1e-8 : 1e-4), d.F, set<T>(is_double<T> ? 1e-28 : 1e-7))),
                  hn::Or(q.newton, hn::Lt(q.lambda, hn::Mul(set<T>(is_double<T> ? 1e-11 : 1e-6), d.F))));
      HWY_ALIGN T columns[9][n];
      store<T>(d.F, columns[0]);
      store<T>(d.linear.L, columns[1]);
      store<T>(reported_mean<P, T>(d.linear), columns[2]);
      store<T>(v.L, columns[3]);
      store<T>(v.x0, columns[4]);
      store<T>(v.k, columns[5]);
      store<T>(v.b, columns[6]);
      store_flags<T>(plain, columns[7]);
      store_flags<T>(converged, columns[8]);
      for (std::size_t lane = 0; lane < n && first + lane < list.size(); ++lane) {
        const std::size_t curve = list[first + lane];
        constexpr Column names[] = {Column::F,           Column::L,          Column::mean,      Column::variance_L,
                                    Column::variance_x0, Column::variance_k, Column::variance_b};
        for (std::size_t i = 0; i < 7; ++i) state.at(names[i], curve) = static_cast<double>(columns[i][lane]);
        const bool good = columns[8][lane] != T(0) && std::isfinite(static_cast<double>(columns[0][lane]));
        state.outcome[curve] = good ? Outcome::regular : Outcome::unsure;
        if (!std::isfinite(static_cast<double>(columns[0][lane]))) state.at(Column::F, curve) = 1;
        if (flag && (!(good && columns[7][lane] != T(0)) || is_rival(curve))) memory_.flagged.push_back(curve);
      }
    }
  }

  bool is_rival(std::size_t curve) const {
    return kFaces<P> == 2 && std::binary_search(memory_.rivals.begin(), memory_.rivals.end(), curve);
  }

  static double z_of(double f) { return P::Shape::symmetric ? logistic_z(f) : gompertz_z(f); }

  void add_job(std::size_t curve, double k, double a, double target, double best) {
    Job job;
    job.curve = curve;
    const double size = std::clamp(std::fabs(k), kLeastK, kMostK / 2);
    a *= size / std::fabs(k);
    k = std::copysign(size, k);
    a = std::clamp(a, -(size + kWall), size + kWall);
    const bool turn = P::kOneSided && a < 0;
    job.k = turn ? -k : k;
    job.a = turn ? -a : a;
    job.target = target;
    job.best = best;
    memory_.jobs.push_back(job);
  }

  // The sides and steps of one curve, also as seen from the right where that is another problem.
  struct ClosedForms {
    Sides sides, mirror;
    StepLimit step, mirror_step;
    StartGates gates, mirror_gates;  // for starts that beat the present curve and the steps
  };

  // Calls body(i, forms) for each curve of a list; with gates where asked for.
  template <bool kGates, class Body>
  void each_closed_form(const std::vector<std::size_t>& list, const Body& body) {
    constexpr std::size_t n = kLanes64;
    LanePoints<double> points, mirror;
    double* y = memory_.lanes64.reserve(5 * m_ * n);
    double *w = y + m_ * n, *mirror_y = w + m_ * n, *mirror_w = mirror_y + m_ * n;
    points.m = mirror.m = m_;
    points.y = y;
    points.w = w;
    mirror.y = mirror_y;
    mirror.w = mirror_w;
    double* at = memory_.sides.reserve(2 * LaneSides::size(m_));
    const LaneSides sides(at, m_), mirror_sides(at + LaneSides::size(m_), m_);
    StepLimit steps[n], mirror_steps[n];
    StartGates gates[n], mirror_gates[n];
    for (std::size_t first = 0; first < list.size(); first += n) {
      const double* rows[n];
      const auto row = [&](std::size_t column) {
        for (std::size_t lane = 0; lane < n; ++lane)
          rows[lane] = record_at(list[std::min(first + lane, list.size() - 1)]) + column * m_;
      };
      row(1);
      gather(rows, m_, y);
      if constexpr (P::kWeighted) {
        row(2);
        gather(rows, m_, w);
      }
      find_sides<P>(points, sides);
      find_steps<P>(points, sides, steps);
      if constexpr (!P::kOneSided) {
        for (std::size_t j = 0; j < m_; ++j) {
          store<double>(load<double>(y + j * n), mirror_y + (m_ - 1 - j) * n);
          if constexpr (P::kWeighted) store<double>(load<double>(w + j * n), mirror_w + (m_ - 1 - j) * n);
        }
        find_sides<P>(mirror, mirror_sides);
        find_steps<P>(mirror, mirror_sides, mirror_steps);
      }
      if constexpr (kGates) {
        HWY_ALIGN double target[n];
        for (std::size_t lane = 0; lane < n; ++lane) {
          const double F = memory_.state.at(Column::F, list[std::min(first + lane, list.size() - 1)]);
          target[lane] = std::min({F, steps[lane].F, mirror_steps[lane].F});
        }
        find_gates<P>(m_, sides, load<double>(target), gates);
        if constexpr (!P::kOneSided) find_gates<P>(m_, mirror_sides, load<double>(target), mirror_gates);
      }
      for (std::size_t lane = 0; lane < n && first + lane < list.size(); ++lane)
        body(first + lane,
             ClosedForms{sides.of(lane), mirror_sides.of(lane), steps[lane], mirror_steps[lane], gates[lane], mirror_gates[lane]});
    }
  }

  // Starts for all flagged curves. Those from first_unfinished on were flagged by end_unfinished(); both parts rise.
  void look_closer(std::size_t first_unfinished) {
    auto& flagged = memory_.flagged;
    if (flagged.empty()) return;
    std::inplace_merge(flagged.begin(), flagged.begin() + static_cast<std::ptrdiff_t>(first_unfinished), flagged.end());
    assert(std::is_sorted(flagged.begin(), flagged.end()));
    memory_.steps.assign(flagged.size(), {});
    memory_.bests.assign(flagged.size(), 0);
    memory_.lines.assign(flagged.size(), 0);
    memory_.gridded.clear();
    each_closed_form<true>(flagged, [&](std::size_t i, const ClosedForms& forms) { add_starts_of(i, forms); });
    memory_.grid_jobs = memory_.jobs.size();
    add_grid_starts();
    screen();
  }

  // The limits and starts of flagged curve i.
  void add_starts_of(std::size_t i, const ClosedForms& forms) {
    const StepLimit &step = forms.step, &mirror_step = forms.mirror_step;
    GroupState& state = memory_.state;
    const std::size_t curve = memory_.flagged[i];
    const Record points = record(curve);
    memory_.steps[i] = step;
    double best = std::min(state.at(Column::F, curve), step.F);
    const bool anywhere = state.at(Column::F, curve) > kGoodF * state.at(Column::spread, curve) ||
                          std::fabs(state.at(Column::a, curve)) > kWellInside * std::fabs(state.at(Column::k, curve)) ||
                          state.outcome[curve] != Outcome::regular;
    memory_.lines[i] = anywhere && P::kFreesB ? line_F(points) : std::numeric_limits<double>::infinity();
    best = std::min(best, memory_.lines[i]);
    auto& starts = memory_.starts;
    starts.clear();
    if constexpr (!P::kOneSided) {
      best = std::min(best, mirror_step.F);
      if (mirror_step.F < step.F) {
        memory_.steps[i] = mirror_step;
        memory_.steps[i].first_right = m_ + 1 + mirror_step.first_right;
      }
      add_starts(mirrored(points), forms.mirror, forms.mirror_gates, P::kFreesB, best, kMostStarts, z_of, starts);
      for (CandidateStart& s : starts) s.k = -s.k;
    }
    add_starts(points, forms.sides, forms.gates, P::kFreesB, best, kMostStarts, z_of, starts);
    const double target = kWorthIt * best + kWorthItFloor;
    memory_.bests[i] = best;
    for (const CandidateStart& s : starts) add_job(curve, s.k, s.a, target, best);
    if (!anywhere) return;
    memory_.gridded.push_back(i);
    for (const double k : {0.3, 2.0})
      for (const double sign : {1.0, -1.0})
        for (const double side : {1.0, -1.0})
          if (!P::kOneSided || side > 0) add_job(curve, sign * k, side * (k + kWall), target, best);
  }

  // A curve's points as seen from the right.
  Record mirrored(const Record& points) {
    auto& memory = memory_.mirrored;
    memory.resize(3 * m_);
    for (std::size_t j = 0; j < m_; ++j) {
      memory[j] = -points.u[m_ - 1 - j];
      memory[m_ + j] = points.y[m_ - 1 - j];
      memory[2 * m_ + j] = points.weight(m_ - 1 - j);
    }
    return {memory.data(), memory.data() + m_, memory.data() + 2 * m_, m_};
  }

  void add_grid_starts() {
    const auto& list = memory_.gridded;
    if (list.empty()) return;
    constexpr std::size_t n = kLanes32;
    float* u = memory_.lanes32.reserve(5 * m_ * n);
    float *y = u + m_ * n, *w = y + m_ * n;
    std::size_t nodes = 0;
    for (const GridRow& row : grid_rows<P>()) nodes += row.x0.size();
    float* gains = memory_.gains.reserve(nodes * n);
    count<float>(0.5 * static_cast<double>(nodes * list.size()));
    auto& starts = memory_.starts;
    for (std::size_t first = 0; first < list.size(); first += n) {
      HWY_ALIGN float inverse_total[n];
      for (std::size_t lane = 0; lane < n; ++lane) {
        const double* from = record_at(memory_.flagged[list[std::min(first + lane, list.size() - 1)]]);
        double total = static_cast<double>(m_);
        for (std::size_t j = 0; j < m_; ++j) u[j * n + lane] = static_cast<float>(from[j]);
        for (std::size_t j = 0; j < m_; ++j) y[j * n + lane] = static_cast<float>(from[m_ + j]);
        if constexpr (P::kWeighted) {
          total = 0;
          for (std::size_t j = 0; j < m_; ++j) {
            w[j * n + lane] = static_cast<float>(from[2 * m_ + j]);
            total += from[2 * m_ + j];
          }
        }
        inverse_total[lane] = static_cast<float>(1 / total);
      }
      LanePoints<float> points;
      points.u = u;
      points.y = y;
      points.w = w;
      points.m = m_;
      points.inverse_total = load<float>(inverse_total);
      grid_gains<P>(points, gains);
      for (std::size_t lane = 0; lane < n && first + lane < list.size(); ++lane) {
        const std::size_t i = list[first + lane];
        starts.clear();
        grid_maxima<P>(gains, lane, starts);
        const auto better = [](const CandidateStart& p, const CandidateStart& q) { return p.bound < q.bound; };
        if (starts.size() > kMostStarts) {
          std::nth_element(starts.begin(), starts.begin() + static_cast<std::ptrdiff_t>(kMostStarts), starts.end(), better);
          starts.resize(kMostStarts);
        }
        for (const CandidateStart& s : starts)
          add_job(memory_.flagged[i], s.k, s.a, kWorthIt * memory_.bests[i] + kWorthItFloor, memory_.bests[i]);
      }
    }
  }

  // Ends of descents that are one optimum: the same slope within a tenth, the rise at the same z within a third.
  static bool same(double k, double a, double other_k, double other_a) {
    if ((k < 0) != (other_k < 0)) return false;
    const bool both_out = std::fabs(a) > std::fabs(k) + 1 && std::fabs(other_a) > std::fabs(other_k) + 1;
    if (both_out && P::kOneSided) return std::fabs(k - other_k) < 0.03 * std::max(std::fabs(k), std::fabs(other_k));
    return std::fabs(k - other_k) < 0.1 * std::max(std::fabs(k), std::fabs(other_k)) &&
           std::fabs(a - other_a - (k - other_k) * (other_a / other_k)) < 0.3;
  }

  // Of the ends of one curve's descents, the best few that are neither the curve's present optimum nor the same as a better one.
  void keep_best(std::size_t curve, std::vector<const Job*>& ends, std::vector<Job>& kept) {
    GroupState& state = memory_.state;
    // A total order, so that it does not matter which other curves there are.
    std::sort(ends.begin(), ends.end(), [](const Job* p, const Job* q) {
      return p->F != q->F ? p->F < q->F : p->k != q->k ? p->k < q->k : p->a < q->a;
    });
    const std::size_t first = kept.size();
    for (const Job* end : ends) {
      const Job& job = *end;
      bool known =
          state.outcome[curve] == Outcome::regular && same(job.k, job.a, state.at(Column::k, curve), state.at(Column::a, curve));
      for (std::size_t other = first; other < kept.size() && !known; ++other)
        known = same(job.k, job.a, kept[other].k, kept[other].a);
      if (!known) kept.push_back(job);
      if (kept.size() - first == kMostPolished) return;
    }
  }

  void screen() {
    auto& jobs = memory_.jobs;
    GroupState& state = memory_.state;
    if (jobs.empty()) return;
    RefillOptions options;
    options.tolerance = 1e-2;
    options.floor = 1e-7;
    options.most_evaluations = 14;
    options.verify = false;
    run_jobs<float>(options);

    // What may have found something better, by curve; of ends that are the same, the best.
    auto& kept = memory_.survivors;
    kept.clear();
    const auto here = jobs.begin();
    auto start = here, grid = here + static_cast<std::ptrdiff_t>(memory_.grid_jobs);
    const auto starts_end = grid, grid_end = jobs.end();
    while (start != starts_end || grid != grid_end) {
      const std::size_t curve = start == starts_end ? grid->curve
                                : grid == grid_end  ? start->curve
                                                    : std::min(start->curve, grid->curve);
      auto& ends = memory_.ends;
      ends.clear();
      const auto take = [&](auto& at, auto end) {
        for (; at != end && at->curve == curve; ++at)
          if (at->end != JobEnd::hopeless && at->F < at->target) ends.push_back(&*at);
      };
      take(start, starts_end);
      take(grid, grid_end);
      keep_best(curve, ends, kept);
    }
    jobs.swap(kept);
    for (Job& job : jobs) job.target = job.best;
    run_jobs<T>(final_options());
    memory_.finish.clear();
    for (const Job& job : jobs) {
      if (!(job.F < state.at(Column::F, job.curve)) && state.outcome[job.curve] == Outcome::regular) continue;
      if (state.outcome[job.curve] != Outcome::regular && !(job.F < state.at(Column::F, job.curve)) && job.end != JobEnd::converged)
        continue;
      state.at(Column::k, job.curve) = job.k;
      state.at(Column::a, job.curve) = job.a;
      state.at(Column::F, job.curve) = job.F;
      if (memory_.finish.empty() || memory_.finish.back() != job.curve) memory_.finish.push_back(job.curve);
    }
    finish(false);
    jobs.clear();
  }

  // Whether the best curve or step of flagged curve i is better than line and exponentials, by more than what finding those roughly
  // leaves open. Where it is not, a shape that is not symmetric has too many ways out of sight: the single path knows them.
  bool has_two_plateaus(std::size_t i) {
    constexpr double clearly = 1 - 1e-4;
    GroupState& state = memory_.state;
    const std::size_t curve = memory_.flagged[i];
    const bool inside = state.outcome[curve] == Outcome::regular;
    const double F = std::min(memory_.steps[i].F, inside ? state.at(Column::F, curve) : std::numeric_limits<double>::infinity());
    if (!(F < memory_.lines[i] * clearly)) return false;
    const bool out_of_sight = std::fabs(state.at(Column::a, curve)) - std::fabs(state.at(Column::k, curve)) > kOutOfSight;
    if (inside && out_of_sight && !(memory_.steps[i].F <= F)) return false;
    if (std::isinf(memory_.lines[i])) return true;  // it fits well, with both plateaus in sight
    const Record points = record(curve);
    for (const double rate : {0.3, 1.0, 3.0})
      for (const double sign : {1.0, -1.0})
        if (!(F < exponential_near(points, P::kFreesB, sign * rate).F * clearly)) return false;
    return true;
  }

  // Between the best curve inside and the best limit, as the single path decides: inside only where it is better by more than
  // rounding.
  void settle() {
    GroupState& state = memory_.state;
    for (std::size_t i = 0; i < memory_.flagged.size(); ++i) {
      const std::size_t curve = memory_.flagged[i];
      if constexpr (!P::Shape::symmetric) {
        if (!has_two_plateaus(i)) {
          state.outcome[curve] = Outcome::unsure;
          continue;
        }
      }
      const Record points = record(curve);
      const StepLimit& step = memory_.steps[i];
      const bool in_mirror = step.first_right > m_;
      const std::size_t first_right = in_mirror ? step.first_right - m_ - 1 : step.first_right;
      const double F = state.at(Column::F, curve), k = state.at(Column::k, curve), a = state.at(Column::a, curve);
      const bool inside = state.outcome[curve] == Outcome::regular;
      const double rounding = (is_double<T> ? 1e-9 : 1e-4) + 1e-15 * std::fabs(state.at(Column::L, curve));
      double limit_F = step.F;
      Outcome limit = step.has_middle ? Outcome::step_middle : Outcome::step;
      if (memory_.lines[i] < limit_F) {
        limit_F = memory_.lines[i];
        limit = Outcome::line;
      }
      ExponentialLimit exponential;
      const auto try_exponential = [&](double rate) {
        if (!(std::fabs(rate) > 1e-6 && std::fabs(rate) < 1e6)) return;
        const ExponentialLimit here = exponential_near(points, P::kFreesB, rate);
        if (here.F < exponential.F) exponential = here;
      };
      if (a - std::fabs(k) > kOutOfSight) try_exponential(k);
      // A step whose outer level is one point alone is an exponential that is steeper than the data can tell, and a finite one is
      // better.
      if (P::kFreesB && step.has_middle && !(inside && F < limit_F * (1 - rounding))) {
        const double f = (points.y[first_right - 1] - step.low) / (step.high - step.low);
        if (first_right + 1 == m_) try_exponential(-std::log(f) / (points.u[m_ - 1] - points.u[m_ - 2]));
        if (first_right == 2) try_exponential(std::log1p(-f) / (points.u[1] - points.u[0]));
      }
      if (exponential.F < limit_F * (1 - rounding)) {  // of equals the simpler one
        limit_F = exponential.F;
        limit = Outcome::exponential;
      }
      if (inside && F < limit_F * (1 - rounding)) continue;
      if ((!inside && !(limit_F < F * (1 + 1e-7))) || (!P::kFreesB && first_right == 0)) {
        state.outcome[curve] = Outcome::unsure;
        continue;
      }
      state.outcome[curve] = limit;
      state.at(Column::F, curve) = limit_F;
      if (limit == Outcome::line) continue;
      if (limit == Outcome::exponential) {
        state.at(Column::limit_x, curve) = exponential.rate;
        state.at(Column::limit_high, curve) = exponential.A;
        state.at(Column::limit_low, curve) = exponential.b;
        continue;
      }
      state.at(Column::k, curve) = in_mirror ? -1 : 1;
      state.at(Column::limit_low, curve) = step.low;
      state.at(Column::limit_high, curve) = step.high;
      if (step.has_middle) state.at(Column::limit_x, curve) = points.u[in_mirror ? m_ - first_right : first_right - 1];
    }
  }

  const Group& group_;
  EngineMemory& memory_;
  std::size_t m_;
};

}  // namespace HWY_NAMESPACE
}  // namespace ogive::batch
HWY_AFTER_NAMESPACE();
#endif
