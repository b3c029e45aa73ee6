#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "apps/options.h"
#include "apps/program.h"
#include "audit/audit.h"
#include "audit/forms/csv_report.h"
#include "audit/forms/html_report.h"
#include "audit/forms/junit_report.h"
#include "audit/forms/markdown_report.h"
#include "audit/forms/text_report.h"
#include "audit/gates/gate.h"
#include "audit/gates/gate_policy.h"
#include "audit/inputs/column_stream.h"
#include "core/atomic_file.h"
#include "core/errors.h"
#include "core/text.h"

namespace {

using af::audit::Report;

enum class Format { kText, kJson, kHtml, kCsv, kMarkdown, kJunit };
constexpr auto enum_names(Format) {
  return std::array{std::pair{Format::kText, "text"},         std::pair{Format::kJson, "json"},
                    std::pair{Format::kHtml, "html"},         std::pair{Format::kCsv, "csv"},
                    std::pair{Format::kMarkdown, "markdown"}, std::pair{Format::kJunit, "junit"}};
}

/// Where the report goes and in which form; no part of what is audited.
struct Run {
  std::string input;
  std::string subset;
  std::string format = "text";
  std::size_t width = af::audit::kTextWidth;
  std::string output;
  bool force = false;
  std::vector<std::string> fail_if;
  std::string policy;
  std::uint64_t min_group = 0;
};

void bind_run(CLI::App& app, Run& run) {
  app.add_option("input", run.input,
                 "data set (HDF5), run folder of afal, or a table: CSV, Parquet, Arrow IPC, HDF5")
      ->required();
  app.add_option("--subset", run.subset,
                 "CSV with a column 'row': the labelled rows of the data set, against the whole");
  app.add_option("--format", run.format, "text, json, html, csv, markdown or junit")
      ->capture_default_str();
  app.add_option("--width", run.width,
                 fmt::format("columns of the text form, {} or more; 0: as many as its tables take",
                             af::audit::kNarrowestText))
      ->capture_default_str();
  app.add_option("-o,--output", run.output, "file to write instead of standard output");
  app.add_flag("--force", run.force, "replace the output if it is there");
  app.add_option("--fail-if", run.fail_if,
                 "gate: exit 1 if the condition holds, 4 if the data cannot tell; may be repeated")
      ->allow_extra_args(false);
  app.add_option("--policy", run.policy, "TOML file of named gates");
  app.add_option("--min-group", run.min_group,
                 "rows that a group needs for a gate to decide on its figures");
}

std::vector<af::audit::Gate> gates_of(const Run& run) {
  std::vector<af::audit::Gate> gates;
  if (!run.policy.empty()) gates = af::audit::read_policy(run.policy, run.min_group);
  std::ranges::move(af::audit::gates_of(run.fail_if, run.min_group), std::back_inserter(gates));
  return gates;
}

/// A report in place of what it is of would lose it, whatever --force says.
void check_output(const Run& run) {
  if (run.output.empty()) return;
  af::check_writable(run.output, run.force);
  for (const std::string* const input : {&run.input, &run.subset, &run.policy}) {
    std::error_code error;
    if (!std::filesystem::equivalent(run.output, *input, error)) continue;
    throw af::OutputError(fmt::format("{} is an input; expected another output", run.output));
  }
}

int exit_code_of(af::audit::Verdict verdict) {
  using af::audit::Verdict;
  switch (verdict) {
    case Verdict::kPassed: break;
    case Verdict::kFailed: return static_cast<int>(af::ExitCode::kGateFailed);
    case Verdict::kUndetermined: return static_cast<int>(af::ExitCode::kUndetermined);
  }
  return 0;
}

Format format_of(const Run& run, const af::apps::CommonFlags& flags) {
  if (flags.json) return Format::kJson;
  if (const auto format = af::from_text<Format>(run.format)) return *format;
  throw af::ConfigError(fmt::format("option --format is '{}', expected one of {}", run.format,
                                    af::listed(af::names_of<Format>())));
}

void check_width(std::size_t width) {
  if (width == 0 || width >= af::audit::kNarrowestText) return;
  throw af::ConfigError(fmt::format("option --width is {}, expected 0, or {} and more", width,
                                    af::audit::kNarrowestText));
}

bool may_be_bold(const Run& run) {
  return run.output.empty() && isatty(STDOUT_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr;
}

std::string text_of(const Report& report, std::span<const af::audit::GateResult> results,
                    Format format, const Run& run) {
  switch (format) {
    case Format::kJson:
      return report.document.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
    case Format::kHtml: return af::audit::html_report(report);
    case Format::kCsv: return af::audit::csv_report(report);
    case Format::kMarkdown: return af::audit::markdown_report(report);
    case Format::kJunit: return af::audit::junit_report(results, report.title);
    case Format::kText: break;
  }
  return af::audit::text_report(report, may_be_bold(run), run.width);
}

void put_out(const std::string& text, const Run& run) {
  if (!run.output.empty()) {
    af::write_file(run.output, text, run.force);
  } else if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() ||
             std::fflush(stdout) != 0) {
    throw af::OutputError("standard output cannot be written");
  }
}

/// Audits, judges, puts out. Returns the exit code.
int run_audit(const Run& run, const af::audit::AuditConfig& config, Format format) {
  std::optional<std::filesystem::path> subset;
  if (!run.subset.empty()) subset = run.subset;
  const std::vector<af::audit::Gate> gates = gates_of(run);
  if (format == Format::kJunit && gates.empty()) {
    throw af::ConfigError("option --format junit reports gates, expected --fail-if or --policy");
  }
  Report report = af::audit::audit(run.input, subset, config);
  const auto results = af::audit::apply_gates(gates, report);
  put_out(text_of(report, results, format, run), run);
  return exit_code_of(af::audit::together(results));
}

/// libhdf5 crashes on some damaged files.
bool may_crash(const std::string& input) {
  std::error_code error;
  if (std::filesystem::is_directory(input, error)) return true;
  return std::filesystem::is_regular_file(input, error) &&
         af::audit::table_kind(input) == af::audit::TableKind::kHdf5;
}

}  // namespace

int main(int argc, char** argv) {
  return af::apps::guarded("afaudit", [&] {
    CLI::App app{
        "Count groups and compare them: a data set, a labelled subset, a run, predictions.",
        "afaudit"};
    af::audit::AuditConfig config;
    af::apps::CommonFlags flags;
    Run run;
    bind_run(app, run);
    // Its edges are separated by commas, so it is no list of the configuration's kind.
    app.add_option("--bins", config.bins, "COLUMN=EDGE,EDGE,...: ranges of a numeric group column")
        ->allow_extra_args(false);
    af::apps::bind_config(app, config);
    af::apps::bind_common(app, flags);
    if (const auto exit_code = af::apps::parse(app, argc, argv, config, flags)) return *exit_code;
    const Format format = format_of(run, flags);
    check_width(run.width);
    check_output(run);
    const auto body = [&] { return run_audit(run, config, format); };
    if (!may_crash(run.input)) return body();
    af::apps::check_survivable(run.input);
    return af::apps::in_child(run.input, [&] {
      af::apps::limit_memory(run.input);
      return af::apps::guarded("afaudit", body);
    });
  });
}
