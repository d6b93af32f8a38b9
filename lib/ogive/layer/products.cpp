// SPDX-License-Identifier: MIT
// C = S + A B as blocks of C that stay in registers, where S is C itself, or one column for all, or 0. A block is kRows vectors
// high, along the columns of C and A, and up to kColumns wide; for each k it takes kRows vectors of column k of A and, for each of
// its columns, one number of B, spread over a vector:
//
//     for k:  for u: a_u = A(i + u lanes, k)        for j: for u: c_uj += a_u b_kj
//
// B is read with two strides, so B and B^T are the same code. A^T is copied into the order of A first, which costs one pass over
// the weights for the batch / 2 passes of the product. The sum of a number goes over k in order, whatever the block, so the sizes
// and the place do not matter to the bits.
//
// The last rows, those that do not fill a vector, are most of the rows of a layer with a few outputs. With vectors along them most
// lanes would idle, so these lie where there are numbers enough:
//
//     along the columns     where B^T has them side by side: C^T += B^T A^T, the same sums
//     along k               where there are at most kDots rows: dot products, which sum up lane by lane and then over the lanes
//     along the rows        else, with masks or in padded copies
//
// Which of them it is depends on the sizes of a layer, and not on how many samples a batch has: a sample gives the
// same bits in any batch.
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
constexpr bool kMasks = true;
#else
constexpr std::size_t kColumns = 6;
constexpr bool kMasks = false;
#endif
constexpr std::size_t kRows = 2;
constexpr std::size_t kDots = 4;

using internal::Start;

// What all blocks of a product share.
template <class T>
struct Operands {
  const T* a;
  std::size_t a_step;  // from a column of A to the next
  const T* b;
  std::size_t k_step, j_step;
  Start<T> start;
  T* c;
  std::size_t c_step;
  std::size_t depth;
};

// Vectors of which only the first lanes are in use; loads of them give 0 beyond. Only AVX-512 is quick at that.
template <bool Partial, class D>
struct Lanes {
  D d;
  HWY_INLINE explicit Lanes(std::size_t /*count*/) {}
  HWY_INLINE hn::Vec<D> load(const hn::TFromD<D>* from) const { return hn::LoadU(d, from); }
  HWY_INLINE void store(hn::Vec<D> v, hn::TFromD<D>* to) const { hn::StoreU(v, d, to); }
};

template <class D>
struct Lanes<true, D> {
  D d;
  hn::Mask<D> mask;
  HWY_INLINE explicit Lanes(std::size_t count) : mask(hn::FirstN(d, count)) {}
  HWY_INLINE hn::Vec<D> load(const hn::TFromD<D>* from) const { return hn::MaskedLoad(mask, d, from); }
  HWY_INLINE void store(hn::Vec<D> v, hn::TFromD<D>* to) const { hn::BlendedStore(v, mask, d, to); }
};

// `rows` only matters where the block is Partial: then it is less than a vector.
template <std::size_t R, std::size_t N, bool Partial, class T>
HWY_INLINE void block(const Operands<T>& o, std::size_t i, std::size_t j, std::size_t rows) {
  const hn::ScalableTag<T> d;
  using V = hn::Vec<decltype(d)>;
  const Lanes<Partial, hn::ScalableTag<T>> memory(rows);
  const std::size_t lanes = hn::Lanes(d);
  V sum[N][R];
  if (o.start.data == nullptr) {
    for (std::size_t n = 0; n < N; ++n)
      for (std::size_t u = 0; u < R; ++u) sum[n][u] = hn::Zero(d);
  } else {
    const T* const start = o.start.data + j * o.start.step + i;
    for (std::size_t n = 0; n < N; ++n)
      for (std::size_t u = 0; u < R; ++u) sum[n][u] = memory.load(start + n * o.start.step + u * lanes);
  }
  const T* a = o.a + i;
  const T* b = o.b + j * o.j_step;
  for (std::size_t k = 0; k < o.depth; ++k, a += o.a_step, b += o.k_step) {
    V column[R];
    for (std::size_t u = 0; u < R; ++u) column[u] = memory.load(a + u * lanes);
    for (std::size_t n = 0; n < N; ++n) {
      const V spread = hn::Set(d, b[n * o.j_step]);
      for (std::size_t u = 0; u < R; ++u) sum[n][u] = hn::MulAdd(column[u], spread, sum[n][u]);
    }
  }
  T* const c = o.c + j * o.c_step + i;
  for (std::size_t n = 0; n < N; ++n)
    for (std::size_t u = 0; u < R; ++u) memory.store(sum[n][u], c + n * o.c_step + u * lanes);
}

