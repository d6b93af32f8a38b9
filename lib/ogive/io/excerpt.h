// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// A cell as a message shows it: one line, short, and safe to send to a terminal.
///
/// @code
///   ogive::io::excerpt("tab\there");  // 'tab\there' with a backslash and a t
/// @endcode

#include <cstddef>
#include <string>
#include <string_view>

namespace ogive::io {

/// At most this many characters of a cell are shown; then "..." follows.
inline constexpr std::size_t excerpt_limit = 40;

/// `text` in single quotes. Control characters, bytes that are not UTF-8 and invisible characters appear as \\n, \\x1b or \\u00a0.
std::string excerpt(std::string_view text);

}  // namespace ogive::io
