// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Looks at the results of one chunk of neighbouring inputs and adds what it finds to a summary.

#include <array>
#include <cstddef>
#include <tuple>

#include "ogive/accuracy/plan.h"
#include "ogive/accuracy/screen.h"
#include "ogive/accuracy/summary.h"

namespace ogive::accuracy {

/// The most inputs in one chunk, and so in one call of a variant: x and the results of both signs stay in the first-level cache.
inline constexpr std::size_t chunk_size = 2048;

/// Room for a chunk, padded for the loops of screen.h (and by more, so that two such arrays in a row are not a page apart: reads
/// of the one would wait for writes of the other).
using Floats = std::array<float, chunk_size + 512>;
static_assert(chunk_size + lanes <= std::tuple_size_v<Floats> && chunk_size % (2 * lanes) == 0);

/// A chunk: inputs of one sign, in the order of their magnitudes, all on one side of one piece.
struct Chunk {
  Side side;
  const Floats* x;
  const Floats* y;
  std::size_t count;   ///< inputs
  bool has_next;       ///< x[count], y[count] are the next input and its result: for monotonicity only
  bool first_or_last;  ///< of its piece: the errors of correct constants are largest there
};

/// Worst errors already known from elsewhere. What is below need not be located again, since it is not the worst of all.
struct Known {
  double ulp = 0, normal_ulp = 0, absolute = 0, relative = 0, asymmetry = 0, drop = 0;
};

/// Examines chunks for one thread. The constructor is cheap but for its size (some 30 KB).
///
/// Chunks of float32 neighbours take one pass (scan() in screen.h) where they hold nothing remarkable. Where they do (a new worst
/// error, an error near a boundary, a NaN, a step down ...) they are examined again, block by block.
class Examiner {
 public:
  /// @param inside, outside  worst errors known for inputs inside and outside the stated domain
  Examiner(sigmoid::Target target, FloatType type, const Known& inside = {}, const Known& outside = {});

  /// @return whether the results are the known ones: there was nothing to compute
  bool examine(const Chunk& chunk, ErrorSummary& summary);

  /// Whether the chunk that was examined last has one result throughout.
  bool was_flat() const { return flat_; }

  /// |s(x) + s(-x) - 1| and its like over a chunk of both signs: the results y at |x|, and those at -|x|.
  /// @param inside  whether x and -x are in the stated domain
  void compare_signs(const Floats& x, const Floats& y, const Floats& y_of_minus_x, std::size_t count, bool inside,
                     ErrorSummary& summary);

 private:
  static constexpr std::size_t block_size = 512;

  bool examine_neighbours(const Chunk& chunk, ErrorSummary& summary);
  void prepare_fall(float step);
  bool examine_constant(const Chunk& chunk, ErrorSummary& summary);
  bool examine_wrong_constant(const Chunk& chunk, ErrorSummary& summary);
  bool add_harmless_constant(const Chunk& chunk, ErrorSummary& summary);
  void examine_undefined(const Chunk& chunk, ErrorSummary& summary);
  void examine_block(const Chunk& chunk, std::size_t begin, std::size_t count, ErrorSummary& summary);
  void examine_looks(const Chunk& chunk, ErrorSummary& summary);
  void note(const Side& side, double x, double y, double error, ErrorSummary& summary) const;
  bool is_at_rest(float first, float last) const;
  double error_at(float x, float y);
  void add_large(std::size_t count, double largest, std::uint64_t above_4, ErrorSummary& summary) const;

  sigmoid::Target target_;
  FloatType type_;
  FloatFormat format_;
  const Screen& screen_;
  Range range_;  // of the function's values
  Known known_inside_, known_outside_;
  std::size_t passes_to_skip_ = 0;  // where errors are large, one pass is seldom enough, and is not tried on each chunk
  /// The last wrong constant where the truth had come to rest.
  struct Plateau {
    const ErrorSummary* summary = nullptr;  ///< that has its errors
    Side side;
    bool far = false;
    float result = 0;
    std::size_t histogram_index = 0;
  };
  std::array<Plateau, 2> plateaus_;  // of either sign, as their chunks alternate
  bool flat_ = false;
  float fall_step_ = 0;  // what fall_ holds: 1 - e^-(i fall_step_)
  std::array<double, block_size> truth_{}, absolute_{}, error_{};
  std::array<double, chunk_size> fall_{};
};

}  // namespace ogive::accuracy
