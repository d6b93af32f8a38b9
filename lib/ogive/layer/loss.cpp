// SPDX-License-Identifier: MIT
#include "ogive/layer/loss.h"

#include <array>
#include <string>
#include <utility>

#include "ogive/base/errors.h"

namespace ogive::layer {
namespace {

constexpr std::array<std::pair<LossKind, std::string_view>, 4> names = {{{LossKind::mse, "mse"},
                                                                         {LossKind::bce_with_logits, "bce_with_logits"},
                                                                         {LossKind::softmax_cross_entropy, "softmax_cross_entropy"},
                                                                         {LossKind::gaussian_nll, "gaussian_nll"}}};

}  // namespace

std::string_view to_string(LossKind kind) {
  for (const auto& [value, name] : names)
    if (value == kind) return name;
  return {};
}

LossKind parse_loss(std::string_view name) {
  for (const auto& [value, known] : names)
    if (known == name) return value;
  if (name == "bce") return LossKind::bce_with_logits;
  if (name == "softmax") return LossKind::softmax_cross_entropy;
  if (name == "nll") return LossKind::gaussian_nll;
  throw InputError(Place{},
                   "'" + std::string(name) + "' is not a loss; use mse, bce_with_logits, softmax_cross_entropy or gaussian_nll");
}

std::size_t Loss::target_rows(std::size_t outputs) const {
  switch (kind) {
    case LossKind::mse:
    case LossKind::bce_with_logits:
      return outputs;
    case LossKind::softmax_cross_entropy:
      return 0;
    case LossKind::gaussian_nll:
      return outputs / 2;
  }
  return 0;
}

}  // namespace ogive::layer
