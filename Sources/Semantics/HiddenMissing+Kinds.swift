import CustomerData

extension HiddenMissing {
    /// Whether a cell says in words or signs that there is no value, in English, Persian or Chinese.
    ///
    /// - Parameter amongNames: whether the cell should be a person's name: then words that people are called do not count
    ///   where they are written as names.
    public static func isWord(_ bytes: UnsafeBufferPointer<UInt8>, amongNames: Bool = false) -> Bool {
        guard let hidden = HiddenMissing(bytes), hidden.kind != .date, hidden.kind != .zeros else { return false }
        return !(amongNames && hidden.isName(bytes))
    }

    /// Whether a cell that should be a number or a code is made of one digit or letter again and again, as `000000`,
    /// `99999999` and `xxx` are; three characters or more.
    public static func isFiller(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count >= 3, bytes.count <= 64 else { return false }
        return CellFolding.withFolded(bytes) { folded in
            var symbol: UInt8?
            var count = 0
            for byte in folded {
                let lowered = byte | 0x20
                if byte == UInt8(ascii: "-") || byte == UInt8(ascii: " ") || byte == UInt8(ascii: "+") { continue }
                guard byte == 0x30 || byte == 0x39 || byte == 0x31 || lowered == UInt8(ascii: "x") else { return false }
                if let symbol, symbol != lowered { return false }
                symbol = lowered
                count += 1
            }
            return count >= 3
        }
    }

    /// Whether a date that was read is one that systems write for none.
    public static func isDate(year: Int, month: Int, day: Int) -> Bool {
        // Nearly all dates lie between.
        if year > 1901, year < 2099 { return false }
        return dateNumbers.contains(year * 10_000 + month * 100 + day)
    }

    /// Whether a cell is a date of nothing but zeros: `0000-00-00`, `00/00/0000`.
    public static func isZeroDate(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count <= 64 else { return false }
        return CellFolding.withFolded(bytes) { folded in
            folded.count >= 4 && folded.contains(0x30)
                && folded.allSatisfy { $0 == 0x30 || [0x2D, 0x2F, 0x2E, 0x3A, 0x20, 0x54, 0x5A].contains($0) }
        }
    }
}
