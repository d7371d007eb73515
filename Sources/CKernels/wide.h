#pragma once
// What all kernels of wide vectors share: compiled for several levels of processors, chosen at run time.

#include <stdint.h>
#include <string.h>

// Equal bits on every processor.
#pragma STDC FP_CONTRACT OFF

#if defined(__x86_64__)
#define EACH_PROCESSOR __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define EACH_PROCESSOR
#endif
#define INLINED static inline __attribute__((always_inline))

typedef float float4 __attribute__((vector_size(16)));
typedef float float8 __attribute__((vector_size(32)));
typedef float float16 __attribute__((vector_size(64)));
typedef int32_t int16 __attribute__((vector_size(64)));
typedef uint32_t uint16 __attribute__((vector_size(64)));
typedef double double4 __attribute__((vector_size(32)));
typedef double double8 __attribute__((vector_size(64)));
typedef double double16 __attribute__((vector_size(128)));
typedef int64_t long8 __attribute__((vector_size(64)));
typedef int64_t long16 __attribute__((vector_size(128)));

// a where the mask is set, else b: compiled to a blend.
#define CHOOSE(mask, a, b) ((__typeof__(a))(((mask) & (__typeof__(mask))(a)) | (~(mask) & (__typeof__(mask))(b))))
