#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "al/methods/method_options.h"

/// REPAIR: weights of the labelled rows under which the group attribute says least about the class;
/// repair_keep.h picks rows by them. A linear model of the class on the attribute (one-hot, with
/// a bias) and the weights w_i = sigmoid(a_i) of the n rows play against each other. Over a batch
/// of B rows, with l_i the model's cross-entropy at row i:
///   z_i = w_i / (1/n sum_j w_j),            q_c = sum_{y_j = c} w_j / sum_j w_j,
///   loss = 1/B sum_i z_i l_i,               entropy = -1/B sum_i z_i log q_{y_i},
///   bias = 1 - loss / entropy.
/// The model descends the loss (SGD, momentum .9), the a_i descend the bias (plain SGD).
/// Source: Li and Vasconcelos 2019, "REPAIR: Removing Representation Bias by Dataset Resampling"
/// (arXiv:1904.07911); rates, epochs and batches of 128 as in its published code. That the model
/// starts from 0 is ours: its loss is convex. All in float64.
///
/// The attribute is categorical, so that the rows of a pair of class and group come to much the
/// same weight; what is kept by comparing weights is then whole pairs or none of them, while
/// sampling keeps the shares that were learnt.
namespace af::al::methods {

/// Rows that have a class and a group, both numbered from 0 without gaps.
struct RepairRows {
  RepairRows(std::span<const std::int64_t> class_codes, std::span<const std::int64_t> group_codes);

  std::vector<std::size_t> classes;  ///< [n]
  std::vector<std::size_t> groups;   ///< [n]
  std::size_t class_count;
  std::size_t group_count;
};

/// What REPAIR learns, or derivatives by it.
struct RepairState {
  explicit RepairState(const RepairRows& rows);

  std::vector<double> model;    ///< [classes, groups + 1], the bias last
  std::vector<double> weights;  ///< [n] a_i; a weight is its sigmoid
};

struct RepairTerms {
  double loss;
  double entropy;  ///< In nats.
  [[nodiscard]] double bias() const { return 1 - loss / entropy; }
};
/// @param batch  Positions of some of the rows, each once.
[[nodiscard]] RepairTerms repair_terms(const RepairRows& rows, const RepairState& state,
                                       std::span<const std::size_t> batch);
/// Derivatives of the loss by the model and of the bias by the a_i.
[[nodiscard]] RepairState repair_gradient(const RepairRows& rows, const RepairState& state,
                                          std::span<const std::size_t> batch);

/// The weights w_i that are learnt, in (0, 1), all 1/2 if all rows are of one class, which nothing
/// has to predict. Epoch e takes the rows in the order of the stream (seed, kRepairOrder, (step,
/// e)).
/// @throws Error (exit 3) that names step and rate if they are not finite.
[[nodiscard]] std::vector<double> repair_weights(const RepairRows& rows,
                                                 const RepairOptions& options, std::uint64_t seed,
                                                 std::int64_t step);

}  // namespace af::al::methods
