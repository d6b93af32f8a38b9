// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Many curves in a stream: blocks are read, fitted and written at the same time, in bounded memory.

#include <optional>

#include "ogive/io/byte_source.h"
#include "tools/ogive-fit/arguments.h"

namespace ogive::tools {

/// Fits all curves of the source and returns the exit code.
///
/// @param may_give_up  the caller has another engine: where the curves turn out to be scattered over the table, and nothing has
/// been
///                     written that cannot be taken back, nothing is returned
/// @throws FileError, InputError, UsageError, Interrupted
std::optional<int> fit_stream(io::ByteSource source, const Arguments& arguments, bool may_give_up);

}  // namespace ogive::tools
