// SPDX-License-Identifier: MIT
#include "ogive/sigmoid/variants/build.h"

namespace ogive::sigmoid::variants {

#ifdef OGIVE_HAS_WIDE_LOOPS
bool has_wide_loops() {
  static const bool has = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  return has;
}
#endif

}  // namespace ogive::sigmoid::variants
