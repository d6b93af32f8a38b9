// SPDX-License-Identifier: MIT
// XNNPACK's sigmoid operator on one thread. Debian's version is of February 2022.
#include <xnnpack.h>

#include <cstddef>
#include <stdexcept>

#include "sigmoid_peer.h"

namespace {

void demand(xnn_status status) {
  if (status != xnn_status_success) throw std::runtime_error("XNNPACK failed");
}

xnn_operator_t make() {
  demand(xnn_initialize(nullptr));
  xnn_operator_t made = nullptr;
  demand(xnn_create_sigmoid_nc_f32(1, 1, 1, 0, &made));
  return made;
}

}  // namespace

OGIVE_PEER xnnpack_float32(const float* x, float* y, std::size_t n) {
  thread_local const xnn_operator_t sigmoid = make();
  demand(xnn_setup_sigmoid_nc_f32(sigmoid, n, x, y, nullptr));
  demand(xnn_run_operator(sigmoid, nullptr));
}
