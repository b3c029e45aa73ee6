#include "core/portable_math.h"

#include <gtest/gtest.h>

#include <boost/math/distributions/normal.hpp>
#include <boost/multiprecision/cpp_bin_float.hpp>
#include <cmath>
#include <limits>

#include "core/random.h"

namespace af {
namespace {

using Exact = boost::multiprecision::cpp_bin_float_50;

/// The double nearest to a 50-digit value.
double nearest(const Exact& value) { return value.convert_to<double>(); }

TEST(PortableMath, SineAndCosineAreCorrectlyRounded) {
  Stream stream(1, Purpose::kTest, 0);
  for (int i = 0; i < 20000; ++i) {
    const double x = stream.uniform(-100.0, 100.0);
    const portable::SinCos got = portable::sin_cos(x);
    ASSERT_EQ(got.sin, nearest(sin(Exact(x)))) << x;
    ASSERT_EQ(got.cos, nearest(cos(Exact(x)))) << x;
  }
  EXPECT_EQ(portable::sin_cos(0.0).sin, 0.0);
  EXPECT_EQ(portable::sin_cos(0.0).cos, 1.0);
}

TEST(PortableMath, ExpIsCorrectlyRounded) {
  Stream stream(1, Purpose::kTest, 1);
  for (int i = 0; i < 20000; ++i) {
    const double x = i % 2 == 0 ? stream.uniform(-2.0, 2.0) : stream.uniform(-700.0, 700.0);
    ASSERT_EQ(portable::exp(x), nearest(exp(Exact(x)))) << x;
  }
  EXPECT_EQ(portable::exp(0.0), 1.0);
}

TEST(PortableMath, LogIsCorrectlyRounded) {
  Stream stream(1, Purpose::kTest, 2);
  for (int i = 0; i < 20000; ++i) {
    const double x = i % 2 == 0 ? stream.uniform(0.5, 2.0)
                                : std::ldexp(stream.uniform(0.5, 1.0),
                                             static_cast<int>(stream.below(2000)) - 1000);
    ASSERT_EQ(portable::log(x), nearest(log(Exact(x)))) << x;
  }
  EXPECT_EQ(portable::log(1.0), 0.0);
}

TEST(PortableMath, NormalQuantileAgreesWithBoost) {
  const boost::math::normal law;
  Stream stream(1, Purpose::kTest, 3);
  for (int i = 0; i < 20000; ++i) {
    const double p = i % 2 == 0 ? stream.uniform(1e-6, 1.0 - 1e-6)
                                : std::ldexp(stream.uniform(0.5, 1.0),
                                             -static_cast<int>(stream.below(1000)) - 1);
    const double expected = boost::math::quantile(law, p);
    ASSERT_NEAR(portable::normal_quantile(p), expected, 4e-15 * (1.0 + std::abs(expected))) << p;
  }
}

}  // namespace
}  // namespace af
