/// Writes numbers as a `.npy` file (NumPy Enhancement Proposal 1, format version 1.0): little-endian, in C order, byte
/// for byte what `numpy.save` writes.
public enum NumpyFile {
    /// Writes float64 numbers, rows × columns, row-major.
    ///
    /// - Parameters:
    ///   - values: `rowCount × columnCount` numbers.
    ///   - columnCount: columns; nil for an array of one dimension.
    ///   - write: takes the bytes, in order; what it throws is thrown on.
    /// - Complexity: O(values), without a copy.
    public static func write(
        _ values: [Double], columnCount: Int?, to write: (UnsafeRawBufferPointer) throws -> Void
    ) rethrows {
        try NumpyFile.write(header: "<f8", count: values.count, columnCount: columnCount, to: write)
        try values.withUnsafeBytes(write)
    }

    /// Writes float32 numbers, rows × columns, row-major; as the writing of float64 numbers.
    public static func write(
        _ values: [Float], columnCount: Int?, to write: (UnsafeRawBufferPointer) throws -> Void
    ) rethrows {
        try NumpyFile.write(header: "<f4", count: values.count, columnCount: columnCount, to: write)
        try values.withUnsafeBytes(write)
    }

    /// The header: padded with spaces so that the data begins at a multiple of 64 bytes.
    private static func write(
        header descriptor: String, count: Int, columnCount: Int?, to write: (UnsafeRawBufferPointer) throws -> Void
    ) rethrows {
        let shape: String
        if let columnCount {
            precondition(columnCount > 0 ? count % columnCount == 0 : count == 0, "values fill whole rows")
            shape = "(\(columnCount > 0 ? count / columnCount : 0), \(columnCount))"
        } else {
            shape = "(\(count),)"
        }
        var text = Array("{'descr': '\(descriptor)', 'fortran_order': False, 'shape': \(shape), }".utf8)
        // numpy leaves room for the first size to grow to 21 digits, so that files can be appended to.
        let digits = (columnCount.map { $0 > 0 ? count / $0 : 0 } ?? count).description.utf8.count
        text += [UInt8](repeating: UInt8(ascii: " "), count: max(0, 21 - digits))
        let start = 10
        text += [UInt8](repeating: UInt8(ascii: " "), count: 64 - (start + text.count + 1) % 64)
        text.append(UInt8(ascii: "\n"))
        let length = UInt16(text.count)
        let bytes =
            [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(truncatingIfNeeded: length), UInt8(length >> 8)] + text
        try bytes.withUnsafeBytes(write)
    }
}
