#pragma once

/// Before a function: compiled three times, for any x86-64, for one with AVX2 and for one with
/// AVX-512, and chosen when the program starts. All give the same bits, since nothing here is
/// contracted or reassociated.
/// Sanitizers cannot run the choice, which happens before they are set up.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define AF_VECTOR_CLONES __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#else
#define AF_VECTOR_CLONES
#endif

/// For a lambda in such a function: it is compiled into each of its kinds.
#define AF_INLINE __attribute__((always_inline))
