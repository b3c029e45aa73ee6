#include "al/weights/pickle.h"

#include <fmt/format.h>

#include <bit>
#include <cstring>
#include <unordered_map>

#include "core/errors.h"

namespace af::al::weights {
namespace {

static_assert(std::endian::native == std::endian::little, "numbers are copied as they lie");

using Kind = PickleValue::Kind;

/// The machine that a pickle is a program for: a stack, marks in it, and a memo.
class PickleMachine {
 public:
  PickleMachine(std::string_view bytes, const std::string& file) : bytes_(bytes), file_(file) {}

  Pickle run() && {
    while (!stopped_) {
      const auto opcode = static_cast<unsigned char>(take(1).front());
      if (!number(opcode) && !text(opcode) && !container(opcode) && !memory(opcode)) {
        object(opcode);
      }
    }
    result_.top = pop();
    result_.size = position_;
    return std::move(result_);
  }

 private:
  [[noreturn]] void damaged(const char* what) const {
    throw InputError(fmt::format("{}: its pickle {} at byte {}, expected what torch.save writes",
                                 file_, what, position_));
  }

  std::string_view take(std::uint64_t count) {
    if (count > bytes_.size() - position_) damaged("is cut short");
    const std::string_view part = bytes_.substr(position_, static_cast<std::size_t>(count));
    position_ += static_cast<std::size_t>(count);
    return part;
  }
  template <class T>
  T taken() {
    T value{};
    std::memcpy(&value, take(sizeof(T)).data(), sizeof(T));
    return value;
  }
  std::string_view line() {
    const std::size_t end = bytes_.find('\n', position_);
    if (end == std::string_view::npos) damaged("is cut short");
    const std::string_view found = take(end - position_);
    take(1);
    return found;
  }

  PickleValue& push(Kind kind) {
    result_.values.push_back({.kind = kind, .text = {}, .items = {}});
    stack_.push_back(&result_.values.back());
    return result_.values.back();
  }
  void push_integer(std::int64_t value) { push(Kind::kInteger).integer = value; }
  PickleValue* peek() {
    if (stack_.empty()) damaged("takes from an empty stack");
    return stack_.back();
  }
  PickleValue* pop() {
    PickleValue* value = peek();
    stack_.pop_back();
    if (!marks_.empty() && stack_.size() < marks_.back()) damaged("takes more than it marked");
    return value;
  }
  /// What lies above the last mark, which goes.
  std::vector<const PickleValue*> pop_to_mark() {
    if (marks_.empty()) damaged("has no mark");
    const auto begin = stack_.begin() + static_cast<std::ptrdiff_t>(marks_.back());
    std::vector<const PickleValue*> values(begin, stack_.end());
    stack_.erase(begin, stack_.end());
    marks_.pop_back();
    return values;
  }

  bool number(unsigned char opcode) {
    switch (opcode) {
      case 'K': push_integer(taken<std::uint8_t>()); return true;   // BININT1
      case 'M': push_integer(taken<std::uint16_t>()); return true;  // BININT2
      case 'J': push_integer(taken<std::int32_t>()); return true;   // BININT
      case 0x8A: long_integer(); return true;                       // LONG1
      case 'G':
        take(8);
        push(Kind::kOther);
        return true;                               // BINFLOAT
      case 'N':                                    // NONE
      case 0x88:                                   // NEWTRUE
      case 0x89: push(Kind::kOther); return true;  // NEWFALSE
      default: return false;
    }
  }

  void long_integer() {
    const std::string_view digits = take(taken<std::uint8_t>());
    if (digits.size() > sizeof(std::int64_t)) {
      push(Kind::kOther);
      return;
    }
    const bool negative = !digits.empty() && (digits.back() & 0x80) != 0;
    std::int64_t value = negative ? -1 : 0;
    std::memcpy(&value, digits.data(), digits.size());
    push_integer(value);
  }

  bool text(unsigned char opcode) {
    switch (opcode) {
      case 0x8C:                                                        // SHORT_BINUNICODE
      case 'U': push_text(take(taken<std::uint8_t>())); return true;    // SHORT_BINSTRING
      case 'X':                                                         // BINUNICODE
      case 'T': push_text(take(taken<std::uint32_t>())); return true;   // BINSTRING
      case 0x8D: push_text(take(taken<std::uint64_t>())); return true;  // BINUNICODE8
      case 'C':
        take(taken<std::uint8_t>());
        push(Kind::kOther);
        return true;  // SHORT_BINBYTES
      case 'B':
        take(taken<std::uint32_t>());
        push(Kind::kOther);
        return true;  // BINBYTES
      default: return false;
    }
  }
  void push_text(std::string_view value) { push(Kind::kText).text = value; }

