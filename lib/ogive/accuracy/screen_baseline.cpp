// SPDX-License-Identifier: MIT
#define OGIVE_SCREEN baseline
#define OGIVE_SCREEN_NAME "baseline"
#include "ogive/accuracy/screen-inl.h"
