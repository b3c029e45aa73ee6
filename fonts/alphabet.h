#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace af::fonts {

/// The letters that a language is written with. Source: the exemplar characters of Unicode CLDR
/// (UTS #35, part 2, 3.1), as fonts/data/make_alphabets.py takes them: single code points that
/// stand alone. Groups share no letter; each is in CLDR's order.
struct Alphabet {
  std::string name;                ///< "german"
  std::string tag;                 ///< BCP 47: "de"
  std::string script;              ///< ISO 15924: "Latn"
  std::u32string lower;            ///< Lower case, or all letters of a script without case.
  std::u32string upper;            ///< Empty for a script without case.
  std::u32string auxiliary_lower;  ///< Of foreign words and names.
  std::u32string auxiliary_upper;
  std::u32string digits;  ///< The language's own where it has some.

  [[nodiscard]] bool has_case() const { return !upper.empty(); }
};

/// All languages, sorted by name.
[[nodiscard]] const std::vector<Alphabet>& alphabets();

/// Every character of every alphabet, each once, in order of code point.
[[nodiscard]] const std::u32string& alphabet_characters();

/// @param name  A language's name or tag, in any case.
/// @throws ConfigError with the nearest name, if there is no such language.
[[nodiscard]] const Alphabet& alphabet(std::string_view name);

/// The characters of these groups, each once.
/// @param groups  Of "lower", "upper", "auxiliary" (its lower case; its upper case too, if "upper"
///                is there as well) and "digits".
/// @throws ConfigError if a name is none of these, or the language has no such characters.
[[nodiscard]] std::u32string letters(const Alphabet& alphabet, std::span<const std::string> groups);

/// The same for "german" (its lower case) or "german:lower,upper,digits".
[[nodiscard]] std::u32string letters(std::string_view language);

}  // namespace af::fonts
