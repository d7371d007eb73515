import CustomerData

/// A digest of a table's records in their order, of 64 bits: against accidents, not against forgers. Digests of parts are
/// put together, so that blocks are digested on several threads.
struct CellDigest: Equatable {
    private var value: UInt64 = 0
    /// `factor` to the power of the records.
    private var power: UInt64 = 1
    private static let factor: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// As 16 hexadecimal digits.
    var text: String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// Adds a record by its cells.
    mutating func add(cells: some Sequence<UnsafeBufferPointer<UInt8>>) {
        add(cells.reduce(1) { ($0 ^ CellDigest.digest($1)) &* 0xD6E8_FEB8_6659_FD93 })
    }

    /// Adds a record by its cells.
    mutating func add(texts: [String]) {
        add(
            texts.reduce(1) { digest, text in
                var text = text
                return (digest ^ text.withUTF8 { CellDigest.digest($0) }) &* 0xD6E8_FEB8_6659_FD93
            })
    }

    /// Adds a record that is no row, by its text.
    mutating func add(text: [UInt8]) { add(text.withUnsafeBufferPointer { CellDigest.digest($0) } &+ 2) }

    private mutating func add(_ record: UInt64) {
        value = value &* CellDigest.factor &+ record
        power = power &* CellDigest.factor
    }

    /// Adds the records of another part, which come behind.
    mutating func append(_ other: CellDigest) {
        value = value &* other.power &+ other.value
        power = power &* other.power
    }

    /// FNV-1a: the cells of a ledger have no readable bytes behind them.
    private static func digest(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }
}
