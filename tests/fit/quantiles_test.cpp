// SPDX-License-Identifier: MIT
// Quantiles against the tables in the back of every textbook.
#define BOOST_TEST_MODULE fit_quantiles
#include "ogive/fit/quantiles.h"

#include <boost/test/unit_test.hpp>
#include <cmath>

using ogive::fit::f_p_value;
using ogive::fit::t_quantile;

namespace {

constexpr double table = 0.00051;  // three decimals, rounded
constexpr double exact = 1e-13;    // relative

}  // namespace

BOOST_AUTO_TEST_CASE(t_agrees_with_the_table) {
  struct Row {
    int dof;
    double at_90, at_95, at_99;
  };
  for (const auto& [dof, at_90, at_95, at_99] :
       {Row{1, 6.314, 12.706, 63.657}, Row{2, 2.920, 4.303, 9.925}, Row{5, 2.015, 2.571, 4.032}, Row{10, 1.812, 2.228, 3.169},
        Row{16, 1.746, 2.120, 2.921}, Row{30, 1.697, 2.042, 2.750}, Row{120, 1.658, 1.980, 2.617}}) {
    BOOST_TEST(std::fabs(t_quantile(0.90, dof) - at_90) <= table);
    BOOST_TEST(std::fabs(t_quantile(0.95, dof) - at_95) <= table);
    BOOST_TEST(std::fabs(t_quantile(0.99, dof) - at_99) <= table);
  }
}

BOOST_AUTO_TEST_CASE(t_agrees_with_the_closed_forms_of_one_and_two_degrees) {
  for (const double confidence : {0.1, 0.5, 0.683, 0.95, 0.999}) {
    BOOST_TEST(std::fabs(t_quantile(confidence, 1) / std::tan(std::acos(-1.0) * confidence / 2) - 1) <= exact);
    const double two = confidence * std::sqrt(2 / (1 - confidence * confidence));
    BOOST_TEST(std::fabs(t_quantile(confidence, 2) / two - 1) <= exact);
  }
}

BOOST_AUTO_TEST_CASE(a_question_asked_again_has_the_same_answer) {
  const double first = t_quantile(0.95, 7);
  BOOST_TEST(t_quantile(0.99, 7) > first);
  BOOST_TEST(t_quantile(0.95, 8) < first);
  BOOST_TEST(t_quantile(0.95, 7) == first);
}

BOOST_AUTO_TEST_CASE(f_agrees_with_the_table) {
  struct Row {
    int numerator, denominator;
    double at_5_percent;
  };
  // The critical values are rounded to two decimals; their p-values are then near 5 %.
  for (const auto& [numerator, denominator, critical] :
       {Row{1, 10, 4.96}, Row{2, 10, 4.10}, Row{3, 16, 3.24}, Row{4, 20, 2.87}, Row{3, 60, 2.76}, Row{3, 1, 215.71}}) {
    BOOST_TEST(f_p_value(critical + 0.006, numerator, denominator) <= 0.05);
    BOOST_TEST(f_p_value(critical - 0.006, numerator, denominator) >= 0.05);
  }
}

BOOST_AUTO_TEST_CASE(f_with_two_degrees_above_has_a_closed_form) {
  for (const double f : {0.01, 1.0, 9.0, 1e4})
    for (const int dof : {1, 6, 40})
      BOOST_TEST(std::fabs(f_p_value(f, 2, dof) / std::pow(1 + 2 * f / dof, -0.5 * dof) - 1) <= 1e-11);
}

BOOST_AUTO_TEST_CASE(f_of_zero_proves_nothing_and_f_of_infinity_everything) {
  BOOST_TEST(f_p_value(0, 3, 10) == 1.0);
  BOOST_TEST(f_p_value(HUGE_VAL, 3, 10) == 0.0);
}

BOOST_AUTO_TEST_CASE(f_with_one_degree_above_is_t_squared) {
  for (const int dof : {1, 4, 25}) BOOST_TEST(std::fabs(f_p_value(std::pow(t_quantile(0.95, dof), 2), 1, dof) - 0.05) <= exact);
}