  bool container(unsigned char opcode) {
    switch (opcode) {
      case '(': marks_.push_back(stack_.size()); return true;  // MARK
      case ']':                                                // EMPTY_LIST
      case ')': push(Kind::kList); return true;                // EMPTY_TUPLE
      case '}': push(Kind::kMap); return true;                 // EMPTY_DICT
      case 0x8F: push(Kind::kOther); return true;              // EMPTY_SET
      case 0x85:                                               // TUPLE1
      case 0x86:                                               // TUPLE2
      case 0x87: short_tuple(opcode - 0x84); return true;      // TUPLE3
      case 't':                                                // TUPLE
      case 'l': push_all(Kind::kList); return true;            // LIST
      case 'd': push_all(Kind::kMap); return true;             // DICT
      case 'a': add({pop()}); return true;                     // APPEND
      case 's': set_item(); return true;                       // SETITEM
      case 'e':                                                // APPENDS
      case 0x90:                                               // ADDITEMS
      case 'u': add(pop_to_mark()); return true;               // SETITEMS
      default: return false;
    }
  }
  void short_tuple(int count) {
    std::vector<const PickleValue*> values(static_cast<std::size_t>(count));
    for (auto place = values.rbegin(); place != values.rend(); ++place) *place = pop();
    push(Kind::kList).items = std::move(values);
  }
  void push_all(Kind kind) {
    auto values = pop_to_mark();
    push(kind).items = std::move(values);
  }
  void add(const std::vector<const PickleValue*>& values) {
    auto& items = peek()->items;
    items.insert(items.end(), values.begin(), values.end());
  }
  void set_item() {
    const PickleValue* value = pop();
    const PickleValue* key = pop();
    add({key, value});
  }

  bool memory(unsigned char opcode) {
    switch (opcode) {
      case 'q': memo_[taken<std::uint8_t>()] = peek(); return true;   // BINPUT
      case 'r': memo_[taken<std::uint32_t>()] = peek(); return true;  // LONG_BINPUT
      case 0x94: memo_[memo_.size()] = peek(); return true;           // MEMOIZE
      case 'h': recall(taken<std::uint8_t>()); return true;           // BINGET
      case 'j': recall(taken<std::uint32_t>()); return true;          // LONG_BINGET
      case '0': pop(); return true;                                   // POP
      case '1': pop_to_mark(); return true;                           // POP_MARK
      default: return false;
    }
  }
  void recall(std::uint64_t index) {
    const auto found = memo_.find(index);
    if (found == memo_.end()) damaged("recalls what it has not kept");
    stack_.push_back(found->second);
  }

  void object(unsigned char opcode) {
    switch (opcode) {
      case 0x80: take(1); return;            // PROTO
      case 0x95: take(8); return;            // FRAME
      case '.': stopped_ = true; return;     // STOP
      case 'c': global(); return;            // GLOBAL
      case 0x93: global_of_stack(); return;  // STACK_GLOBAL
      case 'R':                              // REDUCE
      case 0x81: call(); return;             // NEWOBJ
      case 'b':
        pop();
        peek();
        return;                        // BUILD: attributes are of no use here.
      case 'Q': persistent(); return;  // BINPERSID
      default: damaged("has an unknown opcode");
    }
  }
  void global() {
    const std::string module(line());
    push_text(module + " " + std::string(line()));
  }
  void global_of_stack() {
    const PickleValue* name = pop();
    const PickleValue* module = pop();
    push_text(module->text + " " + name->text);
  }
  void call() {
    const PickleValue* argument = pop();
    const PickleValue* callee = pop();
    PickleValue& value = push(Kind::kCall);
    value.callee = callee;
    value.argument = argument;
  }
  void persistent() {
    const PickleValue* id = pop();
    push(Kind::kPersistent).argument = id;
  }

  std::string_view bytes_;
  const std::string& file_;
  std::size_t position_ = 0;
  bool stopped_ = false;
  Pickle result_;
  std::vector<PickleValue*> stack_;
  std::vector<std::size_t> marks_;
  std::unordered_map<std::uint64_t, PickleValue*> memo_;
};

}  // namespace

Pickle parse_pickle(std::string_view bytes, const std::string& file) {
  return PickleMachine(bytes, file).run();
}

}  // namespace af::al::weights
