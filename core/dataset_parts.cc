#include "core/dataset_parts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <utility>

#include "core/errors.h"
#include "core/text.h"

namespace af {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostNamed = 10;  ///< Missing parts that a sentence lists.

Attributes common_attributes(const DatasetReader& file) {
  Attributes attributes = file.attributes();
  for (const char* own : {kShardAttribute, kWholeRowsAttribute, "complete"}) attributes.erase(own);
  return attributes;
}

/// The first lines in which two texts differ: "n = 100" and "n = 200".
std::pair<std::string, std::string> first_difference(const std::string& one,
                                                     const std::string& other) {
  std::istringstream a(one);
  std::istringstream b(other);
  std::string in_a;
  std::string in_b;
  while (in_a == in_b) {
    const bool more_a = static_cast<bool>(std::getline(a, in_a));
    const bool more_b = static_cast<bool>(std::getline(b, in_b));
    if (!more_a) in_a = "nothing";
    if (!more_b) in_b = "nothing";
    if (!more_a || !more_b) break;
  }
  return {in_a, in_b};
}

/// How an attribute of a file differs from that of the first one, as the end of a sentence.
std::string difference(const std::string& name, const Attribute* here, const Attribute* there) {
  const auto* mine = here != nullptr ? std::get_if<std::string>(here) : nullptr;
  const auto* other = there != nullptr ? std::get_if<std::string>(there) : nullptr;
  if (mine == nullptr || other == nullptr) return fmt::format("their attributes '{}' differ", name);
  const auto [in_mine, in_other] = first_difference(*mine, *other);
  return fmt::format("the attribute '{}' has '{}' where the other has '{}'", name, in_mine,
                     in_other);
}

/// How a file differs from the first one in what all parts share; empty if it does not.
std::string difference(const DatasetReader& file, const DatasetParts& first) {
  const Attributes attributes = common_attributes(file);
  std::set<std::string> names;
  for (const auto& [name, value] : attributes) names.insert(name);
  for (const auto& [name, value] : first.attributes) names.insert(name);
  // What the user gave says more than what came of it.
  std::vector<std::string> order{"configuration"};
  order.insert(order.end(), names.begin(), names.end());
  const auto in = [](const Attributes& all, const std::string& name) {
    const auto found = all.find(name);
    return found == all.end() ? nullptr : &found->second;
  };
  for (const std::string& name : order) {
    const Attribute* here = in(attributes, name);
    const Attribute* there = in(first.attributes, name);
    if ((here == nullptr) == (there == nullptr) && (here == nullptr || *here == *there)) continue;
    return difference(name, here, there);
  }
  return file.columns() == first.columns ? "" : "they have other columns";
}

[[noreturn]] void refuse(const fs::path& path, const std::string& complaint) {
  throw InputError(fmt::format("{} {}", path.string(), complaint));
}

std::string named(const std::vector<std::uint64_t>& numbers) {
  const auto shown = std::span(numbers).first(std::min(numbers.size(), kMostNamed));
  return fmt::format("{}{}", fmt::join(shown, ", "), shown.size() < numbers.size() ? ", ..." : "");
}

/// @throws InputError unless the parts, in order, are each there once.
void check_all_there(std::span<const DatasetPart> parts) {
  std::vector<std::uint64_t> missing;
  const std::uint64_t count = parts.front().shard.count;
  std::uint64_t expected = 1;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0 && parts[i].shard == parts[i - 1].shard) {
      refuse(parts[i].path, fmt::format("and {} are both shard {}; expected each once",
                                        parts[i - 1].path.string(), parts[i].shard.text()));
    }
    for (; expected < parts[i].shard.number; ++expected) missing.push_back(expected);
    ++expected;
  }
  for (; expected <= count; ++expected) missing.push_back(expected);
  if (missing.empty()) return;
  throw InputError(fmt::format("{} of {} shards {} missing: {}; expected each once", missing.size(),
                               count, missing.size() == 1 ? "is" : "are", named(missing)));
}

/// The rows of a part are numbered as those of the whole.
void check_index(const DatasetReader& file, const DatasetPart& part) {
  if (!file.has("index")) return;
  for (const std::uint64_t row : {std::uint64_t{0}, part.rows - 1}) {
    std::int64_t index = 0;
    file.read("index", row, 1, std::as_writable_bytes(std::span(&index, 1)));
    if (index == static_cast<std::int64_t>(part.first_row + row)) continue;
    refuse(part.path, fmt::format("is damaged: row {} has index {}; expected {}", row, index,
                                  part.first_row + row));
  }
}

}  // namespace

DatasetPart part_of(const DatasetReader& file) {
  const auto shard = file.attributes().find(kShardAttribute);
  const auto whole = file.attributes().find(kWholeRowsAttribute);
  if (shard == file.attributes().end() || whole == file.attributes().end()) {
    refuse(file.path(), "is no shard: it was made without --shard");
  }
  const auto* text = std::get_if<std::string>(&shard->second);
  const auto* rows = std::get_if<std::int64_t>(&whole->second);
  if (text == nullptr || rows == nullptr || *rows < 1) {
    refuse(file.path(), "is damaged: its attributes do not say which shard it is");
  }
  DatasetPart part{.path = file.path()};
  const auto all = static_cast<std::uint64_t>(*rows);
  try {
    part.shard = Shard::parse(*text);
    part.shard.check(all);
  } catch (const ConfigError& error) {
    refuse(file.path(), fmt::format("is damaged: {}", error.what()));
  }
  part.first_row = part.shard.first(all);
  part.rows = part.shard.end(all) - part.first_row;
  if (file.rows() != part.rows) {
    refuse(file.path(),
           fmt::format("is damaged: it has {} rows; expected {} in shard {} of {} rows",
                       file.rows(), part.rows, *text, all));
  }
  check_index(file, part);
  return part;
}

DatasetParts collect_parts(std::span<const fs::path> paths) {
  DatasetParts all;
  for (const fs::path& path : paths) {
    // One at a time: a process may have no more than a thousand files open.
    const DatasetReader file(path);
    DatasetPart part = part_of(file);
    const auto whole = std::get<std::int64_t>(file.attributes().at(kWholeRowsAttribute));
    const auto rows = static_cast<std::uint64_t>(whole);
    if (all.parts.empty()) {
      all.rows = rows;
      all.columns = file.columns();
      all.attributes = common_attributes(file);
    }
    const DatasetPart& first = all.parts.empty() ? part : all.parts.front();
    const auto foreign = [&](const std::string& why) {
      refuse(path, fmt::format("does not belong together with {}: {}", first.path.string(), why));
    };
    if (const std::string why = difference(file, all); !why.empty()) foreign(why);
    if (rows != all.rows) foreign(fmt::format("it is part of {} rows, not of {}", rows, all.rows));
    if (part.shard.count != first.shard.count) {
      foreign(fmt::format("it is shard {}, the other {}", part.shard.text(), first.shard.text()));
    }
    all.parts.push_back(std::move(part));
  }
  std::ranges::stable_sort(all.parts, {}, [](const DatasetPart& p) { return p.shard.number; });
  check_all_there(all.parts);
  return all;
}

}  // namespace af
