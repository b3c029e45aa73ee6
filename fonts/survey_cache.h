#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "fonts/font_survey.h"

namespace af::fonts {

/// A file as it was when its faces were examined.
struct FileStamp {
  std::uint64_t bytes = 0;
  std::int64_t changed_ns = 0;
  bool operator==(const FileStamp&) const = default;
};
/// Empty if the file is not there.
[[nodiscard]] std::optional<FileStamp> stamp_of(const std::filesystem::path& file);

/// What is kept of a survey: all of a record but what fontconfig says anew each time.
class SurveyCache {
 public:
  /// Reads the cache; one that is missing, damaged or made under another key is empty.
  /// @param key  What all results depend on: program, alphabets, FreeType, faces of comparison.
  SurveyCache(std::filesystem::path path, std::string key);

  /// Fills all of the record but `face`, if the file is the same as then.
  [[nodiscard]] bool find(const FileStamp& stamp, FaceRecord& record) const;
  void insert(const FileStamp& stamp, const FaceRecord& record);

  /// Replaces the file in one step, if anything was inserted; entries whose font is gone are
  /// dropped. A folder that cannot be written is no error.
  void save() const;

 private:
  struct Entry {
    FileStamp stamp;
    FaceRecord record;
  };
  void read();

  std::filesystem::path path_;
  std::string key_;
  std::map<std::pair<std::string, int>, Entry> entries_;  ///< By path and number in the file.
  bool changed_ = false;
};

}  // namespace af::fonts
