#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "fonts/font_survey.h"

/// A survey of fonts as text for people and as JSON for programs.
namespace af::fonts {

enum class ReportForm { kTable, kJson };

/// Which faces a report is about.
struct FaceFilter {
  std::vector<std::string> patterns;   ///< Families, by name or pattern; empty: all.
  std::vector<std::string> languages;  ///< All of them must be covered.
};

/// The faces that fit, usable or not. @throws ConfigError if a language is unknown, or no family
/// fits one of the patterns.
[[nodiscard]] std::vector<ListedFace> fitting(std::span<const ListedFace> faces,
                                              const FaceFilter& filter);

/// The usable faces that cover the filter's languages. JSON: {"faces": [{"family", "style",
/// "weight", "slant", "languages", "file", "index", "variable", "sha256", "package", "licence",
/// "licence_source"}]}.
[[nodiscard]] std::string face_report(std::span<const FaceRecord> records, const FaceFilter& filter,
                                      ReportForm form);

/// What is left out and why: whole faces, characters of usable faces, and files that are no font.
/// JSON: {"excluded": [{"family", "style", "file", "index", "whole_face", "reason",
/// "characters"}]}.
[[nodiscard]] std::string excluded_report(std::span<const FaceRecord> records,
                                          std::span<const std::filesystem::path> unreadable,
                                          ReportForm form);

/// The languages with the count of their letters, and of the usable faces and families that cover
/// them. JSON: {"languages": [{"name", "tag", "script", "letters", "faces", "families"}]}.
[[nodiscard]] std::string language_report(std::span<const FaceRecord> records, ReportForm form);

}  // namespace af::fonts
