#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/random.h"
#include "synth/bias.h"
#include "synth/distribution.h"
#include "synth/factors.h"
#include "synth/row.h"

/// Factors that have named levels: drawn on their own, or together with others in a joint table.
namespace af::synth {

class LevelDraw {
 public:
  LevelDraw(const char* factor, const Choice& choice, const JointTable& joint);

  /// Position of a level in `names`; takes no draw if the factor is tied.
  [[nodiscard]] std::size_t operator()(const Levels& tied, Stream& stream) const {
    return is_tied_ ? tied[position_] : choice_(stream);
  }
  [[nodiscard]] const std::vector<std::string>& names() const noexcept { return names_; }
  /// Names of the levels that can come up.
  [[nodiscard]] const std::vector<std::string>& possible() const noexcept { return possible_; }

 private:
  Choice choice_;
  std::size_t position_;
  bool is_tied_;
  std::vector<std::string> names_;
  std::vector<std::string> possible_;
};

/// A factor whose levels are "false" and "true".
class FlagDraw {
 public:
  FlagDraw(const char* factor, const Choice& choice, const JointTable& joint);
  [[nodiscard]] bool operator()(const Levels& tied, Stream stream) const {
    return values_[level_(tied, stream)] == 1;
  }

 private:
  LevelDraw level_;
  std::vector<std::uint8_t> values_;  ///< Of the levels.
};

/// A pattern: its kind, then the rest from the same stream.
class PatternDraw {
 public:
  PatternDraw(const char* factor, const Choice& choice, const JointTable& joint,
              factors::PatternOptions options);

  /// @param color  Of a solid, if it is given.
  void operator()(const Levels& tied, Stream& stream, const Rgb* color, Pattern& pattern) const;
  /// Makes room for every pattern that can come up.
  void make_room(PatternRoom& room) const;

 private:
  LevelDraw level_;
  factors::PatternOptions options_;
  std::vector<PatternKind> kinds_;  ///< Of the levels.
};

}  // namespace af::synth
