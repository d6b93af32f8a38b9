// SPDX-License-Identifier: MIT
// The loops over samples behind bump_fit.h, compiled once for each instruction set.
//
// Sums run over 16 (float) or 8 (double) lanes and are folded in one order, and every operation is rounded on its own, so each set
// gives the same bits. Against bump.h the values differ in the last digits, and those below the least normal number are 0.
#pragma once

#include <cstddef>

#include "ogive/layer/bump_form.h"
#include "ogive/layer/bump_scale.h"

namespace ogive::layer::kernel {

/// The constants of Adam.
template <class T>
struct AdamRule {
  double learning_rate, beta1, beta2;
  T epsilon;
  BumpForm form;
  SigmaScale scale;
  T sigma_min;
  bool free[3];  // a, c, sigma
};

/// What Adam carries from step to step. p[2] is sigma in its scale.
template <class T>
struct AdamState {
  T p[3] = {};
  T m[3] = {}, v[3] = {};
  double power1 = 1, power2 = 1;  // beta^t
  std::size_t steps = 0;
};

/// Sums over samples, for the normal equations. With g the slopes at a = 1, in the order a, c, sigma, and without their factors
/// (see factors()); r = f - y.
struct NormalSums {
  double gg[6] = {};   // aa ac as cc cs ss
  double gr[3] = {};   // a c s
  double rr = 0;       // sum r^2
  double inside = 0;   // samples in the support
  double alive = 0;    // samples with a value above 0
  double largest = 0;  // the largest value at a = 1
};

/// One pass in batches, a step after each; ends early, with the number of the step in `bad_step`, where a loss is not finite.
/// Reads up to 64 bytes beyond n. Returns the sum of squared residuals as they went by.
template <class T>
using AdamPass = double (*)(const AdamRule<T>& rule, AdamState<T>& state, const T* x, const T* y, std::size_t n, std::size_t batch,
                            std::size_t& bad_step);

/// Adds the sums over n samples; reads up to 64 bytes beyond.
using NormalPass = void (*)(BumpForm form, double a, double c, double sigma, const double* x, const double* y, std::size_t n,
                            NormalSums& sums);

/// The loops of one instruction set.
struct Loops {
  const char* name;
  AdamPass<float> adam32;
  AdamPass<double> adam64;
  NormalPass normal;
};

/// The loops of set 0, 1, ... that this processor can run, the best one last; null beyond.
const Loops* loop_set(std::size_t index);

/// The best of them.
const Loops& loops();

}  // namespace ogive::layer::kernel
