// SPDX-License-Identifier: MIT
#include "tools/ogive-error/user_function.h"

#include <dlfcn.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cmath>
#include <filesystem>
#include <limits>
#include <system_error>
#include <vector>

#include "ogive/base/errors.h"
#include "ogive/base/ulp.h"
#include "tools/ogive-error/child.h"
#include "tools/ogive-error/subjects.h"

namespace ogive::tools {
namespace {

std::string the_name;
std::string the_origin;
void* the_function = nullptr;

// noexcept: an exception out of the user's function ends the process, and is reported as that.
template <class T>
void call(const T* x, T* y, std::size_t n) noexcept {
  Child::begin_call({n, n > 0 ? to_double(x[0]) : 0, n > 0 ? to_double(x[n - 1]) : 0});
  reinterpret_cast<sigmoid::ArrayFunction<T>>(the_function)(x, y, n);
  Child::end_call();
}

void* load(const std::string& library) {
  // The system looks for a name without a slash elsewhere than in this folder.
  std::error_code ignored;
  const bool here = library.find('/') == library.npos && std::filesystem::exists(library, ignored);
  if (void* handle = dlopen(((here ? "./" : "") + library).c_str(), RTLD_NOW | RTLD_LOCAL)) return handle;
  std::string reason = dlerror();
  if (const auto colon = reason.find(": "); colon != reason.npos && reason.find(library) < colon) reason.erase(0, colon + 2);
  throw FileError(library, "cannot be loaded: " + reason);
}

/// A few pages between two that cannot be touched.
class Fenced {
 public:
  explicit Fenced(std::size_t bytes) {
    const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    const std::size_t room = (bytes + page - 1) / page * page;
    size_ = room + 2 * page;
    memory_ = mmap(nullptr, size_, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory_ == MAP_FAILED) throw std::system_error(errno, std::generic_category(), "mmap");
    begin_ = static_cast<char*>(memory_) + page;
    end_ = begin_ + room;
    allow(PROT_READ | PROT_WRITE);
  }
  ~Fenced() { munmap(memory_, size_); }
  Fenced(const Fenced&) = delete;
  Fenced& operator=(const Fenced&) = delete;

  void allow(int what) const { mprotect(begin_, static_cast<std::size_t>(end_ - begin_), what); }

  template <class T>
  T* first() const {
    return reinterpret_cast<T*>(begin_);
  }
  template <class T>
  T* last(std::size_t n) const {
    return reinterpret_cast<T*>(end_) - n;
  }

 private:
  std::size_t size_ = 0;
  void* memory_ = nullptr;
  char *begin_ = nullptr, *end_ = nullptr;
};

// A function that goes beyond either end of its arrays, or writes to its inputs, crashes here.
template <class T>
void try_short_calls() {
  constexpr std::size_t longest = 67;  // more than four vectors of 16, and odd
  const Fenced x(longest * sizeof(T)), y(longest * sizeof(T));
  x.allow(PROT_READ);
  for (std::size_t n = 0; n <= longest; ++n) {
    call<T>(x.last<T>(n), y.last<T>(n), n);
    call<T>(x.first<T>(), y.first<T>(), n);
  }
}

// Before anything takes long: numbers of every size, and those that are none.
template <class T>
void try_all_sizes() {
  std::vector<T> x, y;
  for (const double sign : {1.0, -1.0}) {
    for (const double special : {0.0, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()})
      x.push_back(from_double<T>(sign * special));
    for (int exponent = -1074; exponent <= 1023; ++exponent)
      for (const double digits : {1.0, 1.37, 1.71}) x.push_back(from_double<T>(sign * std::ldexp(digits, exponent)));
    for (double size = 0; size < 1000; size += 0.37) x.push_back(from_double<T>(sign * size));
  }
  y.resize(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) call<T>(&x[i], &y[i], 1);
  call<T>(x.data(), y.data(), x.size());
}

template <class T>
void try_out() {
  try_short_calls<T>();
  try_all_sizes<T>();
}

}  // namespace

sigmoid::Variant load_user_function(const std::string& library, const std::string& symbol, FloatType type, sigmoid::Target target,
                                    double claim) {
  void* const handle = load(library);
  the_function = dlsym(handle, symbol.c_str());
  if (the_function == nullptr)
    throw InputError({library}, "there is no function '" + symbol + "' in it (in C++, declare it extern \"C\")");
  the_name = symbol;
  the_origin = library;
  sigmoid::Variant variant;
  variant.name = the_name;
  variant.formula = "a function of a library";
  variant.origin = the_origin;
  variant.target = target;
  switch (type) {
    case FloatType::float16:
      variant.float16 = call<float16>;
      variant.claim16.ulp = claim;
      try_out<float16>();
      break;
    case FloatType::bfloat16:
      variant.bfloat16 = call<bfloat16>;
      variant.claim_bfloat16.ulp = claim;
      try_out<bfloat16>();
      break;
    case FloatType::float32:
      variant.float32 = call<float>;
      variant.claim32.ulp = claim;
      try_out<float>();
      break;
    case FloatType::float64:
      variant.float64 = call<double>;
      variant.claim64.ulp = claim;
      try_out<double>();
      break;
  }
  return variant;
}

}  // namespace ogive::tools
