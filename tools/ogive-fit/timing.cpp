// SPDX-License-Identifier: MIT
#include "tools/ogive-fit/timing.h"

#include <cstdio>
#include <ctime>

#include "tools/common/numbers.h"

namespace ogive::tools {
namespace {

std::string seconds_text(double seconds) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%9.3f s", seconds);
  return text.data();
}

}  // namespace

std::int64_t Spend::now() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return std::int64_t{1000000000} * time.tv_sec + time.tv_nsec;
}

std::string rate_text(std::size_t curves, double seconds) {
  if (!(seconds > 0)) return "";
  return grouped(static_cast<std::uint64_t>(static_cast<double>(curves) / seconds)) + " curves/s";
}

std::string Timing::text(const std::string& program, std::size_t curves, const std::string& engine) const {
  std::string lines;
  double sum = 0;
  const auto line = [&](const std::string& what, double seconds, const std::string& more) {
    lines += program + ": timing: " + what + seconds_text(seconds) + "  " + rate_text(curves, seconds) + more + '\n';
  };
  for (const auto& [name, stage] :
       {std::pair{"reading", Stage::reading}, {"fitting", Stage::fitting}, {"writing", Stage::writing}}) {
    line(name, seconds(stage), "");
    sum += seconds(stage);
  }
  line("in all ", sum, ", processor time");
  line("elapsed", passed(), ", " + grouped(curves) + (curves == 1 ? " curve, " : " curves, ") + engine);
  return lines;
}

}  // namespace ogive::tools