// A block of `count` <= N columns.
template <std::size_t R, std::size_t N, bool Partial, class T>
HWY_INLINE void block_of(const Operands<T>& o, std::size_t i, std::size_t j, std::size_t count, std::size_t rows) {
  if constexpr (N > 1) {
    if (count < N) return block_of<R, N - 1, Partial>(o, i, j, count, rows);
  }
  block<R, N, Partial>(o, i, j, rows);
}

// All columns of the rows from i on. Blocks as equal as can be: 64 columns are 6 of 11 or 10, not 5 of 12 and one of 4.
template <std::size_t R, bool Partial = false, class T>
HWY_INLINE void strip(const Operands<T>& o, std::size_t i, std::size_t columns, std::size_t rows = 0) {
  const std::size_t blocks = (columns + kColumns - 1) / kColumns;
  for (std::size_t n = 0, j = 0; n < blocks; ++n) {
    const std::size_t next = (n + 1) * columns / blocks;
    block_of<R, kColumns, Partial>(o, i, j, next - j, rows);
    j = next;
  }
}

// Memory for a product on the way, kept for the next one.
template <class T, int Purpose>
T* scratch(std::size_t count) {
  static thread_local std::vector<T> memory;
  if (memory.size() < count) memory.resize(count);
  return memory.data();
}

// The last rows with vectors along them.
template <class T>
void rows_along(const Operands<T>& o, std::size_t i, std::size_t rows, std::size_t columns) {
  if constexpr (kMasks) {
    strip<1, true>(o, i, columns, rows);
  } else {
    const std::size_t lanes = hn::Lanes(hn::ScalableTag<T>());
    const std::size_t count = (o.depth + columns) * lanes;
    T* const a = scratch<T, 0>(count);
    T* const c = a + o.depth * lanes;
    std::fill_n(a, count, T(0));
    for (std::size_t k = 0; k < o.depth; ++k)
      for (std::size_t r = 0; r < rows; ++r) a[k * lanes + r] = o.a[k * o.a_step + i + r];
    if (o.start.data != nullptr)
      for (std::size_t j = 0; j < columns; ++j)
        for (std::size_t r = 0; r < rows; ++r) c[j * lanes + r] = o.start.data[j * o.start.step + i + r];
    strip<1>(Operands<T>{a, lanes, o.b, o.k_step, o.j_step, {c, lanes}, c, lanes, o.depth}, 0, columns);
    for (std::size_t j = 0; j < columns; ++j)
      for (std::size_t r = 0; r < rows; ++r) o.c[j * o.c_step + i + r] = c[j * lanes + r];
  }
}

// Rows i to rows of all columns, except that those which do not fill a vector are left out unless `all`.
template <class T>
void blocks(const Operands<T>& whole, std::size_t rows, std::size_t columns, bool all) {
  // So many k at a time that a strip of A and the block's numbers of B stay in the first cache.
  constexpr std::size_t deep = 128;
  const std::size_t lanes = hn::Lanes(hn::ScalableTag<T>());
  for (std::size_t k = 0; k < whole.depth || k == 0; k += deep) {
    Operands<T> o = whole;
    o.a += k * whole.a_step;
    o.b += k * whole.k_step;
    o.depth = std::min(deep, whole.depth - k);
    if (k > 0) o.start = {o.c, o.c_step};
    std::size_t i = 0;
    for (; i + kRows * lanes <= rows; i += kRows * lanes) strip<kRows>(o, i, columns);
    for (; i + lanes <= rows; i += lanes) strip<1>(o, i, columns);
    if (all && i < rows) rows_along(o, i, rows - i, columns);
  }
}

// The last rows with vectors along the columns, which are side by side in B.
template <class T>
void columns_along(const Operands<T>& o, std::size_t i, std::size_t rows, std::size_t columns) {
  T* const turned = scratch<T, 1>(rows * columns);
  Start<T> start;
  if (o.start.data != nullptr) {
    start = {turned, columns};
    for (std::size_t j = 0; j < columns; ++j)
      for (std::size_t r = 0; r < rows; ++r) turned[r * columns + j] = o.start.data[j * o.start.step + i + r];
  }
  blocks(Operands<T>{o.b, o.k_step, o.a + i, o.a_step, 1, start, turned, columns, o.depth}, columns, rows, true);
  for (std::size_t j = 0; j < columns; ++j)
    for (std::size_t r = 0; r < rows; ++r) o.c[j * o.c_step + i + r] = turned[r * columns + j];
}

