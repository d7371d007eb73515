import CustomerData

/// Writes any result as JSON: an array with an object a row, its cells under the names of the columns and in their order,
/// one row a line.
///
/// Whole and real numbers are numbers with the digits that CSV has, flags `true` or `false`, everything else is text:
/// days, labels, ids, and money, so that no reader rounds it. An empty cell is `null`.
public enum JSONTable {
    /// The bytes, with a newline at the end.
    ///
    /// - Complexity: O(cells).
    public static func bytes(of table: ResultTable) -> [UInt8] {
        let names = table.columns.map { quoted($0.name) + ": " }
        var text = "["
        for row in 0..<table.rowCount {
            text += row == 0 ? "\n  {" : ",\n  {"
            for (position, column) in table.columns.enumerated() {
                if position > 0 { text += ", " }
                text += names[position]
                text += cell(column.values, row)
            }
            text += "}"
        }
        text += table.rowCount > 0 ? "\n]\n" : "]\n"
        return Array(text.utf8)
    }

    private static func cell(_ values: ResultTable.Values, _ row: Int) -> String {
        switch values {
        case .identifiers(let list): quoted(list[row])
        case .texts(let texts): quoted(texts[row])
        case .days(let days): days[row] == PurchaseHistory.noDay ? "null" : quoted(Day(number: days[row]).description)
        case .integers(let numbers): numbers[row] == .min ? "null" : String(numbers[row])
        case .money(let amounts, let decimals):
            amounts[row] == .min ? "null" : quoted(Money(tenThousandths: amounts[row]).formatted(decimals: decimals))
        case .reals(let numbers): number(numbers[row]) { $0.put(shortest: numbers[row]) }
        case .fixed(let numbers, let decimals): number(numbers[row]) { $0.put(numbers[row], decimals: decimals) }
        case .categories(let codes, let labels):
            labels.indices.contains(Int(codes[row])) ? quoted(labels[Int(codes[row])]) : "null"
        case .flags(let flags): flags[row] ? "true" : "false"
        }
    }

    /// A number as CSV has it; JSON has none that is not finite.
    private static func number(_ value: Double, _ put: (inout CellBuffer) -> Void) -> String {
        guard value.isFinite else { return "null" }
        var cell = CellBuffer(capacity: 64)
        defer { cell.deallocate() }
        put(&cell)
        return String(decoding: cell.bytes, as: UTF8.self)
    }

    /// A text as a JSON string (RFC 8259, section 7).
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case ..<" ":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
