#include "al/training/one_cycle.h"

#include <cmath>
#include <numbers>

namespace af::al {
namespace {

constexpr double kStartDivisor = 25;
constexpr double kEndDivisor = 1e4;
constexpr double kLowMomentum = .85;
constexpr double kHighMomentum = .95;

double cosine(double from, double to, double fraction) {
  return to + (from - to) / 2 * (1 + std::cos(std::numbers::pi * fraction));
}

/// Where `batch` lies between two ends, in [0, 1]; a phase without length is over at once.
double fraction_of(double batch, double begin, double end) {
  return end > begin ? (batch - begin) / (end - begin) : 1;
}

}  // namespace

LearningPoint OneCycle::at(std::int64_t batch) const {
  const auto now = static_cast<double>(batch);
  const double top = rising * static_cast<double>(batches) - 1;
  const double start = peak / kStartDivisor;
  if (now <= top) {
    const double fraction = fraction_of(now, 0, top);
    return {cosine(start, peak, fraction), cosine(kHighMomentum, kLowMomentum, fraction)};
  }
  const double fraction = fraction_of(now, top, static_cast<double>(batches - 1));
  return {cosine(peak, start / kEndDivisor, fraction),
          cosine(kLowMomentum, kHighMomentum, fraction)};
}

}  // namespace af::al
