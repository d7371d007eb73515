extension RowFilter {
    /// A column's name as a condition writes it: bare where it can stand so, otherwise in double quotes.
    public static func quoted(_ column: String) -> String {
        let isPlain = column.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: false
            }
        }
        let beginsAsNumber = column.utf8.first.map { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") } ?? true
        if isPlain, !beginsAsNumber, !RowFilterParser.keywords.contains(column.uppercased()) { return column }
        return "\"\(column.replacing("\"", with: "\"\""))\""
    }
}
