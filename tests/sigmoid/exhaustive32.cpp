// SPDX-License-Identifier: MIT
// exhaustive32 [TARGET|all] [KERNEL...]: runs the float32 kernels over all 2^32 inputs, in increasing order, and compares with a
// double reference (relative error < 2^-50) and, where that is too near to a rounding boundary to decide, with MPFR. Exit 1: a
// claim is broken; 77: this processor or build has no such target.
#include <mpfr.h>

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <string>
#include <thread>
#include <vector>

#include "ogive/sigmoid/claims.h"
#include "ogive/sigmoid/kernels.h"
#include "ogive/sigmoid/targets.h"

namespace {

namespace claims = ogive::sigmoid::claims;

struct Kernel {
  const char* name;
  void (*run)(const float*, float*, std::size_t);
  bool is_derivative;
  double bound, normal_bound;
  bool correctly_rounded, monotone;  // the derivative: on either side of 0
};

constexpr Kernel kKernels[] = {
    {"logistic_cr", ogive::sigmoid::logistic_cr, false, 0.5, 0.5, true, true},
    {"logistic_u1", ogive::sigmoid::logistic_u1, false, claims::logistic_u1, claims::logistic_u1_normal, false, true},
    {"logistic_fast", ogive::sigmoid::logistic_fast, false, claims::logistic_fast, claims::logistic_fast_normal, false, false},
    {"derivative", ogive::sigmoid::derivative, true, claims::derivative, claims::derivative_normal, false, true},
};

struct Worst {
  double ulp = 0;
  float x = 0;
  void take(double error, float at) {
    if (error > ulp) ulp = error, x = at;
  }
  void take(const Worst& other) { take(other.ulp, other.x); }
};

struct Findings {
  Worst all, normal;
  std::uint64_t misrounded = 0, near_boundary = 0, breaks = 0, wrong_nan = 0, outside = 0;
  void add(const Findings& other) {
    all.take(other.all);
    normal.take(other.normal);
    misrounded += other.misrounded;
    near_boundary += other.near_boundary;
    breaks += other.breaks;
    wrong_nan += other.wrong_nan;
    outside += other.outside;
  }
};

// The place of a float in increasing order: the NaNs with sign, -inf ... -0, 0 ... inf, the NaNs without.
float at_place(std::uint32_t place) { return std::bit_cast<float>(place < 0x80000000u ? ~place : place & 0x7fffffffu); }

double reference(bool derivative, double x) {
  const double e = std::exp(derivative ? -std::abs(x) : -x);
  return derivative ? e / ((1 + e) * (1 + e)) : 1 / (1 + e);
}

float correctly_rounded(bool derivative, float x) {
  mpfr_t e, d;
  mpfr_inits2(300, e, d, static_cast<mpfr_ptr>(nullptr));
  mpfr_set_flt(e, derivative ? -std::abs(x) : -x, MPFR_RNDN);
  mpfr_exp(e, e, MPFR_RNDN);
  mpfr_add_ui(d, e, 1, MPFR_RNDN);
  if (derivative) {
    mpfr_sqr(d, d, MPFR_RNDN);
    mpfr_div(d, e, d, MPFR_RNDN);
  } else {
    mpfr_ui_div(d, 1, d, MPFR_RNDN);
  }
  const float y = mpfr_get_flt(d, MPFR_RNDN);
  mpfr_clears(e, d, static_cast<mpfr_ptr>(nullptr));
  return y;
}

void check_one(const Kernel& kernel, float x, float y, Findings& found) {
  if (std::isnan(x) || std::isnan(y)) {
    found.wrong_nan += std::isnan(x) == std::isnan(y) ? 0 : 1;
    return;
  }
  if (!(y >= 0 && y <= 1) || std::signbit(y)) ++found.outside;
  const double exact = reference(kernel.is_derivative, static_cast<double>(x));
  const int exponent = exact < 0x1p-126 ? -126 : static_cast<int>(std::bit_cast<std::uint64_t>(exact) >> 52) - 1023;
  const double ulps = std::bit_cast<double>(static_cast<std::uint64_t>(1023 + 23 - exponent) << 52);
  const double error = std::abs(static_cast<double>(y) - exact) * ulps;
  found.all.take(error, x);
  if (exact >= 0x1p-126) found.normal.take(error, x);
  const float below = static_cast<float>(exact * (1 - 0x1p-50)), above = static_cast<float>(exact * (1 + 0x1p-50));
  if (below != above) {
    ++found.near_boundary;
    found.misrounded += y == correctly_rounded(kernel.is_derivative, x) ? 0 : 1;
  } else {
    found.misrounded += y == below ? 0 : 1;
  }
}

// The value that the correctly rounded function has on the whole chunk from `first` to `last`, or -1.
float constant_value(bool derivative, float first, float last) {
  if (derivative) {
    if (last < -105 || first > 105) return 0.0f;
    return first > -0x1p-12f && last < 0x1p-12f ? 0.25f : -1.0f;
  }
  if (last < -105) return 0.0f;
  if (first > 18) return 1.0f;
  return first > -0x1p-25f && last < 0x1p-25f ? 0.5f : -1.0f;
}

constexpr std::uint32_t kChunk = 4096;

void check_chunks(const Kernel& kernel, std::uint32_t first_chunk, std::uint32_t end_chunk, Findings& found) {
  std::vector<float> x(kChunk), y(kChunk);
  for (std::uint32_t chunk = first_chunk; chunk < end_chunk; ++chunk) {
    const std::uint32_t place = chunk * kChunk;
    for (std::uint32_t i = 0; i < kChunk; ++i) x[i] = at_place(place + i);
    kernel.run(x.data(), y.data(), kChunk);
    float before = 0;  // the result one float below the chunk, computed alone
    if (place > 0) {
      before = at_place(place - 1);
      kernel.run(&before, &before, 1);
    }
    const float constant = constant_value(kernel.is_derivative, x.front(), x.back());
    bool simple = constant >= 0 && before == constant;
    for (std::uint32_t i = 0; simple && i < kChunk; ++i) simple = y[i] == constant && !std::signbit(y[i]);
    if (simple) continue;  // rounded correctly, so the error is below those of the other chunks
    for (std::uint32_t i = 0; i < kChunk; ++i) {
      check_one(kernel, x[i], y[i], found);
      const bool rising = !kernel.is_derivative || x[i] <= 0;
      if (rising ? before > y[i] : before < y[i]) ++found.breaks;
      before = y[i];
    }
  }
}

bool check(const Kernel& kernel, const std::string& target) {
  constexpr std::uint32_t kChunks = 1u << 20;
  const unsigned workers = std::max(1u, std::thread::hardware_concurrency());
  constexpr std::uint32_t kShare = 1u << 10;  // interleaved shares: the work is not spread evenly over the inputs
  std::vector<Findings> found(workers);
  std::vector<std::thread> threads;
  for (unsigned worker = 0; worker < workers; ++worker) {
    threads.emplace_back([&, worker] {
      for (std::uint32_t share = worker; share < kChunks / kShare; share += workers)
        check_chunks(kernel, share * kShare, (share + 1) * kShare, found[worker]);
    });
  }
  for (std::thread& thread : threads) thread.join();
  Findings sum;
  for (const Findings& part : found) sum.add(part);
  const bool good = sum.all.ulp <= kernel.bound && sum.normal.ulp <= kernel.normal_bound && sum.wrong_nan == 0 &&
                    sum.outside == 0 && (!kernel.correctly_rounded || sum.misrounded == 0) && (!kernel.monotone || sum.breaks == 0);
  std::printf(
      "%-6s %-13s  %.4f ulp @ %.9g (normal %.4f @ %.9g)  misrounded %llu (MPFR asked %llu)  breaks %llu  NaN %llu  outside %llu  "
      "%s\n",
      target.c_str(), kernel.name, sum.all.ulp, static_cast<double>(sum.all.x), sum.normal.ulp, static_cast<double>(sum.normal.x),
      static_cast<unsigned long long>(sum.misrounded), static_cast<unsigned long long>(sum.near_boundary),
      static_cast<unsigned long long>(sum.breaks), static_cast<unsigned long long>(sum.wrong_nan),
      static_cast<unsigned long long>(sum.outside), good ? "ok" : "BROKEN");
  std::fflush(stdout);
  return good;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> wanted(argv + 1, argv + argc);
  const bool all = wanted.empty() || wanted.front() == "all";
  bool good = true, any = false;
  for (const std::string& target : ogive::sigmoid::supported_targets()) {
    if (!all && target != wanted.front()) continue;
    any = true;
    const ogive::sigmoid::WithTarget with_target(target);
    for (const Kernel& kernel : kKernels) {
      bool chosen = wanted.size() < 2;
      for (std::size_t i = 1; i < wanted.size(); ++i) chosen |= wanted[i] == kernel.name;
      if (chosen) good &= check(kernel, target);
    }
  }
  return !any ? 77 : good ? 0 : 1;
}
