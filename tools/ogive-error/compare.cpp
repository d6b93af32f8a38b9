// SPDX-License-Identifier: MIT
#include "ogive/accuracy/compare.h"

#include "tools/common/exit_code.h"
#include "tools/common/numbers.h"
#include "tools/common/records.h"
#include "tools/ogive-error/commands.h"
#include "tools/ogive-error/measuring.h"

namespace ogive::tools {

int compare(const Arguments& given, Output& output) {
  Arguments arguments = given;
  if (arguments.types.empty()) arguments.types = {FloatType::float16, FloatType::bfloat16, FloatType::float32, FloatType::float64};
  const auto subjects = subjects_of(arguments);
  defer_interrupts();
  RecordWriter writer(record_style(arguments), output);
  {
    Measuring measuring(arguments, subjects.size());
    for (const auto& subject : subjects) {
      check_interrupt();
      const FloatType type = subject.type;
      const accuracy::TypeRow row = accuracy::type_row(measuring(subject));
      const std::string least = row.exhaustive ? "" : ">= ", most = row.exhaustive ? "" : "<= ";
      const auto& f = row.flushed;
      const std::string lost = f.count == 0 ? "nothing" : decimal(f.first, type) + " ... " + decimal(f.last, type);
      writer.add({{"variant", std::string(subject.variant.name), "variant"},
                  {"type", std::string(ogive::to_string(type)), "type"},
                  {"exhaustive", row.exhaustive},
                  {"ulp.value", row.ulp.value, "max ulp", least + brief(row.ulp.value)},
                  {"ulp.x", row.ulp.x, "at x", decimal(row.ulp.x, type)},
                  {"absolute.value", row.absolute.value, "max absolute", least + brief(row.absolute.value)},
                  {"absolute.x", row.absolute.x, "at that x", decimal(row.absolute.x, type)},
                  {"bits", row.bits, "bits that agree", most + brief(row.bits)},
                  {"mean_bits", row.mean_bits, "typical bits", brief(row.mean_bits)},
                  {"flushed.count", f.count},
                  {"flushed.first", f.first},
                  {"flushed.last", f.last, "lost to 0", lost}});
      output.send();
      if (output.closed()) break;  // nobody reads on
    }
  }
  writer.finish();
  output.finish();
  return exit_good;
}

}  // namespace ogive::tools
