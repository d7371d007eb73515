import CustomerData

/// Writes any result as JSON: an array with an object a row, its keys the columns' names in their order.
///
/// Numbers and amounts of money are numbers, empty cells `null`, days `"yyyy-MM-dd"`.
public struct JSONRecords: Sendable {
    /// A writer.
    public init() {}

    /// Writes a table; the file is not committed.
    ///
    /// - Throws: `Problem(.outputFailed)` when the file can't be written.
    public func write(_ table: ResultTable, to file: OutputFile) throws { try file.write(text(of: table)) }

    /// The JSON of a table.
    ///
    /// - Complexity: O(cells).
    public func text(of table: ResultTable) -> String {
        let names = table.columns.map { JSONRecords.quoted($0.name) }
        let rows = (0..<table.rowCount).map { row in
            let cells = zip(names, table.columns).map { "\($0) : \(JSONRecords.cell($1.values, row))" }
            return "  { " + cells.joined(separator: ", ") + " }"
        }
        return rows.isEmpty ? "[]\n" : "[\n" + rows.joined(separator: ",\n") + "\n]\n"
    }

    private static func cell(_ values: ResultTable.Values, _ row: Int) -> String {
        switch values {
        case .identifiers(let list): quoted(list[row])
        case .texts(let texts): quoted(texts[row])
        case .integers(let numbers): numbers[row] == .min ? "null" : String(numbers[row])
        case .reals(let numbers): number(numbers[row])
        case .fixed(let numbers, let decimals): plain(.fixed([numbers[row]], decimals: decimals))
        case .money(let amounts, let decimals): plain(.money([amounts[row]], decimals: decimals))
        case .flags(let flags): plain(.flags([flags[row]]))
        case .days(let days): text(.days([days[row]]))
        case .categories(let codes, let labels): text(.categories([codes[row]], labels: labels))
        }
    }

    private static func number(_ value: Double) -> String { value.isFinite ? plain(.reals([value])) : "null" }

    /// The cell as CSV has it; `null` when it is empty.
    private static func plain(_ values: ResultTable.Values) -> String {
        let text = csv(values)
        return text.isEmpty ? "null" : text
    }

    private static func text(_ values: ResultTable.Values) -> String {
        let text = csv(values)
        return text.isEmpty ? "null" : quoted(text)
    }

    /// One cell by the rules of `CSVWriter`, without quotes.
    private static func csv(_ values: ResultTable.Values) -> String {
        let table = ResultTable(name: "", columns: [.init("", values)])
        var bytes = CSVWriter(parallel: .init(threads: 1)).bytes(of: table, header: false)[...]
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        if bytes.count >= 2, bytes.first == UInt8(ascii: "\""), bytes.last == UInt8(ascii: "\"") {
            bytes = bytes.dropFirst().dropLast()
            return String(decoding: bytes, as: UTF8.self).replacing("\"\"", with: "\"")
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A text as JSON (RFC 8259).
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
