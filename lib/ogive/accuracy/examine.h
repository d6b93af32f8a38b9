// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Looks at the results of one chunk of neighbouring inputs and adds what it finds to a summary.

#include <array>
#include <cstddef>

#include "ogive/accuracy/plan.h"
#include "ogive/accuracy/screen.h"
#include "ogive/accuracy/summary.h"

namespace ogive::accuracy {

/// The most inputs in one chunk, and so in one call of a variant.
inline constexpr std::size_t chunk_size = 4096;

/// Room for a chunk, padded for the loops of screen.h.
using Floats = std::array<float, chunk_size + lanes>;

/// A chunk: inputs of one sign, in the order of their magnitudes, all on one side of one piece.
struct Chunk {
  Side side;
  const Floats* x;
  const Floats* y;
  std::size_t count;   ///< inputs
  bool has_next;       ///< x[count], y[count] are the next input and its result: for monotonicity only
  bool first_or_last;  ///< of its piece: the errors of correct constants are largest there
};

/// Examines chunks for one thread. The constructor is cheap but for its size (some 15 KB).
class Examiner {
 public:
  Examiner(sigmoid::Target target, FloatType type);

  /// @return whether the results are the known ones: there was nothing to compute
  bool examine(const Chunk& chunk, ErrorSummary& summary);

  /// |s(x) + s(-x) - 1| and its like over a chunk of both signs: x and its results y, and the results at -x.
  void compare_signs(const Floats& x, const Floats& y, const Floats& y_of_minus_x, std::size_t count, ErrorSummary& summary);

 private:
  static constexpr std::size_t block_size = 512;

  bool examine_constant(const Chunk& chunk, ErrorSummary& summary);
  bool examine_wrong_constant(const Chunk& chunk, ErrorSummary& summary);
  void examine_undefined(const Chunk& chunk, ErrorSummary& summary);
  void examine_block(const Chunk& chunk, std::size_t begin, std::size_t count, ErrorSummary& summary);
  void examine_looks(const Chunk& chunk, ErrorSummary& summary);
  void note(const Side& side, double x, double y, double error, ErrorSummary& summary) const;
  double error_at(float x, float y);

  sigmoid::Target target_;
  FloatType type_;
  FloatFormat format_;
  const Screen& screen_;
  Range range_;  // of the function's values
  std::array<double, block_size> truth_{}, absolute_{}, error_{};
};

}  // namespace ogive::accuracy
