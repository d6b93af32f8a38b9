// SPDX-License-Identifier: MIT
#include "tools/ogive-error/subjects.h"

#include <algorithm>

#include "ogive/accuracy/measure.h"
#include "ogive/base/errors.h"
#include "ogive/base/ulp.h"
#include "tools/common/options.h"
#include "tools/ogive-error/user_function.h"

namespace ogive::tools {
namespace {

constexpr FloatType every_type[] = {FloatType::float16, FloatType::bfloat16, FloatType::float32, FloatType::float64};

// The words that name variants: not the inputs of eval.
std::vector<std::string> names_of(const Arguments& a) {
  if (a.command != Command::eval) return a.words;
  return a.library ? std::vector<std::string>{} : std::vector<std::string>{a.words.at(0)};
}

bool names_all(const Arguments& a) {
  const auto names = names_of(a);
  if (std::find(names.begin(), names.end(), "all") == names.end()) return names.empty() && !a.library;
  if (a.command == Command::eval || a.command == Command::plot)
    throw UsageError(std::string(to_string(a.command)) + " takes one variant, not all");
  if (names.size() > 1) throw UsageError("'all' stands alone");
  return true;
}

}  // namespace

std::vector<sigmoid::Variant> variants_of(const Arguments& a) {
  std::vector<sigmoid::Variant> variants;
  if (names_all(a)) {
    const auto all = sigmoid::catalogue();
    variants.assign(all.begin(), all.end());
  } else {
    for (const auto& name : names_of(a)) {
      if (std::any_of(variants.begin(), variants.end(), [&](const auto& v) { return v.name == name; }))
        throw UsageError("the variant '" + name + "' is named twice");
      variants.push_back(sigmoid::variant(name));
    }
  }
  if (a.library) variants.insert(variants.begin(), load_user_function(*a.library, *a.symbol, a.types.at(0), a.target, a.claim));
  return variants;
}

std::vector<Subject> subjects_of(const Arguments& a) {
  std::vector<Subject> subjects;
  const bool all = names_all(a);
  for (const auto& variant : variants_of(a)) {
    std::vector<FloatType> types = a.types;
    if (types.empty() && accuracy::exists(variant, FloatType::float32)) types = {FloatType::float32};
    const bool asked = !types.empty() && !all && !a.types.empty();
    if (types.empty() && !all) types.assign(std::begin(every_type), std::end(every_type));
    for (const FloatType type : types) {
      if (accuracy::exists(variant, type))
        subjects.push_back({variant, type});
      else if (asked && types.size() == 1)
        throw InputError({}, "the variant '" + std::string(variant.name) + "' does not exist for " +
                                 std::string(ogive::to_string(type)) + "; it does for " + types_text(variant));
    }
  }
  return subjects;
}

std::string types_text(const sigmoid::Variant& variant, std::string_view separator) {
  std::string text;
  for (const FloatType type : every_type)
    if (accuracy::exists(variant, type)) text += (text.empty() ? "" : std::string(separator)) + std::string(ogive::to_string(type));
  return text;
}

std::vector<double> results_at(const Subject& subject, const std::vector<double>& x) {
  return with_function(subject, [&]<class T>(sigmoid::ArrayFunction<T> function, T) {
    std::vector<T> in(x.size()), out(x.size());
    std::transform(x.begin(), x.end(), in.begin(), from_double<T>);
    function(in.data(), out.data(), in.size());
    std::vector<double> y(x.size());
    std::transform(out.begin(), out.end(), y.begin(), [](T value) { return to_double(value); });
    return y;
  });
}

}  // namespace ogive::tools
