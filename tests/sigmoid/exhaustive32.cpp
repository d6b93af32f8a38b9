// SPDX-License-Identifier: MIT
// exhaustive32 TARGET|all [--all] [KERNEL...]: runs the float32 kernels over their inputs in increasing order, and compares with a
// double reference (relative error < 2^-50) and, where that is too near to a rounding boundary to decide, with MPFR.
//
// With --all it takes all 2^32 inputs: the proof, a minute or so of both processors. Without, a fixed sixteenth of those where the
// function is not constant and all inputs next to a place where something changes, some seconds: the test.
//
// Exit 1: a claim is broken; 77: this processor or build has no such target.
#include <mpfr.h>

#include <algorithm>
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
  std::uint64_t inputs = 0, misrounded = 0, near_boundary = 0, breaks = 0, wrong_nan = 0, outside = 0;
  void add(const Findings& other) {
    all.take(other.all);
    normal.take(other.normal);
    inputs += other.inputs;
    misrounded += other.misrounded;
    near_boundary += other.near_boundary;
    breaks += other.breaks;
    wrong_nan += other.wrong_nan;
    outside += other.outside;
  }
};

// The place of a float in increasing order: the NaNs with sign, -inf ... -0, 0 ... inf, the NaNs without.
float at_place(std::uint32_t place) { return std::bit_cast<float>(place < 0x80000000u ? ~place : place & 0x7fffffffu); }

std::uint32_t place_of(float x) {
  const std::uint32_t bits = std::bit_cast<std::uint32_t>(x);
  return std::signbit(x) ? ~bits : bits | 0x80000000u;
}

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
constexpr std::uint32_t kChunks = 1u << 20;

// Whether a chunk belongs to the test: one in 16, one in 256 where the function is constant, and those around the ends of the ways
// through a kernel and of the normal, the subnormal and the constant results.
bool in_sample(bool derivative, std::uint32_t chunk) {
  constexpr float infinity = std::numeric_limits<float>::infinity();
  for (const float edge : {0.0f, 0x1p-25f, 0x1.8p-23f, 0x1p-12f, 16.5f, 17.4f, 18.0f, 60.0f, 76.0f, 87.4f, 103.98f, 104.5f, 105.0f,
                           infinity, 0x1.250c02p-10f, 16.6435909f, 31.92f}) {  // the last: hardest to round, and the largest errors
    for (const float side : {edge, -edge}) {
      const std::uint32_t at = place_of(side) / kChunk;
      if (chunk + 1 >= at && chunk <= at + 1) return true;
    }
  }
  const float constant = constant_value(derivative, at_place(chunk * kChunk), at_place(chunk * kChunk + (kChunk - 1)));
  return chunk % (constant >= 0 ? 256 : 16) == 5;
}

void check_chunks(const Kernel& kernel, bool whole, std::uint32_t first_chunk, std::uint32_t end_chunk, Findings& found) {
  std::vector<float> x(kChunk), y(kChunk);
  for (std::uint32_t chunk = first_chunk; chunk < end_chunk; ++chunk) {
    if (!whole && !in_sample(kernel.is_derivative, chunk)) continue;
    found.inputs += kChunk;
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

bool check(const Kernel& kernel, const std::string& target, bool whole) {
  const unsigned workers = std::max(1u, std::thread::hardware_concurrency());
  constexpr std::uint32_t kShare = 1u << 10;  // interleaved shares: the work is not spread evenly over the inputs
  std::vector<Findings> found(workers);
  std::vector<std::thread> threads;
  for (unsigned worker = 0; worker < workers; ++worker) {
    threads.emplace_back([&, worker] {
      for (std::uint32_t share = worker; share < kChunks / kShare; share += workers)
        check_chunks(kernel, whole, share * kShare, (share + 1) * kShare, found[worker]);
    });
  }
  for (std::thread& thread : threads) thread.join();
  Findings sum;
  for (const Findings& part : found) sum.add(part);
  const bool good = sum.all.ulp <= kernel.bound && sum.normal.ulp <= kernel.normal_bound && sum.all.ulp > 0.49 &&
                    sum.inputs > kChunks && sum.wrong_nan == 0 && sum.outside == 0 &&
                    (!kernel.correctly_rounded || sum.misrounded == 0) && (!kernel.monotone || sum.breaks == 0);
  std::printf(
      "%-6s %-13s  %llu inputs: %.4f ulp @ %.9g (normal %.4f @ %.9g)  misrounded %llu (MPFR asked %llu)  breaks %llu  NaN %llu  "
      "outside %llu  "
      "%s\n",
      target.c_str(), kernel.name, static_cast<unsigned long long>(sum.inputs), sum.all.ulp, static_cast<double>(sum.all.x),
      sum.normal.ulp, static_cast<double>(sum.normal.x), static_cast<unsigned long long>(sum.misrounded),
      static_cast<unsigned long long>(sum.near_boundary), static_cast<unsigned long long>(sum.breaks),
      static_cast<unsigned long long>(sum.wrong_nan), static_cast<unsigned long long>(sum.outside), good ? "ok" : "BROKEN");
  std::fflush(stdout);
  return good;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> words(argv + 1, argv + argc);
  const bool whole = std::erase(words, "--all") > 0;
  if (words.empty()) words.emplace_back("all");
  bool good = true, any = false;
  for (const std::string& target : ogive::sigmoid::supported_targets()) {
    if (words.front() != "all" && words.front() != target) continue;
    const ogive::sigmoid::WithTarget with_target(target);
    for (const Kernel& kernel : kKernels) {
      if (words.size() > 1 && std::find(words.begin() + 1, words.end(), kernel.name) == words.end()) continue;
      any = true;
      good &= check(kernel, target, whole);
    }
  }
  return !any ? 77 : good ? 0 : 1;
}
