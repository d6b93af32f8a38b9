// SPDX-License-Identifier: MIT
#include "ogive/sigmoid/streaming.h"

#include <cstring>

#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace ogive::sigmoid {
namespace {

bool find_out() {
#if defined(__x86_64__)
  constexpr unsigned zen5 = 0x1A;  // family, as __get_cpuid tells it in two parts
  unsigned a = 0, b = 0, c = 0, d = 0;
  char vendor[12];
  if (__get_cpuid(0, &a, &b, &c, &d) == 0) return true;
  std::memcpy(vendor, &b, 4);
  std::memcpy(vendor + 4, &d, 4);
  std::memcpy(vendor + 8, &c, 4);
  if (__get_cpuid(1, &a, &b, &c, &d) == 0) return true;
  const unsigned family = (a >> 8 & 0xF) + (a >> 20 & 0xFF);
  return std::memcmp(vendor, "AuthenticAMD", sizeof vendor) != 0 || family < zen5;
#else
  return true;
#endif
}

}  // namespace

bool streaming_pays() {
  static const bool pays = find_out();
  return pays;
}

}  // namespace ogive::sigmoid
