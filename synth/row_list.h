#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "fonts/font_catalogue.h"
#include "synth/json_fields.h"
#include "synth/json_pattern.h"
#include "synth/listed_config.h"
#include "synth/row.h"

namespace af::synth {

/// Rows out of JSON objects (synth/attribute_rows.h), with the vocabularies that they make.
class RowList {
 public:
  /// @throws InputError if a folder of fonts or pictures is none.
  explicit RowList(const ListedConfig& config);

  /// Adds a row. @param where  Of it, for messages. @throws InputError
  void add(nlohmann::json object, const std::string& where);

  /// @throws InputError if a font lacks a character of a row.
  void check_glyphs() const;

  [[nodiscard]] const RowFormat& format() const noexcept { return format_; }
  [[nodiscard]] std::vector<Row>& rows() noexcept { return rows_; }

 private:
  void agree_on_image(const JsonFields& fields);
  void read_scene(const JsonFields& fields, Row& row);
  [[nodiscard]] std::int64_t own_noise_key(std::size_t row) const;
  void read_color(const JsonFields& fields, Row& row);
  Symbol read_symbol(const JsonFields& fields, const Row& row, std::vector<std::string>& chars);
  void read_font(const JsonFields& fields, Symbol& symbol);
  void make_room(const Scene& scene);

  std::uint64_t seed_;
  fonts::FontCatalogue fonts_;
  RowFormat format_;
  std::vector<Row> rows_;
  std::vector<std::string> places_;  ///< Of the rows.
};

}  // namespace af::synth
