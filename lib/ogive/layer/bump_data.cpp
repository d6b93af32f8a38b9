// SPDX-License-Identifier: MIT
#include "ogive/layer/bump_data.h"

#include <cmath>

#include "ogive/base/errors.h"
#include "ogive/base/random.h"

namespace ogive::layer {

BumpData generate_bump(const BumpDataOptions& options) {
  const auto refuse = [](const char* reason) { throw InputError({}, reason); };
  if (!std::isfinite(options.low) || !std::isfinite(options.high) || !(options.low < options.high))
    refuse("the range of x must be two finite numbers, the smaller one first");
  if (!(options.truth.sigma > 0) || !std::isfinite(options.truth.sigma)) refuse("the width of the true bump must be positive");
  if (!std::isfinite(options.truth.a) || !std::isfinite(options.truth.c))
    refuse("height and centre of the true bump must be finite");
  if (options.samples == 0) refuse("no samples asked for");
  if (!(options.noise >= 0) || !std::isfinite(options.noise)) refuse("the noise must be 0 or more");

  BumpData data;
  data.x.resize(options.samples);
  data.y.resize(options.samples);
  Random places(options.seed);
  Random noise(options.seed ^ 0x6e6f697365);  // a stream of its own, so that noise does not move x
  for (std::size_t i = 0; i < options.samples; ++i) {
    data.x[i] = places.uniform(options.low, options.high);
    data.y[i] = evaluate(options.form, data.x[i], options.truth).f;
    if (options.noise > 0) data.y[i] += options.noise * noise.normal();
  }
  return data;
}

}  // namespace ogive::layer
