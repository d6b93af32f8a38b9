// SPDX-License-Identifier: MIT
// The view of samples as columns.
#define BOOST_TEST_MODULE layer_matrix
#include "ogive/layer/matrix.h"

#include <boost/test/unit_test.hpp>
#include <vector>

using ogive::layer::Columns;

BOOST_AUTO_TEST_CASE(rows_of_a_file_are_columns) {
  std::vector<int> file = {1, 2, 3, 4, 5, 6};
  const Columns<int> x(file.data(), 2, 3);
  BOOST_TEST(x(1, 0) == 2);
  BOOST_TEST(x(0, 2) == 5);
  BOOST_TEST(x.column(1)[1] == 4);
  x(0, 1) = 30;
  BOOST_TEST(file[2] == 30);
}

BOOST_AUTO_TEST_CASE(a_part_is_a_view_of_the_same_numbers) {
  const std::vector<int> file = {1, 2, 3, 4, 5, 6};
  const Columns<const int> part = Columns<const int>(file.data(), 2, 3).middle(1, 2);
  BOOST_TEST(part.columns() == 2);
  BOOST_TEST(part.data() == file.data() + 2);
  BOOST_TEST(Columns<const int>().empty());
}
