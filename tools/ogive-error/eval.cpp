// SPDX-License-Identifier: MIT
#include <cmath>
#include <span>

#include "ogive/accuracy/reference.h"
#include "tools/common/exit_code.h"
#include "tools/common/numbers.h"
#include "tools/common/records.h"
#include "tools/ogive-error/commands.h"
#include "tools/ogive-error/subjects.h"

namespace ogive::tools {
namespace {

constexpr int exact_digits = 25;

}  // namespace

int eval(const Arguments& arguments, Output& output) {
  const auto subjects = subjects_of(arguments);
  const Subject& subject = subjects.back();  // float32, or the widest type that there is
  const FloatType type = subject.type;
  const auto target = subject.variant.target;
  const auto x = read_numbers(std::span(arguments.words).subspan(arguments.library ? 0 : 1), type);
  RecordWriter writer(record_style(arguments), output);
  const auto results = results_at(subject, x);
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double y = results[i];
    const double right = accuracy::correctly_rounded(target, type, x[i]);
    const double error = accuracy::ulp_error(target, type, x[i], y);
    const bool exact = std::isnan(right) ? std::isnan(y) : y == right;
    const std::string truth = std::isnan(right)  ? "nan"
                              : std::isinf(x[i]) ? decimal(right, type)
                                                 : accuracy::exact_decimal(target, x[i], exact_digits);
    writer.add({{"variant", std::string(subject.variant.name)},
                {"type", std::string(ogive::to_string(type))},
                {"x", x[i], "x", decimal(x[i], type)},
                {"x_hex", hexadecimal(x[i])},
                {"result", y, "result", decimal(y, type)},
                {"hex", hexadecimal(y), "hex"},
                {"bits", bit_pattern(y, type), "bits"},
                {"exact", truth, "exact"},
                {"ulp", error, "error in ulp", brief(error)},
                {"correctly_rounded", exact, "correctly rounded", exact ? "yes" : "no, " + decimal(right, type)}});
  }
  writer.finish();
  output.finish();
  return exit_good;
}

}  // namespace ogive::tools
