// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The instruction sets that the engine is compiled for: to be included before Highway. What it leaves out gains nothing over the
/// next lower one that is in.

#define HWY_DISABLED_TARGETS (HWY_AVX3_DL | HWY_SSSE3)
