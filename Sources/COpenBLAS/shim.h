#include <cblas.h>

// Builds of OpenBLAS with threads of its own have this, others do not.
int blas_thread_shutdown_(void) __attribute__((weak));

/// Ends the threads that OpenBLAS starts when it is loaded.
static inline void strata_stop_blas_threads(void) {
    if (blas_thread_shutdown_) blas_thread_shutdown_();
}
