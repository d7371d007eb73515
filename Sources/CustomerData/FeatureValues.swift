/// The values of a table of vectors, row-major, read as doubles: kept as doubles, or as floats where they were given so,
/// in half the memory.
public struct FeatureValues: Sendable, RandomAccessCollection {
    // One of them is empty. No enumeration: taking its payload out for every value would count references.
    @usableFromInline let floats: [Float]
    @usableFromInline let doubles: [Double]

    /// Values as doubles.
    public init(_ doubles: [Double]) { (floats, self.doubles) = ([], doubles) }

    /// Values as floats.
    public init(_ floats: [Float]) { (self.floats, doubles) = (floats, []) }

    /// The first value's index.
    public var startIndex: Int { 0 }

    /// The index after the last value's.
    public var endIndex: Int { Swift.max(floats.count, doubles.count) }

    /// A value.
    @inlinable
    public subscript(index: Int) -> Double { floats.isEmpty ? doubles[index] : Double(floats[index]) }

    /// All values as doubles.
    ///
    /// - Complexity: O(1) where they are kept as doubles, otherwise O(values).
    public var asDoubles: [Double] { floats.isEmpty ? doubles : floats.map(Double.init) }

    /// The values in memory, for loops over many rows.
    public struct View {
        @usableFromInline let floats: UnsafePointer<Float>?
        @usableFromInline let doubles: UnsafePointer<Double>?

        /// A value; the index is not checked.
        @inlinable
        public subscript(index: Int) -> Double {
            if let doubles { return doubles[index] }
            return floats.map { Double($0[index]) } ?? .nan
        }
    }

    /// Calls `body` with the values in memory.
    public func withView<Result>(_ body: (View) throws -> Result) rethrows -> Result {
        guard floats.isEmpty else {
            return try floats.withUnsafeBufferPointer { try body(View(floats: $0.baseAddress, doubles: nil)) }
        }
        return try doubles.withUnsafeBufferPointer { try body(View(floats: nil, doubles: $0.baseAddress)) }
    }
}
