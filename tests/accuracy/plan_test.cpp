// SPDX-License-Identifier: MIT
// What plan.h promises: every input on one side of one piece, and the truth about each piece.
#define BOOST_TEST_MODULE accuracy_plan
#include "ogive/accuracy/plan.h"

#include <array>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>

#include "ogive/accuracy/reference.h"

namespace accuracy = ogive::accuracy;
using accuracy::Piece, accuracy::Range, accuracy::Side;
using ogive::FloatType, ogive::sigmoid::Target;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr Range everything{-infinity, infinity};
constexpr std::array targets{Target::logistic, Target::derivative, Target::logit, Target::softplus, Target::log_logistic};

void check_side(const Side& side, Target target, FloatType type, double x, Range stated) {
  const double truth = accuracy::correctly_rounded(target, type, x);
  BOOST_TEST_CONTEXT("target " << static_cast<int>(target) << ", x = " << x) {
    if (side.kind == Side::Kind::undefined) {
      BOOST_TEST(std::isnan(truth));
      return;
    }
    BOOST_TEST(side.inside == stated.contains(x));
    BOOST_TEST(!std::isnan(truth));
    if (side.kind == Side::Kind::constant) BOOST_TEST(side.value == truth);
    if (side.kind == Side::Kind::identity) BOOST_TEST(truth == x);
    if (side.kind == Side::Kind::core) BOOST_TEST(truth != 0);
    BOOST_TEST(side.normal == accuracy::is_normal(target, type, x));
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(is_right_about_every_number_of_16_bits) {
  const Range stated{-3, 8};
  for (const FloatType type : {FloatType::float16, FloatType::bfloat16}) {
    for (const Target target : targets) {
      std::uint32_t next = 0;
      for (const Piece& piece : accuracy::plan(target, type, everything, stated)) {
        BOOST_TEST(piece.first == next);
        next = piece.last + 1;
        // The ends of a piece are where it can be wrong.
        for (const std::uint32_t m : {piece.first, piece.last}) {
          if (m > accuracy::infinity_bits(type)) continue;
          check_side(piece.positive, target, type, accuracy::number(type, m), stated);
          check_side(piece.negative, target, type, accuracy::number(type, m | accuracy::sign_bit(type)), stated);
        }
      }
      BOOST_TEST(next == accuracy::sign_bit(type));
    }
  }
}

BOOST_AUTO_TEST_CASE(knows_the_ends_of_the_core_in_float32) {
  std::uint64_t core = 0;
  double least = infinity, greatest = -infinity;
  for (const Piece& piece : accuracy::plan(Target::logistic, FloatType::float32, everything, everything)) {
    if (piece.negative.kind == Side::Kind::core) {
      core += piece.last - piece.first + 1;
      least = std::min(least, -accuracy::number(FloatType::float32, piece.last));
    }
    if (piece.positive.kind == Side::Kind::core) {
      core += piece.last - piece.first + 1;
      greatest = std::max(greatest, accuracy::number(FloatType::float32, piece.last));
    }
  }
  const auto rounded = [](double x) { return accuracy::correctly_rounded(Target::logistic, FloatType::float32, x); };
  BOOST_TEST(rounded(least) == std::numeric_limits<float>::denorm_min());
  BOOST_TEST(rounded(double{std::nextafter(static_cast<float>(least), -200.0F)}) == 0);
  BOOST_TEST(rounded(greatest) == 1 - 0x1p-24);
  BOOST_TEST(rounded(double{std::nextafter(static_cast<float>(greatest), 200.0F)}) == 1);
  BOOST_TEST(core > 400000000U);
  BOOST_TEST(core < 600000000U);
}

BOOST_AUTO_TEST_CASE(leaves_out_what_is_not_to_be_measured) {
  const Range measured{-2, 1};
  for (const Piece& piece : accuracy::plan(Target::logistic, FloatType::float16, measured, everything)) {
    const double first = accuracy::number(FloatType::float16, piece.first), last = accuracy::number(FloatType::float16, piece.last);
    BOOST_TEST(last <= 2);
    BOOST_TEST((piece.negative.kind != Side::Kind::excluded));
    BOOST_TEST((piece.positive.kind != Side::Kind::excluded) == (last <= 1));
    BOOST_TEST((piece.positive.kind != Side::Kind::excluded) == (first <= 1));
  }
}
