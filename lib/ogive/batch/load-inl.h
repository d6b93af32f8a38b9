// SPDX-License-Identifier: MIT
// Curves into lanes: transposed, and without units.
//
// u = (x - c) / h in [-1, 1]; y less its mean where b is free, over its norm, so that sum w y^2 = 1 and F = 1 - R^2. A lane is
// clean where x rises strictly and y is finite and not constant; the others are left to the preparation by scalar code.
#if defined(OGIVE_BATCH_LOAD_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef OGIVE_BATCH_LOAD_INL_H_
#undef OGIVE_BATCH_LOAD_INL_H_
#else
#define OGIVE_BATCH_LOAD_INL_H_
#endif

#include "ogive/batch/evaluate-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ogive::batch {
namespace HWY_NAMESPACE {

// What a part of a block was normalised by.
struct Units {
  Vec<double> center, half, shift, scale;  // x = center + half u, y = shift + scale y
  Vec<double> total, inverse_total;        // weights
  Vec<double> spread;                      // sum of squares of y about its mean, after normalisation
  Mask<double> clean;
};

#if HWY_TARGET != HWY_SCALAR
// rows[i] lane j <-> rows[j] lane i
HWY_INLINE void transpose(Vec<double> (&rows)[kLanes64]) {
  const D64 d;
#ifdef OGIVE_BATCH_AVX512
  Vec<double> t[8];
  OGIVE_BATCH_UNROLL
  for (std::size_t i = 0; i < 8; i += 2) {
    t[i] = hn::InterleaveLower(d, rows[i], rows[i + 1]);
    t[i + 1] = hn::InterleaveUpper(d, rows[i], rows[i + 1]);
  }
  OGIVE_BATCH_UNROLL
  for (std::size_t i = 0; i < 2; ++i) {
    const Vec<double> low0{_mm512_shuffle_f64x2(t[i].raw, t[i + 2].raw, 0x88)};   // columns i, i + 4 of rows 0-3
    const Vec<double> high0{_mm512_shuffle_f64x2(t[i].raw, t[i + 2].raw, 0xdd)};  // columns i + 2, i + 6
    const Vec<double> low1{_mm512_shuffle_f64x2(t[i + 4].raw, t[i + 6].raw, 0x88)};
    const Vec<double> high1{_mm512_shuffle_f64x2(t[i + 4].raw, t[i + 6].raw, 0xdd)};
    rows[i] = Vec<double>{_mm512_shuffle_f64x2(low0.raw, low1.raw, 0x88)};
    rows[i + 4] = Vec<double>{_mm512_shuffle_f64x2(low0.raw, low1.raw, 0xdd)};
    rows[i + 2] = Vec<double>{_mm512_shuffle_f64x2(high0.raw, high1.raw, 0x88)};
    rows[i + 6] = Vec<double>{_mm512_shuffle_f64x2(high0.raw, high1.raw, 0xdd)};
  }
#elif HWY_TARGET == HWY_AVX2
  Vec<double> t[4];
  OGIVE_BATCH_UNROLL
  for (std::size_t i = 0; i < 4; i += 2) {
    t[i] = hn::InterleaveLower(d, rows[i], rows[i + 1]);
    t[i + 1] = hn::InterleaveUpper(d, rows[i], rows[i + 1]);
  }
  OGIVE_BATCH_UNROLL
  for (std::size_t i = 0; i < 2; ++i) {
    rows[i] = hn::ConcatLowerLower(d, t[i + 2], t[i]);
    rows[i + 2] = hn::ConcatUpperUpper(d, t[i + 2], t[i]);
  }
#else
  const auto first = rows[0];
  rows[0] = hn::InterleaveLower(d, first, rows[1]);
  rows[1] = hn::InterleaveUpper(d, first, rows[1]);
#endif
}
#endif

HWY_INLINE Vec<double> load_wide(const double* from) { return hn::LoadU(D64(), from); }
HWY_INLINE Vec<double> load_wide(const float* from) {
#if HWY_TARGET == HWY_SCALAR
  return hn::Set(D64(), static_cast<double>(*from));
#else
  return hn::PromoteTo(D64(), hn::LoadU(hn::Rebind<float, D64>(), from));
#endif
}

// to[j * lanes + lane] = rows[lane][j]
template <class In>
HWY_INLINE void gather(const In* const* rows, std::size_t m, double* to) {
  constexpr std::size_t lanes = kLanes64;
#if HWY_TARGET != HWY_SCALAR
  if (m >= lanes) {
    for (std::size_t j = 0;; j = j + 2 * lanes <= m ? j + lanes : m - lanes) {  // the last tile may overlap the one before
      Vec<double> tile[lanes];
      OGIVE_BATCH_UNROLL
      for (std::size_t lane = 0; lane < lanes; ++lane) tile[lane] = load_wide(rows[lane] + j);
      transpose(tile);
      OGIVE_BATCH_UNROLL
      for (std::size_t i = 0; i < lanes; ++i) store<double>(tile[i], to + (j + i) * lanes);
      if (j + lanes == m) return;
    }
  }
#endif
  for (std::size_t lane = 0; lane < lanes; ++lane)
    for (std::size_t j = 0; j < m; ++j) to[j * lanes + lane] = static_cast<double>(rows[lane][j]);
}

#if HWY_TARGET != HWY_SCALAR
// rows[i] lane j <-> rows[j] lane i
HWY_INLINE void transpose(Vec<float> (&rows)[kLanes32]) {
  const D32 d;
  const hn::RepartitionToWide<D32> pairs;
  OGIVE_BATCH_UNROLL
  for (std::size_t i = 0; i < kLanes32; i += 4) {  // within blocks of four
    const auto a = hn::BitCast(pairs, hn::InterleaveLower(d, rows[i], rows[i + 1]));
    const auto b = hn::BitCast(pairs, hn::InterleaveUpper(d, rows[i], rows[i + 1]));
    const auto e = hn::BitCast(pairs, hn::InterleaveLower(d, rows[i + 2], rows[i + 3]));
    const auto f = hn::BitCast(pairs, hn::InterleaveUpper(d, rows[i + 2], rows[i + 3]));
    rows[i] = hn::BitCast(d, hn::InterleaveLower(pairs, a, e));
    rows[i + 1] = hn::BitCast(d, hn::InterleaveUpper(pairs, a, e));
    rows[i + 2] = hn::BitCast(d, hn::InterleaveLower(pairs, b, f));
    rows[i + 3] = hn::BitCast(d, hn::InterleaveUpper(pairs, b, f));
  }
  // Block b of rows[c + 4 r] is column c + 4 b of rows 4 r ... 4 r + 3.
#ifdef OGIVE_BATCH_AVX512
  OGIVE_BATCH_UNROLL
  for (std::size_t c = 0; c < 4; ++c) {
    const __m512 low0 = _mm512_shuffle_f32x4(rows[c].raw, rows[c + 4].raw, 0x88);
    const __m512 high0 = _mm512_shuffle_f32x4(rows[c].raw, rows[c + 4].raw, 0xdd);
    const __m512 low1 = _mm512_shuffle_f32x4(rows[c + 8].raw, rows[c + 12].raw, 0x88);
    const __m512 high1 = _mm512_shuffle_f32x4(rows[c + 8].raw, rows[c + 12].raw, 0xdd);
    rows[c] = Vec<float>{_mm512_shuffle_f32x4(low0, low1, 0x88)};
    rows[c + 8] = Vec<float>{_mm512_shuffle_f32x4(low0, low1, 0xdd)};
    rows[c + 4] = Vec<float>{_mm512_shuffle_f32x4(high0, high1, 0x88)};
    rows[c + 12] = Vec<float>{_mm512_shuffle_f32x4(high0, high1, 0xdd)};
  }
#elif HWY_TARGET == HWY_AVX2
  OGIVE_BATCH_UNROLL
  for (std::size_t c = 0; c < 4; ++c) {
    const auto low = rows[c];
    rows[c] = hn::ConcatLowerLower(d, rows[c + 4], low);
    rows[c + 4] = hn::ConcatUpperUpper(d, rows[c + 4], low);
  }
#endif
}
#endif

// Likewise, float32 to float32, for a whole block.
HWY_INLINE void gather(const float* const* rows, std::size_t m, float* to) {
  constexpr std::size_t lanes = kLanes32;
#if HWY_TARGET != HWY_SCALAR
  Vec<float> tile[lanes];
  if (m >= lanes) {
    for (std::size_t j = 0;; j = j + 2 * lanes <= m ? j + lanes : m - lanes) {
      OGIVE_BATCH_UNROLL
      for (std::size_t lane = 0; lane < lanes; ++lane) tile[lane] = hn::LoadU(D32(), rows[lane] + j);
      transpose(tile);
      OGIVE_BATCH_UNROLL
      for (std::size_t i = 0; i < lanes; ++i) store<float>(tile[i], to + (j + i) * lanes);
      if (j + lanes == m) return;
    }
  }
#if HWY_TARGET == HWY_AVX2 || defined(OGIVE_BATCH_AVX512)
  const auto some = hn::FirstN(D32(), m);
  OGIVE_BATCH_UNROLL
  for (std::size_t lane = 0; lane < lanes; ++lane) tile[lane] = hn::MaskedLoad(some, D32(), rows[lane]);
  transpose(tile);
  for (std::size_t j = 0; j < m; ++j) store<float>(tile[j], to + j * lanes);
  return;
#endif
#endif
  for (std::size_t lane = 0; lane < lanes; ++lane)
    for (std::size_t j = 0; j < m; ++j) to[j * lanes + lane] = rows[lane][j];
}

// A copy in float32: lanes of part `part` of the block.
HWY_INLINE void store_narrow(Vec<double> v, float* to) {
#if HWY_TARGET == HWY_SCALAR
  *to = static_cast<float>(hn::GetLane(v));
#else
  const hn::Rebind<float, D64> half;
  hn::StoreU(hn::DemoteTo(half, v), half, to);
#endif
}

// Normalises m rows of a part in place, u and y (and weights w, where not null), and copies them to float32 where to32 are not
// null.
template <class P>
HWY_INLINE Units normalise(double* u, double* y, const double* w, std::size_t m, float* u32, float* y32, float* w32) {
  constexpr std::size_t lanes = kLanes64;
  const auto zero = hn::Zero(D64()), half = set<double>(0.5);
  Units units;
  const auto first = load<double>(u), last = load<double>(u + (m - 1) * lanes);
  units.center = hn::MulAdd(first, half, hn::Mul(last, half));
  units.half = hn::NegMulAdd(first, half, hn::Mul(last, half));
  const auto inverse_half = hn::Div(set<double>(1), units.half);
  auto rising = hn::Lt(zero, inverse_half);
  auto sum = zero, total = P::kWeighted ? zero : set<double>(static_cast<double>(m));
  auto before = first;
  for (std::size_t j = 0; j < m; ++j) {
    const auto x = load<double>(u + j * lanes);
    if (j > 0) rising = hn::And(rising, hn::Gt(x, before));
    before = x;
    const auto at = hn::Mul(hn::Sub(x, units.center), inverse_half);
    store<double>(at, u + j * lanes);
    if (u32 != nullptr) store_narrow(at, u32 + j * kLanes32);
    const auto value = load<double>(y + j * lanes);
    if constexpr (P::kWeighted) {
      const auto weight = load<double>(w + j * lanes);
      total = hn::Add(total, weight);
      sum = hn::MulAdd(weight, value, sum);
      if (w32 != nullptr) store_narrow(weight, w32 + j * kLanes32);
    } else {
      sum = hn::Add(sum, value);
    }
  }
  units.total = total;
  units.inverse_total = hn::Div(set<double>(1), total);
  const auto mean = hn::Mul(sum, units.inverse_total);
  units.shift = P::kFreesB ? mean : zero;
  auto squares = zero;
  for (std::size_t j = 0; j < m; ++j) {
    const auto centred = hn::Sub(load<double>(y + j * lanes), units.shift);
    const auto weighted = P::kWeighted ? hn::Mul(load<double>(w + j * lanes), centred) : centred;
    squares = hn::MulAdd(weighted, centred, squares);
  }
  units.scale = hn::Sqrt(squares);
  const auto inverse_scale = hn::Div(set<double>(1), units.scale);
  for (std::size_t j = 0; j < m; ++j) {
    const auto value = hn::Mul(hn::Sub(load<double>(y + j * lanes), units.shift), inverse_scale);
    store<double>(value, y + j * lanes);
    if (y32 != nullptr) store_narrow(value, y32 + j * kLanes32);
  }
  // Sizes for which squares neither overflow nor vanish, and a spread well above the rounding of y.
  const auto level = hn::Mul(hn::Mul(mean, mean), total);
  units.spread = set<double>(1);
  auto about_mean = squares;
  if constexpr (!P::kFreesB) {
    about_mean = hn::Sub(squares, level);
    units.spread = hn::Mul(hn::Mul(about_mean, inverse_scale), inverse_scale);
  }
  units.clean = hn::And(hn::And(rising, hn::Lt(units.half, set<double>(1e150))),
                        hn::And(hn::And(hn::Gt(squares, set<double>(1e-280)), hn::Lt(squares, set<double>(1e280))),
                                hn::Gt(about_mean, hn::Mul(set<double>(P::kFreesB ? 1e-24 : 1e-10), level))));
  return units;
}

// What a block was normalised by, where it is of float32.
struct NarrowUnits {
  Vec<float> first, last, y_first, y_mean;  // shift = y_first + y_mean
  Vec<float> scale, spread;
  Mask<float> clean;
};

// Likewise in float32, for numbers that are of that type in the input: differences from the first one are then exact, or rounded
// relative to themselves, whatever the distance from 0.
template <class P>
HWY_INLINE NarrowUnits normalise(float* u, float* y, std::size_t m) {
  constexpr std::size_t lanes = kLanes32;
  const auto zero = hn::Zero(D32());
  const auto inverse_m = set<float>(1.0 / static_cast<double>(m));
  NarrowUnits units;
  units.first = load<float>(u);
  units.last = load<float>(u + (m - 1) * lanes);
  units.y_first = load<float>(y);
  const auto inverse_half = hn::Div(set<float>(2), hn::Sub(units.last, units.first));
  auto rising = hn::Lt(zero, inverse_half);
  auto sum = zero, before = units.first;
  for (std::size_t j = 0; j < m; ++j) {
    const auto x = load<float>(u + j * lanes);
    if (j > 0) rising = hn::And(rising, hn::Gt(x, before));
    before = x;
    store<float>(hn::MulSub(hn::Sub(x, units.first), inverse_half, set<float>(1)), u + j * lanes);
    sum = hn::Add(sum, hn::Sub(load<float>(y + j * lanes), units.y_first));
  }
  units.y_mean = hn::Mul(sum, inverse_m);
  auto about_mean = zero, squares = zero;
  for (std::size_t j = 0; j < m; ++j) {
    const auto value = load<float>(y + j * lanes);
    const auto centred = hn::Sub(hn::Sub(value, units.y_first), units.y_mean);
    about_mean = hn::MulAdd(centred, centred, about_mean);
    if constexpr (P::kFreesB)
      store<float>(centred, y + j * lanes);
    else
      squares = hn::MulAdd(value, value, squares);
  }
  if constexpr (P::kFreesB) squares = about_mean;
  units.scale = hn::Sqrt(squares);
  const auto inverse_scale = hn::Div(set<float>(1), units.scale);
  for (std::size_t j = 0; j < m; ++j) store<float>(hn::Mul(load<float>(y + j * lanes), inverse_scale), y + j * lanes);
  units.spread = P::kFreesB ? set<float>(1) : hn::Mul(hn::Mul(about_mean, inverse_scale), inverse_scale);
  // As above; what is at the ends of the range of float32 is left to float64.
  const auto mean = hn::Add(units.y_first, units.y_mean);
  const auto level = hn::Mul(hn::Mul(mean, mean), set<float>(static_cast<double>(m)));
  units.clean = hn::And(hn::And(rising, hn::Gt(inverse_half, set<float>(1e-18))),
                        hn::And(hn::And(hn::Gt(squares, set<float>(1e-28)), hn::Lt(squares, set<float>(1e28))),
                                hn::Gt(about_mean, hn::Mul(set<float>(P::kFreesB ? 1e-13 : 1e-10), level))));
  return units;
}

}  // namespace HWY_NAMESPACE
}  // namespace ogive::batch
HWY_AFTER_NAMESPACE();
#endif
