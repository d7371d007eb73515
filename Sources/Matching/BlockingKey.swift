import Statistics

/// What records must have in common to be compared, as one number a record: equal numbers, one block; 0 for no block.
struct BlockingKey: Sendable {
    /// How a person reads it: `family_name`, `family_name (consonants)`.
    let name: String
    /// The columns it is made of.
    let columns: [Int]
    /// One number a record.
    let values: [UInt64]

    /// Records that have the key.
    var filledCount: Int { values.count { $0 != 0 } }
}

/// The ways in which values of a kind are brought together.
public enum BlockingForm: String, Codable, Sendable, CaseIterable {
    /// One but for writing.
    case exact
    /// The consonants: vowels, doubled letters and the script do not matter.
    case consonants
    /// The part of an email before the `@`.
    case local
    /// Month and day of a date.
    case monthDay = "month_day"
    /// Year and month of a date.
    case yearMonth = "year_month"
    /// The last seven digits.
    case lastDigits = "last_digits"
    /// The first three letters.
    case prefix

    static func all(of kind: ComparisonKind) -> [BlockingForm] {
        switch kind {
        case .givenName, .familyName, .words, .name, .company, .address: [.exact, .consonants]
        case .email: [.exact, .local]
        case .phone: [.exact, .lastDigits]
        case .date: [.exact, .monthDay, .yearMonth]
        case .code, .placeCode, .category, .number: [.exact]
        case .ignored: []
        }
    }
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
        case .monthDay: return slices(4..<8)
        case .yearMonth: return slices(0..<6)
        case .lastDigits:
            return ends.indices.map { value in
                withLetters(value) { $0.count < 7 ? 0 : Hashing.hash(Array($0.suffix(7))[...]) }
            }
        case .prefix: return slices(0..<3)
        }
    }

    private func slices(_ range: Range<Int>) -> [UInt64] {
        ends.indices.map { value in
            withLetters(value) { letters in
                letters.count < range.upperBound || (kind == .date && extras[value] == 0)
                    ? 0 : Hashing.hash(Array(letters[range])[...])
            }
        }
    }
}

extension BlockingKey {
    /// A key of a column in a form, from the codes of records.
    init(_ forms: ValueForms, _ form: BlockingForm, column: Int, name: String, codes: [Int32]) {
        let byValue = forms.blockingValues(form)
        self.name = form == .exact ? name : "\(name) (\(form.rawValue))"
        columns = [column]
        values = codes.map { $0 < 0 ? 0 : byValue[Int($0)] }
    }

    /// The key of two names in either order.
    init(either first: BlockingKey, _ second: BlockingKey) {
        name = "\(first.name) and \(second.name) in either order"
        columns = first.columns + second.columns
        values = first.values.indices.map { row in
            let (a, b) = (first.values[row], second.values[row])
            if a == 0 || b == 0 { return 0 }
            return max(1, Hashing.mix(min(a, b), max(a, b) | 1))
        }
    }
}
