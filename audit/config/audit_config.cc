#include "audit/config/audit_config.h"

#include <fmt/format.h>

#include <algorithm>

#include "audit/inputs/bins.h"
#include "core/errors.h"
#include "core/parallel.h"

namespace af::audit {
namespace {

void check_distinct(const AuditConfig& config) {
  std::vector<std::string> columns = config.counted_columns();
  for (const std::string* one :
       {&config.prediction, &config.score, &config.stratum, &config.weights}) {
    if (!one->empty()) columns.push_back(*one);
  }
  std::ranges::sort(columns);
  const auto repeated = std::ranges::adjacent_find(columns);
  if (repeated == columns.end()) return;
  throw ConfigError(
      fmt::format("column '{}' is named twice; label, prediction, score, stratum, weights and "
                  "groups must be different columns",
                  *repeated));
}

void check_range(const char* name, int value, int least) {
  constexpr int kMost = 1'000'000;
  if (value >= least && value <= kMost) return;
  throw ConfigError(fmt::format("{} is {}, expected {} to {}", name, value, least, kMost));
}

}  // namespace

std::vector<std::string> AuditConfig::counted_columns() const {
  std::vector<std::string> columns;
  if (!label.empty()) columns.push_back(label);
  columns.insert(columns.end(), group.begin(), group.end());
  return columns;
}

void AuditConfig::validate() const {
  check_distinct(*this);
  check_range("replicates", replicates, 0);
  check_range("score_replicates", score_replicates, 0);
  check_range("max_groups", max_groups, 1);
  for (const std::string& text : bins) static_cast<void>(parse_bins(text));
  static_cast<void>(resolve_threads(threads));
  if (weights.empty() && weights_are != WeightKind::kFrequency) {
    throw ConfigError("option --weights-are has no meaning without --weights COLUMN");
  }
}

}  // namespace af::audit
