/// Compares records column by column: four bits a column, the level of `ComparisonKind.levels`, 0 where one value
/// is missing and 15 where both are. One worker uses a comparer at a time: it remembers pairs of values that it has met.
final class PairComparer {
    /// A compared column, as a pair of records needs it.
    struct Column: Sendable {
        let forms: ValueForms
        /// The value of each distinct record, -1 where there is none.
        let codes: [Int32]
        /// For a name: the column of the other part of it, with which it may be exchanged.
        let other: Int?
    }

    private let columns: [Column]
    private let cacheKeys: [UnsafeMutablePointer<UInt64>]
    private let cacheLevels: [UnsafeMutablePointer<UInt8>]
    private static let cacheBits = 14

    init(_ columns: [Column]) {
        self.columns = columns
        let size = 1 << PairComparer.cacheBits
        cacheKeys = columns.map { _ in
            let cache = UnsafeMutablePointer<UInt64>.allocate(capacity: size)
            cache.initialize(repeating: UInt64.max, count: size)
            return cache
        }
        cacheLevels = columns.map { _ in
            let cache = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
            cache.initialize(repeating: 0, count: size)
            return cache
        }
    }

    deinit {
        for cache in cacheKeys { cache.deallocate() }
        for cache in cacheLevels { cache.deallocate() }
    }

    /// The pattern of two records.
    func pattern(_ left: Int, _ right: Int) -> UInt64 {
        var pattern: UInt64 = 0
        for number in columns.indices {
            pattern |= UInt64(level(number, left, right)) << UInt64(4 * number)
        }
        return pattern
    }

    @inline(__always)
    private func level(_ number: Int, _ left: Int, _ right: Int) -> UInt8 {
        let (a, b) = (columns[number].codes[left], columns[number].codes[right])
        if a < 0 || b < 0 { return a < 0 && b < 0 ? UInt8(MatchModel.bothMissing) : 0 }
        var level: UInt8
        let forms = columns[number].forms
        if a == b {
            level = forms.topLevel
        } else {
            let key = a < b ? UInt64(UInt32(a)) << 32 | UInt64(UInt32(b)) : UInt64(UInt32(b)) << 32 | UInt64(UInt32(a))
            let slot = Int((key &* 0x9E37_79B9_7F4A_7C15) >> UInt64(64 - PairComparer.cacheBits))
            if cacheKeys[number][slot] == key {
                level = cacheLevels[number][slot]
            } else {
                level = forms.level(Int(min(a, b)), Int(max(a, b)))
                cacheKeys[number][slot] = key
                cacheLevels[number][slot] = level
            }
        }
        if level < 6, let other = columns[number].other, isExchanged(number, other, left, right) { level = 6 }
        return level
    }

    /// Whether given and family name have changed places.
    private func isExchanged(_ first: Int, _ second: Int, _ left: Int, _ right: Int) -> Bool {
        let (a, b) = (columns[second].codes[left], columns[second].codes[right])
        if a < 0 || b < 0 { return false }
        let (names, others) = (columns[first].forms, columns[second].forms)
        return names.isSame(Int(columns[first].codes[left]), others, Int(b))
            && names.isSame(Int(columns[first].codes[right]), others, Int(a))
    }
}
