#include "apps/afgen_merge.h"

#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "apps/options.h"
#include "apps/program.h"
#include "core/atomic_file.h"
#include "core/dataset_merge.h"
#include "core/dataset_parts.h"
#include "core/progress.h"

namespace af::apps {

const CLI::App* bind_merge(CLI::App& app, MergeControl& control) {
  CLI::App* command = app.add_subcommand("merge", "Put the shards of a data set together");
  command->add_option("parts", control.parts, "Files made with --shard, all of them, in any order")
      ->required();
  command->add_option("-o,--output", control.output, "HDF5 file to write")->required();
  CLI::Option* refer = command->add_flag(
      "--virtual", control.is_virtual,
      "Only refer to the parts, which must then stay where they are (HDF5 virtual data set)");
  command
      ->add_flag("--copy", control.is_copy,
                 "Copy every row: one file that stands alone (the default)")
      ->excludes(refer);
  command->add_flag("--force", control.force, "Replace a file that is there");
  command->add_flag("--quiet", control.quiet, "No progress on stderr");
  command->add_flag("--json", control.json, "The result as one JSON object");
  command->callback([&app, command] { refuse_options_before(app, *command); });
  return command;
}

int run_merge(const MergeControl& control) {
  check_writable(control.output, control.force);
  for (const std::string& part : control.parts) check_survivable(part);
  const std::vector<std::filesystem::path> files(control.parts.begin(), control.parts.end());
  const DatasetParts all = collect_parts(files);
  if (control.is_virtual) {
    refer_to_parts(all, control.output, control.force);
  } else {
    Progress progress("merging", all.rows, "rows", control.quiet);
    copy_parts(all, control.output, control.force, &progress);
    progress.finish();
  }
  if (control.json) {
    const nlohmann::ordered_json result{{"path", control.output},
                                        {"rows", all.rows},
                                        {"parts", all.parts.size()},
                                        {"virtual", control.is_virtual}};
    fmt::print("{}\n", result.dump());
  } else {
    fmt::print("{}\n", control.output);
  }
  return 0;
}

}  // namespace af::apps
