#include "al/models/block_product.h"

#include <ATen/Context.h>
#include <ATen/native/CPUBlas.h>

#if defined(__x86_64__) && defined(__GNUC__)
#define AF_CPU_HAS(feature) (__builtin_cpu_supports(feature) != 0)
#else
#define AF_CPU_HAS(feature) false
#endif

namespace af::al::models {

namespace blas = at::native::cpublas;

void multiply_block(const BlockShape& shape, const float* a, const float* b, float* c, bool add) {
  blas::brgemm(shape.rows, shape.columns, shape.inner, shape.a_stride, shape.columns, shape.columns,
               add, a, b, c);
}

void multiply_block(const BlockShape& shape, const c10::BFloat16* a, const c10::BFloat16* b,
                    float* c, bool add) {
  blas::brgemm(shape.rows, shape.columns, shape.inner, shape.a_stride, shape.columns, shape.columns,
               add, a, b, c, /*is_vnni=*/true);
}

bool multiplies_blocks() {
  static const bool has_them = AF_CPU_HAS("avx512f") && AF_CPU_HAS("avx512bw") &&
                               AF_CPU_HAS("avx512vl") && AF_CPU_HAS("avx512dq");
  return has_them && at::globalContext().userEnabledMkldnn();
}

bool multiplies_bfloat16() {
  static const bool has_them = AF_CPU_HAS("avx512bf16");
  return has_them && multiplies_blocks();
}

bool multiplies_bfloat16_in_tiles() {
  return multiplies_bfloat16() && blas::could_pack(at::kBFloat16);
}

BlockProducts::~BlockProducts() { blas::brgemm_release(multiplies_bfloat16_in_tiles()); }

}  // namespace af::al::models
