// SPDX-License-Identifier: MIT
#include "ogive/accuracy/pareto.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "ogive/base/errors.h"
#include "ogive/plot/error_figure.h"
#include "tools/common/exit_code.h"
#include "tools/common/numbers.h"
#include "tools/common/picture.h"
#include "tools/common/records.h"
#include "tools/common/terminal.h"
#include "tools/ogive-error/commands.h"
#include "tools/ogive-error/measuring.h"
#include "tools/ogive-error/timing.h"

namespace ogive::tools {
namespace {

constexpr double same_time = 0.02;  // times closer than this are taken to be equal

double error_of(const accuracy::ErrorSummary& errors, const std::string& kind) {
  if (errors.nan.count > 0) return std::numeric_limits<double>::infinity();
  if (kind == "normal_ulp") return errors.normal_ulp.value;
  if (kind == "absolute") return errors.absolute.value;
  if (kind == "mean_ulp") return errors.mean_ulp();
  return errors.ulp.value;
}

std::vector<bool> worth_by(const std::vector<Times>& times, const std::vector<accuracy::Measurement>& found,
                           const std::string& kind) {
  std::vector<accuracy::Cost> costs;
  for (std::size_t i = 0; i < found.size(); ++i) costs.push_back({times[i + 1].cache.nanoseconds, error_of(found[i].inside, kind)});
  std::vector<bool> worth(found.size());
  for (const std::size_t i : accuracy::pareto(costs, same_time)) worth[i] = true;
  return worth;
}

void draw(const Arguments& a, const std::vector<Subject>& subjects, const std::vector<Times>& times,
          const std::vector<accuracy::Measurement>& found, const std::vector<bool>& worth) {
  plot::ParetoFigure figure;
  figure.title =
      "Accuracy against time: " + std::string(to_string(a.target)) + ", " + std::string(ogive::to_string(subjects[0].type));
  figure.x_label = "ns per element, in cache";
  figure.y_label = a.error_kind == "absolute"   ? "largest absolute error"
                   : a.error_kind == "mean_ulp" ? "mean error in ulp"
                                                : "largest error in ulp";
  for (std::size_t i = 0; i < subjects.size(); ++i)
    figure.points.push_back(
        {std::string(subjects[i].variant.name), times[i + 1].cache.nanoseconds, error_of(found[i].inside, a.error_kind), worth[i]});
  write_picture(*a.plot, [&](plot::Format format, const plot::Options& options) { return plot::render(figure, format, options); });
}

}  // namespace

int pareto(const Arguments& arguments, Output& output) {
  auto subjects = subjects_of(arguments);
  // One function and one type in one picture.
  std::erase_if(subjects, [&](const Subject& s) { return s.variant.target != arguments.target; });
  if (subjects.empty()) throw InputError({}, "none of these variants stands for " + std::string(to_string(arguments.target)));
  std::erase_if(subjects, [type = subjects[0].type](const Subject& s) { return s.type != type; });
  defer_interrupts();
  RecordWriter writer(record_style(arguments), output);

  std::vector<accuracy::Measurement> found;
  {
    Measuring measuring(arguments, subjects.size());
    for (const auto& subject : subjects) {
      check_interrupt();
      found.push_back(measuring(subject));
    }
  }
  std::vector<Times> times;
  {
    Progress progress("ogive-error", "timings", time_steps(subjects.size(), arguments.rounds), arguments.progress);
    times = time_all(subjects, arguments.rounds, [&] {
      check_interrupt();
      progress.advance();
    });
  }
  const auto worth = worth_by(times, found, arguments.error_kind);
  const auto worth_ulp = worth_by(times, found, "ulp");
  const auto worth_absolute = worth_by(times, found, "absolute");
  std::vector<std::size_t> order(subjects.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if (worth[a] != worth[b]) return static_cast<bool>(worth[a]);
    return times[a + 1].cache.nanoseconds < times[b + 1].cache.nanoseconds;
  });
  for (const std::size_t i : order) {
    const auto& errors = found[i].inside;
    const Time& time = times[i + 1].cache;
    const std::string in_table = worth[i] ? "yes" : "-";
    writer.add({{"variant", std::string(subjects[i].variant.name), "variant"},
                {"type", std::string(ogive::to_string(subjects[i].type)), "type"},
                {"worth", static_cast<bool>(worth[i]), "worth choosing", in_table},
                {"worth_by.ulp", static_cast<bool>(worth_ulp[i])},
                {"worth_by.absolute", static_cast<bool>(worth_absolute[i])},
                {"cache.ns", time.nanoseconds, "ns, in cache", brief(time.nanoseconds)},
                {"cache.spread", time.spread},
                {"wide.ns", times[i + 1].wide.nanoseconds, "ns, wide", brief(times[i + 1].wide.nanoseconds)},
                {"memory.ns", times[i + 1].memory.nanoseconds},
                {"ulp", errors.ulp.value, "max ulp", brief(errors.ulp.value)},
                {"normal_ulp", errors.normal_ulp.value, "normal ulp", brief(errors.normal_ulp.value)},
                {"absolute", errors.absolute.value, "max absolute", brief(errors.absolute.value)},
                {"mean_ulp", errors.mean_ulp(), "mean ulp", brief(errors.mean_ulp())},
                {"nan", errors.nan.count, "NaN", grouped(errors.nan.count)}});
  }
  writer.finish();
  output.finish();
  if (arguments.plot) draw(arguments, subjects, times, found, worth);
  return exit_good;
}

}  // namespace ogive::tools
