// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// What the tests of all array kernels share: to run on each instruction set, and on pieces of an array.

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <string>
#include <vector>

#include "ogive/base/ulp.h"
#include "ogive/sigmoid/targets.h"

namespace ogive::test {

/// check(name) on each instruction set that this build and this processor have.
template <class Check>
void on_every_target(const Check& check) {
  BOOST_REQUIRE(!sigmoid::supported_targets().empty());
  for (const std::string& name : sigmoid::supported_targets()) {
    BOOST_TEST_CONTEXT("on " << name) {
      const sigmoid::WithTarget target(name);
      check(name);
    }
  }
}

/// The result of a kernel for one input.
template <class T>
T one(void (*run)(const T*, T*, std::size_t), T x) {
  T y{};
  run(&x, &y, 1);
  return y;
}

/// The same bits, or a NaN both.
template <class T>
bool same(T a, T b) {
  return std::memcmp(&a, &b, sizeof(T)) == 0 || (std::isnan(to_double(a)) && std::isnan(to_double(b)));
}

/// Runs a kernel on pieces of x that begin and end at many places, and on each element alone, into another array and in place.
/// Counts the results that are not the same as in one run over the whole of x, and the writes beyond a piece.
template <class T>
std::size_t count_misplaced(void (*run)(const T*, T*, std::size_t), const std::vector<T>& x) {
  const T guard = x.front();
  std::vector<T> whole(x.size());
  run(x.data(), whole.data(), x.size());
  std::size_t found = 0;
  for (std::size_t i = 0; i < x.size(); i += 7) found += !same(one(run, x[i]), whole[i]);
  for (const std::size_t start : {0u, 1u, 2u, 3u, 4u, 5u, 6u, 7u, 8u, 17u, 1023u, 2050u}) {
    for (const std::size_t n : {0u, 1u, 2u, 7u, 15u, 16u, 17u, 31u, 33u, 63u, 64u, 65u, 100u, 255u, 257u, 400u, 1024u, 1900u}) {
      if (start + n + 1 > x.size()) continue;
      std::vector<T> y(n + 2, guard), in_place(x.begin(), x.end());
      run(x.data() + start, y.data() + 1, n);
      run(in_place.data() + start, in_place.data() + start, n);
      found += !same(y.front(), guard) + !same(y.back(), guard);
      found += !same(in_place[start + n], x[start + n]) + (start > 0 && !same(in_place[start - 1], x[start - 1]));
      for (std::size_t i = 0; i < n; ++i) found += !same(y[i + 1], whole[start + i]) + !same(in_place[start + i], whole[start + i]);
    }
  }
  return found;
}

}  // namespace ogive::test
