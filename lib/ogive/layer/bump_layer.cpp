// SPDX-License-Identifier: MIT
#include "ogive/layer/bump_layer.h"

#include <cassert>
#include <cmath>
#include <limits>

#include "ogive/base/errors.h"
#include "ogive/base/random.h"
#include "ogive/layer/text.h"

namespace ogive::layer {

BumpLayer::BumpLayer(std::size_t features, BumpForm form, const BumpLayerOptions& options)
    : features_(features), form_(form), options_(options) {
  if (features == 0) throw InputError({}, "a bump layer needs at least one feature");
  const double least = options.sigma_min;
  if (!(least >= static_cast<double>(std::numeric_limits<float>::min())) ||
      !(least <= static_cast<double>(std::numeric_limits<float>::max())))
    throw InputError({}, "the least width of a bump must be a positive number of float32, not " + internal::number_text(least) +
                             ": a bump without support has no gradient");
}

std::string BumpLayer::describe() const {
  std::string free;
  if (options_.free.a) free += 'a';
  if (options_.free.c) free += 'c';
  if (options_.free.sigma) free += 's';
  return "bump " + std::to_string(features_) + ' ' + std::string(to_string(form_)) + (options_.shared ? " shared " : " own ") +
         (free.empty() ? "none" : free) + ' ' + std::string(to_string(options_.scale)) + ' ' +
         internal::number_text(options_.sigma_min);
}

void BumpLayer::write(std::span<double> p, std::size_t bump, const BumpParameters& values) const {
  assert(p.size() == parameters() && bump < bumps());
  p[bump] = values.a;
  p[bumps() + bump] = values.c;
  p[2 * bumps() + bump] = to_scale(options_.scale, values.sigma, options_.sigma_min);
}

BumpParameters BumpLayer::read(std::span<const double> p, std::size_t bump) const {
  assert(p.size() == parameters() && bump < bumps());
  return {p[bump], p[bumps() + bump], from_scale(options_.scale, p[2 * bumps() + bump], options_.sigma_min)};
}

void BumpLayer::initialise(std::span<double> p, Initialiser /*how*/, Random& random) const {
  const double low = form_ == BumpForm::canonical ? 1 : form_ == BumpForm::root ? 2 : 0.5;
  for (std::size_t bump = 0; bump < bumps(); ++bump) {
    const double centre = random.uniform(-0.5, 0.5);
    write(p, bump, {1, centre, random.uniform(low, 2 * low)});
  }
}

BumpLayer parse_bump_layer(std::string_view text) {
  const auto words = internal::words_of(text);
  const auto refuse = [&](std::string_view word, const char* expected) {
    throw InputError({}, "'" + std::string(word) + "' in '" + std::string(text) + "': expected " + expected);
  };
  if (words.size() != 7 || words[0] != "bump")
    refuse(text, "'bump', the features, form, own or shared, free kinds, scale, least width");
  std::size_t features = 0;
  if (!internal::read_number(words[1], features)) refuse(words[1], "a number of features");
  const auto form = parse_bump_form(words[2]);
  if (!form) refuse(words[2], "canonical, root or gaussian");
  BumpLayerOptions options;
  options.shared = words[3] == "shared";
  if (!options.shared && words[3] != "own") refuse(words[3], "own or shared");
  options.free = {false, false, false};
  if (words[4] != "none") {
    for (const char kind : words[4]) {
      bool* const free = kind == 'a'   ? &options.free.a
                         : kind == 'c' ? &options.free.c
                         : kind == 's' ? &options.free.sigma
                                       : nullptr;
      if (free == nullptr || *free) refuse(words[4], "letters out of acs, or none");
      *free = true;
    }
  }
  const auto scale = parse_sigma_scale(words[5]);
  if (!scale) refuse(words[5], "project, log or softplus");
  options.scale = *scale;
  if (!internal::read_number(words[6], options.sigma_min)) refuse(words[6], "the least width");
  return BumpLayer(features, *form, options);
}

}  // namespace ogive::layer
