// SPDX-License-Identifier: MIT
// Other people's array code, called as they mean it to be. Eigen takes its vector size from the compiler's flags: here that is the
// baseline of the build, and the elements left over at the end of an array go through scalar code, which may differ.
#include <Eigen/Core>
#include <cstring>

#include "ogive/sigmoid/variants/build.h"

namespace ogive::sigmoid::variants {
namespace {

template <class T>
void eigen_logistic(const T* x, T* y, std::size_t n) {
  const auto size = static_cast<Eigen::Index>(n);
  const Eigen::Map<const Eigen::Array<T, Eigen::Dynamic, 1>> in(x, size);
  Eigen::Map<Eigen::Array<T, Eigen::Dynamic, 1>>(y, size) = in.logistic();
}

/// Eigen's 16-bit types have the same bits as ours, but are others to the compiler: block by block through a copy.
template <class EigenHalf, class Half>
void eigen_logistic_16(const Half* x, Half* y, std::size_t n) {
  constexpr std::size_t block = 256;
  static_assert(sizeof(EigenHalf) == sizeof(Half));
  Eigen::Array<EigenHalf, static_cast<int>(block), 1> buffer = Eigen::Array<EigenHalf, static_cast<int>(block), 1>::Zero();
  for (std::size_t done = 0; done < n; done += block) {
    const std::size_t count = n - done < block ? n - done : block;
    std::memcpy(static_cast<void*>(buffer.data()), x + done, count * sizeof(Half));
    eigen_logistic<EigenHalf>(buffer.data(), buffer.data(), count);
    std::memcpy(static_cast<void*>(y + done), buffer.data(), count * sizeof(Half));
  }
}

}  // namespace

std::vector<Variant> libraries() {
  Variant eigen{.name = "eigen",
                .formula = "Eigen::Array::logistic()",
                .origin = "Eigen 3.4 (UnaryFunctors.h), compiled for the baseline of this build"};
  eigen.float16 = eigen_logistic_16<Eigen::half, float16>;
  eigen.bfloat16 = eigen_logistic_16<Eigen::bfloat16, bfloat16>;
  eigen.float32 = eigen_logistic<float>;
  eigen.float64 = eigen_logistic<double>;
  return {eigen};
}

}  // namespace ogive::sigmoid::variants
