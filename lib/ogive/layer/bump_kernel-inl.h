// SPDX-License-Identifier: MIT
// The loops that bump_kernel.h describes; no #pragma once: included once by each bump_kernel_<instruction set>.cpp, which names the
// namespace, and the bytes of a register. No inline function from elsewhere is called: compiled for one instruction set, it could
// end up in the others.

#include <cstdint>

#include "ogive/layer/bump_kernel.h"

namespace ogive::layer::kernel::OGIVE_BUMP_KERNEL {
namespace {

/// 64 bytes of numbers in as many registers as that takes: the same lanes for every instruction set.
template <class E>
struct Pack {
  typedef E Register
      __attribute__((vector_size(OGIVE_BUMP_KERNEL_BYTES)));  // g++ ignores the attribute in `using` of a dependent type
  static constexpr std::size_t parts = 64 / OGIVE_BUMP_KERNEL_BYTES;
  static constexpr std::size_t lanes_in_part = OGIVE_BUMP_KERNEL_BYTES / sizeof(E);
  Register v[parts];
};

/// f of each register; written out, for a loop would leave the registers in memory.
template <class E, class F>
inline Pack<E> each(F f) {
  if constexpr (Pack<E>::parts == 1) {
    return {{f(0)}};
  } else if constexpr (Pack<E>::parts == 2) {
    return {{f(0), f(1)}};
  } else {
    return {{f(0), f(1), f(2), f(3)}};
  }
}

#define OGIVE_BUMP_OPERATOR(op)                                      \
  template <class E>                                                 \
  inline Pack<E> operator op(const Pack<E>& a, const Pack<E>& b) {   \
    return each<E>([&](std::size_t i) { return a.v[i] op b.v[i]; }); \
  }                                                                  \
  template <class E>                                                 \
  inline Pack<E> operator op(const Pack<E>& a, E b) {                \
    return each<E>([&](std::size_t i) { return a.v[i] op b; });      \
  }                                                                  \
  template <class E>                                                 \
  inline Pack<E> operator op(E a, const Pack<E>& b) {                \
    return each<E>([&](std::size_t i) { return a op b.v[i]; });      \
  }
OGIVE_BUMP_OPERATOR(+)
OGIVE_BUMP_OPERATOR(-)
OGIVE_BUMP_OPERATOR(*)
OGIVE_BUMP_OPERATOR(/)
OGIVE_BUMP_OPERATOR(&)
OGIVE_BUMP_OPERATOR(^)
#undef OGIVE_BUMP_OPERATOR

template <class E>
inline Pack<E> operator-(const Pack<E>& a) {
  return each<E>([&](std::size_t i) { return -a.v[i]; });
}
template <class E>
inline void operator+=(Pack<E>& a, const Pack<E>& b) {
  a = a + b;
}
template <class E>
inline void operator-=(Pack<E>& a, const Pack<E>& b) {
  a = a - b;
}

// What differs between float and double.
template <class T>
struct Type;

template <>
struct Type<float> {
  using Lanes = Pack<float>;
  using Words = Pack<std::int32_t>;
  using Word = std::int32_t;
  static constexpr std::size_t lanes = 16;
  static constexpr float magic = 0x1.8p23f;  // adding it rounds to an integer, which then stands in the low bits
  static constexpr float log2_of_e = 0x1.715476p0f;
  static constexpr float ln2_high = 0x1.62e4p-1f;  // 15 bits: n ln2_high is exact
  static constexpr float ln2_low = 0x1.7f7d1cp-20f;
  static constexpr float least = -87.0f;  // e^least is a normal number
  static constexpr int mantissa_bits = 23;
  static constexpr std::int32_t bits_of_one = 0x3f800000;
  static constexpr std::int32_t no_sign = 0x7fffffff;
  static constexpr float largest = 0x1.fffffep127f;
  static constexpr float least_normal = 0x1p-126f;
  // The Taylor series of e^r on |r| <= ln2 / 2: the rest is below 2^-27 of it.
  static Lanes exp_of_reduced(const Lanes& r) {
    const Lanes r2 = r * r;
    const Lanes high = (r * (1 / 5040.0f) + 1 / 720.0f) * r2 + (r * (1 / 120.0f) + 1 / 24.0f);
    return (r2 * r2) * high + ((r * (1 / 6.0f) + 0.5f) * r2 + r) + 1.0f;
  }
};

template <>
struct Type<double> {
  using Lanes = Pack<double>;
  using Words = Pack<std::int64_t>;
  using Word = std::int64_t;
  static constexpr std::size_t lanes = 8;
  static constexpr double magic = 0x1.8p52;
  static constexpr double log2_of_e = 0x1.71547652b82fep0;
  static constexpr double ln2_high = 0x1.62e42feep-1;  // 32 bits
  static constexpr double ln2_low = 0x1.a39ef35793c76p-33;
  static constexpr double least = -708.0;
  static constexpr int mantissa_bits = 52;
  static constexpr std::int64_t bits_of_one = std::int64_t{1023} << 52;
  static constexpr std::int64_t no_sign = INT64_MAX;
  static constexpr double largest = 0x1.fffffffffffffp1023;
  static constexpr double least_normal = 0x1p-1022;
  // To r^13: the rest is below 2^-57. In pairs, lest each term wait for the one before it.
  static Lanes exp_of_reduced(const Lanes& r) {
    const Lanes r2 = r * r;
    const Lanes r4 = r2 * r2;
    const Lanes t4 = (r * (1 / 5040.0) + 1 / 720.0) * r2 + (r * (1 / 120.0) + 1 / 24.0);
    const Lanes t8 = (r * (1 / 39916800.0) + 1 / 3628800.0) * r2 + (r * (1 / 362880.0) + 1 / 40320.0);
    const Lanes t12 = r * (1 / 6227020800.0) + 1 / 479001600.0;
    return (r4 * ((t12 * r4 + t8) * r4 + t4) + ((r * (1 / 6.0) + 0.5) * r2 + r)) + 1.0;
  }
};

template <class T>
using Lanes = typename Type<T>::Lanes;
template <class T>
using Words = typename Type<T>::Words;

template <class T>
inline Lanes<T> load(const T* from) {
  Lanes<T> v;
  __builtin_memcpy(&v, from, sizeof v);
  return v;
}

template <class T>
inline Words<T> words(const Lanes<T>& v) {
  using Register = typename Words<T>::Register;
  return each<typename Type<T>::Word>([&](std::size_t i) { return (Register)v.v[i]; });
}

template <class T>
inline Lanes<T> numbers(const Words<T>& v) {
  using Register = typename Lanes<T>::Register;
  return each<T>([&](std::size_t i) { return (Register)v.v[i]; });
}

/// All bits of a lane where a > b, else none.
template <class T>
inline Words<T> greater(const Lanes<T>& a, T b) {
  using Register = typename Words<T>::Register;
  return each<typename Type<T>::Word>([&](std::size_t i) { return (Register)(a.v[i] > b); });
}

template <class T>
inline Words<T> less(const Lanes<T>& a, T b) {
  using Register = typename Words<T>::Register;
  return each<typename Type<T>::Word>([&](std::size_t i) { return (Register)(a.v[i] < b); });
}

/// Lane by lane v where the mask is set, else 0.
template <class T>
inline Lanes<T> where(const Words<T>& mask, const Lanes<T>& v) {
  return numbers<T>(words<T>(v) & mask);
}

/// Lane by lane v where the mask is set, else `other`.
template <class T>
inline Lanes<T> where(const Words<T>& mask, const Lanes<T>& v, T other) {
  using Register = typename Lanes<T>::Register;
  return each<T>([&](std::size_t i) { return mask.v[i] ? v.v[i] : Register{} + other; });
}

template <class T>
inline Lanes<T> where(const Words<T>& mask, const Lanes<T>& v, const Lanes<T>& other) {
  return each<T>([&](std::size_t i) { return mask.v[i] ? v.v[i] : other.v[i]; });
}

template <class T>
inline Lanes<T> larger(const Lanes<T>& a, const Lanes<T>& b) {
  return each<T>([&](std::size_t i) { return a.v[i] > b.v[i] ? a.v[i] : b.v[i]; });
}

template <class T>
inline Lanes<T> magnitude(const Lanes<T>& v) {
  return numbers<T>(words<T>(v) & Type<T>::no_sign);
}

/// v >= 0 with the signs of `from`.
template <class T>
inline Lanes<T> with_signs(const Lanes<T>& v, const Lanes<T>& from) {
  return numbers<T>(words<T>(v) ^ (words<T>(from) & static_cast<typename Type<T>::Word>(~Type<T>::no_sign)));
}

/// e^y for y <= 0; 0 where that is not a normal number.
template <class T>
inline Lanes<T> exp_lanes(const Lanes<T>& unbounded) {
  using K = Type<T>;
  using Register = typename Words<T>::Register;
  const Words<T> normal = greater<T>(unbounded, K::least);
  const Lanes<T> y = where<T>(normal, unbounded);
  const Lanes<T> k = y * K::log2_of_e + K::magic;
  const Lanes<T> n = k - K::magic;
  const Lanes<T> r = (y - n * K::ln2_high) - n * K::ln2_low;
  const Words<T> bits = words<T>(k);
  const Words<T> scale =
      each<typename K::Word>([&](std::size_t i) -> Register { return (bits.v[i] << K::mantissa_bits) + K::bits_of_one; });
  return where<T>(normal, K::exp_of_reduced(r) * numbers<T>(scale));
}

/// The sum of the lanes: in halves, in the same order whatever the registers.
template <class T>
inline T fold(const Lanes<T>& v) {
  constexpr std::size_t parts = Lanes<T>::parts, n = Lanes<T>::lanes_in_part;
  if constexpr (parts == 4) {
    const auto a = v.v[0] + v.v[2], b = v.v[1] + v.v[3];
    if constexpr (n == 2) {
      return (a[0] + b[0]) + (a[1] + b[1]);
    } else {
      const auto four = a + b;
      return (four[0] + four[2]) + (four[1] + four[3]);
    }
  } else {
    const auto half = [&] {
      if constexpr (parts == 2) {
        return v.v[0] + v.v[1];
      } else if constexpr (n == 8) {
        return __builtin_shufflevector(v.v[0], v.v[0], 0, 1, 2, 3) + __builtin_shufflevector(v.v[0], v.v[0], 4, 5, 6, 7);
      } else {
        return __builtin_shufflevector(v.v[0], v.v[0], 0, 1, 2, 3, 4, 5, 6, 7) +
               __builtin_shufflevector(v.v[0], v.v[0], 8, 9, 10, 11, 12, 13, 14, 15);
      }
    }();
    if constexpr (sizeof(T) == 8) {
      return (half[0] + half[2]) + (half[1] + half[3]);
    } else {
      const auto four = __builtin_shufflevector(half, half, 0, 1, 2, 3) + __builtin_shufflevector(half, half, 4, 5, 6, 7);
      return (four[0] + four[2]) + (four[1] + four[3]);
    }
  }
}

/// A bump at hand: what is the same for all samples. The slopes at a = 1 come without the factors that all samples share.
template <class T, BumpForm kForm>
struct Bump;

template <class T>
struct At {
  Lanes<T> e, c, s;  // value at a = 1, its slopes in c and sigma but for factors
  Words<T> inside;   // in the support
};

template <class T>
struct Bump<T, BumpForm::canonical> {
  T c, sigma;
  Bump(T centre, T width) : c(centre), sigma(width) {}
  T factor_c() const { return 2 / sigma; }
  T factor_s() const { return 2 / sigma; }
  At<T> at(const Lanes<T>& x) const {
    const Lanes<T> z = x - c;
    const Lanes<T> distance = magnitude<T>(z);
    const Words<T> inside = less<T>(distance, sigma);
    const Lanes<T> m = where<T>(inside, distance);
    const Lanes<T> u = m / sigma;
    const Lanes<T> t = sigma / ((sigma - m) * (u + T(1)));
    const Lanes<T> e = where<T>(inside, exp_lanes<T>(-(u * u) * t));
    const Lanes<T> g = u * ((e * t) * t);
    return {e, with_signs<T>(g, z), u * g, inside};
  }
};

template <class T>
struct Bump<T, BumpForm::root> {
  T c, sigma, w, rest, inverse;
  Bump(T centre, T width) : c(centre), sigma(width), w(root_of(width)), rest(rest_of(width, w)), inverse(1 / width) {}
  T factor_c() const { return 2; }
  T factor_s() const { return 1; }
  At<T> at(const Lanes<T>& x) const {
    const Lanes<T> z = x - c;
    const Lanes<T> m = magnitude<T>(z);
    // sigma - m^2: near the edge w - m is exact; near the centre `rest` would be rounded away, always to the same side.
    const Lanes<T> square = m * m;
    const Lanes<T> gap = where<T>(less<T>(square, sigma / 4), sigma - square, (w - m) * (w + m) + rest);
    const Words<T> inside = less<T>(m, sigma) & greater<T>(gap, T(0));
    const Lanes<T> d = where<T>(inside, gap, sigma);
    const Lanes<T> t = sigma / d;
    const Lanes<T> e = where<T>(inside, exp_lanes<T>(-t));
    const Lanes<T> v = where<T>(inside, m) * inverse;  // the domain is decided: here 1 / sigma costs a digit and nothing else
    const Lanes<T> g = v * ((e * t) * t);
    return {e, with_signs<T>(g, z), v * g, inside};
  }

