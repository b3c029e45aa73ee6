#include "synth/row_description.h"

#include <array>
#include <string>
#include <type_traits>
#include <utility>

#include "core/config.h"

namespace af::synth {
namespace {

using Shape = std::vector<std::uint64_t>;
using Words = std::vector<std::string>;

/// How a type of `Row` lies in a file.
template <class T>
struct Stored {
  static ElementType type() {
    if constexpr (sizeof(T) == 1) return ElementType::kUint8;
    if constexpr (sizeof(T) == 2) return ElementType::kEnum;
    if constexpr (std::is_integral_v<T>) return ElementType::kInt64;
    return ElementType::kFloat64;
  }
  static Shape shape() { return {}; }
};
template <std::size_t N>
struct Stored<std::array<double, N>> {
  static ElementType type() { return ElementType::kFloat64; }
  static Shape shape() { return {N}; }
};
template <>
struct Stored<std::array<Stop, kStops>> {
  static_assert(sizeof(Stop) == 5 * sizeof(double));  // Position, red, green, blue, alpha.
  static ElementType type() { return ElementType::kFloat64; }
  static Shape shape() { return {kStops, 5}; }
};

template <>
struct Stored<Camouflage::Shape> {
  static_assert(sizeof(Camouflage::Shape) == 4 * sizeof(double));  // Length, width, angle, noise.
  static ElementType type() { return ElementType::kFloat64; }
  static Shape shape() { return {4}; }
};
template <>
struct Stored<Stroke> {
  static_assert(sizeof(Stroke) == 9 * sizeof(double));  // From, to, width, red, green, blue, alpha.
  static ElementType type() { return ElementType::kFloat64; }
  static Shape shape() { return {9}; }
};

/// Builds the description; `member` below is a function from a part of a row to a reference.
class Description {
 public:
  explicit Description(const RowFormat& format) : format_(format), words_(format.vocabulary) {}

  std::vector<RowField> build() {
    describe_row();
    describe_symbols("", 0, {}, words_.chars, format_.foreground);
    if (format_.symbols > 1) {
      describe_symbols("layer_", 1, {format_.symbols - 1}, words_.layer_chars, format_.layers);
    }
    describe_pattern("background", {}, format_.background,
                     [](Row& row, std::size_t) { return &row.scene.background; });
    return std::move(fields_);
  }

 private:
  /// @param at  From (row, k) to a pointer to the k-th value, or null.
  template <class At>
  void add(std::string name, const Shape& counts, Words vocabulary, At at) {
    using Value = std::remove_pointer_t<std::invoke_result_t<At, Row&, std::size_t>>;
    static_assert(std::is_trivially_copyable_v<Value>);
    RowField field;
    field.column = {std::move(name), Stored<Value>::type(), counts, std::move(vocabulary)};
    for (const std::uint64_t count : counts) field.count *= count;
    for (const std::uint64_t side : Stored<Value>::shape()) field.column.item_shape.push_back(side);
    field.value_bytes = sizeof(Value);
    field.at = [at](Row& row, std::size_t k) { return reinterpret_cast<std::byte*>(at(row, k)); };
    fields_.push_back(std::move(field));
  }

  void describe_row() {
    const auto one = [this](const char* name, auto member, Words vocabulary = {}) {
      add(name, {}, std::move(vocabulary),
          [member](Row& row, std::size_t) { return &member(row); });
    };
    one(
        "index", [](Row & r) -> auto& { return r.index; });
    one(
        "split", [](Row & r) -> auto& { return r.split; }, names_of<Split>());
    if (!words_.languages.empty()) {
      one(
          "language", [](Row & r) -> auto& { return r.language_code; }, words_.languages);
    }
    if (!words_.colors.empty()) {
      one(
          "color", [](Row & r) -> auto& { return r.color_code; }, words_.colors);
    }
    if (format_.counts)
      one(
          "symbols", [](Row & r) -> auto& { return r.symbols; });
    if (format_.symbols > 1)
      one(
          "layers", [](Row & r) -> auto& { return r.layers; });
    one(
        "inverse", [](Row & r) -> auto& { return r.scene.inverse; });
    one(
        "max_contrast", [](Row & r) -> auto& { return r.scene.max_contrast; });
    one(
        "noise_scale", [](Row & r) -> auto& { return r.scene.noise_scale; });
    one(
        "noise_key", [](Row & r) -> auto& { return r.scene.noise_key; });
  }

