// SPDX-License-Identifier: MIT
#include "ogive/accuracy/plan.h"

#include <cmath>
#include <limits>
#include <set>

#include "ogive/accuracy/reference.h"

namespace ogive::accuracy {
namespace {

using sigmoid::Target;

constexpr double infinity = std::numeric_limits<double>::infinity();

/// The least magnitude in [first, end) for which a condition holds that, once true, stays true; `end` where it never is.
template <class Condition>
std::uint32_t bisect(std::uint32_t first, std::uint32_t end, Condition holds) {
  while (first < end) {
    const std::uint32_t middle = first + (end - first) / 2;
    if (holds(middle)) {
      end = middle;
    } else {
      first = middle + 1;
    }
  }
  return first;
}

/// One sign: where its pieces begin, and what each is.
class HalfLine {
 public:
  HalfLine(Target target, FloatType type, bool negative, Range measured, Range stated)
      : target_(target),
        type_(type),
        sign_(negative ? sign_bit(type) : 0),
        measured_(measured),
        stated_(stated),
        infinite_(infinity_bits(type)) {
    if (target == Target::logit) {
      half_ = bisect(0, infinite_, [&](std::uint32_t m) { return number(type_, m) >= 0.5; });
      one_ = bisect(0, infinite_, [&](std::uint32_t m) { return number(type_, m) >= 1; });
      return;
    }
    middle_ = correctly_rounded(target, type, 0.0);
    middle_end_ = bisect(0, infinite_, [&](std::uint32_t m) { return rounded(m) != middle_; });
    far_is_identity_ = (target == Target::softplus && !negative) || (target == Target::log_logistic && negative);
    far_ = correctly_rounded(target, type, negative ? -1e300 : 1e300);
    far_begin_ = bisect(middle_end_, infinite_, [&](std::uint32_t m) { return rounded(m) == (far_is_identity_ ? at(m) : far_); });
    subnormal_begin_ = bisect(middle_end_, infinite_, [&](std::uint32_t m) { return !is_normal(target_, type_, at(m)); });
  }

  /// Adds each magnitude at which something changes.
  void cut(std::set<std::uint32_t>& cuts) const {
    for (const std::uint32_t m : {0U, infinite_, infinite_ + 1}) cuts.insert(m);
    if (target_ == Target::logit) {
      for (const std::uint32_t m : {1U, half_, half_ + 1, one_, one_ + 1}) cuts.insert(m);
    } else {
      for (const std::uint32_t m : {middle_end_, far_begin_, subnormal_begin_}) cuts.insert(m);
    }
    for (const double end : {measured_.low, measured_.high, stated_.low, stated_.high}) {
      const double size = sign_ != 0 ? -end : end;
      cuts.insert(bisect(0, infinite_ + 1, [&](std::uint32_t m) { return number(type_, m) >= size; }));
      cuts.insert(bisect(0, infinite_ + 1, [&](std::uint32_t m) { return number(type_, m) > size; }));
    }
  }

  Side side(std::uint32_t m) const {
    Side result;
    if (m > infinite_) {
      if (measured_.low > -infinity || measured_.high < infinity) return result;
      result.kind = Side::Kind::undefined;
      result.inside = true;
      return result;
    }
    if (!measured_.contains(at(m))) return result;
    result.inside = stated_.contains(at(m));
    result.kind = Side::Kind::core;
    result.normal = true;
    const auto constant = [&](double value, bool normal) {
      result.kind = Side::Kind::constant;
      result.value = value;
      result.normal = normal;
    };
    if (target_ == Target::logit) {
      if (m == 0) constant(-infinity, false);
      if (sign_ == 0 && m == half_) constant(0, false);
      if (sign_ == 0 && m == one_) constant(infinity, false);
      if ((sign_ != 0 && m > 0) || m > one_) result.kind = Side::Kind::undefined;
      return result;
    }
    if (m < middle_end_) {
      constant(middle_, true);
    } else if (m >= far_begin_ && far_is_identity_) {
      if (m == infinite_) {
        constant(at(m), false);
      } else {
        result.kind = Side::Kind::identity;
      }
    } else if (m >= far_begin_) {
      constant(far_, far_ != 0);
    } else {
      result.normal = m < subnormal_begin_;
    }
    return result;
  }

 private:
  double at(std::uint32_t m) const { return number(type_, sign_ | m); }
  double rounded(std::uint32_t m) const { return correctly_rounded(target_, type_, at(m)); }

  Target target_;
  FloatType type_;
  std::uint32_t sign_;
  Range measured_, stated_;
  std::uint32_t infinite_;
  double middle_ = 0, far_ = 0;
  bool far_is_identity_ = false;
  std::uint32_t middle_end_ = 0, far_begin_ = 0, subnormal_begin_ = 0, half_ = 0, one_ = 0;
};

}  // namespace

double number(FloatType type, std::uint32_t bits) {
  switch (type) {
    case FloatType::float16:
      return to_float(float16{static_cast<std::uint16_t>(bits)});
    case FloatType::bfloat16:
      return to_float(bfloat16{static_cast<std::uint16_t>(bits)});
    case FloatType::float32:
      return __builtin_bit_cast(float, bits);
    case FloatType::float64:
      break;
  }
  return std::numeric_limits<double>::quiet_NaN();
}

std::uint32_t sign_bit(FloatType type) { return type == FloatType::float32 ? 0x80000000U : 0x8000U; }

std::vector<Piece> plan(Target target, FloatType type, Range measured, Range stated) {
  const HalfLine positive(target, type, false, measured, stated);
  const HalfLine negative(target, type, true, measured, stated);
  std::set<std::uint32_t> cuts;
  positive.cut(cuts);
  negative.cut(cuts);
  const std::uint32_t end = sign_bit(type);
  cuts.insert(end);
  std::vector<Piece> pieces;
  for (auto first = cuts.begin(); *first < end; ++first) {
    const Piece piece{*first, *std::next(first) - 1, positive.side(*first), negative.side(*first)};
    const bool wanted = piece.positive.kind != Side::Kind::excluded || piece.negative.kind != Side::Kind::excluded;
    if (wanted) pieces.push_back(piece);
  }
  return pieces;
}

}  // namespace ogive::accuracy
