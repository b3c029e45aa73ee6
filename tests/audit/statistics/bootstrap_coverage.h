#pragma once

#include <cstdint>

/// How often a 95 % interval holds the true value, by simulation.
namespace af::test {

enum class CoveredFigure {
  kF1,                ///< BCa, of n rows.
  kBalancedAccuracy,  ///< BCa, of n rows.
  kDifference,        ///< Newcombe, of two groups of n/2 rows with rates p and 0.8 p.
};

struct CoverageCase {
  CoveredFigure figure = CoveredFigure::kF1;
  std::uint64_t rows = 100;
  double p = 0.5;  ///< Share of positive labels, or the first group's rate.
  std::uint64_t experiments = 20'000;
  int replicates = 1'000;
};

struct Coverage {
  double covered = 0;        ///< Share of the experiments with an interval whose interval holds it.
  double with_interval = 0;  ///< Share of the experiments in which there is an interval.
};

/// How often the interval holds the true value. Where few experiments have an interval, those are
/// the ones whose counts came out large, and their coverage says nothing about the method.
/// Experiment i depends on i alone.
[[nodiscard]] Coverage coverage(const CoverageCase& which);

}  // namespace af::test
