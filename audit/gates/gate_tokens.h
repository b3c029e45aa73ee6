#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace af::audit {

/// Goes through a gate's text token by token, and says where and why it cannot be read.
class GateTokens {
 public:
  /// What stands in brackets behind a name: which rows, or the class that is part of the name.
  struct Bracket {
    bool found = false;
    std::string suffix;  ///< "[c]"
    std::vector<std::pair<std::string, std::string>> where;
  };

  GateTokens(std::string_view text, const std::string& where);

  [[nodiscard]] bool at_end() const noexcept { return at_ == text_.size(); }
  [[nodiscard]] std::size_t position() const noexcept { return at_; }
  [[nodiscard]] bool is_word(std::string_view word) const;

  /// Each takes what it names if that comes next.
  [[nodiscard]] bool take_word(std::string_view word);
  [[nodiscard]] bool take_symbol(std::string_view symbol);
  [[nodiscard]] bool take_function(std::string_view name);  ///< "name("
  [[nodiscard]] std::optional<double> take_number();
  [[nodiscard]] Bracket take_bracket();
  /// @throws ConfigError if no name comes next.
  [[nodiscard]] std::string take_name(const char* expected);

  /// @throws ConfigError that marks the present place.
  [[noreturn]] void refuse(const std::string& expected) const { refuse_at(at_, expected); }
  [[noreturn]] void refuse_at(std::size_t at, const std::string& expected) const;

  /// Whether a name can stand without quotes, brackets of a class included.
  [[nodiscard]] static bool is_plain_name(std::string_view name);
  [[nodiscard]] static std::string quoted(std::string_view text);
  /// In quotes if it needs them.
  [[nodiscard]] static std::string spelled(std::string_view text);

 private:
  [[nodiscard]] std::string_view word() const;
  void skip_space();
  std::string take_quoted();
  std::string take_part();

  std::string_view text_;
  std::string where_;
  std::size_t at_ = 0;
};

}  // namespace af::audit
