#include "audit/statistics/transformed_rejection.h"

#include <gtest/gtest.h>

#include <boost/multiprecision/cpp_dec_float.hpp>
#include <cmath>
#include <vector>

namespace af::audit {
namespace {

struct Law {
  std::uint64_t n;
  double p;
};

/// From the least n p that the algorithm is for up to a million rows.
const std::vector<Law> kLaws{{20, 0.5},      {21, 0.48},      {40, 0.25},      {100, 0.1},
                             {100, 0.37},    {1'000, 0.01},   {1'000, 0.5},    {10'000, 0.001},
                             {10'000, 0.03}, {100'000, 0.25}, {1'000'000, 0.5}};

using Digits = boost::multiprecision::cpp_dec_float_50;

/// [counts] log(f(k) / f(m)) in 50 digits, by the ratios of neighbours from the mode outwards, as
/// far as it is above -60.
class ExactLogRatios {
 public:
  explicit ExactLogRatios(const Law& law)
      : mode_(std::floor((static_cast<double>(law.n) + 1) * law.p)) {
    const Digits p(law.p);
    const Digits odds = p / (1 - p);
    Digits sum = 0;
    above_.push_back(0);
    for (double k = mode_ + 1; k <= static_cast<double>(law.n) && sum > -60; ++k) {
      sum += log(odds * (Digits(law.n) + 1 - k) / k);
      above_.push_back(static_cast<double>(sum));
    }
    sum = 0;
    below_.push_back(0);
    for (double k = mode_ - 1; k >= 0 && sum > -60; --k) {
      sum -= log(odds * (Digits(law.n) - k) / (k + 1));
      below_.push_back(static_cast<double>(sum));
    }
  }
  [[nodiscard]] double mode() const { return mode_; }
  [[nodiscard]] double lowest() const { return mode_ - static_cast<double>(below_.size()) + 1; }
  [[nodiscard]] double highest() const { return mode_ + static_cast<double>(above_.size()) - 1; }
  [[nodiscard]] double at(double k) const {
    return k >= mode_ ? above_[static_cast<std::size_t>(k - mode_)]
                      : below_[static_cast<std::size_t>(mode_ - k)];
  }

 private:
  double mode_;
  std::vector<double> above_;
  std::vector<double> below_;
};

/// [laws]
const std::vector<ExactLogRatios>& exact_log_ratios() {
  static const std::vector<ExactLogRatios> kExact(kLaws.begin(), kLaws.end());
  return kExact;
}

template <class Check>
void for_each_law(Check check) {
  for (std::size_t i = 0; i < kLaws.size(); ++i) {
    const Law& law = kLaws[i];
    SCOPED_TRACE(testing::Message() << "n = " << law.n << ", p = " << law.p);
    check(TransformedRejection(law.n, law.p), exact_log_ratios()[i]);
  }
}

TEST(TransformedRejection, KnowsTheMostProbableCount) {
  for_each_law([](const TransformedRejection& points, const ExactLogRatios& exact) {
    EXPECT_EQ(points.mode(), exact.mode());
    for (double k = exact.lowest(); k <= exact.highest(); ++k) EXPECT_LE(exact.at(k), 1e-15) << k;
  });
}

/// The correction of Stirling's formula is a series: at its largest, for small counts, it errs by
/// 1e-10.
TEST(TransformedRejection, HasTheLogarithmOfTheProbabilities) {
  for_each_law([](const TransformedRejection& points, const ExactLogRatios& exact) {
    for (double k = exact.lowest(); k <= exact.highest(); ++k) {
      ASSERT_NEAR(points.log_ratio(k), exact.at(k), 1e-9) << k;
    }
  });
}

TEST(TransformedRejection, HasTheProbabilitiesNearTheMode) {
  for_each_law([](const TransformedRejection& points, const ExactLogRatios& exact) {
    for (double far = 0; far <= TransformedRejection::kNear; ++far) {
      for (const double k : {exact.mode() - far, exact.mode() + far}) {
        if (k < exact.lowest() || k > exact.highest()) continue;
        const double ratio = std::exp(exact.at(k));
        ASSERT_NEAR(points.ratio_near_mode(k), ratio, 1e-13 * ratio) << k;
      }
    }
  });
}

TEST(TransformedRejection, BoundsTheLogarithmFarFromTheMode) {
  for_each_law([](const TransformedRejection& points, const ExactLogRatios& exact) {
    for (double k = exact.lowest(); k <= exact.highest(); ++k) {
      if (std::abs(k - exact.mode()) <= TransformedRejection::kNear) continue;
      const auto bounds = points.log_ratio_bounds(k);
      ASSERT_LE(bounds.low, exact.at(k)) << k;
      ASSERT_GE(bounds.high, exact.at(k)) << k;
    }
  });
}

/// A grid of u that is finer than the counts, without the ends of the range.
template <class Check>
void for_each_u(const ExactLogRatios& exact, Check check) {
  const double counts = exact.highest() - exact.lowest();
  const double steps = 40 * counts + 20'000;
  for (double i = 1; i < steps; ++i) check(i / steps - 0.5);
}

TEST(TransformedRejection, HasItsSlope) {
  for_each_law([](const TransformedRejection& points, const ExactLogRatios&) {
    // G'(u) / alpha, alpha from u = 0, where G' = 4a + b.
    const double h = 1e-6;
    const double at_0 = (points.count(h) - points.count(-h)) / (2 * h) / points.slope(0);
    for (double u = -0.49; u < 0.495; u += 0.01) {
      const double slope = (points.count(u + h) - points.count(u - h)) / (2 * h);
      ASSERT_NEAR(slope / points.slope(u), at_0, 1e-4 * at_0) << u;
    }
  });
}

/// With this and the true probabilities the draws have their distribution: of every k the accepted
/// area is f(k) / f(m) / alpha times the integral of G' over its u, which is 1.
TEST(TransformedRejection, NeverNeedsToAcceptMoreThanAllAndTakesUnseenOnlyWhatItMay) {
  for_each_law([](const TransformedRejection& points, const ExactLogRatios& exact) {
    ASSERT_GT(points.unseen(), 0);
    for_each_u(exact, [&](double u) {
      const double k = std::floor(points.count(u));
      const bool possible = k >= exact.lowest() && k <= exact.highest();
      const double accepted = possible ? std::exp(exact.at(k)) * points.slope(u) : 0.0;
      ASSERT_LE(accepted, 1) << u;
      if (std::abs(u) <= TransformedRejection::kUnseen) {
        ASSERT_GE(accepted, points.unseen()) << u;
      }
    });
  });
}

/// Whatever way it is decided, a point is accepted exactly up to f(k) / f(m) G'(u) / alpha.
TEST(TransformedRejection, AcceptsUpToTheProbability) {
  for_each_law([](const TransformedRejection& points, const ExactLogRatios& exact) {
    for (double i = 1; i < 3'000; ++i) {
      const double u = i / 3'000 - 0.5;
      const double k = std::floor(points.count(u));
      if (k < exact.lowest() || k > exact.highest()) continue;
      const double accepted = std::exp(exact.at(k)) * points.slope(u);
      EXPECT_EQ(points.at(u, accepted * (1 - 1e-8)), static_cast<std::uint64_t>(k)) << u;
      const double too_much = accepted * (1 + 1e-8);
      EXPECT_FALSE(too_much <= 1 && points.at(u, too_much)) << u;
    }
  });
}

TEST(TransformedRejection, RefusesCountsThatThereAreNot) {
  const TransformedRejection points(20, 0.5);
  EXPECT_LT(points.count(-0.4999), 0);
  EXPECT_FALSE(points.at(-0.4999, 1e-300));
  EXPECT_GT(points.count(0.4999), 21);
  EXPECT_FALSE(points.at(0.4999, 1e-300));
}

}  // namespace
}  // namespace af::audit
