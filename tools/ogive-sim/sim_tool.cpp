// SPDX-License-Identifier: MIT
#include "tools/ogive-sim/sim_tool.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "ogive/base/ordered_pipeline.h"
#include "ogive/base/parallel_for.h"
#include "ogive/io/npy.h"
#include "tools/common/exit_code.h"
#include "tools/common/output.h"
#include "tools/common/progress.h"
#include "tools/common/signals.h"
#include "tools/ogive-sim/arguments.h"
#include "tools/ogive-sim/tables.h"

namespace ogive::tools {
namespace {

// About a megabyte of text.
constexpr std::size_t points_in_piece = 32768;
// A wide table is made in as many passes over the curves as it takes to hold no more than this.
constexpr std::size_t numbers_in_pass = std::size_t{1} << 25;

std::size_t points_of(const SimArguments& arguments) { return arguments.plan.points * arguments.plan.replicates; }

std::size_t curves_in_piece(const SimArguments& arguments) {
  return std::max<std::size_t>(1, points_in_piece / points_of(arguments));
}

// Calls make(first, last, piece) for pieces of the curves on several threads, and take(piece) for each in order.
template <class Make, class Take>
void in_pieces(const SimArguments& arguments, Make make, Take take) {
  struct Slot {
    std::uint64_t first = 0, last = 0;
    Piece piece;
  };
  const std::uint64_t size = curves_in_piece(arguments);
  std::uint64_t next = 0;
  PipelineOptions options;
  options.threads = arguments.threads;
  options.check = check_interrupt;
  ordered_pipeline<Slot>(
      options,
      [&](Slot& slot) {
        if (next == arguments.curves) return false;
        slot.first = next;
        slot.last = next = std::min(next + size, arguments.curves);
        return true;
      },
      [&](Slot& slot) { make(slot.first, slot.last, slot.piece); }, [&](Slot& slot) { return take(slot.piece); });
}

void write_curves(const SimArguments& arguments, Output& output, std::optional<Output>& x, std::optional<Output>& truth,
                  Progress& progress) {
  in_pieces(
      arguments, [&](std::uint64_t first, std::uint64_t last, Piece& piece) { make_piece(arguments, first, last, piece); },
      [&](const Piece& piece) {
        output.write(piece.data);
        if (x) x->write(piece.x);
        if (truth) truth->write(piece.truth);
        progress.advance_by(piece.curves);
        return !output.closed();
      });
}

// Row by row of all curves. The curves are drawn anew for each pass: that costs time, but no memory.
void write_wide(const SimArguments& arguments, Output& output, std::optional<Output>& truth, Progress& progress) {
  const auto curves = static_cast<std::size_t>(arguments.curves);
  const std::size_t rows = points_of(arguments);
  const std::size_t rows_in_pass = std::clamp<std::size_t>(numbers_in_pass / curves, 1, rows);
  std::string text = "x";
  for (std::size_t i = 0; i < curves; ++i) text += ',' + std::to_string(i + 1);
  output.write(text + '\n');
  std::vector<double> y(rows_in_pass * curves);
  std::vector<std::string> lines(rows_in_pass);
  for (std::size_t row = 0; row < rows; row += rows_in_pass) {
    const std::size_t count = std::min(rows_in_pass, rows - row);
    const bool last_pass = row + count == rows;
    const auto make = [&](std::uint64_t first, std::uint64_t last, Piece& piece) {
      curve::Simulated curve;
      for (std::uint64_t i = first; i < last; ++i) {
        Random random = curve::random_of(arguments.seed, i);
        simulate(random, arguments.plan, curve);
        for (std::size_t r = 0; r < count; ++r) y[r * curves + i] = curve.y[row + r];
      }
      piece.curves = static_cast<std::size_t>(last - first);
      if (truth && last_pass) make_piece(arguments, first, last, piece);
    };
    in_pieces(arguments, make, [&](const Piece& piece) {
      if (truth) truth->write(piece.truth);
      if (last_pass) progress.advance_by(piece.curves);
      return true;
    });
    parallel_for(count, arguments.threads, [&](std::size_t r) {
      check_interrupt();
      lines[r].clear();
      append_cell(lines[r], arguments.shared_x[(row + r) / arguments.plan.replicates], arguments.digits);
      for (std::size_t i = 0; i < curves; ++i) {
        lines[r] += ',';
        append_cell(lines[r], y[r * curves + i], arguments.digits);
      }
      lines[r] += '\n';
    });
    for (std::size_t r = 0; r < count; ++r) output.write(lines[r]);
    if (output.closed()) return;
  }
}

}  // namespace

int sim_tool(int argc, char** argv) {
  SimArguments arguments = read_sim_arguments(argc, argv);
  if (!arguments.instead.empty()) {
    Output output(std::nullopt);
    output.write(arguments.instead);
    output.finish();
    return exit_good;
  }
  arguments.plan.x = arguments.shared_x;
  const std::size_t points = points_of(arguments), curves = static_cast<std::size_t>(arguments.curves);

  defer_interrupts();
  Output output(arguments.output);
  std::optional<Output> x, truth;
  if (arguments.x_file) {
    x.emplace(arguments.x_file);
    const bool shared = !arguments.shared_x.empty();
    x->write(io::npy_header(io::NpyType::float64, shared ? std::vector{points} : std::vector{curves, points}));
    if (shared) x->write(shared_x_bytes(arguments));
  }
  if (arguments.truth) {
    truth.emplace(arguments.truth);
    truth->write(truth_header(*arguments.plan.model));
  }
  {
    Progress progress("ogive-sim", "curves", curves, arguments.progress);
    if (arguments.format == SimFormat::csv) output.write("curve,x,y\n");
    if (arguments.format == SimFormat::npy) output.write(io::npy_header(io::NpyType::float64, {curves, points}));
    if (arguments.format == SimFormat::wide)
      write_wide(arguments, output, truth, progress);
    else
      write_curves(arguments, output, x, truth, progress);
  }
  check_interrupt();
  if (truth) truth->finish();
  if (x) x->finish();
  output.finish();
  return exit_good;
}

}  // namespace ogive::tools
