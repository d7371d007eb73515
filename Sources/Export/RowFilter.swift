import CustomerData
import Statistics

/// A condition on the rows of a table, written as after WHERE in SQL:
/// `segment = 'At Risk' and (monetary > 100 or not frequency between 1 and 3)`.
///
/// - Columns are bare names or stand in double quotes (`"my column"`); a bare name that no column has as it is may
///   differ in the case of its ASCII letters. Text stands in single quotes, doubled inside (`'O''Hara'`).
/// - `= <> != < <= > >=`, `BETWEEN a AND b`, `IN (…)`, `LIKE` (`%` any text, `_` one character; letter case counts),
///   `IS NULL`, `NOT`, `AND`, `OR` and parentheses, binding as in SQL; `TRUE` and `FALSE` are the cells `true` and
///   `false`.
/// - Compared with a number, a cell is a decimal number, exactly and at any length: `100` equals `100.00`. Compared with
///   text it is its bytes, so that days compare as `'2024-03-20'`. Two columns compare as numbers where both cells are
///   numbers, as bytes otherwise.
/// - An empty cell is NULL: but for `IS NULL`, a comparison with it, or of a cell that is no number with a number, is
///   neither true nor false, and so is its negation. A row matches where the whole is true.
public struct RowFilter: Sendable {
    /// The columns that rows have, in their order.
    public let columns: [String]
    let condition: Condition

    /// Reads a condition over the named columns.
    ///
    /// - Throws: `Problem(.usage)` with the character at which it can't be read on and what was expected; an unknown
    ///   column is answered with the names of the columns.
    public init(parsing text: String, columns: [String]) throws {
        self.columns = columns
        var parser = try RowFilterParser(text, columns: columns)
        condition = try parser.parse()
    }

    /// Whether a row matches, given the bytes of its cell in any column.
    ///
    /// - Complexity: O(condition), plus the bytes that are compared.
    public func matches(_ cell: (_ column: Int) -> UnsafeBufferPointer<UInt8>) -> Bool { condition.holds(cell) == true }

    /// Whether a row matches, given the texts of its cells in the order of the columns.
    public func matches(_ cells: [String]) -> Bool {
        let list = IdentifierList(cells)
        return list.withStorage { bytes, ends in
            matches { UnsafeBufferPointer(rebasing: bytes[($0 == 0 ? 0 : ends[$0 - 1])..<ends[$0]]) }
        }
    }

    /// The rows that match, ascending, of a table given by its columns.
    ///
    /// - Parameter cells: one list a column, in the order of `columns`, of one length.
    /// - Complexity: O(rows · condition).
    public func rows(of cells: [IdentifierList], parallel: Parallel = Parallel()) -> [Int] {
        precondition(cells.count == columns.count)
        let rowCount = cells.first?.count ?? 0
        let blockSize = 4096
        typealias Storage = (bytes: UnsafeBufferPointer<UInt8>, ends: UnsafeBufferPointer<Int>)
        func gathered(_ storages: [Storage]) -> [Int] {
            guard storages.count == cells.count else {
                return cells[storages.count].withStorage { gathered(storages + [($0, $1)]) }
            }
            return storages.withUnsafeBufferPointer { storages in
                let shared = UncheckedSendable(storages)
                let blocks = parallel.map((rowCount + blockSize - 1) / blockSize) { block in
                    (block * blockSize..<min(rowCount, (block + 1) * blockSize)).filter { row in
                        matches { column in
                            let storage = shared.value[column]
                            let start = row == 0 ? 0 : storage.ends[row - 1]
                            return UnsafeBufferPointer(rebasing: storage.bytes[start..<storage.ends[row]])
                        }
                    }
                }
                return Array(blocks.joined())
            }
        }
        return gathered([])
    }
}

extension RowFilter {
    /// What a comparison has on either side.
    enum Operand: Sendable {
        case column(Int)
        case text([UInt8])
        case number(ExactNumber)
    }

    /// How two sides may stand to each other.
    enum Comparison: Sendable {
        case equal, unequal, less, lessOrEqual, greater, greaterOrEqual

        /// Whether it holds for an order: negative, zero or positive.
        func holds(_ order: Int) -> Bool {
            switch self {
            case .equal: order == 0
            case .unequal: order != 0
            case .less: order < 0
            case .lessOrEqual: order <= 0
            case .greater: order > 0
            case .greaterOrEqual: order >= 0
            }
        }
    }

    /// A condition, in SQL's three values: true, false and nil for unknown.
    indirect enum Condition: Sendable {
        case comparison(Operand, Comparison, Operand)
        case isNull(Operand)
        case like(Operand, pattern: LikePattern)
        case not(Condition)
        case all([Condition])
        case any([Condition])

        func holds(_ cell: (Int) -> UnsafeBufferPointer<UInt8>) -> Bool? {
            switch self {
            case .comparison(let left, let comparison, let right):
                return Operand.order(left, right, cell).map(comparison.holds)
            case .isNull(let operand):
                return operand.withBytes(cell) { $0.isEmpty }
            case .like(let operand, let pattern):
                return operand.withBytes(cell) { $0.isEmpty ? nil : pattern.matches($0) }
            case .not(let condition):
                return condition.holds(cell).map { !$0 }
            case .all(let conditions):
                var result: Bool? = true
                for condition in conditions {
                    guard let holds = condition.holds(cell) else {
                        result = nil
                        continue
                    }
                    if !holds { return false }
                }
                return result
            case .any(let conditions):
                var result: Bool? = false
                for condition in conditions {
                    guard let holds = condition.holds(cell) else {
                        result = nil
                        continue
                    }
                    if holds { return true }
                }
                return result
            }
        }
    }
}

extension RowFilter.Operand {
    /// The bytes of a cell or of a text; a number has none, and is never asked.
    func withBytes<Result>(
        _ cell: (Int) -> UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        switch self {
        case .column(let column): body(cell(column))
        case .text(let bytes): bytes.withUnsafeBufferPointer(body)
        case .number: body(UnsafeBufferPointer(start: nil, count: 0))
        }
    }

    /// Negative, zero or positive as the left side is less, equal or greater; nil when they don't compare.
    static func order(_ left: Self, _ right: Self, _ cell: (Int) -> UnsafeBufferPointer<UInt8>) -> Int? {
        switch (left, right) {
        case (.number(let left), .number(let right)):
            return left.order(to: right)
        case (.number(let left), _):
            return right.withBytes(cell) { ExactNumber($0) }.map { left.order(to: $0) }
        case (_, .number(let right)):
            return left.withBytes(cell) { ExactNumber($0) }.map { $0.order(to: right) }
        default:
            return left.withBytes(cell) { leftBytes in
                right.withBytes(cell) { rightBytes in
                    guard !leftBytes.isEmpty, !rightBytes.isEmpty else { return nil }
                    if case .column = left, case .column = right, let first = ExactNumber(leftBytes),
                        let second = ExactNumber(rightBytes)
                    {
                        return first.order(to: second)
                    }
                    if leftBytes.elementsEqual(rightBytes) { return 0 }
                    return leftBytes.lexicographicallyPrecedes(rightBytes) ? -1 : 1
                }
            }
        }
    }
}
