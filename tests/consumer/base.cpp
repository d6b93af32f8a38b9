// SPDX-License-Identifier: MIT
// A program of someone else that uses the smallest module.
#include <iostream>

#include "ogive/base/parallel_for.h"
#include "ogive/base/version.h"

int main() {
  int calls[8] = {};
  ogive::parallel_for(8, 2, [&](std::size_t i) { ++calls[i]; });
  for (const int count : calls)
    if (count != 1) return 1;
  std::cout << "ogive " << ogive::version() << '\n';
  return 0;
}
