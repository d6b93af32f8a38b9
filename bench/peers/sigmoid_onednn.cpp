// SPDX-License-Identifier: MIT
// oneDNN's eltwise_logistic. The primitive is made once for each length, as oneDNN means it to be used, and kept by each thread.
#include <cstddef>
#include <dnnl.hpp>
#include <map>

#include "sigmoid_peer.h"

namespace {

struct Logistic {
  dnnl::eltwise_forward primitive;
  dnnl::memory x, y;
};

const dnnl::engine& processor() {
  static const dnnl::engine engine(dnnl::engine::kind::cpu, 0);
  return engine;
}

Logistic make(std::size_t n) {
  using dnnl::memory;
  const memory::desc shape({static_cast<memory::dim>(n)}, memory::data_type::f32, memory::format_tag::a);
  const dnnl::eltwise_forward::desc wish(dnnl::prop_kind::forward_inference, dnnl::algorithm::eltwise_logistic, shape, 0.0f, 0.0f);
  return {dnnl::eltwise_forward({wish, processor()}), memory(shape, processor(), nullptr), memory(shape, processor(), nullptr)};
}

}  // namespace

OGIVE_PEER onednn_float32(const float* x, float* y, std::size_t n) {
  thread_local std::map<std::size_t, Logistic> made;
  thread_local dnnl::stream stream(processor());
  auto found = made.find(n);
  if (found == made.end()) found = made.emplace(n, make(n)).first;
  Logistic& logistic = found->second;
  logistic.x.set_data_handle(const_cast<float*>(x));
  logistic.y.set_data_handle(y);
  logistic.primitive.execute(stream, {{DNNL_ARG_SRC, logistic.x}, {DNNL_ARG_DST, logistic.y}});
  stream.wait();
}
