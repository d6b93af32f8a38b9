// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// A function of the user's own, from a shared library, as a variant.

#include <string>

#include "ogive/base/float_types.h"
#include "ogive/sigmoid/variant.h"

namespace ogive::tools {

/// Loads `void symbol(const T* x, T* y, size_t n)` and wraps it, so that a crash can be reported with its inputs (child.h). There
/// is one such function in a process. It is called at once with 0 to 67 inputs, read-only and at either end of the memory, where a
/// function that reads or writes beyond them or writes to its inputs crashes, and then with numbers of every size.
///
/// @throws FileError where the library cannot be loaded, InputError where the function is not in it
sigmoid::Variant load_user_function(const std::string& library, const std::string& symbol, FloatType type, sigmoid::Target target,
                                    double claim);

}  // namespace ogive::tools
