import CustomerData

/// Writes the rows that were not used as CSV: `file,line,status,column,reason,record`, the record as it stands in the
/// file.
public final class RejectsWriter {
    private let write: (UnsafeRawBufferPointer) throws -> Void
    private var buffer: [UInt8] = Array("file,line,status,column,reason,record\n".utf8)

    /// Whether the input that is being read has been read to its end: then every unused row of it is here, also when
    /// the input is refused for having too many of them.
    public internal(set) var isComplete = false

    /// A writer that hands bytes to `write`.
    public init(write: @escaping (UnsafeRawBufferPointer) throws -> Void) { self.write = write }

    func add(_ rows: UnusedRows, of table: TableFile, firstLine: Int) throws {
        for entry in rows.entries {
            append(table.input.name)
            buffer.append(UInt8(ascii: ","))
            buffer.append(contentsOf: String(firstLine + entry.line).utf8)
            buffer.append(contentsOf: (entry.reason.isRejection ? ",rejected," : ",set aside,").utf8)
            append(entry.column.map { table.headers[$0] } ?? "")
            buffer.append(UInt8(ascii: ","))
            append(entry.reason.description)
            buffer.append(UInt8(ascii: ","))
            append(rows.text(of: entry))
            buffer.append(UInt8(ascii: "\n"))
            if buffer.count > 1 << 18 { try flush() }
        }
    }

    /// Hands over what is still kept.
    public func flush() throws {
        try buffer.withUnsafeBytes(write)
        buffer.removeAll(keepingCapacity: true)
    }

    private func append(_ text: String) { append(Array(text.utf8)[...]) }

    /// A field, quoted where it must be (RFC 4180).
    private func append(_ field: ArraySlice<UInt8>) {
        let quote = UInt8(ascii: "\"")
        guard field.contains(where: { $0 == quote || $0 == UInt8(ascii: ",") || $0 == 10 || $0 == 13 }) else {
            buffer.append(contentsOf: field)
            return
        }
        buffer.append(quote)
        for byte in field {
            if byte == quote { buffer.append(quote) }
            buffer.append(byte)
        }
        buffer.append(quote)
    }
}
