// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Runs a test of the engine's parts on every instruction set that this processor has. The parts live in headers that are compiled
/// anew for each, and so is the test that includes this one: see evaluate_test.cpp.

#include <hwy/highway.h>

#include <boost/test/unit_test.hpp>
#include <cstdint>

namespace ogive::batch_test {

/// Calls body() once for each instruction set, with Highway's dispatch directed at it.
template <class Body>
void on_every_target(std::int64_t compiled, const Body& body) {
  int count = 0;
  for (std::int64_t left = hwy::SupportedTargets() & compiled; left != 0; left &= left - 1) {
    hwy::SetSupportedTargetsForTest(left & -left);
    BOOST_TEST_CONTEXT(hwy::TargetName(left & -left)) body();
    ++count;
  }
  hwy::SetSupportedTargetsForTest(0);
  BOOST_TEST(count > 0);
}

}  // namespace ogive::batch_test
