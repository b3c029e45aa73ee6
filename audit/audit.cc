#include "audit/audit.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>

#include "audit/inputs/column_stream.h"
#include "audit/inputs/dataset_counts.h"
#include "audit/inputs/table_counts.h"
#include "audit/inputs/table_scores.h"
#include "audit/metrics/count_bootstrap.h"
#include "audit/metrics/score_bootstrap.h"
#include "audit/reports/composition_report.h"
#include "audit/reports/predictions_report.h"
#include "audit/reports/run_report.h"
#include "audit/reports/strata_report.h"
#include "audit/reports/subset_report.h"
#include "audit/runs/run_folder.h"
#include "core/dataset_reader.h"
#include "core/errors.h"
#include "core/parallel.h"
#include "core/text.h"

namespace af::audit {
namespace {

namespace fs = std::filesystem;
/// A data set of the contract, or what its name says is one and so must be.
bool is_dataset(const fs::path& path, const AuditConfig& config) {
  const std::string extension = path.extension().string();
  const bool is_hdf5 = table_kind(path) == TableKind::kHdf5;
  if (!is_hdf5) return extension == ".h5" || extension == ".hdf5";
  if (!config.prediction.empty() || !config.bins.empty()) return false;
  // Any other HDF5 file is a table once its columns are named.
  const bool columns_named = !config.group.empty() && !config.label.empty();
  return !columns_named ||
         DatasetReader(path, FileKind::kAnyHdf5).attributes().contains("schema_version");
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
  if (!subset)
    return composition_report(compose(std::move(pool), true, config.interval), path.string());
  const RowSelection selection = read_selection(*subset, reader.rows());
  return subset_report(compare_with_pool(std::move(pool), count_dataset(reader, columns, selection),
                                         config.interval),
                       true, path.string(), subset->string());
}

std::optional<std::string> positive_of(const AuditConfig& config) {
  return config.positive.empty() ? std::nullopt : std::optional(config.positive);
}

/// Only what rows are grouped by may be missing.
TableOptions options_of(const AuditConfig& config) {
  TableOptions options{.max_groups = static_cast<std::uint64_t>(config.max_groups)};
  if (config.missing == Missing::kGroup) {
    options.may_be_missing = config.group;
    if (!config.stratum.empty()) options.may_be_missing.push_back(config.stratum);
  }
  for (const std::string& text : config.bins) {
    options.bins.push_back(parse_bins(text));
    const std::string& column = options.bins.back().column;
    if (std::ranges::find(config.group, column) == config.group.end() && column != config.stratum) {
      throw ConfigError(fmt::format("option --bins names column '{}', which is no --group{}",
                                    column, did_you_mean(column, config.group)));
    }
  }
  return options;
}

BootstrapOptions bootstrap(const AuditConfig& config, int replicates) {
  return {
      .seed = config.seed, .replicates = replicates, .threads = resolve_threads(config.threads)};
}

ScoreAudit add_scores(PredictionAudit& audit, const ContingencyTable& table, const fs::path& path,
                      const AuditConfig& config) {
  if (!audit.positive) {
    throw ConfigError(fmt::format("option --score needs --positive: the label has {} classes",
                                  audit.classes.size()));
  }
  const ScoredRows rows =
      read_scores(path, table, positive_labels(table, audit), config.score, options_of(config));
  ScoreAudit scores = audit_scores(rows, audit.frame.groups);
  add_bootstrap_intervals(scores, rows, bootstrap(config, config.score_replicates));
  std::ranges::copy(scores.frame.metrics, std::back_inserter(audit.frame.metrics));
  std::ranges::copy(scores.disparities, std::back_inserter(audit.disparities));
  return scores;
}

Report audit_predictions_of(const fs::path& path, const AuditConfig& config) {
  std::vector<std::string> columns = config.group;
  if (!config.stratum.empty()) columns.insert(columns.begin(), config.stratum);
  columns.insert(columns.end(), {config.label, config.prediction});
  const std::optional<std::string> positive = positive_of(config);
  const ContingencyTable all = count_table(path, columns, options_of(config));
  std::vector<std::size_t> kept;
  for (std::size_t f = config.stratum.empty() ? 0 : 1; f < columns.size(); ++f) kept.push_back(f);
  const ContingencyTable table = all.marginal(kept);
  PredictionAudit audit = audit_predictions(table, positive);
  add_bootstrap_intervals(audit, table, bootstrap(config, config.replicates));
  std::optional<ScoreAudit> scores;
  if (!config.score.empty()) scores = add_scores(audit, table, path, config);
  Report report = predictions_report(audit, path.string());
  if (scores) add_calibration(report, *scores);
  if (!config.stratum.empty()) {
    add_strata(report, audit_strata(all, positive, bootstrap(config, config.replicates)));
  }
  return report;
}

Report audit_table(const fs::path& path, const AuditConfig& config) {
  if (config.group.empty()) {
    throw ConfigError("option --group is missing; expected a column to group by");
  }
  if (config.prediction.empty()) {
    check_unused("audited without --prediction", path.string(), !config.positive.empty(),
                 "--positive");
    check_unused("audited without --prediction", path.string(), !config.score.empty(), "--score");
    check_unused("audited without --prediction", path.string(), !config.stratum.empty(),
                 "--stratum");
    const bool has_label = !config.label.empty();
    return composition_report(
        compose(count_table(path, columns_of(config.label, config.group), options_of(config)),
                has_label, config.interval),
        path.string());
  }
  check_unused("audited with --prediction", path.string(),
               config.interval != IntervalMethod::kWilson, "--interval");
  if (config.label.empty()) {
    throw ConfigError("option --label is missing; expected the column of the true class");
  }
  return audit_predictions_of(path, config);
}

}  // namespace

void AuditConfig::validate() const {
  std::vector<std::string> columns = columns_of(label, group);
  for (const std::string* one : {&prediction, &score, &stratum}) {
    if (!one->empty()) columns.push_back(*one);
  }
  std::ranges::sort(columns);
  const auto repeated = std::ranges::adjacent_find(columns);
  if (repeated != columns.end()) {
    throw ConfigError(
        fmt::format("column '{}' is named twice; label, prediction, score, stratum and "
                    "groups must be different columns",
                    *repeated));
  }
  constexpr int kMost = 1'000'000;
  for (const auto& [name, value] :
       {std::pair{"replicates", replicates}, std::pair{"score_replicates", score_replicates}}) {
    if (value >= 0 && value <= kMost) continue;
    throw ConfigError(fmt::format("{} is {}, expected 0 to {}", name, value, kMost));
  }
  if (max_groups < 1 || max_groups > kMost) {
    throw ConfigError(fmt::format("max_groups is {}, expected 1 to {}", max_groups, kMost));
  }
  for (const std::string& text : bins) static_cast<void>(parse_bins(text));
  static_cast<void>(resolve_threads(threads));
}

Report audit(const fs::path& input, const std::optional<fs::path>& subset,
             const AuditConfig& config) {
  config.validate();
  std::error_code error;
  if (!fs::exists(input, error)) {
    throw InputError(fmt::format("{} does not exist", input.string()));
  }
  const std::string name = input.string();
  if (!fs::is_directory(input) && !fs::is_regular_file(input)) {
    throw InputError(
        fmt::format("{} is a pipe or a device; expected a file or a run folder", name));
  }
  if (fs::is_directory(input)) {
    const char* const what = "a run folder";
    check_unused(what, name, subset.has_value(), "--subset");
    check_unused(what, name, !config.label.empty(), "--label");
    check_unused(what, name, !config.prediction.empty(), "--prediction");
    check_unused(what, name, !config.group.empty(), "--group");
    check_unused(what, name, !config.score.empty(), "--score");
    check_unused(what, name, !config.stratum.empty(), "--stratum");
    return run_report(read_run_folder(input), positive_of(config), config.interval);
  }
  if (is_dataset(input, config)) {
    check_unused("a data set", name, !config.positive.empty(), "--positive");
    check_unused("a data set", name, !config.score.empty(), "--score");
    check_unused("a data set", name, !config.stratum.empty(), "--stratum");
    return audit_dataset(input, subset, config);
  }
  check_unused("no data set", name, subset.has_value(), "--subset");
  return audit_table(input, config);
}

}  // namespace af::audit
