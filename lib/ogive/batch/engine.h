// SPDX-License-Identifier: MIT
#pragma once

/// @file
/// The lane engine: groups of curves of equal length, fitted one curve a lane.

#include <cstddef>
#include <span>
#include <vector>

#include "ogive/batch/candidates.h"
#include "ogive/batch/job.h"
#include "ogive/batch/state.h"

namespace ogive::batch {

/// The models that have lanes. A log-dose model is the logistic of log x.
enum class LaneModel { logistic, logistic3, gompertz };

/// Curves of equal length, all with or all without weights, all in float64 or all in float32.
struct Group {
  LaneModel model = LaneModel::logistic;
  std::size_t m = 0;  ///< points of each: at least least_points
  std::span<const CurvePointers> curves;
  bool weighted = false;
  bool float32_input = false;
  bool float32 = false;    ///< the arithmetic of the search
  bool variances = false;  ///< for standard errors
};

/// Fewer points leave nothing to judge a fit by.
inline constexpr std::size_t least_points = 5;

/// Memory of an engine, used again from group to group; one for each thread.
struct EngineMemory {
  GroupState state;               ///< the results
  AlignedBuffer<double> block64;  // points of a block
  AlignedBuffer<float> block32;
  AlignedBuffer<double> lanes64;  // points of the lanes of a refill engine
  AlignedBuffer<float> lanes32;
  std::vector<double> records;  // normalised points of the curves that need more than the main path
  std::vector<std::size_t> record_of;
  std::vector<Job> jobs;
  std::size_t grid_jobs = 0;     // where the jobs from the grid begin; both parts rise by curve
  std::vector<const Job*> ends;  // of one curve
  std::vector<Job> survivors;
  std::vector<std::size_t> finish, flagged, gridded;
  std::vector<std::size_t> rivals;  // unfinished curves for which another descent was not far behind; rising
  std::vector<double> bests, lines;
  std::vector<StepLimit> steps;
  std::vector<CandidateStart> starts;
  AlignedBuffer<float> gains;
  std::vector<double> mirrored;
  AlignedBuffer<double> sides;
  double evaluations = 0;  ///< of the model at one point, so far; those in float32 count half, values without derivatives half
};

/// Fits all curves of a group into memory.state.
void fit_group(const Group& group, EngineMemory& memory);

/// The same for one model and precision each; a file of its own each, as each is compiled for every instruction set.
/// @{
void fit_logistic(const Group& group, EngineMemory& memory);
void fit_logistic_float32(const Group& group, EngineMemory& memory);
void fit_logistic_weighted(const Group& group, EngineMemory& memory);
void fit_logistic_weighted_float32(const Group& group, EngineMemory& memory);
void fit_logistic3(const Group& group, EngineMemory& memory);
void fit_logistic3_float32(const Group& group, EngineMemory& memory);
void fit_gompertz(const Group& group, EngineMemory& memory);
void fit_gompertz_float32(const Group& group, EngineMemory& memory);
/// @}

/// The curves that a block of the instruction set in use holds.
std::size_t block_size();

/// "AVX3", "AVX2", ...
const char* engine_target();

}  // namespace ogive::batch
