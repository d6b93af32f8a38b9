// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The instruction sets that the engine is compiled for: to be included before Highway. What it leaves out gains nothing over the
/// next lower one that is in. Under the sanitizers, which take minutes for each, the widest and the plain one do.

#if defined(OGIVE_FEW_TARGETS)
#define HWY_DISABLED_TARGETS (HWY_AVX3_DL | HWY_AVX2 | HWY_SSE4 | HWY_SSSE3)
#else
#define HWY_DISABLED_TARGETS (HWY_AVX3_DL | HWY_SSSE3)
#endif
