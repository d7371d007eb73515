import Statistics

/// A list of identifiers kept as bytes in one arena; the list of a history is ascending by those bytes.
///
/// Memory: the bytes plus eight bytes an identifier.
public struct IdentifierList: Sendable {
    @usableFromInline var bytes: [UInt8]
    @usableFromInline var ends: [Int]

    /// An empty list.
    public init() {
        bytes = []
        ends = []
    }

    /// The UTF-8 bytes of the given identifiers, in their order.
    public init(_ identifiers: [String]) {
        self.init()
        for identifier in identifiers { append(identifier.utf8) }
    }

    /// So many identifiers, copied on several threads.
    init(
        count: Int, parallel: Parallel, blockSize: Int, _ identifier: (Int) -> UnsafeBufferPointer<UInt8>
    ) {
        var total = 0
        var ends = [Int](unsafeUninitializedCapacity: count) { buffer, initialized in
            let target = UncheckedSendable(buffer)
            parallel.forEachRange(count, size: blockSize) { rows, _, _ in
                for row in rows { target.value.initializeElement(at: row, to: identifier(row).count) }
            }
            initialized = count
        }
        for row in 0..<count {
            total += ends[row]
            ends[row] = total
        }
        let places = ends
        self.ends = ends
        bytes = [UInt8](unsafeUninitializedCapacity: total) { buffer, initialized in
            let target = UncheckedSendable(buffer)
            parallel.forEachRange(count, size: blockSize) { rows, _, _ in
                for row in rows {
                    let source = identifier(row)
                    _ = target.value[(places[row] - source.count)..<places[row]].initialize(fromContentsOf: source)
                }
            }
            initialized = total
        }
    }

    /// How many identifiers there are.
    @inlinable
    public var count: Int { ends.count }

    /// Makes room for so many identifiers with so many bytes in all.
    public mutating func reserve(count: Int, byteCount: Int) {
        ends.reserveCapacity(count)
        bytes.reserveCapacity(byteCount)
    }

    /// Adds an identifier at the end.
    @inlinable
    public mutating func append(_ identifier: some Collection<UInt8>) {
        bytes.append(contentsOf: identifier)
        ends.append(bytes.count)
    }

    /// The identifier at a position as text; bytes that are no UTF-8 are repaired.
    public subscript(index: Int) -> String {
        withBytes(at: index) { String(decoding: $0, as: UTF8.self) }
    }

    /// Calls `body` with the bytes of the identifier at a position.
    @inlinable
    public func withBytes<Result>(at index: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows
        -> Result
    {
        let start = index == 0 ? 0 : ends[index - 1]
        let end = ends[index]
        return try bytes.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[start..<end])) }
    }

    /// The position of an identifier in an ascending list, or nil.
    ///
    /// - Complexity: O(log n).
    public func firstIndex(of identifier: String) -> Int? {
        let wanted = Array(identifier.utf8)
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if withBytes(at: middle, { $0.lexicographicallyPrecedes(wanted) }) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low < count && withBytes(at: low, { $0.elementsEqual(wanted) }) ? low : nil
    }
}
