#include "tests/fonts/mutated_fonts.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>
#include <string_view>
#include <utility>

#include "core/random.h"
#include "tests/support/program.h"

namespace af::test {
namespace {

constexpr std::uint64_t kSeed = 20;
/// Small ones, so that two hundred of them are examined in seconds.
constexpr std::array kSources{
    "/usr/share/fonts/truetype/dejavu/DejaVuMathTeXGyre.ttf",
    "/usr/share/fonts/truetype/dustin/Dustismo.ttf",
    "/usr/share/fonts/truetype/lohit-tamil/Lohit-Tamil.ttf",
    "/usr/share/fonts/truetype/uralic/sansu___.ttf",
    "/usr/share/fonts/opentype/b612/B612-Bold.otf",
    "/usr/share/fonts/opentype/jura/Jura-Medium.otf",
    "/usr/share/fonts/opentype/lobster/lobster.otf",
    "/usr/share/fonts/truetype/adf/GilliusADF-Regular.otf",
};

/// A font's bytes while they are damaged.
class Patient {
 public:
  Patient(std::string bytes, std::uint64_t number)
      : bytes_(std::move(bytes)), stream_(kSeed, Purpose::kTest, number) {}

  std::string take() && { return std::move(bytes_); }

  void spoil(std::size_t begin, std::size_t end, int times) {
    end = std::min(end, bytes_.size());
    for (int i = 0; i < times && begin < end; ++i) {
      bytes_[begin + below(end - begin)] = static_cast<char>(stream_.below(256));
    }
  }
  void spoil_header() { spoil(0, 12, 3); }
  void spoil_directory() { spoil(12, 12 + 16 * table_count(), 4); }
  void spoil_table(std::string_view tag) {
    const auto [begin, size] = table(tag);
    spoil(begin, begin + size, 1 + static_cast<int>(below(1 + size / 16)));
  }
  void spoil_anything() { spoil(0, bytes_.size(), 50); }
  void cut() { bytes_.resize(below(bytes_.size())); }
  void zero() {
    const std::size_t begin = below(bytes_.size());
    const std::size_t size = std::min(bytes_.size() - begin, below(bytes_.size()));
    std::fill_n(bytes_.begin() + static_cast<std::ptrdiff_t>(begin), size, '\0');
  }
  void empty() { bytes_.clear(); }
  /// Sets bytes of a table to 0xFF: as counts and sizes stand there, to the most there can be.
  void maximise(std::string_view tag, std::size_t at, std::size_t size) {
    const std::size_t begin = table(tag).first + at;
    for (std::size_t i = begin; i < std::min(begin + size, bytes_.size()); ++i) bytes_[i] = '\xFF';
  }
  /// Lets a table lie over another one.
  void mislay(std::string_view tag, std::string_view over) {
    const std::size_t from = entry(over);
    const std::size_t to = entry(tag);
    if (from != 0 && to != 0) std::copy_n(&bytes_[from + 8], 8, &bytes_[to + 8]);
  }

 private:
  std::size_t below(std::size_t n) { return stream_.below(static_cast<std::uint32_t>(n)); }
  [[nodiscard]] std::size_t number(std::size_t at, std::size_t size) const {
    std::size_t value = 0;
    for (std::size_t i = at; i < at + size; ++i) {
      value = value << 8 | static_cast<unsigned char>(bytes_.at(i));
    }
    return value;
  }
  [[nodiscard]] std::size_t table_count() const { return number(4, 2); }
  /// Of the table's entry in the directory; 0 if there is none.
  [[nodiscard]] std::size_t entry(std::string_view tag) const {
    for (std::size_t i = 0; i < table_count(); ++i) {
      if (bytes_.substr(12 + 16 * i, 4) == tag) return 12 + 16 * i;
    }
    return 0;
  }
  /// Place and size; the whole file if there is no such table.
  [[nodiscard]] std::pair<std::size_t, std::size_t> table(std::string_view tag) const {
    const std::size_t at = entry(tag);
    if (at == 0) return {0, bytes_.size()};
    return {number(at + 8, 4), number(at + 12, 4)};
  }

  std::string bytes_;
  Stream stream_;
};

struct Damage {
  const char* name;
  void (*inflict)(Patient&);
};
constexpr std::array kDamages{
    Damage{"header", [](Patient& p) { p.spoil_header(); }},
    Damage{"directory", [](Patient& p) { p.spoil_directory(); }},
    Damage{"glyf", [](Patient& p) { p.spoil_table("glyf"); }},
    Damage{"loca", [](Patient& p) { p.spoil_table("loca"); }},
    Damage{"CFF", [](Patient& p) { p.spoil_table("CFF "); }},
    Damage{"CFF-start", [](Patient& p) { p.maximise("CFF ", 4, 40); }},
    Damage{"cmap", [](Patient& p) { p.spoil_table("cmap"); }},
    Damage{"head", [](Patient& p) { p.spoil_table("head"); }},
    Damage{"maxp", [](Patient& p) { p.spoil_table("maxp"); }},
    Damage{"hmtx", [](Patient& p) { p.spoil_table("hhea"); }},
    Damage{"name", [](Patient& p) { p.spoil_table("name"); }},
    Damage{"OS2", [](Patient& p) { p.spoil_table("OS/2"); }},
    Damage{"program", [](Patient& p) { p.spoil_table("prep"); }},
    Damage{"GPOS", [](Patient& p) { p.spoil_table("GPOS"); }},
    Damage{"many-tables", [](Patient& p) { p.maximise("no table", 4, 2); }},
    Damage{"many-glyphs", [](Patient& p) { p.maximise("maxp", 4, 2); }},
    Damage{"many-points", [](Patient& p) { p.maximise("maxp", 6, 26); }},
    Damage{"many-metrics", [](Patient& p) { p.maximise("hhea", 34, 2); }},
    Damage{"many-maps", [](Patient& p) { p.maximise("cmap", 2, 2); }},
    Damage{"large-map", [](Patient& p) { p.maximise("cmap", 14, 16); }},
    Damage{"no-units", [](Patient& p) { p.maximise("head", 18, 2); }},
    Damage{"glyf-over-cmap", [](Patient& p) { p.mislay("cmap", "glyf"); }},
    Damage{"name-over-loca", [](Patient& p) { p.mislay("loca", "name"); }},
    Damage{"anything", [](Patient& p) { p.spoil_anything(); }},
    Damage{"cut", [](Patient& p) { p.cut(); }},
    Damage{"zero", [](Patient& p) { p.zero(); }},
    Damage{"empty", [](Patient& p) { p.empty(); }},
};

}  // namespace

std::vector<MutatedFont> mutated_fonts(std::size_t count) {
  std::vector<MutatedFont> fonts;
  for (std::size_t i = 0; i < count; ++i) {
    const std::filesystem::path source = kSources[i / kDamages.size() % kSources.size()];
    const Damage& damage = kDamages[i % kDamages.size()];
    Patient patient(file_bytes(source), i);
    damage.inflict(patient);
    fonts.push_back({std::to_string(i) + "-" + damage.name + "-" + source.filename().string(),
                     std::move(patient).take()});
  }
  return fonts;
}

}  // namespace af::test
