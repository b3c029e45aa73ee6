#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

/// What a pickle says, without doing any of it: nothing is imported and nothing is called, so that
/// a file from anywhere can be looked at. LibTorch's own reader takes the counts in a file at their
/// word and knows only the newer of PyTorch's two formats.
namespace af::al::weights {

struct PickleValue {
  enum class Kind {
    kInteger,
    kText,        ///< A string; or a global, as "module name".
    kList,        ///< A list or a tuple.
    kMap,         ///< A dict.
    kCall,        ///< What a callable would return; also an object of a class.
    kPersistent,  ///< What the program that loads it is to look up by an id.
    kOther,       ///< None, a bool, a real, bytes, an integer of more than 64 bits.
  };
  Kind kind = Kind::kOther;
  std::int64_t integer = 0;
  std::string text;
  /// Of a list its elements; of a map, or what a call returned and was then filled, key and value
  /// by turns.
  std::vector<const PickleValue*> items;
  const PickleValue* callee = nullptr;    ///< Of a call.
  const PickleValue* argument = nullptr;  ///< Of a call the tuple, of a persistent value the id.
};

struct Pickle {
  std::deque<PickleValue> values;    ///< All of them; pointers lead into it.
  const PickleValue* top = nullptr;  ///< What was pickled.
  std::size_t size = 0;              ///< In bytes: where the next pickle may begin.
};

/// Reads a pickle of protocol 2 to 5 from the beginning of `bytes`, as far as what PyTorch's
/// torch.save writes goes. Source: the opcodes of Python's pickletools.
/// @param file  For messages.
/// @throws InputError if it is cut short or has an opcode of another kind.
[[nodiscard]] Pickle parse_pickle(std::string_view bytes, const std::string& file);

}  // namespace af::al::weights
