extension CellBuffer {
    /// Adds a text cell, quoted where RFC 4180 asks for it (a quote, a comma or a line end inside); with
    /// `formulaSafe`, a `'` is put before what a spreadsheet would take for a formula. Makes room itself, and for
    /// `room` bytes after it.
    mutating func put(cell: UnsafeBufferPointer<UInt8>, formulaSafe: Bool, room: Int) {
        reserve(cell.count * 2 + 3 + room)
        guard let start = cell.baseAddress, cell.count > 0 else { return }
        let prefixes = formulaSafe && CellBuffer.looksLikeFormula(cell)
        var isPlain = true
        for byte in cell where byte < 45 {
            if byte == 34 || byte == 44 || byte == 10 || byte == 13 {
                isPlain = false
                break
            }
        }
        if isPlain {
            if prefixes { put(ascii: "'") }
            put(start, cell.count)
            return
        }
        put(ascii: "\"")
        if prefixes { put(ascii: "'") }
        for byte in cell {
            if byte == 34 { put(ascii: "\"") }
            put(byte: byte)
        }
        put(ascii: "\"")
    }

    /// Whether a cell begins as a formula does (OWASP, "CSV Injection": `=`, `+`, `-`, `@`, TAB, CR, LF and the
    /// full-width signs) and is not just a negative number.
    static func looksLikeFormula(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = cell.first else { return false }
        switch first {
        case 61, 43, 64, 9, 10, 13: return true
        case 45: return !isPlainNumber(UnsafeBufferPointer(rebasing: cell.dropFirst()))
        // ＝ ＋ － ＠ are EF BC 9D, 8B, 8D and A0.
        case 0xEF:
            return cell.count >= 3 && cell[1] == 0xBC && [0x9D, 0x8B, 0x8D, 0xA0].contains(cell[2])
        default: return false
        }
    }

    /// Digits, with at most one point among them.
    private static func isPlainNumber(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
        var points = 0
        var digits = 0
        for byte in cell {
            if byte == 46 {
                points += 1
            } else if byte >= 48, byte <= 57 {
                digits += 1
            } else {
                return false
            }
        }
        return digits > 0 && points <= 1
    }
}
