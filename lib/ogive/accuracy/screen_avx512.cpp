// SPDX-License-Identifier: MIT
#define OGIVE_SCREEN avx512
#define OGIVE_SCREEN_NAME "avx512"
#include "ogive/accuracy/screen-inl.h"
