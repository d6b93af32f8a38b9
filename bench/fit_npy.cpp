// SPDX-License-Identifier: MIT
// The engine alone: fit_many() on the arrays of two .npy files, once they are in memory. What the command ogive-fit is measured
// against (bench/many_curves).
//
//   bench_fit_npy X.npy Y.npy THREADS none|wald [TIMES]
//
// Prints of each call: curves, seconds elapsed, seconds of processor time. The first one makes the memory for the results.
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <string_view>

#include "ogive/batch/fit_many.h"
#include "ogive/curve/registry.h"
#include "ogive/io/curve_block.h"
#include "ogive/io/npy.h"

namespace {

double processor_seconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc < 5) return std::fprintf(stderr, "usage: bench_fit_npy X.npy Y.npy THREADS none|wald [TIMES]\n"), 2;
  ogive::io::NpyCurves files{ogive::io::ByteSource(argv[1]), ogive::io::ByteSource(argv[2]), SIZE_MAX};
  ogive::io::NpyPiece piece;
  ogive::io::CurveBlock block;
  files.next(piece);
  files.parse(piece, block);
  using ogive::batch::Curves;
  const Curves curves =
      block.is_float32 ? Curves::matrix(block.x32, block.y32, files.points()) : Curves::matrix(block.x, block.y, files.points());
  ogive::batch::Options options;
  options.threads = static_cast<unsigned>(std::atoi(argv[3]));
  options.interval = std::string_view(argv[4]) == "wald" ? ogive::fit::Interval::wald : ogive::fit::Interval::none;
  ogive::batch::Fits fits;
  for (int i = 0; i < (argc > 5 ? std::atoi(argv[5]) : 1); ++i) {
    const auto start = std::chrono::steady_clock::now();
    const double spent = processor_seconds();
    ogive::batch::fit_many(ogive::curve::model("logistic"), curves, options, fits);
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    std::printf("%zu %.4f %.4f\n", fits.size(), elapsed.count(), processor_seconds() - spent);
  }
} catch (const std::exception& error) {
  return std::fprintf(stderr, "bench_fit_npy: %s\n", error.what()), 1;
}
