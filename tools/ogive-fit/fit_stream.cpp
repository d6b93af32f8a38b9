// SPDX-License-Identifier: MIT
#include "tools/ogive-fit/fit_stream.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "ogive/base/errors.h"
#include "ogive/base/ordered_pipeline.h"
#include "ogive/base/parallel_for.h"
#include "ogive/batch/fit_many.h"
#include "ogive/io/curve_block.h"
#include "tools/common/exit_code.h"
#include "tools/common/large_pages.h"
#include "tools/common/numbers.h"
#include "tools/common/options.h"
#include "tools/common/output.h"
#include "tools/common/progress.h"
#include "tools/common/run_tool.h"
#include "tools/common/signals.h"
#include "tools/ogive-fit/curve_stream.h"
#include "tools/ogive-fit/fit_rows.h"
#include "tools/ogive-fit/timing.h"
#include "tools/ogive-fit/verdicts.h"

namespace ogive::tools {
namespace {

constexpr std::size_t shortest_key_room = 32;
// With --precision float32 and --timing, each block of this many is fitted in float64, too.
constexpr std::size_t compared_every = 16;
// What float32 promises, and what float64 does.
constexpr double loose = 1e-3, tight = 1e-6;

batch::Curves view_of(const io::CurveBlock& block) {
  if (block.size() == 0) return batch::Curves::ragged({}, {}, block.offsets);
  const std::size_t points = block.points(0);
  if (block.is_float32) return batch::Curves::matrix(block.x32, block.y32, points);
  if (block.shared_x) return batch::Curves::matrix(block.x, block.y, points);
  return batch::Curves::ragged(block.x, block.y, block.offsets);
}

// How float32 compares with float64, on some of the curves.
struct Comparison {
  std::size_t curves = 0, within_loose = 0, within_tight = 0;
  std::int64_t narrow = 0, wide = 0;  // nanoseconds

  void add(const Comparison& other) {
    curves += other.curves;
    within_loose += other.within_loose;
    within_tight += other.within_tight;
    narrow += other.narrow;
    wide += other.wide;
  }

  std::string text() const {
    const auto share = [&](std::size_t part) {
      char words[32];
      std::snprintf(words, sizeof words, "%.4g %%", 100 * static_cast<double>(part) / static_cast<double>(curves));
      return std::string(words);
    };
    char ratio[32];
    std::snprintf(ratio, sizeof ratio, "%.2f", static_cast<double>(wide) / static_cast<double>(narrow));
    return "on " + grouped(curves) + " of the curves float32 is " + ratio + " times as fast as float64 (" +
           rate_text(curves, 1e-9 * static_cast<double>(narrow)) + " against " +
           rate_text(curves, 1e-9 * static_cast<double>(wide)) + " on one thread); its RSS is within 1e-3 of float64's for " +
           share(within_loose) + ", within 1e-6 for " + share(within_tight);
  }
};

// What is counted of the results.
struct Tally {
  std::size_t curves = 0, missing_points = 0, missing_curves = 0;
  Verdicts verdicts;

  void add(const batch::Fits& fits) {
    curves += fits.size();
    for (std::size_t i = 0; i < fits.size(); ++i) {
      verdicts.add(fits.status[i], fits.shape[i]);
      missing_points += fits.missing[i];
      missing_curves += fits.missing[i] > 0 ? 1 : 0;
    }
  }

  void add(const Tally& later) {
    curves += later.curves;
    missing_points += later.missing_points;
    missing_curves += later.missing_curves;
    verdicts.add(later.verdicts);
  }
};

// What is needed for as long as a block is worked on: one for each thread, so that it stays in the cache of its processor.
struct Workspace {
  std::vector<double> x, y;
  std::vector<float> x32, y32;
  batch::Fits fits;

  void exchange_points(io::CurveBlock& block) {
    x.swap(block.x);
    y.swap(block.y);
    x32.swap(block.x32);
    y32.swap(block.y32);
  }
};

struct Slot {
  std::size_t number = 0;
  Piece piece;
  io::CurveBlock block;  // with points only while it is worked on
  std::string memory;
  std::string_view text;  // in it
  Tally tally;
  Comparison comparison;
};

class Stream {
 public:
  Stream(io::ByteSource source, const Arguments& arguments)
      : arguments_(arguments),
        timing_(arguments.timing),
        stream_(std::move(source), arguments),
        rows_(*arguments.model, arguments.format, stream_.key_columns()) {
    if (arguments.format == Format::npy) {
      const std::size_t room = std::max(shortest_key_room, (2 * stream_.longest_key() + 7) / 8 * 8);
      rows_.plan_npy(stream_.numbered() ? std::vector<std::size_t>() : std::vector(stream_.key_columns().size(), room),
                     arguments.interval != fit::Interval::none);
    }
    options_.interval = arguments.interval;
    options_.confidence = arguments.confidence;
    options_.precision = arguments.float32 ? batch::Precision::float32 : batch::Precision::float64;
    options_.threads = 1;
  }

  std::size_t done() const { return tally_.curves; }

