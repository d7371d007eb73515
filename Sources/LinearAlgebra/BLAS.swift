import COpenBLAS

/// Holds OpenBLAS to one thread, once: the house's threads are started in Statistics alone, and the split of a product
/// over OpenBLAS's own threads would change its last bits with their number.
let singleThreadedBLAS: Void = {
    openblas_set_num_threads(1)
    strata_stop_blas_threads()
}()

/// Ends the threads that OpenBLAS starts when the program is loaded, which would otherwise keep processors busy waiting
/// for some thirty milliseconds.
public func stopBLASThreads() { singleThreadedBLAS }
