// SPDX-License-Identifier: MIT
#define OGIVE_BUMP_KERNEL baseline
#define OGIVE_BUMP_KERNEL_BYTES 16
#include "ogive/layer/bump_kernel-inl.h"
