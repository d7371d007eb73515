/// Customers, or rows, divided into named segments.
public struct SegmentDivision: Sendable {
    /// What divides them: the name of the column that has the segments.
    public let by: String
    /// The segments' names.
    public let names: [String]
    /// Index of each row's segment among the names; one outside of them for none.
    public let segments: [UInt16]

    /// A division of rows.
    public init(by: String, names: [String], segments: [UInt16]) {
        precondition(names.count < Int(UInt16.max))
        self.by = by
        self.names = names
        self.segments = segments
    }

    /// The index of a row's segment; the number of names for none.
    public func place(_ row: Int) -> Int { min(Int(segments[row]), names.count) }

    /// The name of the segment at an index; empty for none.
    public func name(_ place: Int) -> String { place < names.count ? names[place] : "" }

    /// Rows of each segment; the last are those of none.
    public var sizes: [Int] {
        var sizes = [Int](repeating: 0, count: names.count + 1)
        for row in segments.indices { sizes[place(row)] += 1 }
        return sizes
    }
}