  void describe_symbols(const std::string& prefix, std::size_t first, const Shape& counts,
                        const Words& chars, const PatternRoom& room) {
    const auto each = [&](const char* name, auto member, Words vocabulary = {}) {
      add(prefix + name, counts, std::move(vocabulary), [first, member](Row& row, std::size_t k) {
        std::vector<Symbol>& symbols = row.scene.symbols;
        return first + k < symbols.size() ? &member(symbols[first + k]) : nullptr;
      });
    };
    each(
        "char", [](Symbol & s) -> auto& { return s.char_code; }, chars);
    each(
        "font", [](Symbol & s) -> auto& { return s.font_code; }, words_.fonts);
    each(
        "font_file", [](Symbol & s) -> auto& { return s.face; }, face_names());
    each(
        "bold", [](Symbol & s) -> auto& { return s.bold; });
    each(
        "slant", [](Symbol & s) -> auto& { return s.pose.slanted; });
    each(
        "scale", [](Symbol & s) -> auto& { return s.pose.scale; });
    each(
        "rotation", [](Symbol & s) -> auto& { return s.pose.rotation_rad; });
    each(
        "translation", [](Symbol & s) -> auto& { return s.pose.translation; });
    describe_pattern(prefix + "foreground", counts, room, [first](Row& row, std::size_t k) {
      std::vector<Symbol>& symbols = row.scene.symbols;
      return first + k < symbols.size() ? &symbols[first + k].foreground : nullptr;
    });
  }

  /// @param at  From (row, k) to the k-th pattern, or null.
  template <class At>
  void describe_pattern(const std::string& name, const Shape& counts, const PatternRoom& room,
                        At at) {
    const auto each = [&](const char* suffix, auto member, Words vocabulary = {}) {
      add(name + suffix, counts, std::move(vocabulary), [at, member](Row& row, std::size_t k) {
        Pattern* pattern = at(row, k);
        return pattern != nullptr ? &member(*pattern) : nullptr;
      });
    };
    each(
        "", [](Pattern & p) -> auto& { return p.kind; }, names_of<PatternKind>());
    each(
        "_rgb", [](Pattern & p) -> auto& { return p.rgb; });
    if (room.gradients > 1) {
      each(
          "_gradients", [](Pattern & p) -> auto& { return p.gradient_count; });
    }
    if (room.gradients > 0) describe_gradients(name, counts, room.gradients, at);
    if (room.camouflage) {
      each(
          "_stroke_shape", [](Pattern & p) -> auto& { return p.camouflage.shape; });
      each(
          "_stroke_count", [](Pattern & p) -> auto& { return p.camouflage.count; });
      each(
          "_stroke_key", [](Pattern & p) -> auto& { return p.camouflage.key; });
    }
    if (room.images) {
      each(
          "_image", [](Pattern & p) -> auto& { return p.image; }, words_.images);
      each(
          "_crop", [](Pattern & p) -> auto& { return p.crop; });
    }
    if (room.strokes > 0) describe_strokes(name, counts, room.strokes, at);
  }

  template <class At>
  void describe_gradients(const std::string& name, Shape counts, std::size_t gradients, At at) {
    if (gradients > 1) counts.push_back(gradients);
    const auto layer = [&](const char* suffix, auto member, Words vocabulary = {}) {
      add(name + suffix, counts, std::move(vocabulary),
          [at, member, gradients](Row& row, std::size_t k) {
            Pattern* pattern = at(row, k / gradients);
            return pattern != nullptr ? &member(pattern->gradients[k % gradients]) : nullptr;
          });
    };
    if (gradients > 1) {
      layer(
          "_gradient", [](Gradient & g) -> auto& { return g.kind; }, names_of<GradientKind>());
    }
    layer(
        "_points", [](Gradient & g) -> auto& { return g.points; });
    layer(
        "_stops", [](Gradient & g) -> auto& { return g.stops; });
  }

  template <class At>
  void describe_strokes(const std::string& name, Shape counts, std::size_t strokes, At at) {
    counts.push_back(strokes);
    add(name + "_strokes", counts, {}, [at, strokes](Row& row, std::size_t k) -> Stroke* {
      Pattern* pattern = at(row, k / strokes);
      const std::size_t stroke = k % strokes;
      return pattern != nullptr && stroke < pattern->strokes.size() ? &pattern->strokes[stroke]
                                                                    : nullptr;
    });
  }

  [[nodiscard]] Words face_names() const {
    Words names;
    for (const af::fonts::FaceFile& face : words_.faces) names.push_back(face.name());
    return names;
  }

  const RowFormat& format_;
  const Vocabulary& words_;
  std::vector<RowField> fields_;
};

}  // namespace

std::vector<RowField> describe_rows(const RowFormat& format) { return Description(format).build(); }

}  // namespace af::synth
