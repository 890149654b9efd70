#pragma once

/// Before a function: one version of it for each width of vector registers, chosen when the program starts. What it
/// calls must be inlined to profit. The address sanitizer is not ready by then.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define CARDHOUSE_FOR_EACH_VECTOR_WIDTH __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define CARDHOUSE_FOR_EACH_VECTOR_WIDTH
#endif
