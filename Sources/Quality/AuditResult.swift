import CustomerData
import Statistics

/// What a person's marks on a sample of cells say of all.
public struct AuditResult: Codable, Sendable {
    /// A column's marks.
    public struct Column: Codable, Sendable {
        /// The header.
        public let name: String
        /// Filled cells of the column.
        public let cells: Int
        /// Cells marked right or wrong.
        public let marked: Int
        /// Those marked right.
        public let right: Int
        /// The interval of 95 % confidence of the share that is right (Wilson 1927); nil without a mark.
        public let interval: [Double]?
    }

    /// The columns, in the order of the file of marks.
    public let columns: [Column]
    /// Cells without a mark, or marked as unknown.
    public let unmarked: Int
    /// The share of all filled cells that is right: the columns' shares weighted by their filled cells.
    public let accuracy: Double
    /// Its interval of 95 % confidence: Wilson's at the effective sample size 1 / Σ(w²/n) (Kish 1965).
    public let interval: [Double]

    /// A cell's mark.
    public struct Mark: Sendable {
        let column: String
        let columnCells: Int
        let isRight: Bool?

        /// A mark as a person wrote it: `right` or `wrong`, in short `r` and `w`, or `y`, `n`, `1`, `0`; nothing, `?` or
        /// `unknown` for none.
        ///
        /// - Throws: `Problem(.data)` for anything else, with the line.
        public init(column: String, columnCells: String, mark: String, place: String) throws {
            guard let cells = Int(columnCells), cells > 0 else {
                throw Problem(.data, "\(place): column_cells must be a whole number above 0")
            }
            self.column = column
            self.columnCells = cells
            switch mark.lowercased() {
            case "right", "r", "yes", "y", "true", "1": isRight = true
            case "wrong", "w", "no", "n", "false", "0": isRight = false
            case "", "?", "unknown": isRight = nil
            default: throw Problem(.data, "\(place): a mark is right, wrong or unknown; found another")
            }
        }
    }

    /// The result of marks.
    ///
    /// - Throws: `Problem(.data)` when nothing is marked.
    public init(of marks: [Mark]) throws {
        var names: [String] = []
        var counts: [String: (cells: Int, marked: Int, right: Int)] = [:]
        for mark in marks {
            if counts[mark.column] == nil { names.append(mark.column) }
            var count = counts[mark.column] ?? (mark.columnCells, 0, 0)
            if let isRight = mark.isRight {
                count.marked += 1
                if isRight { count.right += 1 }
            }
            counts[mark.column] = count
        }
        columns = names.compactMap { name in
            counts[name].map { count in
                Column(
                    name: name, cells: count.cells, marked: count.marked, right: count.right,
                    interval: WilsonInterval(count.right, of: count.marked).map { [$0.low, $0.high] })
            }
        }
        unmarked = marks.count { $0.isRight == nil }
        let judged = columns.filter { $0.marked > 0 }
        let all = Double(judged.reduce(0) { $0 + $1.cells })
        guard all > 0 else { throw Problem(.data, "no cell is marked: write right or wrong into the column mark") }
        var share = 0.0
        var spread = 0.0
        for column in judged {
            let weight = Double(column.cells) / all
            share += weight * Double(column.right) / Double(column.marked)
            spread += weight * weight / Double(column.marked)
        }
        accuracy = min(1, share)
        // The weights of the columns sum to 1 but for rounding.
        let found = WilsonInterval(share: accuracy, size: 1 / spread)
        interval = [found.low, found.high]
    }
}
