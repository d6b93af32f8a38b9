// SPDX-License-Identifier: MIT
// How fast long tables are read, in one process: beside a bare loop of fast_float over x and y of the same text, and the numbers
// out.
//
//     bench_io [curves [points]]
//
// All figures are medians of thread-CPU time over rounds in which each way has its turn.
#include <fast_float/fast_float.h>
#include <fmt/compile.h>
#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <iterator>
#include <string>
#include <vector>

#include "ogive/base/random.h"
#include "ogive/io/csv_writer.h"
#include "ogive/io/long_blocks.h"
#include "ogive/io/number.h"

namespace io = ogive::io;

namespace {

constexpr int rounds = 15;

double cpu_seconds() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

struct Way {
  std::string name;
  std::function<double()> run;  // returns something that depends on all of it
  std::vector<double> seconds = {};
};

void measure(std::vector<Way>& ways) {
  volatile double sink = 0;
  for (int round = 0; round < rounds; ++round) {
    for (auto& way : ways) {
      const double start = cpu_seconds();
      sink = sink + way.run();
      way.seconds.push_back(cpu_seconds() - start);
    }
  }
}

double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + rounds / 2, values.end());
  return values[rounds / 2];
}

std::string long_table(std::size_t curves, std::size_t points, const std::string& quote, double digits) {
  ogive::Random random(1);
  std::string text = "curve,x,y\n";
  io::CsvWriter csv(text);
  const auto rounded = [&](double value) { return digits == 0 ? value : std::round(value * digits) / digits; };
  for (std::size_t i = 0; i < curves; ++i) {
    const double middle = random.uniform(3, 7), steep = random.uniform(0.5, 3);
    for (std::size_t j = 0; j < points; ++j) {
      const double x = 10 * static_cast<double>(j) / static_cast<double>(points - 1);
      text += quote + 'c' + std::to_string(i) + quote + ',';
      csv.cell(x).cell(rounded(1 / (1 + std::exp(-steep * (x - middle))) + 0.02 * random.normal())).end_row();
    }
  }
  return text;
}

/// Only the numbers: the key is skipped by looking for the comma.
double bare(const std::string& text, std::vector<double>& x, std::vector<double>& y) {
  const char* p = text.data() + text.find('\n') + 1;
  const char* const end = text.data() + text.size();
  std::size_t count = 0;
  while (p < end) {
    while (*p != ',') ++p;
    p = fast_float::from_chars(p + 1, end, x[count]).ptr;
    p = fast_float::from_chars(p + 1, end, y[count]).ptr + 1;
    ++count;
  }
  return x[count / 2] + y[count - 1];
}

double stages(const std::string& path, bool parse, bool admit) {
  io::LongBlocks blocks{io::ByteSource(path)};
  blocks.select({0}, 1, 2);
  static io::TextPiece piece;
  static io::CurveBlock block;
  double sum = 0;
  while (blocks.next(piece)) {
    sum += static_cast<double>(piece.text().size());
    if (!parse) continue;
    blocks.parse(piece, block);
    if (admit) blocks.admit(block);
    sum += block.y.back();
  }
  return sum;
}

void compare_readers(const std::string& title, const std::string& text) {
  const std::string path = (std::filesystem::temp_directory_path() / "ogive-bench-io.csv").string();
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (file == nullptr || std::fwrite(text.data(), 1, text.size(), file) != text.size()) std::exit(1);
  std::fclose(file);
  const auto rows = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  std::vector<double> x(rows), y(rows);
  std::vector<Way> ways = {{"fast_float alone, text in memory", [&] { return bare(text, x, y); }},
                           {"next()", [&] { return stages(path, false, false); }},
                           {"next(), parse()", [&] { return stages(path, true, false); }},
                           {"next(), parse(), admit()", [&] { return stages(path, true, true); }}};
  measure(ways);
  std::remove(path.c_str());
  const double base = median(ways[0].seconds);
  std::printf("%s: %.0f MB, %zu rows\n", title.c_str(), 1e-6 * static_cast<double>(text.size()), rows);
  for (const auto& way : ways) {
    const double seconds = median(way.seconds);
    std::printf("  %-34s %7.0f MB/s  %6.1f ns/row  speed against fast_float %.2f\n", way.name.c_str(),
                1e-6 * static_cast<double>(text.size()) / seconds, 1e9 * seconds / static_cast<double>(rows), base / seconds);
  }
}

void compare_formatters() {
  ogive::Random random(2);
  std::vector<double> values(200000);
  for (auto& value : values) value = random.normal() * std::exp(random.uniform(-5, 5));
  std::string text;
  const auto all = [&](auto append) {
    text.clear();
    for (const double value : values) append(value);
    return static_cast<double>(text.size());
  };
  std::vector<Way> ways = {
      {"std::to_chars",
       [&] {
         return all([&](double value) {
           char buffer[32];
           text.append(buffer, static_cast<std::size_t>(std::to_chars(buffer, buffer + 32, value).ptr - buffer));
         });
       }},
      {"fmt", [&] { return all([&](double value) { fmt::format_to(std::back_inserter(text), FMT_COMPILE("{}"), value); }); }},
      {"format_number", [&] { return all([&](double value) { text += io::format_number(value); }); }},
      {"CsvWriter", [&] {
         io::CsvWriter csv(text);
         return all([&](double value) { csv.cell(value); });
       }}};
  measure(ways);
  std::printf("numbers out, 17 digits\n");
  for (const auto& way : ways)
    std::printf("  %-34s %6.1f ns a number\n", way.name.c_str(), 1e9 * median(way.seconds) / static_cast<double>(values.size()));
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t curves = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 50000;
  const std::size_t points = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 20;
  compare_readers("long CSV, y of 17 digits", long_table(curves, points, "", 0));
  compare_readers("long CSV, y of 4 digits", long_table(curves, points, "", 1e4));
  compare_readers("long CSV, quoted keys", long_table(curves, points, "\"", 0));
  compare_formatters();
  return 0;
}
