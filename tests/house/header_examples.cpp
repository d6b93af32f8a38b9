// SPDX-License-Identifier: MIT
// The examples of the headers, compiled and linked: that this program exists is the test. It checks that no header was left out.
#include <cstdlib>
#include <iostream>

#include "prelude.h"

int main(int argc, char** argv) {
  const int expected = argc == 2 ? std::atoi(argv[1]) : 0;
  std::cout << CountExample::total() << " headers with examples, " << expected << " expected\n";
  return expected > 0 && CountExample::total() == expected ? 0 : 1;
}
