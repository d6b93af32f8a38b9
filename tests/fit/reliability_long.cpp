// SPDX-License-Identifier: MIT
// reliability_test on as many curves as wanted: a program to be run by hand, as each curve costs its judge 10 ms.
//
//   cmake --build --preset dev --target fit_reliability_long && build/dev/tests/bin/fit_reliability_long [curves = 10000] [seed =
//   1]
//
// It exits with 1 where a share is below the claim: 99.99 % of the easy and 99.9 % of the hard curves.
#include <cstdio>
#include <cstdlib>
#include <string>

#include "fit/support/reliability.h"

using ogive::fit_test::all_units;
using ogive::fit_test::Judged;
using ogive::fit_test::Tally;
using ogive::fit_test::Units;

namespace {

constexpr double easy_found = 0.9999;
constexpr double hard_found = 0.999;

bool report(const char* name, const std::vector<Judged>& set, double claim) {
  bool held = true;
  for (const Units units : all_units) {
    const Tally tally = ogive::fit_test::tally(set, units);
    std::printf("%s, %-18s best %zu of %zu, the same shape %zu, the same parameters %zu of %zu\n", name,
                std::string(to_string(units)).c_str(), tally.found, tally.curves, tally.same_shape, tally.same_parameters,
                tally.regular);
    for (const std::string& words : tally.missed) std::printf("  missed: %s\n", words.c_str());
    for (const std::string& words : tally.broken) std::printf("  broken: %s\n", words.c_str());
    held = held && tally.found_share() >= claim && tally.broken.empty();
  }
  return held;
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t curves = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 10000;
  const std::uint64_t seed = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1;
  const bool easy = report("easy", ogive::fit_test::judged(ogive::fit_test::easy_curves(curves, seed)), easy_found);
  const bool hard = report("hard", ogive::fit_test::judged(ogive::fit_test::hard_curves(curves, seed + 1)), hard_found);
  return easy && hard ? 0 : 1;
}
