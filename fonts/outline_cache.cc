#include "fonts/outline_cache.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace af::fonts {

/// Head of a record; points, tags and contour ends follow it in this order.
struct OutlineCache::Record {
  OutlineKey key;
  GlyphBox box;
  std::int32_t flags = 0;
  std::uint32_t points = 0;
  std::uint32_t contours = 0;
  std::uint32_t unused = 0;
};

namespace {

using Word = std::uint64_t;
constexpr std::size_t kTypicalOutlineBytes = 512;

/// Two places of the table where a key may stand.
std::array<std::size_t, 2> places(const OutlineKey& key, std::size_t table) {
  const Word h = mixed(key);
  return {h & (table - 1), (h >> 32) & (table - 1)};
}

std::size_t words_for(std::size_t bytes) { return (bytes + sizeof(Word) - 1) / sizeof(Word); }

}  // namespace

std::uint64_t mixed(const OutlineKey& key) {
  Word h = Word{key.face} << 32 | key.character;
  h ^= (Word{static_cast<std::uint32_t>(key.x_ppem)} << 32 |
        static_cast<std::uint32_t>(key.y_ppem)) *
       0x9E3779B97F4A7C15U;
  h = (h ^ h >> 30) * 0xBF58476D1CE4E5B9U;
  h = (h ^ h >> 27) * 0x94D049BB133111EBU;
  return h ^ h >> 31;
}

OutlineCache::OutlineCache(std::size_t bytes)
    : pages_(words_for(bytes) * sizeof(Word)),
      ring_(reinterpret_cast<Word*>(pages_.bytes().data()), words_for(bytes)),
      positions_(std::bit_ceil(std::max<std::size_t>(2 * bytes / kTypicalOutlineBytes, 2)),
                 kNowhere) {}

bool OutlineCache::alive(std::uint64_t position) const {
  return position != kNowhere && position + ring_.size() >= end_;
}

const OutlineCache::Record* OutlineCache::record(std::uint64_t position) const {
  return reinterpret_cast<const Record*>(ring_.data() + position % ring_.size());
}

std::optional<OutlineView> OutlineCache::find(const OutlineKey& key) const {
  for (const std::size_t place : places(key, positions_.size())) {
    const std::uint64_t position = positions_[place];
    if (!alive(position)) continue;
    const Record* head = record(position);
    if (head->key != key) continue;
    const auto* points = reinterpret_cast<const OutlinePoint*>(head + 1);
    const auto* ends = reinterpret_cast<const std::int16_t*>(points + head->points);
    const auto* tags = reinterpret_cast<const std::uint8_t*>(ends + head->contours);
    return OutlineView{head->box,
                       head->flags,
                       {points, head->points},
                       {tags, head->points},
                       {ends, head->contours}};
  }
  return std::nullopt;
}

std::uint64_t OutlineCache::allot(std::size_t words) {
  const std::size_t left = ring_.size() - end_ % ring_.size();
  if (words > left) end_ += left;  // A record lies in one piece.
  const std::uint64_t position = end_;
  end_ += words;
  return position;
}

void OutlineCache::remember(const OutlineKey& key, std::uint64_t position) {
  const auto [first, second] = places(key, positions_.size());
  // An unused place, else the one whose record is older and so goes first anyway.
  const bool take_first = !alive(positions_[first]) ||
                          (alive(positions_[second]) && positions_[first] < positions_[second]);
  positions_[take_first ? first : second] = position;
}

void OutlineCache::insert(const OutlineKey& key, const OutlineView& outline) {
  const std::size_t bytes = sizeof(Record) + outline.points.size_bytes() +
                            outline.contour_ends.size_bytes() + outline.tags.size_bytes();
  if (words_for(bytes) > ring_.size()) return;
  const std::uint64_t position = allot(words_for(bytes));
  auto* to = reinterpret_cast<std::byte*>(ring_.data() + position % ring_.size());
  const Record head{key,
                    outline.box,
                    outline.flags,
                    static_cast<std::uint32_t>(outline.points.size()),
                    static_cast<std::uint32_t>(outline.contour_ends.size()),
                    0};
  const auto put = [&to](const void* from, std::size_t count) {
    if (count > 0) std::memcpy(to, from, count);
    to += count;
  };
  put(&head, sizeof head);
  put(outline.points.data(), outline.points.size_bytes());
  put(outline.contour_ends.data(), outline.contour_ends.size_bytes());
  put(outline.tags.data(), outline.tags.size_bytes());
  remember(key, position);
}

}  // namespace af::fonts
