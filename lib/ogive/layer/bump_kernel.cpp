// SPDX-License-Identifier: MIT
#include "ogive/layer/bump_kernel.h"

#include <array>

namespace ogive::layer::kernel {

namespace baseline {
extern const Loops loops_of_set;
}
#if defined(__x86_64__)
namespace avx2 {
extern const Loops loops_of_set;
}
namespace avx512 {
extern const Loops loops_of_set;
}
#endif

const Loops* loop_set(std::size_t index) {
  std::array<const Loops*, 4> sets{&baseline::loops_of_set};  // the rest stays null
#if defined(__x86_64__)
  std::size_t count = 1;
  if (__builtin_cpu_supports("avx2")) sets[count++] = &avx2::loops_of_set;
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512vl"))
    sets[count++] = &avx512::loops_of_set;
#endif
  return index < sets.size() ? sets[index] : nullptr;
}

const Loops& loops() {
  static const Loops& best = [] {
    std::size_t last = 0;
    while (loop_set(last + 1) != nullptr) ++last;
    return *loop_set(last);
  }();
  return best;
}

}  // namespace ogive::layer::kernel
