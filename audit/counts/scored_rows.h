#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace af::audit {

/// One row with its score, the predicted probability of the positive class.
struct ScoredRow {
  double score = 0;  ///< In [0, 1].
  std::uint32_t group = 0;
  bool positive = false;  ///< The label.
};

/// Rows in ascending order of score, ready for metrics that are sums over them; 16 bytes a row.
class ScoredRows {
 public:
  static constexpr std::size_t kBins = 10;  ///< Of equal width, for calibration.

  struct Row {
    double score;
    std::uint32_t group;
    std::uint8_t bin;  ///< 0 .. kBins-1
    bool positive;
    bool ties_with_before;  ///< Same score as the row before.
  };

  ScoredRows(std::vector<ScoredRow> rows, std::size_t groups);

  [[nodiscard]] const std::vector<Row>& rows() const noexcept { return rows_; }
  [[nodiscard]] std::size_t groups() const noexcept { return groups_; }
  /// [rows] -ln of the probability given to the label; infinite if that is 0.
  [[nodiscard]] const std::vector<double>& losses() const noexcept { return losses_; }

 private:
  std::vector<Row> rows_;
  std::vector<double> losses_;
  std::size_t groups_;
};

}  // namespace af::audit
