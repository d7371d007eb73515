import Foundation

/// Bits that equal values of a column add or take because they are rarer or more frequent than values of it are on
/// average: log2(chance that two values are equal / frequency of this one).
struct TermFrequencies: Sendable {
    /// By column and value.
    let bits: [[Float]]

    /// - Parameters:
    ///   - codes: each record's value, by column.
    ///   - model: its u of equality, by column.
    init(_ forms: [ValueForms], codes: [[Int32]], model: MatchModel) {
        bits = forms.indices.map { number in
            let form = forms[number]
            var counts = [Int](repeating: 0, count: form.keys.count)
            var filled = 0
            for code in codes[number] where code >= 0 {
                counts[Int(code)] += 1
                filled += 1
            }
            var byKey: [UInt64: Int] = [:]
            byKey.reserveCapacity(counts.count)
            for (value, count) in counts.enumerated() { byKey[form.keys[value], default: 0] += count }
            let column = model.columns[number]
            let present = max(1e-12, 1 - column.u[0])
            let equal = column.u[column.kind.equalLevel...].reduce(0, +) / present
            guard column.kind != .number else { return [Float](repeating: 0, count: counts.count) }
            return counts.indices.map { value in
                let count = max(1, byKey[form.keys[value]] ?? 1)
                return Float(log2(equal * Double(max(1, filled)) / Double(count)))
            }
        }
    }
}
