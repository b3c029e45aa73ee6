#include "al/runs/run_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <optional>
#include <set>
#include <sstream>

#include "al/device/device.h"
#include "al/methods/registry.h"
#include "core/atomic_file.h"
#include "core/config_toml.h"
#include "core/errors.h"
#include "core/version.h"

namespace af::al {
namespace {

namespace fs = std::filesystem;
constexpr const char* kConfigName = "config.toml";

std::string text_of(const toml::node* node) {
  if (node == nullptr) return "nothing";
  std::ostringstream text;
  text << toml::node_view<const toml::node>(*node);
  return text.str();
}

/// More seeds of the same experiment: every one that is done stays as it is.
bool adds_seeds(const toml::table& then, const toml::table& now) {
  return now["seeds"].value_or(std::int64_t{0}) > then["seeds"].value_or(std::int64_t{0});
}

/// A path: what lies there counts, by its SHA-256.
bool is_path(std::string_view field) {
  return field == "train" || field == "test" || field == "weights";
}

/// "FIELD = OLD, now NEW" for the first field that the two have differently and that makes them
/// different runs; an optional field that is not set is in neither.
std::optional<std::string> first_difference(const toml::table& then, const toml::table& now) {
  std::set<std::string_view> names;
  for (const toml::table* table : {&then, &now}) {
    for (const auto& [key, node] : *table) names.insert(key.str());
  }
  for (const std::string_view name : names) {
    if (is_path(name) || (name == "seeds" && adds_seeds(then, now))) continue;
    const toml::node* old = then.get(name);
    const toml::node* node = now.get(name);
    if (old != nullptr && old->is_table() && node != nullptr && node->is_table()) {
      if (auto inside = first_difference(*old->as_table(), *node->as_table())) return inside;
    } else if (text_of(old) != text_of(node)) {
      return fmt::format("{} = {}, now {}", name, text_of(old), text_of(node));
    }
  }
  return std::nullopt;
}

void make_folder(const fs::path& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) throw OutputError(fmt::format("cannot make {}: {}", path.string(), error.message()));
}

bool holds_nothing(const fs::path& path) {
  for (const fs::directory_entry& entry : fs::directory_iterator(path)) {
    // What a kill within the very first write leaves.
    if (entry.path().filename() != part_path(kConfigName)) return false;
  }
  return true;
}

/// Removes what a run wrote. Its config.toml stays until another takes its name, so that a kill
/// in between leaves a folder that is still known for a run.
void discard(const fs::path& path, const toml::table& config) {
  fs::remove(path / "metrics.csv");
  const toml::array* heuristics = config["heuristics"].as_array();
  if (heuristics == nullptr) return;
  for (const toml::node& name : *heuristics) fs::remove_all(path / name.value_or(std::string("-")));
}

}  // namespace

std::string config_text(const ExperimentConfig& config, const Provenance& provenance) {
  const auto line = [](const char* key, const std::string& value) {
    return fmt::format("{} = {}\n", key, toml_literal(value));
  };
  const std::string attribute =
      methods::needs_attribute(config.method) ? config.group + " of the labelled rows" : "not read";
  std::string weights;
  if (provenance.weights) {
    weights = line("weights_sha256", provenance.weights->sha256) +
              line("last_layer", provenance.weights->last_layer ? "of the weights" : "as drawn");
  }
  return write_toml(config) + fmt::format("\n[{}]\n", kRunTable) +
         line("program", fmt::format("afal {}", version())) + line("revision", git_revision()) +
         line("libtorch", libtorch_version()) + line("attribute_in_training", attribute) +
         line("train_sha256", provenance.train_sha256) +
         line("test_sha256", provenance.test_sha256) + weights;
}

RunFolder::RunFolder(const fs::path& path, const std::string& config, bool force) : path_(path) {
  if (fs::exists(path) && !fs::is_directory(path)) {
    throw OutputError(fmt::format("{} is a file, expected a folder or nothing", path.string()));
  }
  make_folder(path);
  lock();
  try {
    take_up(config, force);
  } catch (...) {
    ::close(lock_);
    throw;
  }
}

RunFolder::~RunFolder() { ::close(lock_); }

void RunFolder::lock() {
  lock_ = ::open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (lock_ < 0) throw OutputError(fmt::format("cannot open the folder {}", path_.string()));
  if (::flock(lock_, LOCK_EX | LOCK_NB) == 0) return;
  ::close(lock_);
  throw OutputError(fmt::format("another afal is at work in {}", path_.string()));
}

void RunFolder::take_up(const std::string& config, bool force) const {
  const fs::path file = path_ / kConfigName;
  if (!fs::exists(file)) {
    if (!holds_nothing(path_)) {
      throw OutputError(
          fmt::format("{} is not empty and holds no run, expected a new folder", path_.string()));
    }
    write_file(file, config, false);
    return;
  }
  const toml::table then = parse_toml_file(file).table;
  if (force) {
    discard(path_, then);
    write_file(file, config, true);
    return;
  }
  const toml::table now = parse_toml(config, "").table;
  if (const auto difference = first_difference(then, now)) {
    throw OutputError(
        fmt::format("{} holds another run: {}; give another -o, or --force to "
                    "discard it",
                    path_.string(), *difference));
  }
  if (adds_seeds(then, now)) write_file(file, config, true);
}

fs::path RunFolder::seed_folder(const std::string& heuristic, std::int64_t seed) const {
  const fs::path folder = path_ / heuristic / fmt::format("seed-{}", seed);
  make_folder(folder);
  return folder;
}

}  // namespace af::al