  int run() {
    defer_interrupts();
    Output output(arguments_.output);
    const bool npy = arguments_.format == Format::npy;
    if (npy && stream_.curves() == 0 && !output.can_write_at())
      throw UsageError("--format npy needs --output FILE here: how many curves there are is known only at the end");
    if (arguments_.interval == fit::Interval::profile && !arguments_.quiet)
      note("ogive-fit", "profile intervals are found one curve after the other; --interval wald is about 50 times faster");
    output.write(npy ? rows_.npy_records().header(stream_.curves()) : rows_.header());
    try {
      pass(output);
    } catch (const Interrupted&) {
      if (!arguments_.quiet) say_where_it_stopped(output);
      throw;
    }
    check_interrupt();
    if (npy && tally_.curves != stream_.curves()) output.write_at(0, rows_.npy_records().header(tally_.curves));
    output.finish();
    if (!arguments_.quiet && !output.closed()) say_what_came_of_it();
    if (arguments_.timing) say_timing();
    return arguments_.strict && !tally_.verdicts.all_good() ? exit_not_good : exit_good;
  }

 private:
  void pass(Output& output) {
    Progress progress("ogive-fit", "curves", stream_.curves(), arguments_.progress);
    PipelineOptions pipeline;
    pipeline.threads = arguments_.threads;
    pipeline.check = check_interrupt;
    std::size_t number = 0;
    ordered_pipeline<Slot>(
        pipeline,
        [&](Slot& slot) {
          const Spend spend(timing_, Stage::reading);
          slot.number = number++;
          return stream_.next(slot.piece);
        },
        [&](Slot& slot) { work(slot); },
        [&](Slot& slot) {
          {
            const Spend spend(timing_, Stage::reading);
            stream_.admit(slot.block);
          }
          const Spend spend(timing_, Stage::writing);
          output.write(slot.text);
          tally_.add(slot.tally);
          comparison_.add(slot.comparison);
          progress.advance_by(slot.block.size());
          progress.reach(stream_.share(slot.piece));
          return !output.closed();
        });
  }

  void work(Slot& slot) {
    thread_local Workspace workspace;
    workspace.exchange_points(slot.block);
    {
      const Spend spend(timing_, Stage::reading);
      stream_.parse(slot.piece, slot.block);
    }
    slot.comparison = {};
    if (arguments_.timing && arguments_.float32 && slot.number % compared_every == 0) compare(slot);
    batch::Fits& fits = workspace.fits;
    {
      const Spend spend(timing_, Stage::fitting);
      batch::fit_many(*arguments_.model, view_of(slot.block), options_, fits);
    }
    const Spend spend(timing_, Stage::writing);
    slot.text = rows_.write(slot.memory, fits, slot.block);
    slot.tally = {};
    slot.tally.add(fits);
    workspace.exchange_points(slot.block);
  }

  // Both once more, one after the other, so that they find the same cache.
  void compare(Slot& slot) const {
    batch::Options options = options_;
    const std::int64_t start = Spend::now();
    const batch::Fits narrow = batch::fit_many(*arguments_.model, view_of(slot.block), options);
    const std::int64_t middle = Spend::now();
    options.precision = batch::Precision::float64;
    const batch::Fits wide = batch::fit_many(*arguments_.model, view_of(slot.block), options);
    slot.comparison = {narrow.size(), 0, 0, middle - start, Spend::now() - middle};
    for (std::size_t i = 0; i < narrow.size(); ++i) {
      const bool neither = std::isnan(narrow.rss[i]) && std::isnan(wide.rss[i]);
      slot.comparison.within_loose += neither || narrow.rss[i] <= wide.rss[i] * (1 + loose);
      slot.comparison.within_tight += neither || narrow.rss[i] <= wide.rss[i] * (1 + tight);
    }
  }

  void say_where_it_stopped(Output& output) const {
    const bool to_file = arguments_.output && *arguments_.output != "-";
    if (!to_file) output.send();  // whole rows
    note("ogive-fit", "stopped after " + counted(tally_.curves, "curve") +
                          (to_file ? "; '" + *arguments_.output + "' was not written" : "; their rows are complete"));
  }

  void say_what_came_of_it() const {
    if (tally_.missing_points > 0) note("ogive-fit", missing_note(tally_.missing_points, tally_.missing_curves));
    if (!tally_.verdicts.all_good()) note("ogive-fit", tally_.verdicts.text(tally_.curves));
  }

  void say_timing() const {
    const unsigned threads = thread_count(arguments_.threads);
    const std::string engine = std::to_string(threads) + (threads == 1 ? " thread, " : " threads, ") +
                               (arguments_.float32 ? "float32" : "float64") + " lanes on " + std::string(batch::lane_target());
    std::string text = timing_.text("ogive-fit", tally_.curves, engine);
    if (comparison_.curves > 0) text += "ogive-fit: timing: " + comparison_.text() + '\n';
    std::fputs(text.c_str(), stderr);
  }

  const Arguments& arguments_;
  Timing timing_;
  CurveStream stream_;
  FitRows rows_;
  batch::Options options_;
  Tally tally_;
  Comparison comparison_;
};

}  // namespace

std::optional<int> fit_stream(io::ByteSource source, const Arguments& arguments, bool may_give_up) {
  if (arguments.interval != fit::Interval::profile) use_large_pages();
  Stream stream(std::move(source), arguments);
  try {
    return stream.run();
  } catch (const ScatteredCurves&) {
    const bool can_be_taken_back = stream.done() == 0 || (arguments.output && *arguments.output != "-");
    if (!may_give_up || !can_be_taken_back) throw;
    if (!arguments.quiet) note("ogive-fit", "the rows of a curve do not stand together; starting again with the table in memory");
    return std::nullopt;
  }
}

}  // namespace ogive::tools
