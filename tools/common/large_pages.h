// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// Memory in large pages, where the system gives them on request (Linux with glibc): on a virtual machine the first touch of each
/// 4 KiB may cost 10 us, as much as fifty fits.

namespace ogive::tools {

/// From now on memory comes from one heap for all threads, its first 64 MiB in pages of 2 MiB. For work that allocates its buffers
/// once and little afterwards; call it before there are other threads. Does nothing where that is not to be had.
void use_large_pages();

}  // namespace ogive::tools
