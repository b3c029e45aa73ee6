#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace af::al {

/// What a test set was and what was predicted for it.
struct Predictions {
  std::vector<std::uint16_t> labels;      ///< [N] true classes
  std::vector<std::uint16_t> predicted;   ///< [N] classes
  std::vector<std::uint16_t> groups;      ///< [N] values of the group column
  std::vector<double> log_probabilities;  ///< [N, classes], natural logarithm
  std::size_t class_count = 0;
  std::size_t group_count = 0;
};

/// Counts of rows by group, true class and predicted class. Every rate is a part of a whole of
/// these counts; a rate of nothing is empty.
class Confusion {
 public:
  explicit Confusion(const Predictions& predictions);

  [[nodiscard]] std::size_t classes() const noexcept { return classes_; }
  [[nodiscard]] std::size_t groups() const noexcept { return groups_; }
  [[nodiscard]] std::uint64_t count(std::size_t group, std::size_t label,
                                    std::size_t predicted) const {
    return counts_[(group * classes_ + label) * classes_ + predicted];
  }

  [[nodiscard]] std::optional<double> accuracy() const;
  [[nodiscard]] std::optional<double> class_accuracy(std::size_t label) const;  ///< Its recall.
  [[nodiscard]] std::optional<double> group_accuracy(std::size_t group) const;
  [[nodiscard]] std::optional<double> cell_accuracy(std::size_t label, std::size_t group) const;
  /// Right among the rows predicted as the class.
  [[nodiscard]] std::optional<double> precision(std::size_t label) const;
  /// 2 TP / (2 TP + FP + FN).
  [[nodiscard]] std::optional<double> f1(std::size_t label) const;
  /// Share of a group's rows predicted as the class.
  [[nodiscard]] std::optional<double> selection_rate(std::size_t label, std::size_t group) const;
  /// Share predicted as the class among a group's rows of other classes.
  [[nodiscard]] std::optional<double> false_positive_rate(std::size_t label,
                                                          std::size_t group) const;

 private:
  template <class Part, class Whole>
  [[nodiscard]] std::optional<double> share(Part part, Whole whole) const;

  std::size_t classes_;
  std::size_t groups_;
  std::vector<std::uint64_t> counts_;
};

}  // namespace af::al
