#include "al/acquisition/nearest_centre.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include "al/acquisition/row_kernel.h"

namespace af::al::acquisition {
namespace {

/// Rows are cut into the same pieces for any number of threads; each row stands for itself anyway.
constexpr std::int64_t kRowsAtOnce = 256;

RowsView view_of(const at::Tensor& rows) {
  return {rows.const_data_ptr<float>(), rows.size(0), rows.size(1)};
}

/// Calls f(begin, end, part of `out`) for runs of rows, on several threads.
template <class F>
void for_rows(at::Tensor& out, F f) {
  float* values = out.mutable_data_ptr<float>();
  at::parallel_for(0, out.size(0), kRowsAtOnce, [&](std::int64_t begin, std::int64_t end) {
    f(begin, end, std::span(values + begin, static_cast<std::size_t>(end - begin)));
  });
}

}  // namespace

void lower_to_nearest_(at::Tensor& nearest, const at::Tensor& rows, const at::Tensor& centres) {
  if (!rows.is_cpu()) return lower_to_nearest_by_operators_(nearest, rows, centres);
  const at::Tensor packed = centres.contiguous();
  for_rows(nearest, [&](std::int64_t begin, std::int64_t end, std::span<float> part) {
    lower_to_nearest(view_of(rows), view_of(packed), begin, end, part);
  });
}

void lower_to_nearest_by_operators_(at::Tensor& nearest, const at::Tensor& rows,
                                    const at::Tensor& centres) {
  for (std::int64_t c = 0; c < centres.size(0); ++c) {
    const at::Tensor squares = (rows - centres[c]).square_().sum(1);
    at::minimum_out(nearest, nearest, squares);
  }
}

at::Tensor products_with_row(const at::Tensor& rows, std::int64_t index) {
  if (!rows.is_cpu()) return rows.mv(rows[index]);
  at::Tensor products = at::empty({rows.size(0)}, rows.options());
  const RowsView view = view_of(rows);
  for_rows(products, [&](std::int64_t begin, std::int64_t end, std::span<float> part) {
    dot_products(view, view.row(index), begin, end, part);
  });
  return products;
}

at::Tensor squared_lengths(const at::Tensor& rows) {
  if (!rows.is_cpu()) return rows.square().sum(1);
  at::Tensor lengths = at::empty({rows.size(0)}, rows.options());
  const RowsView view = view_of(rows);
  for_rows(lengths, [&](std::int64_t begin, std::int64_t end, std::span<float> part) {
    for (std::int64_t i = begin; i < end; ++i) {
      dot_products(view, view.row(i), i, i + 1,
                   part.subspan(static_cast<std::size_t>(i - begin), 1));
    }
  });
  return lengths;
}

}  // namespace af::al::acquisition
