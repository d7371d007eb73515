/// Compares records column by column: four bits a column, the level of `ComparisonKind.levels`, 0 where one value
/// is missing and 15 where both are. One worker uses a comparer at a time: it remembers pairs of values that it has met.
final class PairComparer {
    /// A compared column, as a pair of records needs it.
    struct Column: Sendable {
        let forms: ValueForms
        /// For a name: the column of the other part of it, with which it may be exchanged.
        let other: Int?
    }

    private let columns: [Column]
    private let codes: RecordCodes
    /// By column: the forms, which `columns` keeps alive, and the level of equal values.
    private let forms: UnsafeMutablePointer<Unmanaged<ValueForms>>
    private let topLevels: UnsafeMutablePointer<UInt8>
    /// By column, one cache behind the other.
    private let cacheKeys: UnsafeMutablePointer<UInt64>
    private let cacheLevels: UnsafeMutablePointer<UInt8>
    private static let cacheBits = 14

    init(_ columns: [Column], _ codes: RecordCodes) {
        self.columns = columns
        self.codes = codes
        let size = columns.count << PairComparer.cacheBits
        cacheKeys = .allocate(capacity: size)
        cacheKeys.initialize(repeating: UInt64.max, count: size)
        cacheLevels = .allocate(capacity: size)
        cacheLevels.initialize(repeating: 0, count: size)
        forms = .allocate(capacity: columns.count)
        topLevels = .allocate(capacity: columns.count)
        for (number, column) in columns.enumerated() {
            (forms + number).initialize(to: Unmanaged.passUnretained(column.forms))
            (topLevels + number).initialize(to: column.forms.topLevel)
        }
    }

    deinit {
        cacheKeys.deallocate()
        cacheLevels.deallocate()
        forms.deallocate()
        topLevels.deallocate()
    }

    /// The pattern of two records.
    func pattern(_ left: Int, _ right: Int) -> UInt64 {
        let count = codes.columnCount
        let (leftCodes, rightCodes) = (codes.values + left * count, codes.values + right * count)
        var pattern: UInt64 = 0
        for number in 0..<count {
            pattern |= UInt64(level(number, leftCodes, rightCodes)) << UInt64(4 * number)
        }
        return pattern
    }

    @inline(__always)
    private func level(_ number: Int, _ left: UnsafePointer<Int32>, _ right: UnsafePointer<Int32>) -> UInt8 {
        let (a, b) = (left[number], right[number])
        if a < 0 || b < 0 { return a < 0 && b < 0 ? UInt8(MatchModel.bothMissing) : 0 }
        if a == b { return topLevels[number] }
        let key = a < b ? UInt64(UInt32(a)) << 32 | UInt64(UInt32(b)) : UInt64(UInt32(b)) << 32 | UInt64(UInt32(a))
        let slot =
            number << PairComparer.cacheBits
            + Int((key &* 0x9E37_79B9_7F4A_7C15) >> UInt64(64 - PairComparer.cacheBits))
        var level: UInt8
        if cacheKeys[slot] == key {
            level = cacheLevels[slot]
        } else {
            level = forms[number]._withUnsafeGuaranteedRef { $0.level(Int(min(a, b)), Int(max(a, b))) }
            cacheKeys[slot] = key
            cacheLevels[slot] = level
        }
        if level < 6, let other = columns[number].other, isExchanged(number, other, left, right) { level = 6 }
        return level
    }

    /// Whether given and family name have changed places.
    private func isExchanged(
        _ first: Int, _ second: Int, _ left: UnsafePointer<Int32>, _ right: UnsafePointer<Int32>
    ) -> Bool {
        let (a, b) = (Int(left[second]), Int(right[second]))
        if a < 0 || b < 0 { return false }
        return forms[first]._withUnsafeGuaranteedRef { names in
            forms[second]._withUnsafeGuaranteedRef { others in
                names.isSame(Int(left[first]), others, b) && names.isSame(Int(right[first]), others, a)
            }
        }
    }
}
