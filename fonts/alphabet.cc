#include "fonts/alphabet.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/errors.h"
#include "core/text.h"
#include "fonts/characters.h"
#include "fonts/data_rows.h"

namespace af::fonts {
namespace {

constexpr std::size_t kColumns = 8;
const std::vector<std::string> kGroups{"lower", "upper", "auxiliary", "digits"};

Alphabet alphabet_of(const std::vector<std::string_view>& row) {
  const auto characters = [&](std::size_t column) { return code_points(row.at(column)); };
  return {std::string(row[0]), std::string(row[1]), std::string(row[2]), characters(3),
          characters(4),       characters(5),       characters(6),       characters(7)};
}

std::vector<Alphabet> read_alphabets() {
  std::vector<Alphabet> found;
  for (const auto& row : data_rows(data_file("alphabets"), kColumns)) {
    if (row.front() != "name") found.push_back(alphabet_of(row));  // The first names the columns.
  }
  return found;
}

std::u32string all_characters() {
  std::u32string all;
  for (const Alphabet& a : alphabets()) {
    all += a.lower + a.upper + a.auxiliary_lower + a.auxiliary_upper + a.digits;
  }
  std::ranges::sort(all);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

bool equal_but_for_case(std::string_view a, std::string_view b) {
  return lower_case(a) == lower_case(b);
}

}  // namespace

const std::vector<Alphabet>& alphabets() {
  static const std::vector<Alphabet> all = read_alphabets();
  return all;
}

const std::u32string& alphabet_characters() {
  static const std::u32string all = all_characters();
  return all;
}

const Alphabet& alphabet(std::string_view name) {
  const auto found = std::ranges::find_if(alphabets(), [&](const Alphabet& one) {
    return equal_but_for_case(name, one.name) || equal_but_for_case(name, one.tag);
  });
  if (found != alphabets().end()) return *found;
  std::vector<std::string> names;
  for (const Alphabet& one : alphabets()) names.push_back(one.name);
  throw ConfigError(
      fmt::format("language is '{}'{}; expected one of the {} that `afgen fonts "
                  "--languages` lists",
                  name, did_you_mean(name, names), names.size()));
}

std::u32string letters(const Alphabet& alphabet, std::span<const std::string> groups) {
  const auto wanted = [&](std::string_view group) {
    return std::ranges::find(groups, group) != groups.end();
  };
  for (const std::string& group : groups) {
    if (std::ranges::find(kGroups, group) != kGroups.end()) continue;
    throw ConfigError(fmt::format("letters holds '{}'{}; expected {}", group,
                                  did_you_mean(group, kGroups), listed(kGroups)));
  }
  std::u32string found;
  if (wanted("lower")) found += alphabet.lower;
  if (wanted("upper")) found += alphabet.upper;
  if (wanted("auxiliary")) found += alphabet.auxiliary_lower;
  if (wanted("auxiliary") && wanted("upper")) found += alphabet.auxiliary_upper;
  if (wanted("digits")) found += alphabet.digits;
  if (!found.empty()) return found;
  throw ConfigError(fmt::format("{} has no letters of the kind {}", alphabet.name,
                                listed({groups.begin(), groups.end()})));
}

std::u32string letters(std::string_view language) {
  const std::size_t colon = language.find(':');
  std::vector<std::string> groups;
  for (std::size_t at = colon; at != std::string_view::npos;) {
    const std::size_t end = language.find(',', at + 1);
    groups.emplace_back(language.substr(at + 1, end - at - 1));
    at = end;
  }
  if (groups.empty()) groups = {"lower"};
  return letters(alphabet(language.substr(0, colon)), groups);
}

}  // namespace af::fonts
