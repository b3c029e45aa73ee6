#include "synth/generate.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "core/dataset_writer.h"
#include "core/parallel.h"
#include "synth/row_columns.h"
#include "synth/synbols_columns.h"

namespace af::synth {
namespace {

/// Blocks that may wait for the disk, whose time for one varies several times over.
constexpr int kWaitingBlocks = 4;

/// What one thread needs to draw; keeps its storage from block to block.
struct Worker {
  explicit Worker(Renderer own) : renderer(std::move(own)) {}
  Renderer renderer;
  Row row;
};

/// Hands out as many workers as are in use at once. Which one draws a block changes no byte.
class Workers {
 public:
  explicit Workers(const RowFormat& format) : first_(format.image, format.vocabulary) {}

  std::unique_ptr<Worker> take() {
    const std::scoped_lock lock(mutex_);
    if (idle_.empty()) return std::make_unique<Worker>(first_.sibling());
    std::unique_ptr<Worker> worker = std::move(idle_.back());
    idle_.pop_back();
    return worker;
  }
  void give_back(std::unique_ptr<Worker> worker) {
    const std::scoped_lock lock(mutex_);
    idle_.push_back(std::move(worker));
  }

 private:
  const Renderer first_;  ///< Draws nothing itself.
  std::mutex mutex_;
  std::vector<std::unique_ptr<Worker>> idle_;
};

/// The columns of a layout and what stores a row in them.
struct Storage {
  std::vector<Column> columns;
  std::function<void(Row& row, RowBlock& block, std::size_t at)> store;
};

template <class Columns>
Storage storage_of(Columns columns) {
  std::vector<Column> described = columns.columns();
  return {std::move(described),
          [columns = std::move(columns)](Row& row, RowBlock& block, std::size_t at) {
            columns.store(row, block, at);
          }};
}

Storage storage_for(const RowFormat& format, Layout layout) {
  return layout == Layout::kSynbols ? storage_of(SynbolsColumns(format))
                                    : storage_of(RowColumns(format));
}

void draw_block(const RowSource& source, const Storage& storage, std::uint64_t first,
                std::uint64_t count, Worker& worker, RowBlock& block) {
  block.set_rows(count);
  for (std::uint64_t i = 0; i < count; ++i) {
    source.fill(first + i, worker.row);
    worker.renderer.draw(worker.row.scene, RowColumns::image(block, i), RowColumns::mask(block, i));
    storage.store(worker.row, block, i);
  }
}

Attributes file_attributes(const RowSource& source, const WriteOptions& options) {
  Attributes attributes = source.attributes;
  if (options.layout != Layout::kColumns) attributes[kLayoutAttribute] = to_text(options.layout);
  if (!options.shard) return attributes;
  attributes[kShardAttribute] = options.shard->text();
  attributes[kWholeRowsAttribute] = static_cast<std::int64_t>(source.rows);
  return attributes;
}

}  // namespace

std::uint64_t rows_to_write(const RowSource& source, const WriteOptions& options) {
  if (!options.shard) return source.rows;
  options.shard->check(source.rows);
  return options.shard->end(source.rows) - options.shard->first(source.rows);
}

void write_dataset(const RowSource& source, const std::filesystem::path& path,
                   const WriteOptions& options) {
  const std::uint64_t rows = rows_to_write(source, options);
  const std::uint64_t before = options.shard ? options.shard->first(source.rows) : 0;
  const Storage storage = storage_for(source.format, options.layout);
  DatasetWriter writer(path, storage.columns, rows, file_attributes(source, options),
                       {.overwrite = options.overwrite, .gzip_level = options.gzip_level});
  const std::uint64_t in_block = std::min(block_rows(storage.columns), rows);
  OrderedWork work;
  work.blocks = (rows + in_block - 1) / in_block;
  work.threads = options.threads;
  work.slots = 2 * options.threads + kWaitingBlocks;
  std::vector<RowBlock> blocks;
  blocks.reserve(static_cast<std::size_t>(work.slots));
  for (int slot = 0; slot < work.slots; ++slot) blocks.emplace_back(storage.columns, in_block);
  Workers workers(source.format);
  work.produce = [&](std::uint64_t block, int slot) {
    std::unique_ptr<Worker> worker = workers.take();
    const std::uint64_t first = block * in_block;
    draw_block(source, storage, before + first, std::min(in_block, rows - first), *worker,
               blocks[static_cast<std::size_t>(slot)]);
    workers.give_back(std::move(worker));
  };
  work.consume = [&](std::uint64_t, int slot) {
    const RowBlock& block = blocks[static_cast<std::size_t>(slot)];
    writer.append(block);
    if (options.progress != nullptr) options.progress->advance(block.rows());
  };
  work.consumer_thread = true;
  run_ordered(work);
  writer.close();
}

Sample draw_sample(const RowSource& source, std::uint64_t row) {
  Sample sample;
  source.fill(row, sample.row);
  sample.image.resize(source.format.image.image_bytes());
  sample.mask.resize(source.format.image.mask_bytes());
  Renderer renderer(source.format.image, source.format.vocabulary);
  renderer.draw(sample.row.scene, sample.image, sample.mask);
  return sample;
}

}  // namespace af::synth
