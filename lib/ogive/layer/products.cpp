// SPDX-License-Identifier: MIT
// C += A B as blocks of C that stay in registers. A block is kRows vectors high, along the columns of C and A, and up to kColumns
// wide; for each k it takes kRows vectors of column k of A and, for each of its columns, one number of B, spread over a vector:
//
//     for k:  for u: a_u = A(i + u lanes, k)        for j: for u: c_uj += a_u b_kj
//
// B is read with two strides, so B and B^T are the same code. A^T is copied into the order of A first, which costs one pass over
// the weights for the batch / 2 passes of the product. The rows that do not fill a vector are computed in a padded copy of theirs.
//
// The sum of a number goes over k in order, whatever the block, so the sizes and the place do not matter to the bits.
#include "ogive/layer/products.h"

#include <algorithm>
#include <vector>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "ogive/layer/products.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace ogive::layer {
namespace HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

// As many sums as the registers hold, less those for a column of A and a number of B.
#if HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_AVX3_DL
constexpr std::size_t kColumns = 12;
#else
constexpr std::size_t kColumns = 6;
#endif
constexpr std::size_t kRows = 2;

// What all blocks of a product share.
template <class T>
struct Operands {
  const T* a;
  std::size_t a_step;  // from a column of A to the next
  const T* b;
  std::size_t k_step, j_step;
  T* c;
  std::size_t c_step;
  std::size_t depth;
};

template <std::size_t R, std::size_t N, class T>
HWY_INLINE void block(const Operands<T>& o, std::size_t i, std::size_t j) {
  const hn::ScalableTag<T> d;
  using V = hn::Vec<decltype(d)>;
  const std::size_t lanes = hn::Lanes(d);
  V sum[N][R];
  T* const c = o.c + j * o.c_step + i;
  for (std::size_t n = 0; n < N; ++n)
    for (std::size_t u = 0; u < R; ++u) sum[n][u] = hn::LoadU(d, c + n * o.c_step + u * lanes);
  const T* a = o.a + i;
  const T* b = o.b + j * o.j_step;
  for (std::size_t k = 0; k < o.depth; ++k, a += o.a_step, b += o.k_step) {
    V column[R];
    for (std::size_t u = 0; u < R; ++u) column[u] = hn::LoadU(d, a + u * lanes);
    for (std::size_t n = 0; n < N; ++n) {
      const V spread = hn::Set(d, b[n * o.j_step]);
      for (std::size_t u = 0; u < R; ++u) sum[n][u] = hn::MulAdd(column[u], spread, sum[n][u]);
    }
  }
  for (std::size_t n = 0; n < N; ++n)
    for (std::size_t u = 0; u < R; ++u) hn::StoreU(sum[n][u], d, c + n * o.c_step + u * lanes);
}

// A block of `count` <= N columns.
template <std::size_t R, std::size_t N, class T>
HWY_INLINE void block_of(const Operands<T>& o, std::size_t i, std::size_t j, std::size_t count) {
  if constexpr (N > 1) {
    if (count < N) return block_of<R, N - 1>(o, i, j, count);
  }
  block<R, N>(o, i, j);
}

// All columns of the rows from i on. Blocks as equal as can be: 64 columns are 6 of 11 or 10, not 5 of 12 and one of 4.
template <std::size_t R, class T>
HWY_INLINE void strip(const Operands<T>& o, std::size_t i, std::size_t columns) {
  const std::size_t blocks = (columns + kColumns - 1) / kColumns;
  for (std::size_t n = 0, j = 0; n < blocks; ++n) {
    const std::size_t next = (n + 1) * columns / blocks;
    block_of<R, kColumns>(o, i, j, next - j);
    j = next;
  }
}

// The last rows, fewer than lanes, through padded copies.
template <class T>
void last_rows(const Operands<T>& o, std::size_t i, std::size_t rows, std::size_t columns, std::vector<T>& scratch) {
  const std::size_t lanes = hn::Lanes(hn::ScalableTag<T>());
  scratch.assign((o.depth + columns) * lanes, T(0));
  T* const a = scratch.data();
  T* const c = a + o.depth * lanes;
  for (std::size_t k = 0; k < o.depth; ++k) std::copy_n(o.a + k * o.a_step + i, rows, a + k * lanes);
  for (std::size_t j = 0; j < columns; ++j) std::copy_n(o.c + j * o.c_step + i, rows, c + j * lanes);
  strip<1>(Operands<T>{a, lanes, o.b, o.k_step, o.j_step, c, lanes, o.depth}, 0, columns);
  for (std::size_t j = 0; j < columns; ++j) std::copy_n(c + j * lanes, rows, o.c + j * o.c_step + i);
}

