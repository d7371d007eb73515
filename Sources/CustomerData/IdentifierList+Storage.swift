extension IdentifierList {
    /// Calls `body` with the bytes of all identifiers, one after the other, and where each ends: for loops over many
    /// rows, which would otherwise hold on to the list once a row.
    @inlinable
    public func withStorage<Result>(
        _ body: (_ bytes: UnsafeBufferPointer<UInt8>, _ ends: UnsafeBufferPointer<Int>) throws -> Result
    ) rethrows -> Result {
        try bytes.withUnsafeBufferPointer { bytes in try ends.withUnsafeBufferPointer { try body(bytes, $0) } }
    }
}
