#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "apps/afgen_card.h"
#include "apps/afgen_fonts.h"
#include "apps/afgen_generate.h"
#include "apps/afgen_merge.h"
#include "apps/afgen_verify.h"
#include "apps/options.h"
#include "apps/program.h"

int main(int argc, char** argv) {
  return af::apps::guarded("afgen", [&] {
    CLI::App cli{"Render a character/color data set with a chosen bias into HDF5.", "afgen"};
    af::synth::DatasetConfig config;
    af::apps::GenerateControl control;
    af::apps::VerifyControl verify;
    af::apps::MergeControl merge;
    af::apps::CardControl card;
    af::apps::CommonFlags flags;
    af::apps::read_preset(argc, argv, config);
    af::apps::read_config_from(argc, argv, config, control);
    af::apps::bind_config(cli, config);
    af::apps::bind_control(cli, control);
    af::apps::bind_fonts(cli, config);
    af::apps::bind_common(cli, flags);
    const CLI::App* const verify_command = af::apps::bind_verify(cli, verify);
    const CLI::App* const merge_command = af::apps::bind_merge(cli, merge);
    const CLI::App* const card_command = af::apps::bind_card(cli, card);
    const auto apply = [&] {
      af::apps::check_options(cli, control);
      af::apps::apply_settings(control, config);
    };
    if (const auto exit_code = af::apps::parse(cli, argc, argv, config, flags, apply)) {
      return *exit_code;
    }
    // A library that crashes on a damaged file takes only a child with it.
    const auto in_child = [](const std::string& file, const std::function<int()>& body) {
      return af::apps::in_child(file, [&] { return af::apps::guarded("afgen", body); });
    };
    if (verify_command->parsed()) {
      return in_child(verify.file, [&] { return af::apps::run_verify(verify); });
    }
    if (card_command->parsed()) {
      return in_child(card.file, [&] { return af::apps::run_card(card); });
    }
    if (merge_command->parsed()) return af::apps::run_merge(merge);
    return af::apps::run_generate(config, control, flags);
  });
}
