#include "apps/afgen_card.h"

#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <regex>
#include <string>

#include "apps/options.h"
#include "apps/program.h"
#include "core/atomic_file.h"
#include "core/dataset_reader.h"
#include "core/errors.h"

namespace af::apps {

namespace fs = std::filesystem;

const CLI::App* bind_card(CLI::App& app, CardControl& control) {
  CLI::App* command = app.add_subcommand(
      "card", "Write a data set card in Markdown, and Croissant JSON-LD beside it");
  command->add_option("file", control.file, "Data set file")->required();
  command->add_option("-o,--output", control.output,
                      "Card to write; by default beside the file, with the ending .md");
  command->add_option("--name", control.words.name, "By default the file's name");
  command->add_option("--about", control.words.about, "What it is, in a sentence or two");
  command->add_option("--license", control.words.license, "Of the data set, as a URL or SPDX name");
  command->add_option("--creator", control.words.creator, "Who answers for it");
  command->add_option("--url", control.words.url, "Where it can be had");
  command->add_option("--date", control.words.date, "When it was published: 2026-01-31");
  command->add_option("--cite", control.words.citation, "How to cite it");
  command->add_flag("--force", control.force, "Replace files that are there");
  command->callback([&app, command] { refuse_options_before(app, *command); });
  return command;
}

/// Only what Croissant takes for a date.
void check_date(const std::string& date) {
  if (date.empty()) return;
  static const std::regex form(R"((\d{4})-(\d{2})-(\d{2}))");
  std::smatch part;
  const bool formed = std::regex_match(date, part, form);
  const auto number = [&](std::size_t i) { return std::stoi(part[i]); };
  using namespace std::chrono;
  if (formed && year_month_day(year(number(1)), month(static_cast<unsigned>(number(2))),
                               day(static_cast<unsigned>(number(3))))
                    .ok()) {
    return;
  }
  throw ConfigError(fmt::format("date is '{}'; expected a day such as 2026-01-31", date));
}

int run_card(const CardControl& control) {
  check_date(control.words.date);
  fs::path markdown = control.output;
  if (markdown.empty()) markdown = fs::path(control.file).replace_extension(".md");
  fs::path croissant = markdown;
  croissant.replace_extension(".croissant.json");
  check_survivable(control.file);
  const DatasetReader file(control.file);
  for (const fs::path& path : {markdown, croissant}) {
    std::error_code ignored;
    if (fs::equivalent(path, control.file, ignored)) {
      throw ConfigError(
          fmt::format("the card {} is the data set itself; expected another name", path.string()));
    }
    check_writable(path, control.force);
  }
  const synth::DatasetCard card = synth::describe_dataset(file, control.words);
  write_file(croissant, synth::card_croissant(card), control.force);
  write_file(markdown, synth::card_markdown(card, croissant.filename().string()), control.force);
  fmt::print("{}\n{}\n", markdown.string(), croissant.string());
  return 0;
}

}  // namespace af::apps
