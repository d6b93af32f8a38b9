// SPDX-License-Identifier: MIT
#pragma once

namespace ogive::sigmoid {

// Whether results that will not stay in any cache are better written past all of them, on this processor. A kernel as fast as
// memory took, as a share of the hard sigmoid's time (2^26 floats, x and y in step / half a page apart):
//
//                            written past the caches    through them
//   AMD Zen 4, 2026-11-21    0.46 to 1.05               1.5, half a page apart
//   AMD Zen 5, 2026-11-30    1.33 / 1.34                1.08 / 1.05
bool streaming_pays();

}  // namespace ogive::sigmoid
