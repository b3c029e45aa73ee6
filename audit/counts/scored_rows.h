#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace af::audit {

/// One row with its score, the predicted probability of the positive class.
struct ScoredRow {
  double score = 0;  ///< In [0, 1].
  std::uint32_t group = 0;
  bool positive = false;  ///< The label.
  double weight = 1;
};

/// Rows in ascending order of score, ready for sums over them with weights; 19 bytes a row, 27 if
/// the rows have weights of their own. They lie in blocks whose weights stay in the processor's
/// cache, a block's rows group by group, so that what is summed of a group lies together.
class ScoredRows {
 public:
  static constexpr std::size_t kBins = 10;          ///< Of equal width, for calibration.
  static constexpr std::size_t kBlockRows = 4'096;  ///< Of every block but the last.

  /// Rows of one group and bin, in order of score.
  struct Run {
    std::size_t first;  ///< Of the block's rows.
    std::size_t rows;
    std::uint32_t group;
    std::uint8_t bin;  ///< 0 .. kBins-1
    bool ties;         ///< One of them has the score of the row before it in its group.
  };
  /// A row as it lies in its block.
  struct Mark {
    bool positive : 1;
    bool ties : 1;  ///< Same score as the row before it in its group.
  };
  /// The row whose turn it is if all groups are taken together.
  struct Turn {
    std::uint16_t row : 12;  ///< Of the block.
    bool positive : 1;
    bool ties : 1;  ///< Same score as the row before it.
  };
  struct Block {
    std::span<const double> scores;
    std::span<const double>
        losses;  ///< -ln of the probability given to the label; 0 where infinite.
    std::span<const double> weights;  ///< Empty if every row weighs 1.
    std::span<const Mark> marks;
    std::span<const Turn> turns;
    std::span<const Run> runs;
    bool ties;  ///< One of its turns ties.
  };

  ScoredRows(std::vector<ScoredRow> rows, std::size_t groups);

  [[nodiscard]] std::size_t size() const noexcept { return scores_.size(); }
  [[nodiscard]] bool weighted() const noexcept { return !weights_.empty(); }
  [[nodiscard]] std::size_t groups() const noexcept { return infinite_loss_.size(); }
  [[nodiscard]] std::size_t blocks() const noexcept {
    return (size() + kBlockRows - 1) / kBlockRows;
  }
  [[nodiscard]] std::size_t block_rows(std::size_t block) const noexcept;
  [[nodiscard]] Block block(std::size_t block) const;
  /// [groups] Whether a row's label was given probability 0.
  [[nodiscard]] const std::vector<bool>& infinite_loss() const noexcept { return infinite_loss_; }

 private:
  class Builder;

  std::vector<double> scores_;
  std::vector<double> losses_;
  std::vector<double> weights_;  ///< Empty if every row weighs 1.
  std::vector<Mark> marks_;
  std::vector<Turn> turns_;
  std::vector<Run> runs_;
  std::vector<std::size_t> first_run_;  ///< [blocks + 1]
  std::vector<bool> block_ties_;        ///< [blocks]
  std::vector<bool> infinite_loss_;
};

}  // namespace af::audit