// The last R rows as dot products, several columns at a time. Row r of A stands in a + r a_step, filled up with zeros to whole
// vectors.
template <std::size_t R, class T>
void dots(const Operands<T>& o, const T* a, std::size_t a_step, std::size_t i, std::size_t columns) {
  const hn::ScalableTag<T> d;
  using V = hn::Vec<decltype(d)>;
  constexpr std::size_t at_once = 8 / R;
  const std::size_t lanes = hn::Lanes(d), whole = o.depth / lanes * lanes;
  HWY_ALIGN T rest[hn::MaxLanes(hn::ScalableTag<T>())] = {};
  for (std::size_t j = 0; j < columns; j += at_once) {
    // Past the last column the same one again: a sum is the same whatever stands beside it.
    const T* b[at_once];
    for (std::size_t n = 0; n < at_once; ++n) b[n] = o.b + std::min(j + n, columns - 1) * o.j_step;
    V sum[at_once][R];
    for (std::size_t n = 0; n < at_once; ++n)
      for (std::size_t r = 0; r < R; ++r) sum[n][r] = hn::Zero(d);
    for (std::size_t k = 0; k < whole; k += lanes) {
      V row[R];
      for (std::size_t r = 0; r < R; ++r) row[r] = hn::LoadU(d, a + r * a_step + k);
      for (std::size_t n = 0; n < at_once; ++n) {
        const V sample = hn::LoadU(d, b[n] + k);
        for (std::size_t r = 0; r < R; ++r) sum[n][r] = hn::MulAdd(row[r], sample, sum[n][r]);
      }
    }
    for (std::size_t n = 0; n < std::min(at_once, columns - j); ++n) {
      if (whole < o.depth) {
        std::copy(b[n] + whole, b[n] + o.depth, rest);
        for (std::size_t r = 0; r < R; ++r)
          sum[n][r] = hn::MulAdd(hn::LoadU(d, a + r * a_step + whole), hn::Load(d, rest), sum[n][r]);
      }
      for (std::size_t r = 0; r < R; ++r) {
        const T start = o.start.data == nullptr ? T(0) : o.start.data[(j + n) * o.start.step + i + r];
        o.c[(j + n) * o.c_step + i + r] = start + hn::GetLane(hn::SumOfLanes(d, sum[n][r]));
      }
    }
  }
}

// The last rows, at most kDots, with vectors along k.
template <class T>
void depth_along(const Operands<T>& o, std::size_t i, std::size_t rows, std::size_t columns) {
  const std::size_t lanes = hn::Lanes(hn::ScalableTag<T>());
  const std::size_t step = (o.depth + lanes - 1) / lanes * lanes;
  T* const a = scratch<T, 1>(rows * step);
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t k = 0; k < o.depth; ++k) a[r * step + k] = o.a[k * o.a_step + i + r];
    std::fill(a + r * step + o.depth, a + (r + 1) * step, T(0));
  }
  if (rows == 1) dots<1>(o, a, step, i, columns);
  if (rows == 2) dots<2>(o, a, step, i, columns);
  if (rows == 3) dots<3>(o, a, step, i, columns);
  if (rows == 4) dots<4>(o, a, step, i, columns);
}

template <class T>
void multiply(const Operands<T>& o, std::size_t rows, std::size_t columns) {
  const std::size_t lanes = hn::Lanes(hn::ScalableTag<T>());
  const std::size_t last = rows % lanes, i = rows - last;
  const bool by_columns = o.j_step == 1 && o.k_step > 1 && columns >= lanes;
  const bool by_depth = o.k_step == 1 && o.j_step == o.depth && o.depth >= lanes && last <= kDots;
  blocks(o, rows, columns, !(by_columns || by_depth));
  if (last == 0 || columns == 0) return;
  if (by_columns) {
    columns_along(o, i, last, columns);
  } else if (by_depth) {
    depth_along(o, i, last, columns);
  }
}

