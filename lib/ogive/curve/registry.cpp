// SPDX-License-Identifier: MIT
#include "ogive/curve/registry.h"

#include <algorithm>
#include <array>
#include <string>

#include "ogive/base/errors.h"
#include "ogive/curve/gompertz.h"
#include "ogive/curve/logistic.h"
#include "ogive/curve/logistic2.h"
#include "ogive/curve/logistic3.h"
#include "ogive/curve/loglogistic.h"
#include "ogive/curve/richards.h"
#include "ogive/curve/richards4.h"

namespace ogive::curve {

namespace {

constexpr std::array all = {
    make_model<Logistic>(), make_model<Logistic3>(), make_model<Logistic2>(), make_model<LogLogistic>(),
    make_model<Gompertz>(), make_model<Richards>(),  make_model<Richards4>(),
};

}  // namespace

std::span<const Model> models() { return all; }

const Model* find_model(std::string_view name) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const Model& m) { return m.name == name; });
  return found == all.end() ? nullptr : &*found;
}

const Model& model(std::string_view name) {
  if (const Model* found = find_model(name)) return *found;
  std::string message = "there is no model '" + std::string(name) + "'; the models are";
  for (const char* separator = " "; const Model& m : all) {
    message += separator;
    message += m.name;
    separator = ", ";
  }
  throw InputError({}, message);
}

int Model::index_of(std::string_view parameter) const {
  for (std::size_t i = 0; i < parameters.size(); ++i)
    if (parameters[i].name == parameter) return static_cast<int>(i);
  return -1;
}

}  // namespace ogive::curve
