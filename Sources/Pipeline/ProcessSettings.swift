import CKernels
import LinearAlgebra

/// What is settled about the process before it does anything.
public enum ProcessSettings {
    /// Ends the threads that OpenBLAS starts, and has freed blocks go back to the system.
    public static func apply() {
        stopBLASThreads()
        strata_return_freed_blocks()
    }
}