// sums += the columns of b, in order.
template <class T>
void sum_columns(Columns<const T> b, T* sums) {
  const hn::ScalableTag<T> d;
  const std::size_t lanes = hn::Lanes(d), rows = b.rows(), columns = b.columns();
  constexpr std::size_t at_once = 4;
  std::size_t i = 0;
  for (; i + at_once * lanes <= rows; i += at_once * lanes) {
    hn::Vec<decltype(d)> sum[at_once];
    for (std::size_t u = 0; u < at_once; ++u) sum[u] = hn::LoadU(d, sums + i + u * lanes);
    for (std::size_t j = 0; j < columns; ++j)
      for (std::size_t u = 0; u < at_once; ++u) sum[u] = hn::Add(sum[u], hn::LoadU(d, b.data() + j * rows + i + u * lanes));
    for (std::size_t u = 0; u < at_once; ++u) hn::StoreU(sum[u], d, sums + i + u * lanes);
  }
  for (; i + lanes <= rows; i += lanes) {
    auto sum = hn::LoadU(d, sums + i);
    for (std::size_t j = 0; j < columns; ++j) sum = hn::Add(sum, hn::LoadU(d, b.data() + j * rows + i));
    hn::StoreU(sum, d, sums + i);
  }
  for (; i < rows; ++i) {
    T sum = sums[i];
    for (std::size_t j = 0; j < columns; ++j) sum += b.data()[j * rows + i];
    sums[i] = sum;
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

}  // namespace

template <class T>
HWY_INLINE void plain(Columns<const T> a, const T* b, std::size_t k_step, std::size_t j_step, Start<T> start, Columns<T> c) {
  multiply(Operands<T>{a.data(), a.rows(), b, k_step, j_step, start, c.data(), c.rows(), a.columns()}, c.rows(), c.columns());
}

template <class T>
HWY_INLINE void transposed(Columns<const T> a, const T* b, std::size_t k_step, std::size_t j_step, Start<T> start, Columns<T> c) {
  T* const turned = scratch<T, 2>(a.size());
  transpose(a, turned);
  multiply(Operands<T>{turned, a.columns(), b, k_step, j_step, start, c.data(), c.rows(), a.rows()}, c.rows(), c.columns());
}

void plain_float(Columns<const float> a, const float* b, std::size_t k_step, std::size_t j_step, Start<float> start,
                 Columns<float> c) {
  plain(a, b, k_step, j_step, start, c);
}

void plain_double(Columns<const double> a, const double* b, std::size_t k_step, std::size_t j_step, Start<double> start,
                  Columns<double> c) {
  plain(a, b, k_step, j_step, start, c);
}

void transposed_float(Columns<const float> a, const float* b, std::size_t k_step, std::size_t j_step, Start<float> start,
                      Columns<float> c) {
  transposed(a, b, k_step, j_step, start, c);
}

void transposed_double(Columns<const double> a, const double* b, std::size_t k_step, std::size_t j_step, Start<double> start,
                       Columns<double> c) {
  transposed(a, b, k_step, j_step, start, c);
}

void sum_columns_float(Columns<const float> b, float* sums) { sum_columns(b, sums); }
void sum_columns_double(Columns<const double> b, double* sums) { sum_columns(b, sums); }

}  // namespace HWY_NAMESPACE
}  // namespace ogive::layer
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace ogive::layer {
HWY_EXPORT(plain_float);
HWY_EXPORT(plain_double);
HWY_EXPORT(transposed_float);
HWY_EXPORT(transposed_double);
HWY_EXPORT(sum_columns_float);
HWY_EXPORT(sum_columns_double);

namespace internal {

void multiply(Columns<const float> a, const float* b, std::size_t step_k, std::size_t step_j, Start<float> start,
              Columns<float> c) {
  HWY_DYNAMIC_DISPATCH(plain_float)(a, b, step_k, step_j, start, c);
}

void multiply(Columns<const double> a, const double* b, std::size_t step_k, std::size_t step_j, Start<double> start,
              Columns<double> c) {
  HWY_DYNAMIC_DISPATCH(plain_double)(a, b, step_k, step_j, start, c);
}

void multiply_transposed(Columns<const float> a, const float* b, std::size_t step_k, std::size_t step_j, Start<float> start,
                         Columns<float> c) {
  HWY_DYNAMIC_DISPATCH(transposed_float)(a, b, step_k, step_j, start, c);
}

void multiply_transposed(Columns<const double> a, const double* b, std::size_t step_k, std::size_t step_j, Start<double> start,
                         Columns<double> c) {
  HWY_DYNAMIC_DISPATCH(transposed_double)(a, b, step_k, step_j, start, c);
}

void sum_columns(Columns<const float> b, float* sums) { HWY_DYNAMIC_DISPATCH(sum_columns_float)(b, sums); }
void sum_columns(Columns<const double> b, double* sums) { HWY_DYNAMIC_DISPATCH(sum_columns_double)(b, sums); }

}  // namespace internal
}  // namespace ogive::layer
#endif
