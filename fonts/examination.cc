#include "fonts/examination.h"

#include <algorithm>
#include <chrono>
#include <unordered_map>
#include <utility>
#include <vector>

#include "fonts/alphabet.h"
#include "fonts/characters.h"
#include "fonts/data_rows.h"

namespace af::fonts {
namespace {

constexpr std::size_t kMostAlike = 8;  ///< Even the o of Latin, Greek, Cyrillic, ... is below.

/// Letters with a mark, and what they are without.
const std::vector<std::pair<char32_t, char32_t>>& accents() {
  static const auto all = [] {
    std::vector<std::pair<char32_t, char32_t>> pairs;
    for (const auto& row : data_rows(data_file("accents"), 2)) {
      pairs.emplace_back(code_point(row[0]).value(), code_point(row[1]).value());
    }
    return pairs;
  }();
  return all;
}

}  // namespace

const char* fault_of(const Painting& painting, const Painting& missing) {
  switch (painting.drawn) {
    case Drawn::kNothing: return "draws nothing";
    case Drawn::kTooLarge: return "draws it more than eight times the font size";
    case Drawn::kFailed: return "fails to draw it";
    case Drawn::kPicture: break;
  }
  const bool like_missing =
      missing.drawn == Drawn::kPicture && painting.identity == missing.identity;
  return like_missing ? "draws it like a missing character" : nullptr;
}

bool Examination::draw_all() {
  const auto end = std::chrono::steady_clock::now() + kMostTime;
  const Painting missing = painter_.paint_missing();  // Only its identity is used later.
  for (const char32_t c : alphabet_characters()) {
    if (!painter_.has(c)) continue;
    const Painting painting = painter_.paint(c);
    if (const char* fault = fault_of(painting, missing)) {
      refused_[fault] += c;
    } else {
      drawn_[c] = painting.identity;
    }
    if (std::chrono::steady_clock::now() > end) return false;
  }
  return true;
}

void Examination::refuse_missing_marks() {
  std::u32string found;
  for (const auto& [letter, base] : accents()) {
    const auto with = drawn_.find(letter);
    const auto without = drawn_.find(base);
    if (with != drawn_.end() && without != drawn_.end() && with->second == without->second) {
      found += letter;
    }
  }
  refuse(found, "draws it without its mark");
}

void Examination::refuse_placeholders() {
  std::unordered_map<std::uint64_t, std::u32string> alike;
  for (const auto& [c, identity] : drawn_) alike[identity] += c;
  for (const auto& [identity, characters] : alike) {
    if (characters.size() > kMostAlike) refuse(characters, "draws it like many other characters");
  }
}

void Examination::refuse_range(char first, char last, const char* reason) {
  std::u32string found;
  for (char c = first; c <= last; ++c) {
    if (draws(static_cast<char32_t>(c))) found += static_cast<char32_t>(c);
  }
  refuse(found, reason);
}

void Examination::refuse(const std::u32string& characters, const char* reason) {
  if (characters.empty()) return;
  for (const char32_t c : characters) drawn_.erase(c);
  refused_[reason] += characters;
}

void Examination::report(FaceCheck& check) const {
  for (const auto& [c, identity] : drawn_) check.drawn += c;
  for (const auto& [reason, characters] : refused_) {
    std::u32string sorted = characters;
    std::ranges::sort(sorted);
    check.refusals.push_back({reason, sorted});
  }
}

}  // namespace af::fonts
