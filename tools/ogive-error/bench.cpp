// SPDX-License-Identifier: MIT
#include <cmath>

#include "ogive/base/errors.h"
#include "tools/common/exit_code.h"
#include "tools/common/numbers.h"
#include "tools/common/progress.h"
#include "tools/common/records.h"
#include "tools/common/signals.h"
#include "tools/ogive-error/commands.h"
#include "tools/ogive-error/timing.h"

namespace ogive::tools {
namespace {

std::string spread_text(const Time& time) { return "+-" + std::to_string(std::lround(100 * time.spread)) + " %"; }

void add(Record& record, const std::string& key, const std::string& column, const Time& time, const Time& limit) {
  record.push_back({key + ".ns", time.nanoseconds, column, brief(time.nanoseconds)});
  record.push_back({key + ".spread", time.spread, "spread", spread_text(time)});
  const double ratio = time.nanoseconds / limit.nanoseconds;
  record.push_back({key + ".of_copy", ratio, key == "memory" ? "of a copy" : "", brief(ratio)});
}

}  // namespace

int bench(const Arguments& arguments, Output& output) {
  auto subjects = subjects_of(arguments);
  if (subjects.empty()) throw InputError({}, "no variant exists for this type");
  // One type in one run: without --type, that of the first.
  std::erase_if(subjects, [type = subjects.back().type](const Subject& s) { return s.type != type; });
  defer_interrupts();
  RecordWriter writer(record_style(arguments), output);
  std::vector<Times> times;
  {
    Progress progress("ogive-error", "timings", time_steps(subjects.size(), arguments.rounds), arguments.progress);
    times = time_all(subjects, arguments.rounds, [&] {
      check_interrupt();
      progress.advance();
    });
  }
  for (std::size_t i = 0; i < times.size(); ++i) {
    Record record = {{"variant", i == 0 ? std::string("(copy)") : std::string(subjects[i - 1].variant.name), "variant"},
                     {"type", std::string(ogive::to_string(subjects[0].type)), "type"}};
    add(record, "cache", "ns, in cache", times[i].cache, times[0].cache);
    add(record, "wide", "ns, wide", times[i].wide, times[0].wide);
    add(record, "memory", "ns, from memory", times[i].memory, times[0].memory);
    writer.add(record);
  }
  writer.finish();
  output.finish();
  return exit_good;
}

}  // namespace ogive::tools
