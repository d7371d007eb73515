import CustomerData

/// A table for a terminal: columns aligned, numbers to the right.
public struct TextTable: Sendable {
    private var rows: [[String]] = []
    private let alignsRight: [Bool]
    private let indent: String

    /// An empty table; `headers` stand above the columns, and those in `right` are of numbers.
    public init(_ headers: [String], right: Set<Int>, indent: Int = 2) {
        rows.append(headers)
        alignsRight = headers.indices.map(right.contains)
        self.indent = String(repeating: " ", count: indent)
    }

    /// Adds a row.
    public mutating func add(_ cells: [String]) { rows.append(cells) }

    /// The lines.
    public var lines: [String] {
        let widths = alignsRight.indices.map { column in rows.map { TextTable.width($0[column]) }.max() ?? 0 }
        return rows.map { row in
            var line = indent
            for (column, cell) in row.enumerated() {
                let padding = String(repeating: " ", count: widths[column] - TextTable.width(cell))
                line += alignsRight[column] ? padding + cell : cell + padding
                if column < row.count - 1 { line += "  " }
            }
            while line.last == " " { line.removeLast() }
            return line
        }
    }

    /// Columns of a terminal that a text takes: two for East Asian wide characters, none for marks.
    static func width(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { width, scalar in
            switch scalar.value {
            case 0x0300...0x036F, 0x064B...0x065F, 0x200B...0x200F: width
            case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
                0xFFE0...0xFFE6, 0x20000...0x3FFFD:
                width + 2
            default: width + 1
            }
        }
    }

    /// The lines of a result: its columns under their names, cells as people read them; at most `limit` rows.
    public static func lines(of table: ResultTable, limit: Int = 20) -> [String] {
        let right = Set(
            table.columns.indices.filter {
                switch table.columns[$0].values {
                case .integers, .money, .reals, .fixed: true
                default: false
                }
            })
        var text = TextTable(
            table.columns.map { $0.name.split(separator: "_").joined(separator: " ") }, right: right)
        let shown = table.columns.map { cells($0, min(table.rowCount, limit)) }
        for row in 0..<min(table.rowCount, limit) { text.add(shown.map { $0[row] }) }
        return text.lines + (table.rowCount > limit ? ["  … \(Figures.count(table.rowCount - limit)) more"] : [])
    }

    /// The first cells of a column; amounts all have the same decimals.
    private static func cells(_ column: ResultTable.Column, _ count: Int) -> [String] {
        guard case .money(let values, let decimals) = column.values else { return (0..<count).map { cell(column, $0) } }
        let known = values.prefix(count).map { $0 == .min ? Money.zero : Money(tenThousandths: $0) }
        return zip(values, Figures.money(known, decimals: decimals)).map { $0 == .min ? "" : $1 }
    }

    private static func cell(_ column: ResultTable.Column, _ row: Int) -> String {
        switch column.values {
        case .identifiers(let list): list[row]
        case .days(let days): days[row] == PurchaseHistory.noDay ? "" : Day(number: days[row]).description
        case .integers(let values): values[row] == .min ? "" : Figures.count(values[row])
        case .money(let values, let decimals):
            values[row] == .min ? "" : Figures.money(Money(tenThousandths: values[row]), decimals: decimals)
        case .reals(let values): Figures.fixed(values[row], decimals: 3)
        case .fixed(let values, let decimals):
            column.unit == "share" ? Figures.percent(values[row]) : Figures.fixed(values[row], decimals: decimals)
        case .categories(let codes, let labels): labels.indices.contains(Int(codes[row])) ? labels[Int(codes[row])] : ""
        case .flags(let flags): flags[row] ? "yes" : "no"
        case .texts(let texts): texts[row]
        }
    }
}
