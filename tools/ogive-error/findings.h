// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// A measurement as a record, and as a page for people.

#include <string>

#include "ogive/accuracy/measure.h"
#include "tools/common/records.h"
#include "tools/ogive-error/subjects.h"

namespace ogive::tools {

/// "kept", "broken", or "none" where nothing is claimed.
std::string verdict(const Subject& subject, const accuracy::Measurement& found);

/// What breaks a claim, in words: "3.85 ulp at x = -87.3, where at most 2.5 are claimed"; empty where none is broken.
std::string breach_text(const Subject& subject, const accuracy::Measurement& found);

/// All findings; the columns of a table are the main ones.
Record record_of(const Subject& subject, const accuracy::Measurement& found, double seconds);

/// All findings of one subject, one a line. Equal findings give equal bytes.
std::string page_of(const Subject& subject, const accuracy::Measurement& found);

}  // namespace ogive::tools
