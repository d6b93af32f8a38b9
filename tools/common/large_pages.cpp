// SPDX-License-Identifier: MIT
#include "tools/common/large_pages.h"

#include <cstdint>
#include <cstdlib>  // defines __GLIBC__, too

#if defined(__GLIBC__) && defined(__x86_64__) && !defined(OGIVE_SANITIZED)
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

namespace ogive::tools {
namespace {

constexpr std::uintptr_t page = std::uintptr_t{1} << 21, heap = 32 * page;  // of address space: what is not touched costs nothing

}  // namespace

void use_large_pages() {
  // The heap goes on at a page of its own.
  const auto end = reinterpret_cast<std::uintptr_t>(sbrk(0));
  if (sbrk(static_cast<std::intptr_t>((page - end % page) % page)) == reinterpret_cast<void*>(-1)) return;
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_MMAP_THRESHOLD, static_cast<int>(2 * page));
  mallopt(M_TRIM_THRESHOLD, static_cast<int>(2 * heap));
  mallopt(M_TOP_PAD, static_cast<int>(heap));
  char* const begin = static_cast<char*>(sbrk(0));
  // Makes the heap grow, and stays: malloc touches what lies before its blocks, and a page that is touched is small for good.
  [[maybe_unused]] static void* volatile first_page = nullptr;
  first_page = std::malloc(page - 4096);
  char* const top = static_cast<char*>(sbrk(0));
  if (top > begin) static_cast<void>(madvise(begin, static_cast<std::size_t>(top - begin), MADV_HUGEPAGE));
  mallopt(M_TOP_PAD, static_cast<int>(page));
}

}  // namespace ogive::tools
#else
namespace ogive::tools {
void use_large_pages() {}
}  // namespace ogive::tools
#endif
