// SPDX-License-Identifier: MIT
#include "tools/common/exit_code.h"
#include "tools/common/numbers.h"
#include "tools/ogive-train/commands.h"

namespace ogive::tools {
namespace {

template <class T>
int run(const Arguments& arguments, FloatType type) {
  const auto form = arguments.bump.form.value_or(layer::BumpForm::canonical);
  const bool gaussian = form == layer::BumpForm::gaussian;
  const auto& bump = arguments.bump.truth;
  const auto a = static_cast<T>(bump.a), c = static_cast<T>(bump.c), sigma = static_cast<T>(bump.sigma);
  const auto x = read_numbers(arguments.words, type);
  Output output(arguments.output);
  RecordWriter writer(record_style(arguments), output);
  for (const double at : x) {
    const auto value = layer::evaluate(form, static_cast<T>(at), a, c, sigma);
    Record record = {{"form", std::string(layer::to_string(form))}, {"type", std::string(to_string(type))}};
    const auto add = [&](const std::string& key, const std::string& column, T number) {
      const auto exactly = static_cast<double>(number);
      record.push_back({key, exactly, column, decimal(exactly, type)});
    };
    add("x", "x", static_cast<T>(at));
    add("f", "f", value.f);
    add("df_dx", "df/dx", value.fx);
    add("df_da", "df/da", value.fa);
    add("df_dc", "df/dc", value.fc);
    add(gaussian ? "df_db" : "df_dsigma", gaussian ? "df/db" : "df/dsigma", value.fs);
    record.push_back({"f_hex", hexadecimal(static_cast<double>(value.f))});
    writer.add(record);
  }
  writer.finish();
  output.finish();
  return exit_good;
}

}  // namespace

int eval(const Arguments& arguments) {
  const FloatType type = arguments.type.value_or(FloatType::float64);
  return type == FloatType::float32 ? run<float>(arguments, type) : run<double>(arguments, type);
}

}  // namespace ogive::tools
