/// Takes the rows themselves out of the rejects: file, line, status, column and reason stay, and the cell of the record,
/// the last one, stays empty.
final class RejectsRedaction {
    private var isQuoted = false
    /// Cells of the current row before the one that is being passed.
    private var cell = 0
    private let recordCell = 5
    private var isHeader = true

    /// The bytes that may be written of the next piece of the file.
    func pass(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        var passed: [UInt8] = []
        for byte in bytes {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if byte == UInt8(ascii: "\n"), !isQuoted {
                passed.append(byte)
                (cell, isHeader) = (0, false)
            } else {
                if isHeader || cell < recordCell { passed.append(byte) }
                if byte == UInt8(ascii: ","), !isQuoted { cell += 1 }
            }
        }
        return passed
    }
}
