#include "audit/audit.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <numeric>
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
#include "audit/reports/simpson_report.h"
#include "audit/reports/strata_report.h"
#include "audit/reports/subset_report.h"
#include "audit/reports/weights_report.h"
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

/// An option that would be ignored is refused: the user meant something by it.
void check_unused(const std::string& what, const std::string& input, bool given,
                  const char* option) {
  if (!given) return;
  throw ConfigError(
      fmt::format("option {} has no meaning for {}, which is {}", option, input, what));
}

std::optional<WeightColumn> weights_of(const AuditConfig& config) {
  if (config.weights.empty()) return std::nullopt;
  return WeightColumn{.name = config.weights, .kind = config.weights_are};
}

Report with_weights(Report report, const std::optional<WeightColumn>& column,
                    const WeightedRows& rows) {
  if (column) add_weights(report, column->name, column->kind, rows);
  return report;
}

/// Without the stratifying column, which is the first.
ContingencyTable without_first(const ContingencyTable& table) {
  std::vector<std::size_t> kept(table.factors().size() - 1);
  std::iota(kept.begin(), kept.end(), std::size_t{1});
  return table.marginal(kept);
}

/// @param all  Factors: the stratifying column if one is asked for, the target if there is one, the
///             groups.
Report composition_of(const ContingencyTable& all, bool has_target, const std::string& source,
                      const AuditConfig& config) {
  const bool stratified = !config.stratum.empty();
  Report report = composition_report(
      compose(stratified ? without_first(all) : all, has_target, config.interval), source);
  if (stratified) {
    add_strata(report, composition_strata(all, config.interval));
    add_reversals(report, stratum_reversals(all),
                  fmt::format("P({} | group) inside each {}", config.label, config.stratum));
  }
  return with_weights(std::move(report), weights_of(config), all.all_rows());
}

/// The columns to count, the stratifying one first.
std::vector<std::string> stratified(std::vector<std::string> columns, const AuditConfig& config) {
  if (!config.stratum.empty()) columns.insert(columns.begin(), config.stratum);
  return columns;
}

Report audit_dataset(const fs::path& path, const std::optional<fs::path>& subset,
                     const AuditConfig& config) {
  const DatasetReader reader(path);
  AuditConfig resolved = config;
  if (resolved.label.empty()) resolved.label = "char";
  if (resolved.group.empty()) resolved.group = {"color"};
  resolved.validate();
  const std::optional<WeightColumn> weights = weights_of(resolved);
  const auto columns = stratified(resolved.counted_columns(), resolved);
  ContingencyTable pool = count_dataset(reader, columns, weights);
  if (!subset) return composition_of(pool, true, path.string(), resolved);
  const WeightedRows rows = pool.all_rows();
  const RowSelection selection = read_selection(*subset, reader.rows());
  return with_weights(
      subset_report(
          compare_with_pool(std::move(pool), count_dataset(reader, columns, selection, weights),
                            config.interval),
          true, path.string(), subset->string()),
      weights, rows);
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
  options.weights = weights_of(config);
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
  columns.insert(columns.end(), {config.label, config.prediction});
  const std::optional<std::string> positive = positive_of(config);
  const ContingencyTable all = count_table(path, stratified(columns, config), options_of(config));
  const ContingencyTable table = config.stratum.empty() ? all : without_first(all);
  PredictionAudit audit = audit_predictions(table, positive);
  add_bootstrap_intervals(audit, table, bootstrap(config, config.replicates));
  std::optional<ScoreAudit> scores;
  if (!config.score.empty()) scores = add_scores(audit, table, path, config);
  Report report = predictions_report(audit, path.string());
  if (scores) add_calibration(report, *scores);
  if (!config.stratum.empty()) {
    add_strata(report, audit_strata(all, positive, bootstrap(config, config.replicates)));
    add_reversals(report, prediction_reversals(all, audit),
                  fmt::format("the groups' selection rate, true and false positive rate, precision "
                              "and accuracy inside each {}",
                              config.stratum));
  }
  return with_weights(std::move(report), weights_of(config), table.all_rows());
}

Report audit_table(const fs::path& path, const AuditConfig& config) {
  if (config.group.empty()) {
    throw ConfigError("option --group is missing; expected a column to group by");
  }
  if (config.prediction.empty()) {
    check_unused("audited without --prediction", path.string(), !config.positive.empty(),
                 "--positive");
    check_unused("audited without --prediction", path.string(), !config.score.empty(), "--score");
    const bool has_label = !config.label.empty();
    check_unused("audited without --label", path.string(), !has_label && !config.stratum.empty(),
                 "--stratum");
    return composition_of(
        count_table(path, stratified(config.counted_columns(), config), options_of(config)),
        has_label, path.string(), config);
  }
  check_unused("audited with --prediction", path.string(),
               config.interval != IntervalMethod::kWilson, "--interval");
  if (config.label.empty()) {
    throw ConfigError("option --label is missing; expected the column of the true class");
  }
  return audit_predictions_of(path, config);
}

}  // namespace

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
    check_unused(what, name, !config.weights.empty(), "--weights");
    return run_report(read_run_folder(input), positive_of(config), config.interval);
  }
  if (is_dataset(input, config)) {
    check_unused("a data set", name, !config.positive.empty(), "--positive");
    check_unused("a data set", name, !config.score.empty(), "--score");
    check_unused("audited with --subset", name, subset && !config.stratum.empty(), "--stratum");
    return audit_dataset(input, subset, config);
  }
  check_unused("no data set", name, subset.has_value(), "--subset");
  return audit_table(input, config);
}

}  // namespace af::audit
