#include <benchmark/benchmark.h>

#include <array>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <vector>

#include "core/pages.h"
#include "core/vector_clones.h"
#include "synth/generate.h"
#include "synth/tone.h"

/// What an image costs, stage by stage, at the reference experiment's settings. Times are for one
/// image each; images a second are `items_per_second`.
namespace {

using namespace af::synth;

constexpr std::int64_t kRows = 20000;  // Enough that outlines are mostly cached.

DatasetConfig config_with(std::int64_t occlusions) {
  DatasetConfig config;
  config.n = kRows;
  config.occlusions = static_cast<double>(occlusions);
  return config;
}

/// The rows of the default data set, drawn once.
const std::vector<Row>& rows() {
  static const std::vector<Row> kept = [] {
    const RowSource source = sampled_rows(config_with(0));
    std::vector<Row> all(kRows);
    for (std::uint64_t i = 0; i < all.size(); ++i) source.fill(i, all[i]);
    return all;
  }();
  return kept;
}

/// Calls `stage(row)` for one row after the other.
template <class Stage>
void for_rows(benchmark::State& state, Stage stage) {
  std::size_t i = 0;
  for (auto _ : state) {
    stage(rows()[i]);
    i = (i + 1) % rows().size();
  }
  state.SetItemsProcessed(state.iterations());
}

void attributes(benchmark::State& state) {
  const RowSource source = sampled_rows(config_with(state.range(0)));
  Row row;
  std::uint64_t i = 0;
  for (auto _ : state) {
    source.fill(i++ % kRows, row);
    benchmark::DoNotOptimize(row);
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(attributes)->ArgName("occlusions")->Arg(0)->Arg(1);

/// @param cache_bytes  0: FreeType prepares a new size for each glyph.
void glyph(benchmark::State& state, std::size_t cache_bytes) {
  const RowSource source = sampled_rows(config_with(0));
  af::fonts::GlyphRasterizer glyphs(source.format.vocabulary.faces, cache_bytes);
  const auto draw = [&](const Row& row) {
    const Symbol& symbol = row.scene.symbols.front();
    benchmark::DoNotOptimize(glyphs.draw(symbol.face, symbol.character, symbol.pose, 64));
  };
  for (const Row& row : rows()) draw(row);
  for_rows(state, draw);
}
BENCHMARK_CAPTURE(glyph, cached, af::fonts::GlyphRasterizer::kDefaultCacheBytes);
BENCHMARK_CAPTURE(glyph, uncached, 0);

void background(benchmark::State& state) {
  Canvas canvas(64);
  for_rows(state, [&](const Row& row) { canvas.fill(row.scene.background); });
}
BENCHMARK(background);

void foreground(benchmark::State& state) {
  const RowSource source = sampled_rows(config_with(0));
  af::fonts::GlyphRasterizer glyphs(source.format.vocabulary.faces);
  const Symbol& symbol = rows().front().scene.symbols.front();
  const af::fonts::GlyphBitmap glyph = glyphs.draw(symbol.face, symbol.character, symbol.pose, 64);
  Canvas canvas(64);
  for_rows(state,
           [&](const Row& row) { canvas.paint(row.scene.symbols.front().foreground, glyph); });
}
BENCHMARK(foreground);

/// @param noise  Its scale; 0 takes the exact way.
void tone(benchmark::State& state, double noise) {
  Canvas canvas(64);
  Scene scene = rows().front().scene;
  scene.noise_scale = noise;
  canvas.fill(scene.background);
  std::vector<std::uint8_t> image(std::size_t{64} * 64 * 3);
  for (auto _ : state) {
    finish(canvas, scene, 3, image);
    benchmark::DoNotOptimize(image.data());
    ++scene.noise_key;
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK_CAPTURE(tone, noisy, 0.01);
BENCHMARK_CAPTURE(tone, exact, 0.0);

/// Attributes and pixels, in memory.
void image(benchmark::State& state) {
  const RowSource source = sampled_rows(config_with(state.range(0)));
  Renderer renderer(source.format.image, source.format.vocabulary);
  std::vector<std::uint8_t> pixels(source.format.image.image_bytes());
  std::vector<std::uint8_t> mask(source.format.image.pixels());
  Row row;
  const auto draw = [&](std::uint64_t i) {
    source.fill(i, row);
    renderer.draw(row.scene, pixels, mask);
  };
  for (std::uint64_t i = 0; i < kRows; ++i) draw(i);
  std::uint64_t i = 0;
  for (auto _ : state) draw(i++ % kRows);
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(image)->ArgName("occlusions")->Arg(0)->Arg(1);

/// The same on several threads at once, with nothing written: how far drawing itself scales.
void images(benchmark::State& state) {
  static const RowSource source = sampled_rows(config_with(0));
  static const Renderer first(source.format.image, source.format.vocabulary);
  Renderer renderer = first.sibling();
  std::vector<std::uint8_t> pixels(source.format.image.image_bytes());
  std::vector<std::uint8_t> mask(source.format.image.pixels());
  Row row;
  for (std::uint64_t i = 0; i < kRows; ++i) {
    source.fill(i, row);
    renderer.draw(row.scene, pixels, mask);
  }
  auto i = static_cast<std::uint64_t>(state.thread_index());
  for (auto _ : state) {
    source.fill(i++ % kRows, row);
    renderer.draw(row.scene, pixels, mask);
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(images)->Threads(1)->Threads(2)->UseRealTime();

/// A whole file of 20,000 images, fonts opened and outlines hinted anew.
void file(benchmark::State& state) {
  const std::filesystem::path path = std::filesystem::temp_directory_path() / "bench_generate.h5";
  for (auto _ : state) {
    write_dataset(sampled_rows(config_with(0)), path,
                  {.threads = static_cast<int>(state.range(0)), .overwrite = true});
  }
  std::filesystem::remove(path);
  state.SetItemsProcessed(state.iterations() * kRows);
}
BENCHMARK(file)->ArgName("threads")->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);

/// Below which no image can come, on any code: the square roots of a background between circles.
AF_VECTOR_CLONES void square_roots(const std::array<double, 64>& squares,
                                   std::array<double, 64>& roots) {
  for (std::size_t i = 0; i < squares.size(); ++i) roots[i] = std::sqrt(squares[i]);
}
void limit_roots(benchmark::State& state) {
  std::array<double, 64> squares{};
  std::array<double, 64> roots{};
  for (auto _ : state) {
    for (int row = 0; row < 64; ++row) {
      benchmark::DoNotOptimize(squares.data());
      square_roots(squares, roots);
      benchmark::DoNotOptimize(roots.data());
    }
  }
}
BENCHMARK(limit_roots);

/// And an image with its mask, written to memory that the last 255 images have not touched.
void limit_copy(benchmark::State& state) {
  constexpr std::size_t kBytes = std::size_t{64} * 64 * 4;
  const std::vector<char> image(kBytes, 1);
  const af::Pages block(256 * kBytes);
  std::size_t at = 0;
  for (auto _ : state) {
    std::memcpy(block.bytes().data() + at, image.data(), kBytes);
    benchmark::ClobberMemory();
    at = (at + kBytes) % block.bytes().size();
  }
}
BENCHMARK(limit_copy);

}  // namespace
