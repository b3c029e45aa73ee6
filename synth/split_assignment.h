#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "synth/dataset_config.h"
#include "synth/keyed_permutation.h"
#include "synth/split_factors.h"

namespace af::synth {

/// Gives rows their splits as a configuration says: a row's split depends on the configuration, the
/// row's index and its factors alone. With `--draws quota` the shares of `random` are exact counts
/// (largest remainder).
class SplitAssignment {
 public:
  /// @throws ConfigError: a factor or level that is not there (with the nearest), a condition that
  ///         no image can meet, conditions of two splits that one image can meet, or fewer levels
  ///         than splits.
  explicit SplitAssignment(const DatasetConfig& config);

  /// @param row  Its split and pixels aside.
  [[nodiscard]] Split operator()(const Row& row) const;

  /// Whether rows of the split are asked for. Conditions and levels may leave one empty all the
  /// same, which only the rows show.
  [[nodiscard]] bool asks_for(Split split) const;

 private:
  /// Positions of allowed levels, or numbers, of a factor.
  struct Restriction {
    std::size_t factor;
    std::vector<bool> levels;
    Interval numbers;
  };
  using Restrictions = std::vector<Restriction>;
  /// From a factor's value to a split.
  struct Parts {
    std::size_t factor;
    std::vector<std::uint8_t> of_level;
    std::vector<double> ends;  ///< Of a number's parts but for the last.
  };

  [[nodiscard]] std::size_t factor(const std::string& name) const;
  void add_term(const SplitTerm& term, Restrictions& all) const;
  [[nodiscard]] bool can_hold(const Restrictions& all) const;
  [[nodiscard]] bool tied_can_hold(const Restrictions& all) const;
  void read_conditions();
  void refuse_overlaps() const;
  [[nodiscard]] Parts deal(const std::string& name) const;
  [[nodiscard]] Parts deal_levels(std::size_t factor) const;
  [[nodiscard]] Parts cut_range(std::size_t factor) const;
  [[nodiscard]] bool holds(const Restrictions& all, const Row& row) const;
  [[nodiscard]] std::size_t part(const Parts& parts, const Row& row) const;
  [[nodiscard]] Split by_share(std::uint64_t index) const;

  SplitRule rule_;
  std::uint64_t seed_;
  JointTable joint_;
  std::vector<double> cells_;  ///< Probabilities of the joint table's cells; empty if not needed.
  std::vector<SplitFactor> factors_;
  std::array<std::vector<Restrictions>, kSplits> conditions_;
  std::vector<Parts> parts_;
  std::vector<Split> dealt_;  ///< Splits that have a share.
  std::optional<KeyedPermutation> order_;
  std::array<std::uint64_t, kSplits> ends_{};  ///< Of exact counts.
};

}  // namespace af::synth
