// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// What the tests of ogive-fit share: small tables, and the program run on them.

#include <string>
#include <vector>

#include "tools/command.h"

namespace ogive::test {

/// Ten points on a logistic curve with some noise: a regular fit.
inline const std::string rising = "x,y\n0,1.02\n1,1.05\n2,1.11\n3,1.32\n4,1.79\n5,2.48\n6,3.24\n7,3.66\n8,3.91\n9,3.95\n";

/// Three curves in one long table, rows shuffled: A rises, B falls, C is constant but for noise. Keys: plate and drug.
inline const std::string three_curves =
    "plate,drug,x,y\n"
    "1,A,5,2.48\n2,B,1,3.93\n1,A,0,1.02\n1,C,2,2.01\n2,B,9,1.03\n1,A,8,3.91\n1,C,7,1.99\n2,B,4,3.22\n1,A,1,1.05\n2,B,0,3.97\n"
    "1,A,3,1.32\n1,C,0,2.00\n2,B,5,2.49\n1,A,9,3.95\n1,C,5,2.02\n2,B,8,1.09\n1,A,2,1.11\n2,B,2,3.88\n1,C,9,2.01\n1,A,7,3.66\n"
    "2,B,6,1.81\n1,C,4,1.98\n1,A,4,1.79\n2,B,3,3.67\n1,C,8,2.00\n2,B,7,1.31\n1,A,6,3.24\n1,C,1,1.99\n1,C,3,2.01\n1,C,6,2.00\n";

inline std::vector<std::string> ogive_fit(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), OGIVE_FIT);
  return arguments;
}

}  // namespace ogive::test
