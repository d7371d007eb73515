/// Baskets: which items were bought together.
public struct BasketTable: Sendable {
    /// Where each basket's items begin; one more than there are baskets.
    public let starts: [Int]
    /// Items of the baskets, ascending within each and each once.
    public let items: [UInt32]
    /// Names of the items: ascending by bytes, or by number where all are numbers.
    public let names: IdentifierList
    /// Whether the names are the numbers of a `.dat` file.
    public let areNumbers: Bool

    /// Baskets from their columns.
    public init(starts: [Int], items: [UInt32], names: IdentifierList, areNumbers: Bool) {
        precondition(starts.last == items.count)
        self.starts = starts
        self.items = items
        self.names = names
        self.areNumbers = areNumbers
    }

    /// How many baskets there are.
    public var count: Int { starts.count - 1 }

    /// Items of the largest basket.
    public var largestCount: Int {
        var largest = 0
        for basket in 0..<count { largest = max(largest, starts[basket + 1] - starts[basket]) }
        return largest
    }

    /// The item of a name.
    ///
    /// - Complexity: O(items).
    public func item(named name: String) -> UInt32? {
        let wanted = Array(name.utf8)
        for item in 0..<names.count where names.withBytes(at: item, { $0.elementsEqual(wanted) }) {
            return UInt32(item)
        }
        return nil
    }
}

/// Gathers baskets that are written one after the other, an item at a time.
public struct BasketTableBuilder: ~Copyable {
    private var table = ByteTable()
    private var starts = [0]
    private var items: [UInt32] = []
    /// Items that stood more than once in their basket; they count once.
    public private(set) var repeatedCount = 0

    /// No basket yet.
    public init() {}

    /// Adds an item to the basket that is open; eight bytes behind the name are readable.
    public mutating func add(_ name: UnsafePointer<UInt8>, _ length: Int) {
        items.append(UInt32(table.number(name, length)))
    }

    /// Ends the basket that is open; without an item there is none.
    ///
    /// - Returns: whether there was a basket.
    public mutating func endBasket() -> Bool {
        let begin = starts[starts.count - 1]
        guard items.count > begin else { return false }
        items[begin...].sort()
        var kept = begin
        for position in begin..<items.count where position == begin || items[position] != items[kept - 1] {
            items[kept] = items[position]
            kept += 1
        }
        repeatedCount += items.count - kept
        items.removeSubrange(kept...)
        starts.append(kept)
        return true
    }

    /// The baskets.
    public consuming func finish() -> BasketTable {
        let order = (0..<table.count).sorted { table.precedes($0, $1) }
        var ranks = [UInt32](repeating: 0, count: order.count)
        var names = IdentifierList()
        for (rank, number) in order.enumerated() {
            ranks[number] = UInt32(rank)
            names.append(table[number])
        }
        for basket in 0..<starts.count - 1 {
            for position in starts[basket]..<starts[basket + 1] { items[position] = ranks[Int(items[position])] }
            items[starts[basket]..<starts[basket + 1]].sort()
        }
        return BasketTable(starts: starts, items: items, names: names, areNumbers: false)
    }
}
