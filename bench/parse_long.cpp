// SPDX-License-Identifier: MIT
// The least that anyone who reads a long table must do: cut it into lines and turn the last two cells of each into numbers with
// fast_float. Nothing is checked, compared or kept. What the command ogive-fit is measured against (bench/many_curves).
//
//   bench_parse_long FILE [THREADS]
//
// Prints: numbers, seconds elapsed, seconds of processor time.
#include <fast_float/fast_float.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <thread>
#include <vector>

namespace {

constexpr std::size_t piece = std::size_t{1} << 21;
constexpr std::size_t longest_line = 4096;

double processor_seconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

struct Sum {
  double total = 0;
  std::size_t numbers = 0;
};

// The lines that begin in [begin, end) of the text.
void parse(const char* at, const char* end, const char* limit, Sum& sum) {
  while (at < end) {
    const auto* comma = static_cast<const char*>(std::memchr(at, ',', static_cast<std::size_t>(limit - at)));
    if (comma == nullptr) return;
    double x = 0, y = 0;
    const auto first = fast_float::from_chars(comma + 1, limit, x);
    const auto second = fast_float::from_chars(first.ptr + 1, limit, y);
    sum.total += x + y;
    sum.numbers += 2;
    const auto* line_end = static_cast<const char*>(std::memchr(second.ptr, '\n', static_cast<std::size_t>(limit - second.ptr)));
    if (line_end == nullptr) return;
    at = line_end + 1;
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return std::fprintf(stderr, "usage: bench_parse_long FILE [THREADS]\n"), 2;
  const int file = open(argv[1], O_RDONLY);
  struct stat status {};
  if (file < 0 || fstat(file, &status) != 0) return std::perror(argv[1]), 3;
  const auto size = static_cast<std::size_t>(status.st_size);
  const std::size_t threads = argc > 2 ? static_cast<std::size_t>(std::atoi(argv[2])) : std::thread::hardware_concurrency();
  const auto start = std::chrono::steady_clock::now();
  std::atomic<std::size_t> next{0};
  std::vector<Sum> sums(threads);
  {
    std::vector<std::jthread> pool;
    for (std::size_t t = 0; t < threads; ++t)
      pool.emplace_back([&, t] {
        std::vector<char> buffer(piece + longest_line);
        Sum sum;
        for (std::size_t begin = next.fetch_add(piece); begin < size; begin = next.fetch_add(piece)) {
          const auto got = pread(file, buffer.data(), buffer.size(), static_cast<off_t>(begin));
          if (got <= 0) break;
          const char* const limit = buffer.data() + got;
          const char* at = buffer.data();  // the line that the piece cuts belongs to the one before; the first one is the header
          at = static_cast<const char*>(std::memchr(at, '\n', static_cast<std::size_t>(got)));
          if (at == nullptr) continue;
          parse(at + 1, std::min<const char*>(buffer.data() + piece + 1, limit), limit, sum);
        }
        sums[t] = sum;
      });
  }
  Sum all;
  for (const Sum& sum : sums) all.total += sum.total, all.numbers += sum.numbers;
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
  if (all.total == 0.5) std::puts("");  // so that the sum is needed
  std::printf("%zu %.4f %.4f\n", all.numbers, elapsed.count(), processor_seconds());
}
