import Foundation

/// A result as CSV, read by a simple reader of the tests' own.
struct ResultFile {
    let headers: [String]
    let rows: [[String]]

    init(_ data: Data?) {
        var records: [[String]] = []
        var record: [String] = []
        var field: [UInt8] = []
        var isQuoted = false
        for byte in data ?? Data() {
            switch byte {
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: ",") where !isQuoted, UInt8(ascii: "\n") where !isQuoted:
                record.append(String(decoding: field, as: UTF8.self))
                field = []
                if byte == UInt8(ascii: "\n") {
                    records.append(record)
                    record = []
                }
            default: field.append(byte)
            }
        }
        headers = records.first ?? []
        rows = Array(records.dropFirst())
    }

    init(_ text: String) { self.init(Data(text.utf8)) }

    /// The cells under a header.
    func column(_ name: String) -> [String] {
        guard let position = headers.firstIndex(of: name) else { return [] }
        return rows.map { $0[position] }
    }

    /// The rows by what stands in their first cell.
    subscript(id: String, name: String) -> String? {
        guard let position = headers.firstIndex(of: name) else { return nil }
        return rows.first { $0[0] == id }?[position]
    }

    /// How often each cell stands under a header.
    func tally(_ name: String) -> [String: Int] { column(name).reduce(into: [:]) { $0[$1, default: 0] += 1 } }
}
