// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The three matrix products of a dense layer, y = W x + b, over a batch of samples (columns):
///
///     Y  += W X         add_product, set_product                            forward
///     dW += dY X^T      add_product_with_transposed                         the gradient of the weights
///     dX += W^T dY      add_product_of_transposed, set_product_of_transposed    the gradient of the input
///     db += dY 1        add_columns                                         the gradient of the bias
///
/// float and double go through one blocked kernel, vectorised with run-time dispatch (Highway): a vector lies along a column of the
/// result, a block of the result stays in registers while the products of all its terms are added to it, in order. So a number of
/// the result is ((c + a_0 b_0) + a_1 b_1) + ..., fused where the processor can; only where few rows are left over are the terms
/// of these added up in as many partial sums as a vector has lanes. Neither depends on the columns around it: a batch that is cut
/// in two gives the same bits. Any other scalar, a Jet for one, takes the plain loop.
///
/// @code
///   const std::vector<float> w = {1, 2, 3, 4}, x = {1, 1};
///   std::vector<float> y = {0, 0};
///   ogive::layer::add_product<float>({w.data(), 2, 2}, {x.data(), 2, 1}, {y.data(), 2, 1});    // y = {4, 6}
/// @endcode

#include <cassert>
#include <cstddef>
#include <span>
#include <type_traits>

#include "ogive/layer/matrix.h"

namespace ogive::layer {
namespace internal {

/// What the sums of a product begin with: for column j, the numbers at data + j step; without data, 0.
template <class T>
struct Start {
  const T* data = nullptr;  ///< a column
  std::size_t step = 0;     ///< to the next one; 0: the same for all columns
};

/// The kernel: c(i, j) = start(i, j) + sum over k of a(i, k) b[k step_k + j step_j].
void multiply(Columns<const float> a, const float* b, std::size_t step_k, std::size_t step_j, Start<float> start, Columns<float> c);
void multiply(Columns<const double> a, const double* b, std::size_t step_k, std::size_t step_j, Start<double> start,
              Columns<double> c);  ///< likewise

/// The same, with a transposed: c(i, j) = start(i, j) + sum over k of a(k, i) b[k step_k + j step_j].
void multiply_transposed(Columns<const float> a, const float* b, std::size_t step_k, std::size_t step_j, Start<float> start,
                         Columns<float> c);
void multiply_transposed(Columns<const double> a, const double* b, std::size_t step_k, std::size_t step_j, Start<double> start,
                         Columns<double> c);  ///< likewise

/// sums(i) += sum over j of b(i, j), in the order of j.
void sum_columns(Columns<const float> b, float* sums);
void sum_columns(Columns<const double> b, double* sums);  ///< likewise

/// Whether there is a kernel for it.
template <class T>
constexpr bool has_kernel = std::is_same_v<T, float> || std::is_same_v<T, double>;

}  // namespace internal

/// C += A B. Sizes m x k, k x n, m x n.
template <class T>
void add_product(Columns<const T> a, Columns<const std::type_identity_t<T>> b, Columns<std::type_identity_t<T>> c) {
  assert(a.columns() == b.rows() && c.rows() == a.rows() && c.columns() == b.columns());
  if constexpr (internal::has_kernel<T>) {
    internal::multiply(a, b.data(), 1, b.rows(), {c.data(), c.rows()}, c);
  } else {
    for (std::size_t j = 0; j < c.columns(); ++j)
      for (std::size_t k = 0; k < a.columns(); ++k)
        for (std::size_t i = 0; i < c.rows(); ++i) c(i, j) += a(i, k) * b(k, j);
  }
}

/// C += A B^T. Sizes m x k, n x k, m x n.
template <class T>
void add_product_with_transposed(Columns<const T> a, Columns<const std::type_identity_t<T>> b, Columns<std::type_identity_t<T>> c) {
  assert(a.columns() == b.columns() && c.rows() == a.rows() && c.columns() == b.rows());
  if constexpr (internal::has_kernel<T>) {
    internal::multiply(a, b.data(), b.rows(), 1, {c.data(), c.rows()}, c);
  } else {
    for (std::size_t k = 0; k < a.columns(); ++k)
      for (std::size_t j = 0; j < c.columns(); ++j)
        for (std::size_t i = 0; i < c.rows(); ++i) c(i, j) += a(i, k) * b(j, k);
  }
}

/// C += A^T B. Sizes k x m, k x n, m x n.
template <class T>
void add_product_of_transposed(Columns<const T> a, Columns<const std::type_identity_t<T>> b, Columns<std::type_identity_t<T>> c) {
  assert(a.rows() == b.rows() && c.rows() == a.columns() && c.columns() == b.columns());
  if constexpr (internal::has_kernel<T>) {
    internal::multiply_transposed(a, b.data(), 1, b.rows(), {c.data(), c.rows()}, c);
  } else {
    for (std::size_t j = 0; j < c.columns(); ++j)
      for (std::size_t i = 0; i < c.rows(); ++i)
        for (std::size_t k = 0; k < a.rows(); ++k) c(i, j) += a(k, i) * b(k, j);
  }
}

/// C = A B, plus `start` in every column. Sizes m x k, k x n, m x n. C is only written, so nobody need fill it before.
/// @param start  m numbers; empty: 0
template <class T>
void set_product(Columns<const T> a, Columns<const std::type_identity_t<T>> b, std::span<const std::type_identity_t<T>> start,
                 Columns<std::type_identity_t<T>> c) {
  assert(start.empty() || start.size() == c.rows());
  if constexpr (internal::has_kernel<T>) {
    assert(a.columns() == b.rows() && c.rows() == a.rows() && c.columns() == b.columns());
    internal::multiply(a, b.data(), 1, b.rows(), {start.empty() ? nullptr : start.data(), 0}, c);
  } else {
    for (std::size_t j = 0; j < c.columns(); ++j)
      for (std::size_t i = 0; i < c.rows(); ++i) c(i, j) = start.empty() ? T(0) : start[i];
    add_product<T>(a, b, c);
  }
}

/// C = A^T B. Sizes k x m, k x n, m x n. C is only written.
template <class T>
void set_product_of_transposed(Columns<const T> a, Columns<const std::type_identity_t<T>> b, Columns<std::type_identity_t<T>> c) {
  if constexpr (internal::has_kernel<T>) {
    assert(a.rows() == b.rows() && c.rows() == a.columns() && c.columns() == b.columns());
    internal::multiply_transposed(a, b.data(), 1, b.rows(), {}, c);
  } else {
    for (T& value : c.values()) value = T(0);
    add_product_of_transposed<T>(a, b, c);
  }
}

/// sums += B 1, the columns of B in their order.
/// @param sums  as many numbers as B has rows
template <class T>
void add_columns(Columns<const T> b, std::span<std::type_identity_t<T>> sums) {
  assert(sums.size() == b.rows());
  if constexpr (internal::has_kernel<T>) {
    internal::sum_columns(b, sums.data());
  } else {
    for (std::size_t j = 0; j < b.columns(); ++j)
      for (std::size_t i = 0; i < b.rows(); ++i) sums[i] += b(i, j);
  }
}

}  // namespace ogive::layer
