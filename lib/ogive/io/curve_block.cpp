// SPDX-License-Identifier: MIT
#include "ogive/io/curve_block.h"

namespace ogive::io {

void CurveBlock::clear() {
  forget_file();
  first = 0;
  x.clear();
  y.clear();
  x32.clear();
  y32.clear();
  is_float32 = shared_x = false;
  offsets.clear();
  key_columns = 0;
  keys.clear();
  key_offsets.clear();
  key_hashes.clear();
  lines.clear();
}

void CurveBlock::forget_file() {
  left_x = left_y = {};
  file_x = {};
  file_y = {};
}

}  // namespace ogive::io
