import Statistics

/// What records must have in common to be compared, as one number a record: equal numbers, one block; 0 for no block.
struct BlockingKey: Sendable {
    /// What it is of.
    let rule: BlockingRule
    /// The columns it is made of.
    let columns: [Int]
    /// One number a record.
    let values: [UInt64]

    /// Records that have the key.
    var filledCount: Int { values.count { $0 != 0 } }
}

extension ValueForms {
    /// The blocking value of every value; 0 for none.
    func blockingValues(_ form: BlockingForm) -> [UInt64] {
        switch form {
        case .exact:
            // Across scripts one value has one key.
            guard kind != .email, kind != .phone, kind != .date, kind != .code, kind != .placeCode else { return keys }
            return keys.indices.map { latinKeys[$0] != 0 ? latinKeys[$0] : keys[$0] }
        case .consonants, .local: return skeletons
        case .monthDay: return dateParts(4..<8)
        case .yearMonth: return dateParts(0..<6)
        case .year: return dateParts(0..<4)
        case .last(let count): return parts { $0.count < count ? nil : $0.count - count..<$0.count }
        case .first(let count): return parts { $0.count < count ? nil : 0..<count }
        }
    }

    private func dateParts(_ range: Range<Int>) -> [UInt64] {
        ends.indices.map { value in
            extras[value] == 0 ? 0 : withLetters(value) { $0.count == 8 ? Hashing.hash($0[range]) : 0 }
        }
    }

    private func parts(_ range: (UnsafeBufferPointer<UInt16>) -> Range<Int>?) -> [UInt64] {
        ends.indices.map { value in
            withLetters(value) { letters in range(letters).map { Hashing.hash(letters[$0]) } ?? 0 }
        }
    }
}

extension BlockingKey {
    /// A key of a column in a form, from the codes of records.
    init(_ forms: ValueForms, _ form: BlockingForm, column: Int, name: String, codes: [Int32]) {
        let byValue = forms.blockingValues(form)
        rule = BlockingRule([.init(column: name, form: form)])
        columns = [column]
        values = codes.map { $0 < 0 ? 0 : byValue[Int($0)] }
    }

    /// The key that all have.
    init(allOf recordCount: Int) {
        rule = BlockingRule([])
        columns = []
        values = [UInt64](repeating: 1, count: recordCount)
    }

    /// The key of two in either order.
    init(either first: BlockingKey, _ second: BlockingKey) {
        rule = BlockingRule(first.rule.keys + second.rule.keys, isEitherOrder: true)
        columns = first.columns + second.columns
        values = first.values.indices.map { row in
            let (a, b) = (first.values[row], second.values[row])
            if a == 0 || b == 0 { return 0 }
            return max(1, Hashing.mix(min(a, b), max(a, b) | 1))
        }
    }

    /// The key of several together; for some records only, where those are named.
    init(all keys: [BlockingKey], among records: [UInt32]? = nil) {
        var values = [UInt64](repeating: 0, count: keys[0].values.count)
        func set(_ row: Int) {
            var state: UInt64 = 0x51
            for key in keys {
                if key.values[row] == 0 { return }
                state = Hashing.mix(state ^ key.values[row], 0xA076_1D64_78BD_642F) | 1
            }
            values[row] = state
        }
        if let records { for record in records { set(Int(record)) } } else { for row in values.indices { set(row) } }
        self.values = values
        rule = BlockingRule(keys.flatMap(\.rule.keys))
        columns = keys.flatMap(\.columns)
    }
}
