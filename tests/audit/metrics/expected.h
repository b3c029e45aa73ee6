#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "audit/counts/contingency_table.h"
#include "audit/metrics/metric_frame.h"

/// What tests of metrics hold against values of a peer.
namespace af::audit::test {

inline std::vector<std::string> numbered(std::size_t count) {
  std::vector<std::string> values;
  for (std::size_t i = 0; i < count; ++i) values.push_back(std::to_string(i));
  return values;
}

/// A table without rows: the group columns, label and prediction, whose values are numbers.
inline ContingencyTable empty_table(std::vector<Factor> groups, std::size_t classes) {
  groups.push_back({.name = "label", .values = numbered(classes)});
  groups.push_back({.name = "prediction", .values = numbered(classes)});
  return ContingencyTable(std::move(groups));
}

/// counts[group][label][prediction]; with two group columns the groups are numbered in binary.
inline ContingencyTable table_of(const nlohmann::json& counts, std::size_t group_columns = 1) {
  std::vector<Factor> groups{{.name = "group", .values = numbered(counts.size())}};
  if (group_columns == 2) groups = {{.name = "a", .values = {"0", "1"}}, {"b", {"0", "1"}}};
  ContingencyTable table = empty_table(std::move(groups), counts[0].size());
  std::size_t cell = 0;
  for (const auto& group : counts) {
    for (const auto& label : group) {
      for (const auto& rows : label) table.add(cell++, rows.get<std::uint64_t>());
    }
  }
  return table;
}

/// To 1e-12 (of itself if it is above 1); null stands for undefined.
inline void expect_equal(const Estimate& ours, const nlohmann::json& theirs,
                         const std::string& name) {
  ASSERT_EQ(ours.value.has_value(), theirs.is_number()) << name << ": " << ours.reason;
  if (!ours.value) {
    EXPECT_FALSE(ours.reason.empty()) << name;
    return;
  }
  EXPECT_NEAR(*ours.value, theirs.get<double>(), 1e-12 * std::max(1.0, *ours.value)) << name;
}

inline const Estimate& disparity(const std::vector<Disparity>& all, const std::string& name) {
  const auto found = std::ranges::find(all, name, &Disparity::name);
  if (found == all.end()) throw std::out_of_range("no disparity " + name);
  return found->estimate;
}

}  // namespace af::audit::test
