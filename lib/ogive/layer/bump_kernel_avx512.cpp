// SPDX-License-Identifier: MIT
#define OGIVE_BUMP_KERNEL avx512
#define OGIVE_BUMP_KERNEL_BYTES 64
#include "ogive/layer/bump_kernel-inl.h"
