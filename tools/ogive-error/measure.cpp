// SPDX-License-Identifier: MIT
#include <chrono>

#include "tools/common/exit_code.h"
#include "tools/common/run_tool.h"
#include "tools/ogive-error/commands.h"
#include "tools/ogive-error/findings.h"
#include "tools/ogive-error/measuring.h"

namespace ogive::tools {

int measure(const Arguments& arguments, Output& output) {
  using Clock = std::chrono::steady_clock;
  const auto subjects = subjects_of(arguments);
  defer_interrupts();
  RecordWriter writer(record_style(arguments), output);
  std::vector<std::string> breaches;
  {
    Measuring measuring(arguments, subjects.size());
    for (const auto& subject : subjects) {
      check_interrupt();
      const auto start = Clock::now();
      const auto found = measuring(subject);
      const std::chrono::duration<double> time = Clock::now() - start;
      if (const auto breach = breach_text(subject, found); !breach.empty())
        breaches.push_back(std::string(subject.variant.name) + ", " + std::string(ogive::to_string(subject.type)) + ": " + breach);
      if (arguments.format == Format::table && subjects.size() == 1)
        output.write(page_of(subject, found));
      else
        writer.add(record_of(subject, found, time.count()));
      output.send();
      if (output.closed()) break;  // nobody reads on
    }
  }
  writer.finish();
  output.finish();
  if (!arguments.check) return exit_good;
  for (const auto& breach : breaches)
    if (!arguments.quiet) note("ogive-error", "claim broken: " + breach);
  return breaches.empty() ? exit_good : exit_not_good;
}

}  // namespace ogive::tools
