import CustomerData
import Statistics

/// How many customers went from which label to which between two dates.
///
/// Rows are labels of the earlier date, columns those of the later one; label 0 is "not there yet", whose row is that of
/// the newcomers. Who is not there at the later date either is in no cell.
public struct TransitionMatrix: Hashable, Sendable {
    /// What customers are sorted by.
    public let basis: MovementBasis
    /// The earlier date.
    public let from: Day
    /// The later date.
    public let to: Day
    /// The labels by number.
    public let labels: [String]
    /// Customers by label at `from` and label at `to`.
    public private(set) var customers: [[Int]]
    /// What they spent in the 365 days that end with `to`.
    public private(set) var yearSpending: [[Money]]

    init(_ basis: MovementBasis, from: SegmentStanding, to: SegmentStanding, labels: [String]) {
        self.basis = basis
        self.from = from.asOf
        self.to = to.asOf
        self.labels = labels
        let count = labels.count
        var customers = [Int](repeating: 0, count: count * count)
        var sums = [Int128](repeating: 0, count: count * count)
        let (starts, ends) = (from.codes[basis] ?? [], to.codes[basis] ?? [])
        for customer in starts.indices {
            let cell = Int(starts[customer]) * count + Int(ends[customer])
            customers[cell] += 1
            sums[cell] += to.yearSpending[customer]
        }
        // Nobody has come yet who is in the first cell.
        customers[0] = 0
        sums[0] = 0
        self.customers = (0..<count).map { Array(customers[$0 * count..<($0 + 1) * count]) }
        yearSpending = (0..<count).map { row in
            (0..<count).map { Money(tenThousandths: sums[row * count + $0]) }
        }
    }

    /// Customers of a label at the earlier date; for "not there yet" those who came between the dates.
    public func rowTotal(_ label: Int) -> Int { customers[label].reduce(0, +) }

    /// Customers of a label at the later date.
    public func columnTotal(_ label: Int) -> Int { customers.reduce(0) { $0 + $1[label] } }

    /// The share of a row's customers that went to a column; nil for a row without customers.
    public func share(_ from: Int, _ to: Int) -> Double? {
        let total = rowTotal(from)
        return total > 0 ? Double(customers[from][to]) / Double(total) : nil
    }

    /// The 95 % interval of that share, by itself: Wilson 1927.
    public func interval(_ from: Int, _ to: Int) -> WilsonInterval? {
        WilsonInterval(customers[from][to], of: rowTotal(from))
    }

    /// Customers there at both dates whose label changed.
    public var movedCount: Int {
        labels.indices.dropFirst().reduce(0) { $0 + rowTotal($1) - customers[$1][$1] }
    }

    /// Customers who came between the dates.
    public var newcomerCount: Int { rowTotal(0) }
}

/// What became of one label's customers between two dates: `before + moved in + newcomers − moved out = after`.
public struct SegmentFlow: Hashable, Sendable {
    /// Customers at the earlier date.
    public let before: Int
    /// Customers who came to it from other labels.
    public let movedIn: Int
    /// Customers in it who were not there at the earlier date.
    public let newcomers: Int
    /// Customers who left it for other labels.
    public let movedOut: Int
    /// Customers at the later date.
    public let after: Int
    /// Moved in less moved out.
    public var net: Int { movedIn - movedOut }
}

extension TransitionMatrix {
    /// The flow of a label other than "not there yet".
    public func flow(_ label: Int) -> SegmentFlow {
        let (before, after) = (rowTotal(label), columnTotal(label))
        let (stayed, newcomers) = (customers[label][label], customers[0][label])
        return SegmentFlow(
            before: before, movedIn: after - stayed - newcomers, newcomers: newcomers, movedOut: before - stayed,
            after: after)
    }
}
