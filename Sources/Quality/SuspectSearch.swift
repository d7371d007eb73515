import CustomerData
import Semantics
import Statistics

/// A cell that is improbable given the rest of its row and its column.
public struct Suspect: Sendable {
    /// Why a cell is suspected.
    public enum Reason: String, Codable, Sendable {
        /// The cell is filled and says nothing.
        case hidden
        /// A value that is much more frequent is written nearly the same.
        case spelling
        /// Rows with these other values nearly always have another here.
        case unlikely
        /// The cell is of a form that the column hardly has, or looks damaged.
        case form
    }

    /// Line in the file, from 1.
    public let line: Int
    /// The row, from 0.
    public let row: Int
    /// The column, from 0.
    public let column: Int
    /// The text.
    public let text: String
    /// How improbable: the natural logarithm of the odds against it.
    public let score: Double
    /// Why, for the part that weighs most.
    public let reason: Reason
    /// What stands there usually; empty where that is not known.
    public let usual: String
}

/// Looks for wrong cells without a rule: by spellings near a more frequent one, by what the other cells of the row
/// predict, and by form.
///
/// Memory: 4 bytes a cell, and some 200 for each different value of a column. A larger table than `cellLimit` is searched
/// in its first rows alone.
public final class SuspectSearch {
    /// Cells that are looked at.
    public static let cellLimit = 6_000_000

    /// A column's values by number, and each row's.
    struct Column {
        var numbers: [UInt64: Int32] = [:]
        var texts: [[UInt8]] = []
        var forms: [CellForm] = []
        var counts: [Int] = []
        /// The number of each row's value; −1 where the cell is empty.
        var rows: [Int32] = []
    }

    /// What a block contributes.
    public struct Part: Sendable {
        fileprivate var hashes: [[UInt64]] = []
        fileprivate var texts: [[[UInt8]]] = []
        fileprivate var forms: [[CellForm]] = []
        fileprivate var positions: [[UInt32]] = []
        fileprivate var lines: [Int] = []
    }

    private let plans: [ColumnPlan]
    private var columns: [Column]
    private var lines: [Int] = []
    private let rowLimit: Int
    /// Rows behind the limit, which are not searched.
    public private(set) var rowsBeyond = 0
    /// Rows that are searched.
    public var rowCount: Int { lines.count }

    /// A search in a table.
    ///
    /// - Parameter cellLimit: cells that are looked at, at most.
    public init(headers: [String], samples: [[String]], cellLimit: Int = SuspectSearch.cellLimit) {
        rowLimit = cellLimit / max(1, headers.count)
        plans = ColumnPlan.all(headers: headers, samples: samples)
        columns = plans.map { _ in Column() }
    }

    /// Reads a block; several threads may at the same time.
    public func read(_ block: CellBlock) -> Part {
        let values = BlockValues()
        let scanner = CellScanner()
        var part = Part()
        for column in plans.indices {
            values.fill(block, column: column)
            let reader = CellReader(plans[column])
            part.hashes.append((0..<values.count).map { values.hashes[$0] })
            part.texts.append((0..<values.count).map { Array(values.bytes($0, of: block)) })
            part.forms.append(
                (0..<values.count).map { CellForm(values.bytes($0, of: block), plans[column], reader, scanner) })
            part.positions.append((0..<block.rowCount).map { values.positions[$0] })
        }
        var line = 0
        for row in 0..<block.rowCount {
            line = row == 0 ? block.line(ofRow: 0) : line + block.lines(from: row - 1, to: row)
            part.lines.append(line)
        }
        return part
    }

    /// Adds what a block gave; blocks come in the order of the file.
    public func commit(_ part: Part, firstLine: Int) {
        let room = min(part.lines.count, rowLimit - lines.count)
        rowsBeyond += part.lines.count - room
        guard room > 0 else { return }
        lines += part.lines.prefix(room).map { firstLine + $0 }
        for column in columns.indices {
            let codes = part.hashes[column].enumerated().map { position, hash -> Int32 in
                if part.texts[column][position].isEmpty { return -1 }
                if let known = columns[column].numbers[hash] { return known }
                let number = Int32(columns[column].texts.count)
                columns[column].numbers[hash] = number
                columns[column].texts.append(part.texts[column][position])
                columns[column].forms.append(part.forms[column][position])
                columns[column].counts.append(0)
                return number
            }
            for position in part.positions[column].prefix(room) {
                let code = codes[Int(position)]
                columns[column].rows.append(code)
                if code >= 0 { columns[column].counts[Int(code)] += 1 }
            }
        }
    }

    /// The most improbable cells, the worst first; cells that nothing speaks against are never listed.
    public func suspects(budget: Int, parallel: Parallel) -> [Suspect] {
        let spellings = parallel.map(columns.count) { column in
            plans[column].isIdentity ? [:] : SpellingNeighbours.find(columns[column])
        }
        let blames = RowPredictions(columns, plans, parallel: parallel).blames
        var found: [Suspect] = []
        for column in columns.indices {
            let forms = FormOdds(columns[column])
            for (row, code) in columns[column].rows.enumerated() where code >= 0 {
                let value = Int(code)
                var best: (score: Double, reason: Suspect.Reason, usual: String) = (0, .form, "")
                var total = 0.0
                func weigh(_ score: Double, _ reason: Suspect.Reason, _ usual: @autoclosure () -> String) {
                    guard score > 0 else { return }
                    total += score
                    if score > best.score { best = (score, reason, usual()) }
                }
                if columns[column].forms[value].isHidden {
                    weigh(FormOdds.hidden, .hidden, "")
                } else {
                    weigh(forms.score(of: columns[column].forms[value]), .form, "")
                    if let near = spellings[column][code] { weigh(near.score, .spelling, text(column, near.usual)) }
                    if let blame = blames[column][row] {
                        weigh(blame.score, .unlikely, blame.usual.map { text(column, $0) } ?? "")
                    }
                }
                if total > 0 {
                    found.append(
                        Suspect(
                            line: lines[row], row: row, column: column, text: text(column, code), score: total,
                            reason: best.reason, usual: best.usual))
                }
            }
        }
        found.sort { ($1.score, $0.row, $0.column) < ($0.score, $1.row, $1.column) }
        return Array(found.prefix(budget))
    }

    /// The text of a cell; empty where it is.
    public func text(row: Int, column: Int) -> String {
        let code = columns[column].rows[row]
        return code >= 0 ? text(column, code) : ""
    }

    private func text(_ column: Int, _ code: Int32) -> String {
        String(decoding: columns[column].texts[Int(code)], as: UTF8.self)
    }
}
