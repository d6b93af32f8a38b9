// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// What the engine knows of each curve of a group, as arrays that vectors can be stored to: one entry a curve, with room for a
/// block.

#include <cstddef>
#include <cstdint>
#include <new>
#include <vector>

namespace ogive::batch {

/// Memory aligned for any vector, uninitialised; grows, never shrinks.
template <class T>
class AlignedBuffer {
 public:
  AlignedBuffer() = default;
  AlignedBuffer(const AlignedBuffer&) = delete;
  AlignedBuffer& operator=(const AlignedBuffer&) = delete;
  ~AlignedBuffer() { release(); }

  T* reserve(std::size_t count) {
    if (count > size_) {
      release();
      data_ = static_cast<T*>(::operator new(count * sizeof(T), std::align_val_t(alignment)));
      size_ = count;
    }
    return data_;
  }
  T* data() const { return data_; }

 private:
  static constexpr std::size_t alignment = 128;
  void release() {
    if (data_ != nullptr) ::operator delete(data_, std::align_val_t(alignment));
    data_ = nullptr;
  }
  T* data_ = nullptr;
  std::size_t size_ = 0;
};

/// Points of one curve in the group; all curves of a group have as many. x rises, y is finite, or the curve comes back as
/// `unclean`.
struct CurvePointers {
  const double* x = nullptr;
  const double* y = nullptr;
  const double* w = nullptr;   ///< null where all weights are 1
  const float* x32 = nullptr;  ///< instead of x and y where the input is float32
  const float* y32 = nullptr;
};

/// How a curve's fit ended, or where it stands.
enum class Outcome : std::uint8_t {
  unclean,      ///< not for the lanes: x does not rise, or y is not finite or constant
  unsure,       ///< to be done by the single path
  pending,      ///< waits for a job
  regular,      ///< an optimum inside
  step,         ///< a limit is better: two levels
  step_middle,  ///< three levels, one point within the rise
  line,         ///< a limit is better
  exponential,  ///< a limit is better
};

/// The columns of a group's state.
enum class Column : std::size_t {
  k,
  a,
  F,
  L,
  mean,        // the best curve: z = k u - a; y = L (s - mean), normalised
  transition,  // about how many points lie within the rise, over 4
  center,
  half,
  shift,
  scale,   // x = center + half u, y = shift + scale y
  total,   // sum of weights
  spread,  // sum of squares of y about its mean, normalised: 1 where b is free
  variance_L,
  variance_x0,
  variance_k,
  variance_b,  // over sigma^2, of the normalised parameters; x0 in u
  limit_low,
  limit_high,
  limit_x,  // of a step: levels, and u of the point within; of an exponential: b, A and rate
  count
};

/// The state of a group of curves.
class GroupState {
 public:
  void resize(std::size_t curves, std::size_t block) {
    capacity_ = (curves + block - 1) / block * block;
    values_.reserve(capacity_ * static_cast<std::size_t>(Column::count));
    outcome.assign(capacity_, Outcome::pending);
  }
  double* column(Column c) { return values_.data() + static_cast<std::size_t>(c) * capacity_; }
  double& at(Column c, std::size_t curve) { return column(c)[curve]; }

  std::vector<Outcome> outcome;

 private:
  AlignedBuffer<double> values_;
  std::size_t capacity_ = 0;
};

}  // namespace ogive::batch
