// SPDX-License-Identifier: MIT
#define OGIVE_BUMP_KERNEL avx2
#define OGIVE_BUMP_KERNEL_BYTES 32
#include "ogive/layer/bump_kernel-inl.h"
