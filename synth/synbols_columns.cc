#include "synth/synbols_columns.h"

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "core/config.h"
#include "synth/row_columns.h"
#include "synth/synbols_row.h"

namespace af::synth {
namespace {

constexpr std::size_t kTextColumn = 2;
constexpr std::size_t kSplitColumn = 3;

}  // namespace

SynbolsColumns::SynbolsColumns(const RowFormat& format)
    : format_(format), columns_(pixel_columns(format.image)) {
  columns_.push_back(
      {.name = "y", .type = ElementType::kText, .text_bytes = synbols_row_bytes(format)});
  columns_.push_back({.name = "split/random",
                      .type = ElementType::kEnum,
                      .item_shape = {names_of<Split>().size()},
                      .vocabulary = {"FALSE", "TRUE"},
                      .is_boolean = true});
}

void SynbolsColumns::store(const Row& row, RowBlock& block, std::size_t at) const {
  thread_local std::string text;
  write_synbols_row(row, format_, text);
  const auto to = block.item<char>(kTextColumn, at);
  if (text.size() > to.size()) throw std::logic_error("a row's text is longer than any can be");
  std::memset(to.data(), 0, to.size());
  std::memcpy(to.data(), text.data(), text.size());
  const auto splits = block.item<std::uint16_t>(kSplitColumn, at);
  std::ranges::fill(splits, std::uint16_t{0});
  splits[static_cast<std::size_t>(row.split)] = 1;
}

}  // namespace af::synth
