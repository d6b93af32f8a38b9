// SPDX-License-Identifier: MIT
#include "tools/ogive-train/activations.h"

#include <algorithm>

#include "ogive/io/excerpt.h"
#include "ogive/io/suggest.h"
#include "tools/common/options.h"

namespace ogive::tools {
namespace {

using layer::ActivationKind;

constexpr ActivationKind simple_kinds[] = {ActivationKind::sigmoid, ActivationKind::tanh, ActivationKind::relu,
                                           ActivationKind::softplus};

bool exists_for(const sigmoid::Variant& variant, FloatType type) {
  return type == FloatType::float32 ? variant.float32 != nullptr : variant.float64 != nullptr;
}

}  // namespace

layer::Activation activation_of(const std::string& name, std::size_t size) {
  for (const ActivationKind kind : simple_kinds)
    if (layer::to_string(kind) == name) return {size, kind};
  if (name == layer::to_string(ActivationKind::leaky_relu)) return layer::Activation::leaky_relu(size);
  const auto* variant = sigmoid::find_variant(name);
  if (variant != nullptr && variant->target == sigmoid::Target::logistic) return layer::Activation::of_variant(size, name);
  std::vector<std::string> names = {"leaky_relu"};
  for (const ActivationKind kind : simple_kinds) names.emplace_back(layer::to_string(kind));
  for (const auto& other : sigmoid::catalogue())
    if (other.target == sigmoid::Target::logistic) names.emplace_back(other.name);
  if (variant != nullptr) throw UsageError("--hidden: the variant " + io::excerpt(name) + " is no form of the logistic function");
  const auto* nearest = io::nearest_name(name, names);
  throw UsageError("--hidden: there is no activation " + io::excerpt(name) +
                   (nearest ? "; did you mean " + *nearest + "?"
                            : "; there are sigmoid, tanh, relu, leaky_relu, softplus and the variants of 'ogive-error list'"));
}

std::vector<std::string> expanded(const std::vector<std::string>& names, FloatType type) {
  std::vector<std::string> result;
  const auto add = [&](std::string name) {
    if (std::find(result.begin(), result.end(), name) == result.end()) result.push_back(std::move(name));
  };
  for (const auto& name : names) {
    if (name != "all") {
      add(name);
      continue;
    }
    add("sigmoid");
    for (const auto& variant : sigmoid::catalogue())
      if (variant.target == sigmoid::Target::logistic && exists_for(variant, type)) add(std::string(variant.name));
  }
  return result;
}

}  // namespace ogive::tools
