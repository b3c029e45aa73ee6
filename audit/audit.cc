#include "audit/audit.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <string_view>

#include "audit/composition_report.h"
#include "audit/csv_counts.h"
#include "audit/dataset_counts.h"
#include "audit/predictions_report.h"
#include "audit/run_folder.h"
#include "audit/run_report.h"
#include "audit/subset_report.h"
#include "core/dataset_reader.h"
#include "core/errors.h"

namespace af::audit {
namespace {

namespace fs = std::filesystem;
using std::string_view_literals::operator""sv;

constexpr std::string_view kHdf5Signature = "\x89HDF\r\n\x1a\n"sv;

bool has_hdf5_signature(const fs::path& path) {
  std::string start(kHdf5Signature.size(), '\0');
  std::ifstream(path, std::ios::binary).read(start.data(), std::ssize(start));
  return start == kHdf5Signature;
}

bool is_dataset(const fs::path& path) {
  const std::string extension = path.extension().string();
  return extension == ".h5" || extension == ".hdf5" || has_hdf5_signature(path);
}

/// Target first, then the groups: the factors' order everywhere.
std::vector<std::string> columns_of(const std::string& label,
                                    const std::vector<std::string>& groups) {
  std::vector<std::string> columns;
  if (!label.empty()) columns.push_back(label);
  columns.insert(columns.end(), groups.begin(), groups.end());
  return columns;
}

/// An option that would be ignored is refused: the user meant something by it.
void check_unused(const std::string& what, const std::string& input, bool given,
                  const char* option) {
  if (!given) return;
  throw ConfigError(
      fmt::format("option {} has no meaning for {}, which is {}", option, input, what));
}

Report audit_dataset(const fs::path& path, const std::optional<fs::path>& subset,
                     const AuditConfig& config) {
  const DatasetReader reader(path);
  AuditConfig resolved = config;
  if (resolved.label.empty()) resolved.label = "char";
  if (resolved.group.empty()) resolved.group = {"color"};
  resolved.validate();
  const auto columns = columns_of(resolved.label, resolved.group);
  ContingencyTable pool = count_dataset(reader, columns);
  if (!subset) return composition_report(compose(std::move(pool), true), path.string());
  const RowSelection selection = read_selection(*subset, reader.rows());
  return subset_report(
      compare_with_pool(std::move(pool), count_dataset(reader, columns, selection)), true,
      path.string(), subset->string());
}

Report audit_csv(const fs::path& path, const AuditConfig& config) {
  if (config.group.empty()) {
    throw ConfigError("option --group is missing; expected a column of the CSV to group by");
  }
  if (config.prediction.empty()) {
    check_unused("audited without --prediction", path.string(), !config.positive.empty(),
                 "--positive");
    const bool has_label = !config.label.empty();
    return composition_report(
        compose(count_csv(path, columns_of(config.label, config.group)), has_label), path.string());
  }
  if (config.label.empty()) {
    throw ConfigError("option --label is missing; expected the column of the true class");
  }
  std::vector<std::string> columns = config.group;
  columns.insert(columns.end(), {config.label, config.prediction});
  const std::optional<std::string> positive =
      config.positive.empty() ? std::nullopt : std::optional(config.positive);
  return predictions_report(audit_predictions(count_csv(path, columns), positive), path.string());
}

}  // namespace

void AuditConfig::validate() const {
  std::vector<std::string> columns = columns_of(label, group);
  if (!prediction.empty()) columns.push_back(prediction);
  std::ranges::sort(columns);
  const auto repeated = std::ranges::adjacent_find(columns);
  if (repeated != columns.end()) {
    throw ConfigError(
        fmt::format("column '{}' is named twice; label, prediction and groups must "
                    "be different columns",
                    *repeated));
  }
  constexpr std::array kReserved{"count", "share", "low", "high", "metrics"};
  for (const std::string& column : columns_of(label, group)) {
    if (std::ranges::find(kReserved, column) == kReserved.end()) continue;
    throw ConfigError(
        fmt::format("column '{}' has a name that the report uses itself; rename it", column));
  }
}

Report audit(const fs::path& input, const std::optional<fs::path>& subset,
             const AuditConfig& config) {
  config.validate();
  std::error_code error;
  if (!fs::exists(input, error)) {
    throw InputError(fmt::format("{} does not exist", input.string()));
  }
  const std::string name = input.string();
  if (fs::is_directory(input)) {
    const char* const what = "a run folder";
    check_unused(what, name, subset.has_value(), "--subset");
    check_unused(what, name, !config.label.empty(), "--label");
    check_unused(what, name, !config.prediction.empty(), "--prediction");
    check_unused(what, name, !config.group.empty(), "--group");
    return run_report(read_run_folder(input), config);
  }
  if (is_dataset(input)) {
    check_unused("a data set", name, !config.prediction.empty(), "--prediction");
    check_unused("a data set", name, !config.positive.empty(), "--positive");
    return audit_dataset(input, subset, config);
  }
  check_unused("no data set", name, subset.has_value(), "--subset");
  return audit_csv(input, config);
}

}  // namespace af::audit
