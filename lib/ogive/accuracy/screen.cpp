// SPDX-License-Identifier: MIT
#include "ogive/accuracy/screen.h"

#include <array>

namespace ogive::accuracy {

namespace baseline {
extern const Screen loops;
}
#if defined(__x86_64__)
namespace avx2 {
extern const Screen loops;
}
namespace avx512 {
extern const Screen loops;
}
#endif

const Screen* screen_set(std::size_t index) {
  std::array<const Screen*, 4> sets{&baseline::loops};  // the rest stays null
#if defined(__x86_64__)
  std::size_t count = 1;
  if (__builtin_cpu_supports("avx2")) sets[count++] = &avx2::loops;
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512vl"))
    sets[count++] = &avx512::loops;
#endif
  return index < sets.size() ? sets[index] : nullptr;
}

const Screen& screen() {
  static const Screen& best = [] {
    std::size_t last = 0;
    while (screen_set(last + 1) != nullptr) ++last;
    return *screen_set(last);
  }();
  return best;
}

}  // namespace ogive::accuracy
