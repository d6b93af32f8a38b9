// SPDX-License-Identifier: MIT
#include "ogive/io/curve_block.h"

namespace ogive::io {

void CurveBlock::clear() {
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
  keys_rise = false;
  lines.clear();
}

}  // namespace ogive::io
