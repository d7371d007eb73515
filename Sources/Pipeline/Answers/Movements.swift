import CustomerData
import Statistics

/// Who moved from where to where between two runs, by one thing that customers are sorted by: their stage, state,
/// segment or cluster.
///
/// The customers of the first run are the sums of the rows, those of the second the sums of the columns; who is in one
/// run only has "not there" in the other.
struct Movements {
    /// Customers who went from one label to another.
    struct Cell {
        var customers = 0
        /// Their monetary in the first run, in ten-thousandths.
        var before: Int128 = 0
        /// Their monetary in the second run.
        var after: Int128 = 0
    }

    /// What they are sorted by: the header of the column.
    let column: String
    /// Labels of the first run, in the order in which they were met; the first is `notThere`.
    private(set) var from = LabelList()
    /// Labels of the second run.
    private(set) var to = LabelList()
    private var cells: [Int: Cell] = [:]
    /// The label of the second run that each of the first goes on as; nil where it ended.
    private(set) var successors: [Int?] = []

    /// Number of the label "not there".
    static let notThere = 0
    /// How it is called.
    static let notThereName = "not there"

    init(column: String) { self.column = column }

    /// Counts a customer; a label that is nil is "not there".
    mutating func add(
        from old: UnsafeBufferPointer<UInt8>?, to new: UnsafeBufferPointer<UInt8>?, before: Int128, after: Int128
    ) {
        let (start, end) = (old.map { from.number($0) } ?? 0, new.map { to.number($0) } ?? 0)
        let key = start << 32 | end
        cells[key, default: Cell()].customers += 1
        cells[key, default: Cell()].before += before
        cells[key, default: Cell()].after += after
    }

    /// The number of a label of the first run.
    mutating func startNumber(_ label: UnsafeBufferPointer<UInt8>) -> Int { from.number(label) }

    /// The number of a label of the second run.
    mutating func endNumber(_ label: UnsafeBufferPointer<UInt8>) -> Int { to.number(label) }

    /// The customers who went from one label to another.
    func cell(_ start: Int, _ end: Int) -> Cell { cells[start << 32 | end] ?? Cell() }

    /// Labels of equal names go on as each other.
    mutating func matchByName() {
        successors = from.names.indices.map { start in
            start == Movements.notThere ? nil : to.names.indices.dropFirst().first { to.names[$0] == from.names[start] }
        }
    }

    /// Labels go on as those that they share the most customers with, each at most once, so that most customers stay:
    /// for clusters, whose numbers mean nothing from one fit to the next. No label at all goes on as none.
    mutating func matchByOverlap() {
        let starts = from.names.indices.dropFirst().filter { !from.names[$0].isEmpty }
        let ends = to.names.indices.dropFirst().filter { !to.names[$0].isEmpty }
        let columns = MaximumAssignment.columns(of: starts.map { start in ends.map { cell(start, $0).customers } })
        successors = Array(repeating: nil, count: from.names.count)
        for (position, column) in columns.enumerated() { successors[starts[position]] = column.map { ends[$0] } }
        if let none = from.names.indices.dropFirst().first(where: { from.names[$0].isEmpty }) {
            successors[none] = to.names.indices.dropFirst().first { to.names[$0].isEmpty }
        }
    }

    /// Whether going from one label to another is a movement: a customer who is in one run only came or left.
    func isMoved(_ start: Int, _ end: Int) -> Bool {
        start != Movements.notThere && end != Movements.notThere && successors[start] != end
    }

    /// Customers in both runs who moved.
    var movedCount: Int {
        pairs.reduce(0) { sum, pair in
            isMoved(pair.from, pair.to) ? sum + pair.cell.customers : sum
        }
    }

    /// Every pair of labels that somebody has, the most customers first, then by the labels' numbers.
    var pairs: [(from: Int, to: Int, cell: Cell)] {
        cells.map { (from: $0.key >> 32, to: $0.key & 0xFFFF_FFFF, cell: $0.value) }.sorted {
            ($1.cell.customers, $0.from, $0.to) < ($0.cell.customers, $1.from, $1.to)
        }
    }
}

/// Few different labels by number.
struct LabelList {
    private(set) var names = [Movements.notThereName]
    private var bytes: [[UInt8]] = [[]]
    private var latest = 1

    /// The number of a label, which is entered when new.
    mutating func number(_ label: UnsafeBufferPointer<UInt8>) -> Int {
        if latest < bytes.count, bytes[latest].elementsEqual(label) { return latest }
        for number in bytes.indices.dropFirst() where bytes[number].elementsEqual(label) {
            latest = number
            return number
        }
        bytes.append(Array(label))
        names.append(String(decoding: label, as: UTF8.self))
        latest = names.count - 1
        return latest
    }
}
