// SPDX-License-Identifier: MIT
#define OGIVE_SCREEN avx2
#define OGIVE_SCREEN_NAME "avx2"
#include "ogive/accuracy/screen-inl.h"
