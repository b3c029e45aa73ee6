#pragma once

#include <optional>

#include "audit/counts/two_way_table.h"
#include "audit/statistics/test_result.h"

/// Tests of whether two classifications are independent. Rows and columns without counts are left
/// out first; with fewer than two of either left nothing can be tested.
namespace af::audit {

/// Pearson's X^2 = sum (n_ij - E_ij)^2 / E_ij with E_ij = r_i c_j / N, against chi-square with
/// (r-1)(c-1) degrees of freedom; no continuity correction. `method` says so where an expected
/// count is below 5. Source: Pearson 1900; Agresti 2013, "Categorical Data Analysis", 3.2.1.
[[nodiscard]] TestResult chi_square_test(const TwoWayTable& table);

/// G = 2 sum n_ij log(n_ij / E_ij), likewise. Source: Agresti 2013, 3.2.1.
[[nodiscard]] TestResult g_test(const TwoWayTable& table);

/// The smallest expected count r_i c_j / N of a table without empty rows and columns: the
/// chi-square approximation is doubtful where it is below 5 (Cochran 1954). 0 for an empty table.
[[nodiscard]] double smallest_expected(const TwoWayTable& table);

/// Pearson's X^2 of a table without empty rows and columns, and its degrees of freedom.
struct PearsonStatistic {
  double value = 0;
  double degrees_of_freedom = 0;
};
[[nodiscard]] PearsonStatistic pearson_statistic(const TwoWayTable& table);

/// Why independence cannot be tested in a table without empty rows and columns; empty if it can.
[[nodiscard]] std::optional<std::string> not_testable(const TwoWayTable& table);

}  // namespace af::audit
