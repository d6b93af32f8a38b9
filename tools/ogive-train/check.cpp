// SPDX-License-Identifier: MIT
#include "ogive/layer/check.h"

#include <algorithm>
#include <cmath>

#include "ogive/io/number.h"
#include "tools/common/exit_code.h"
#include "tools/common/run_tool.h"
#include "tools/ogive-train/commands.h"

namespace ogive::tools {
namespace {

constexpr double most = 1e-12;  // relative: more is a wrong gradient, not rounding

bool good(const layer::GradientCheck& entry) { return entry.worst() <= most; }  // not for NaN

}  // namespace

int check(const Arguments& arguments) {
  const auto entries = layer::check_all_gradients(arguments.seed);
  Output output(arguments.output);
  RecordWriter writer(record_style(arguments), output);
  std::size_t compared = 0;
  const layer::GradientCheck* worst = nullptr;
  for (const auto& entry : entries) {
    writer.add({{"what", entry.what, "what"},
                {"compared", static_cast<std::uint64_t>(entry.compared), "gradients"},
                {"parameters", entry.parameters, "by parameters", io::format_number(entry.parameters, 2)},
                {"input", entry.input, "by input", io::format_number(entry.input, 2)},
                {"good", good(entry), "", ""}});
    compared += entry.compared;
    if (worst == nullptr || !(entry.worst() <= worst->worst())) worst = &entry;
  }
  writer.finish();
  const bool all_good = std::all_of(entries.begin(), entries.end(), good);
  if (worst != nullptr) {
    const std::string verdict = "the worst of " + std::to_string(compared) + " gradients is off by " +
                                io::format_number(worst->worst(), 2) + " of its size, in " + worst->what +
                                (all_good ? "" : "; more than " + io::format_number(most) + " is wrong");
    if (arguments.format == RecordFormat::table)
      output.write("\n" + verdict + "\n");
    else if (!arguments.quiet)
      note("ogive-train", verdict);
  }
  output.finish();
  return all_good ? exit_good : exit_not_good;
}

}  // namespace ogive::tools
