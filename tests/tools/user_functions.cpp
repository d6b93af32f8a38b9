// SPDX-License-Identifier: MIT
// Functions that a user might bring to ogive-error: a good one, and some that are broken, each in a way of its own.
#include <unistd.h>

#include <cmath>
#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <stdexcept>

extern "C" {

void good_sigmoid(const float* x, float* y, std::size_t n);
void coarse_sigmoid(const float* x, float* y, std::size_t n);
void nan_sigmoid(const float* x, float* y, std::size_t n);
void crashing_sigmoid(const float* x, float* y, std::size_t n);
void overrunning_sigmoid(const float* x, float* y, std::size_t n);
void throwing_sigmoid(const float* x, float* y, std::size_t n);
void leaving_sigmoid(const float* x, float* y, std::size_t n);
void underrunning_sigmoid(const float* x, float* y, std::size_t n);
void input_changing_sigmoid(float* x, float* y, std::size_t n);
void looping_sigmoid(const float* x, float* y, std::size_t n);
void late_crashing_sigmoid(const float* x, float* y, std::size_t n);
void late_looping_sigmoid(const float* x, float* y, std::size_t n);
void position_dependent_sigmoid(const float* x, float* y, std::size_t n);

void good_sigmoid(const float* x, float* y, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) y[i] = static_cast<float>(1 / (1 + std::exp(-static_cast<double>(x[i]))));
}

void coarse_sigmoid(const float* x, float* y, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) y[i] = std::fmin(std::fmax(x[i] / 6 + 0.5F, 0.0F), 1.0F);
}

void nan_sigmoid(const float* x, float* y, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) y[i] = std::exp(x[i]) / (1 + std::exp(x[i]));  // inf / inf from 88.7 on
}

void crashing_sigmoid(const float* x, float* y, std::size_t n) {
  good_sigmoid(x, y, n);
  for (std::size_t i = 0; i < n; ++i)
    if (x[i] > 100) std::raise(SIGSEGV);
}

void overrunning_sigmoid(const float* x, float* y, std::size_t n) { good_sigmoid(x, y, (n + 7) / 8 * 8); }

void throwing_sigmoid(const float* /*x*/, float* /*y*/, std::size_t /*n*/) { throw std::runtime_error("not today"); }

void leaving_sigmoid(const float* /*x*/, float* /*y*/, std::size_t /*n*/) { std::_Exit(0); }

void underrunning_sigmoid(const float* x, float* y, std::size_t n) {
  good_sigmoid(x, y, n);
  if (n > 0) y[0] += 0 * x[-1];  // "the one before", as a filter does
}

void input_changing_sigmoid(float* x, float* y, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) x[i] = std::exp(-x[i]);
  for (std::size_t i = 0; i < n; ++i) y[i] = 1 / (1 + x[i]);
}

// As a reduction of the argument by subtraction does.
void looping_sigmoid(const float* x, float* y, std::size_t n) {
  good_sigmoid(x, y, n);
  for (std::size_t i = 0; i < n; ++i)
    while (x[i] > 1e30F) sleep(1);
}

// At one number only, which no quick look meets.
void late_crashing_sigmoid(const float* x, float* y, std::size_t n) {
  good_sigmoid(x, y, n);
  for (std::size_t i = 0; i < n; ++i)
    if (x[i] == 1.2345678F) std::raise(SIGFPE);
}

void late_looping_sigmoid(const float* x, float* y, std::size_t n) {
  good_sigmoid(x, y, n);
  for (std::size_t i = 0; i < n; ++i)
    while (x[i] == 1.2345678F) sleep(1);
}

// Vectors one way, the rest another: the classic.
void position_dependent_sigmoid(const float* x, float* y, std::size_t n) {
  good_sigmoid(x, y, n);
  for (std::size_t i = 0; i < n / 8 * 8; ++i) y[i] = 1 / (1 + std::exp(-x[i]));
}

}  // extern "C"