 private:
  static float root_of(float v) { return __builtin_sqrtf(v); }
  static double root_of(double v) { return __builtin_sqrt(v); }
  /// sigma - w^2, exactly (Dekker): w is split in two halves whose products are exact.
  static T rest_of(T sigma, T w) {
    constexpr T split = sizeof(T) == 4 ? T(4097) : T(134217729);
    const T scaled = split * w;
    const T high = scaled - (scaled - w), low = w - high;
    return ((sigma - high * high) - 2 * high * low) - low * low;
  }
};

template <class T>
struct Bump<T, BumpForm::gaussian> {
  T c, b;
  Bump(T centre, T width) : c(centre), b(width) {}
  T factor_c() const { return 2 * b; }
  T factor_s() const { return 1; }
  At<T> at(const Lanes<T>& x) const {
    const Lanes<T> far = x - c;
    const Lanes<T> y = -((far * b) * far);
    const Words<T> inside = greater<T>(y, Type<T>::least);
    const Lanes<T> z = where<T>(inside, far);  // beyond, z z may be infinite
    const Lanes<T> e = where<T>(inside, exp_lanes<T>(y));
    const Lanes<T> g = z * e;
    return {e, g, -(z * g), inside};
  }
};

/// All bits of the lanes below `count`.
template <class T>
inline Words<T> first(std::size_t count) {
  typename Type<T>::Word mask[Type<T>::lanes];
  for (std::size_t i = 0; i < Type<T>::lanes; ++i) mask[i] = i < count ? -1 : 0;
  Words<T> words_of_mask;
  __builtin_memcpy(&words_of_mask, mask, sizeof mask);
  return words_of_mask;
}

template <class T>
struct Gradient {
  T loss, a, c, s;  // sums over the batch
};

/// The sums of r^2 and of r times each slope.
template <class T, BumpForm kForm, bool kAll>
inline Gradient<T> gradient(const Bump<T, kForm>& bump, T a, const T* x, const T* y, std::size_t n) {
  Lanes<T> loss{}, of_a{}, of_c{}, of_s{};
  const auto add = [&](const At<T>& at, const Lanes<T>& r) {
    loss += r * r;
    of_s += r * at.s;
    if constexpr (kAll) {
      of_a += r * at.e;
      of_c += r * at.c;
    }
  };
  std::size_t i = 0;
  for (; i + Type<T>::lanes <= n; i += Type<T>::lanes) {
    const At<T> at = bump.at(load(x + i));
    add(at, at.e * a - load(y + i));
  }
  if (i < n) {
    const Words<T> there = first<T>(n - i);
    const At<T> at = bump.at(where<T>(there, load(x + i)));
    add(at, where<T>(there, at.e * a - load(y + i)));
  }
  Gradient<T> g{fold<T>(loss), 0, 0, 0};
  g.s = (fold<T>(of_s) * bump.factor_s()) * a;
  if constexpr (kAll) {
    g.a = fold<T>(of_a);
    g.c = (fold<T>(of_c) * bump.factor_c()) * a;
  }
  return g;
}

inline float root(float v) { return __builtin_sqrtf(v); }
inline double root(double v) { return __builtin_sqrt(v); }

template <class T>
inline void adam_step(T& p, T& m, T& v, T g, T rate, const AdamRule<T>& rule) {
  m += (g - m) * T(1 - rule.beta1);
  v += (g * g - v) * T(1 - rule.beta2);
  // Once the gradient is 0 both fade into the subnormal numbers, which many processors handle a hundred times slower.
  if (!((m < 0 ? -m : m) >= Type<T>::least_normal)) m = 0;
  if (!(v >= Type<T>::least_normal)) v = 0;
  p -= rate * m / (root(v) + rule.epsilon);
}

template <class T, BumpForm kForm, bool kAll>
double adam_pass(const AdamRule<T>& rule, AdamState<T>& state, const T* x, const T* y, std::size_t n, std::size_t batch,
                 std::size_t& bad_step) {
  AdamState<T> at = state;
  const bool plain = rule.scale == SigmaScale::project;
  const T lowest = plain                           ? rule.sigma_min
                   : rule.scale == SigmaScale::log ? static_cast<T>(__builtin_log(static_cast<double>(rule.sigma_min)))
                                                   : -Type<T>::largest;
  double total = 0;
  for (std::size_t begin = 0; begin < n; begin += batch) {
    const std::size_t count = n - begin < batch ? n - begin : batch;
    T sigma = at.p[2], slope = 1;
    if (!plain) {
      const double e = __builtin_exp(static_cast<double>(at.p[2]));
      const bool softplus = rule.scale == SigmaScale::softplus;
      const double t = static_cast<double>(at.p[2]);
      sigma = static_cast<T>(!softplus ? e : static_cast<double>(rule.sigma_min) + (t > 30 ? t : __builtin_log1p(e)));
      slope = static_cast<T>(!softplus ? e : t > 30 ? 1.0 : e / (1 + e));
    }
    const Gradient<T> g = gradient<T, kForm, kAll>(Bump<T, kForm>(at.p[1], sigma), at.p[0], x + begin, y + begin, count);
    ++at.steps;
    if (!(g.loss <= Type<T>::largest)) {
      bad_step = at.steps;
      state = at;
      return total;
    }
    total += static_cast<double>(g.loss);
    // The powers would end as subnormal numbers, too.
    at.power1 = at.power1 < 1e-30 ? 0 : at.power1 * rule.beta1;
    at.power2 = at.power2 < 1e-30 ? 0 : at.power2 * rule.beta2;
    const T rate = static_cast<T>(rule.learning_rate * __builtin_sqrt(1 - at.power2) / (1 - at.power1));
    const T mean = T(2) / static_cast<T>(count);
    if (rule.free[2]) adam_step(at.p[2], at.m[2], at.v[2], g.s * slope * mean, rate, rule);
    if constexpr (kAll) {
      if (rule.free[0]) adam_step(at.p[0], at.m[0], at.v[0], g.a * mean, rate, rule);
      if (rule.free[1]) adam_step(at.p[1], at.m[1], at.v[1], g.c * mean, rate, rule);
    }
    if (at.p[2] < lowest) at.p[2] = lowest;
  }
  state = at;
  return total;
}

template <class T, BumpForm kForm>
double adam_form(const AdamRule<T>& rule, AdamState<T>& state, const T* x, const T* y, std::size_t n, std::size_t batch,
                 std::size_t& bad_step) {
  return rule.free[0] || rule.free[1] ? adam_pass<T, kForm, true>(rule, state, x, y, n, batch, bad_step)
                                      : adam_pass<T, kForm, false>(rule, state, x, y, n, batch, bad_step);
}

template <class T>
double adam(const AdamRule<T>& rule, AdamState<T>& state, const T* x, const T* y, std::size_t n, std::size_t batch,
            std::size_t& bad_step) {
  switch (rule.form) {
    case BumpForm::canonical:
      return adam_form<T, BumpForm::canonical>(rule, state, x, y, n, batch, bad_step);
    case BumpForm::root:
      return adam_form<T, BumpForm::root>(rule, state, x, y, n, batch, bad_step);
    case BumpForm::gaussian:
      return adam_form<T, BumpForm::gaussian>(rule, state, x, y, n, batch, bad_step);
  }
  return 0;
}

template <BumpForm kForm>
void normal_pass(double a, double c, double sigma, const double* x, const double* y, std::size_t n, NormalSums& sums) {
  using V = Lanes<double>;
  const Bump<double, kForm> bump(c, sigma);
  const double of_c = bump.factor_c() * a, of_s = bump.factor_s() * a;
  constexpr std::size_t block = 1024;  // sums of sums lose less
  for (std::size_t begin = 0; begin < n; begin += block) {
    const std::size_t end = n - begin < block ? n : begin + block;
    V gg[6] = {}, gr[3] = {}, rr{}, largest{};
    Words<double> inside{}, alive{};
    for (std::size_t i = begin; i < end; i += Type<double>::lanes) {
      V px = load(x + i), py = load(y + i);
      Words<double> there = first<double>(Type<double>::lanes);
      if (end - i < Type<double>::lanes) {
        there = first<double>(end - i);
        px = where<double>(there, px);
        py = where<double>(there, py);
      }
      At<double> at = bump.at(px);
      at.e = where<double>(there, at.e);
      const V gc = where<double>(there, at.c), gs = where<double>(there, at.s);
      const V r = at.e * a - py;
      gg[0] += at.e * at.e;
      gg[1] += at.e * gc;
      gg[2] += at.e * gs;
      gg[3] += gc * gc;
      gg[4] += gc * gs;
      gg[5] += gs * gs;
      gr[0] += r * at.e;
      gr[1] += r * gc;
      gr[2] += r * gs;
      rr += r * r;
      inside -= at.inside & there;
      alive -= greater<double>(at.e, 0.0);
      largest = larger<double>(at.e, largest);
    }
    sums.gg[0] += fold<double>(gg[0]);
    sums.gg[1] += fold<double>(gg[1]) * of_c;
    sums.gg[2] += fold<double>(gg[2]) * of_s;
    sums.gg[3] += fold<double>(gg[3]) * of_c * of_c;
    sums.gg[4] += fold<double>(gg[4]) * of_c * of_s;
    sums.gg[5] += fold<double>(gg[5]) * of_s * of_s;
    sums.gr[0] += fold<double>(gr[0]);
    sums.gr[1] += fold<double>(gr[1]) * of_c;
    sums.gr[2] += fold<double>(gr[2]) * of_s;
    sums.rr += fold<double>(rr);
    for (std::size_t part = 0; part < V::parts; ++part)
      for (std::size_t lane = 0; lane < V::lanes_in_part; ++lane) {
        sums.inside += static_cast<double>(inside.v[part][lane]);
        sums.alive += static_cast<double>(alive.v[part][lane]);
        if (largest.v[part][lane] > sums.largest) sums.largest = largest.v[part][lane];
      }
  }
}

void normal(BumpForm form, double a, double c, double sigma, const double* x, const double* y, std::size_t n, NormalSums& sums) {
  switch (form) {
    case BumpForm::canonical:
      return normal_pass<BumpForm::canonical>(a, c, sigma, x, y, n, sums);
    case BumpForm::root:
      return normal_pass<BumpForm::root>(a, c, sigma, x, y, n, sums);
    case BumpForm::gaussian:
      return normal_pass<BumpForm::gaussian>(a, c, sigma, x, y, n, sums);
  }
}

}  // namespace

#define OGIVE_BUMP_TEXT(name) OGIVE_BUMP_TEXT_OF(name)
#define OGIVE_BUMP_TEXT_OF(name) #name
extern const Loops loops_of_set;
const Loops loops_of_set{OGIVE_BUMP_TEXT(OGIVE_BUMP_KERNEL), &adam<float>, &adam<double>, &normal};

}  // namespace ogive::layer::kernel::OGIVE_BUMP_KERNEL
