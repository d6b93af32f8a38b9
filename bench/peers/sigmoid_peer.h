// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// What each of the shared libraries of bench/peers/sigmoid consists of: functions of the type `void f(const T* x, T* y, size_t n)`
/// with a plain name, the same as `ogive-error --library` takes.

#define OGIVE_PEER extern "C" [[gnu::visibility("default")]] void