template <class T>
void add(const Operands<T>& all, std::size_t rows, std::size_t columns) {
  // So many k at a time that a strip of A and the block's numbers of B stay in the first cache.
  constexpr std::size_t deep = 128;
  static thread_local std::vector<T> scratch;
  const std::size_t lanes = hn::Lanes(hn::ScalableTag<T>());
  for (std::size_t k = 0; k < all.depth; k += deep) {
    Operands<T> o = all;
    o.a += k * all.a_step;
    o.b += k * all.k_step;
    o.depth = std::min(deep, all.depth - k);
    std::size_t i = 0;
    for (; i + kRows * lanes <= rows; i += kRows * lanes) strip<kRows>(o, i, columns);
    for (; i + lanes <= rows; i += lanes) strip<1>(o, i, columns);
    if (i < rows) last_rows(o, i, rows - i, columns, scratch);
  }
}

// to(j, i) = from(i, j), in squares that stay in the first cache.
template <class T>
void transpose(Columns<const T> from, T* to) {
  constexpr std::size_t side = 16;
  const std::size_t rows = from.rows(), columns = from.columns();
  for (std::size_t j = 0; j < columns; j += side)
    for (std::size_t i = 0; i < rows; i += side)
      for (std::size_t n = j; n < std::min(j + side, columns); ++n)
        for (std::size_t m = i; m < std::min(i + side, rows); ++m) to[m * columns + n] = from.data()[n * rows + m];
}

template <class T>
void add_transposed(Columns<const T> a, const T* b, std::size_t k_step, std::size_t j_step, Columns<T> c) {
  static thread_local std::vector<T> turned;
  turned.resize(std::max(turned.size(), a.size()));
  transpose(a, turned.data());
  add(Operands<T>{turned.data(), a.columns(), b, k_step, j_step, c.data(), c.rows(), a.rows()}, c.rows(), c.columns());
}

}  // namespace

void add_float(Columns<const float> a, const float* b, std::size_t k_step, std::size_t j_step, Columns<float> c) {
  add(Operands<float>{a.data(), a.rows(), b, k_step, j_step, c.data(), c.rows(), a.columns()}, c.rows(), c.columns());
}

void add_double(Columns<const double> a, const double* b, std::size_t k_step, std::size_t j_step, Columns<double> c) {
  add(Operands<double>{a.data(), a.rows(), b, k_step, j_step, c.data(), c.rows(), a.columns()}, c.rows(), c.columns());
}

void add_float_transposed(Columns<const float> a, const float* b, std::size_t k_step, std::size_t j_step, Columns<float> c) {
  add_transposed(a, b, k_step, j_step, c);
}

void add_double_transposed(Columns<const double> a, const double* b, std::size_t k_step, std::size_t j_step, Columns<double> c) {
  add_transposed(a, b, k_step, j_step, c);
}

}  // namespace HWY_NAMESPACE
}  // namespace ogive::layer
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace ogive::layer {
HWY_EXPORT(add_float);
HWY_EXPORT(add_double);
HWY_EXPORT(add_float_transposed);
HWY_EXPORT(add_double_transposed);

namespace internal {

void add_blocked(Columns<const float> a, const float* b, std::size_t step_k, std::size_t step_j, Columns<float> c) {
  HWY_DYNAMIC_DISPATCH(add_float)(a, b, step_k, step_j, c);
}

void add_blocked(Columns<const double> a, const double* b, std::size_t step_k, std::size_t step_j, Columns<double> c) {
  HWY_DYNAMIC_DISPATCH(add_double)(a, b, step_k, step_j, c);
}

void add_blocked_transposed(Columns<const float> a, const float* b, std::size_t step_k, std::size_t step_j, Columns<float> c) {
  HWY_DYNAMIC_DISPATCH(add_float_transposed)(a, b, step_k, step_j, c);
}

void add_blocked_transposed(Columns<const double> a, const double* b, std::size_t step_k, std::size_t step_j, Columns<double> c) {
  HWY_DYNAMIC_DISPATCH(add_double_transposed)(a, b, step_k, step_j, c);
}

}  // namespace internal
}  // namespace ogive::layer
#endif
