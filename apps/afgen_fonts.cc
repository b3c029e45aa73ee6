#include "apps/afgen_fonts.h"

#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "core/errors.h"
#include "fonts/alphabet.h"
#include "fonts/characters.h"
#include "fonts/font_report.h"

namespace af::apps {
namespace {

struct FontsCommand {
  fonts::FaceFilter filter;
  std::vector<std::string> folders;
  bool json = false;
  bool excluded = false;
  bool languages = false;
  bool quiet = false;
};

void print_summary(std::span<const fonts::FaceRecord> records, std::size_t unreadable) {
  std::set<std::string> families;
  std::set<std::string> languages;
  std::size_t faces = 0;
  for (const fonts::FaceRecord& record : records) {
    if (!record.usable() || !record.twin.empty()) continue;
    ++faces;
    families.insert(record.face.family);
    languages.insert(record.check.languages.begin(), record.check.languages.end());
  }
  fmt::print(stderr,
             "{} faces in {} families for {} languages; {} faces are left out (--excluded says "
             "why)\n",
             faces, families.size(), languages.size(), records.size() - faces + unreadable);
}

void run_fonts(const FontsCommand& command) {
  const fonts::FontCatalogue catalogue(command.folders);
  const auto faces = fonts::fitting(catalogue.faces(), command.filter);
  const auto records = fonts::survey_fonts(catalogue, faces, {fonts::default_font_cache()});
  const auto form = command.json ? fonts::ReportForm::kJson : fonts::ReportForm::kTable;
  if (command.excluded) {
    fmt::print("{}", fonts::excluded_report(records, catalogue.unreadable(), form));
  } else if (command.languages) {
    fmt::print("{}", fonts::language_report(records, form));
  } else {
    fmt::print("{}", fonts::face_report(records, command.filter, form));
  }
  if (!command.json && !command.quiet) print_summary(records, catalogue.unreadable().size());
}

void bind_subcommand(CLI::App& app) {
  CLI::App* sub = app.add_subcommand("fonts", "List the fonts that there are to draw with");
  const auto command = std::make_shared<FontsCommand>();
  sub->add_flag("--json", command->json, "One JSON object instead of a table");
  sub->add_option("--fonts", command->filter.patterns, "Families, by name or pattern: '*Serif*'")
      ->delimiter(',');
  sub->add_option("--language", command->filter.languages, "Only faces with all its letters")
      ->delimiter(',');
  sub->add_option("--font-dir", command->folders, "Folder of further fonts; may be repeated");
  CLI::Option* excluded =
      sub->add_flag("--excluded", command->excluded, "List instead what is left out, and why");
  sub->add_flag("--languages", command->languages, "List instead the languages and their letters")
      ->excludes(excluded);
  sub->add_flag("--quiet", command->quiet, "No summary on stderr");
  sub->callback([command] {
    run_fonts(*command);
    throw CLI::Success();  // There is no data set to write.
  });
}

/// @param text  "german" or "german:upper,digits".
void take_language(const std::string& text, synth::DatasetConfig& config) {
  config.languages.clear();
  config.chars.clear();
  for (const char32_t c : fonts::letters(text)) config.chars.push_back(fonts::to_utf8(c));
}

}  // namespace

void bind_fonts(CLI::App& app, synth::DatasetConfig& config) {
  app.add_option_function<std::string>(
         "--language", [&config](const std::string& text) { take_language(text, config); },
         "Characters by language: german, or german:lower,upper,auxiliary,digits")
      ->excludes("--chars")
      ->excludes("--attributes");
  bind_subcommand(app);
}

}  // namespace af::apps
