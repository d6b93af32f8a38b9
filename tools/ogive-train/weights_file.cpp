// SPDX-License-Identifier: MIT
#include "tools/ogive-train/weights_file.h"

#include "ogive/io/output_file.h"
#include "ogive/io/text_source.h"

namespace ogive::tools {

layer::Weights read_weights(const std::string& path) {
  return layer::parse_weights(io::read_text(path), path == "-" ? "<stdin>" : path);
}

template <class T>
void multiply_first_layer(const layer::Network& network, std::vector<T>& p, double factor) {
  const auto* first = network.empty() ? nullptr : std::get_if<layer::Dense>(&network.layers()[0]);
  if (first == nullptr || factor == 1) return;
  for (std::size_t i = 0; i < first->in * first->out; ++i) p[i] *= static_cast<T>(factor);
}

template <class T>
void write_weights(const std::string& path, const layer::Network& network, std::vector<T> p, double divisor) {
  multiply_first_layer(network, p, 1 / divisor);
  const std::string text = layer::weights_text<T>(network, p);
  io::OutputFile file(path);
  file.write(text);
  file.commit();
}

template void multiply_first_layer(const layer::Network&, std::vector<float>&, double);
template void multiply_first_layer(const layer::Network&, std::vector<double>&, double);
template void write_weights(const std::string&, const layer::Network&, std::vector<float>, double);
template void write_weights(const std::string&, const layer::Network&, std::vector<double>, double);

}  // namespace ogive::tools
