/// Which pairs of distinct records are looked at: all; those with a new record; those across two files.
struct PairSelection: Sendable {
    /// By distinct record: 1 for a known one or one of the first file, 2 for a new one or one of the second; both together.
    private let marks: [UInt8]
    private let isAcross: Bool
    /// Whether every pair is.
    let isAll: Bool

    init(_ distinct: DistinctRecords, _ constraints: MatchConstraints) {
        isAcross = !constraints.sides.isEmpty
        isAll = constraints.sides.isEmpty && constraints.isNew.isEmpty
        var marks = [UInt8](repeating: 0, count: distinct.count)
        if !isAll {
            for (record, group) in distinct.groups.enumerated() {
                let isSecond = isAcross ? constraints.sides[record] == 1 : constraints.isNew[record]
                marks[Int(group)] |= isSecond ? 2 : 1
            }
        }
        self.marks = marks
    }

    @inline(__always)
    func contains(_ left: Int, _ right: Int) -> Bool {
        if isAll { return true }
        let (a, b) = (marks[left], marks[right])
        return isAcross ? a & 1 != 0 && b & 2 != 0 || a & 2 != 0 && b & 1 != 0 : (a | b) & 2 != 0
    }

    /// Two records of two groups that may be linked, the first where possible.
    static func representatives(
        _ left: ArraySlice<UInt32>, _ right: ArraySlice<UInt32>, _ constraints: MatchConstraints
    )
        -> (UInt32, UInt32)?
    {
        guard let a = left.first, let b = right.first else { return nil }
        func isAllowed(_ a: UInt32, _ b: UInt32) -> Bool {
            if a == b { return false }
            if !constraints.sides.isEmpty { return constraints.sides[Int(a)] != constraints.sides[Int(b)] }
            return !(constraints.isKnown(a) && constraints.isKnown(b))
        }
        if isAllowed(a, b) { return (a, b) }
        if let other = right.first(where: { isAllowed(a, $0) }) { return (a, other) }
        if let other = left.first(where: { isAllowed($0, b) }) { return (other, b) }
        return nil
    }
}
