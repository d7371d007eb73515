import COpenBLAS

/// Holds OpenBLAS to one thread, once: the house's threads are started in Statistics alone, and the split of a product
/// over OpenBLAS's own threads would change its last bits with their number.
let singleThreadedBLAS: Void = openblas_set_num_threads(1)
