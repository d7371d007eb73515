import CustomerData
import Semantics

/// What becomes of each distinct value of a column of words.
final class ValuePlan {
    struct Form {
        let bytes: [UInt8]
        let rules: CleaningRules
        let confidence: UInt8
        let condition: ValueForm.Guard
    }

    /// A doubt about a value.
    struct Doubt {
        let reason: ReviewReason
        let suggestion: String
        let confidence: UInt8
    }

    let column: Int
    let counts: ValueCounts
    /// By the number of the value: the number of its form, or −1.
    private var targets: [Int32]
    private(set) var forms: [Form] = []
    private var doubts: [Int32: Doubt] = [:]
    /// By what each value beyond those that were looked at together is brought to its form; nil where all were.
    private var alone: (kind: ColumnKind, evidence: ColumnEvidence)?
    /// Pairs of spellings found in the column.
    private(set) var pairs: [SpellingClusters.Pair] = []

    /// Plans a column.
    ///
    /// - Parameter group: what a value belongs to: spellings of cities are compared within a country.
    init(_ counts: ValueCounts, column: Int, _ options: CleaningOptions, group: (String) -> String) {
        self.column = column
        self.counts = counts
        targets = [Int32](repeating: -1, count: counts.count)
        let kind = options.columns.kinds[column]
        let name = options.columns.name(of: column)
        let values = counts.entries.indices.map { (text: counts.text($0), count: Int(counts.entries[$0].count)) }
        if kind == .country {
            for (number, value) in values.enumerated() { planCountry(number, value.text) }
            return
        }
        let evidence = ColumnEvidence(values)
        alone = counts.isSample ? (kind, evidence) : nil
        var planned = values.map { ValueForm($0.text, count: $0.count, kind: kind, evidence) }
        var pairs: [SpellingClusters.Pair] = []
        if [.city, .region, .category, .company].contains(kind), !counts.isSample {
            var totals: [String: Int] = [:]
            for (number, form) in planned.enumerated() { totals[form.text, default: 0] += values[number].count }
            let found = SpellingClusters(
                totals.map { SpellingClusters.Value(text: $0.key, count: $0.value, group: group($0.key)) }.sorted {
                    ($1.count, $0.text) < ($0.count, $1.text)
                }, comparesEdits: kind != .company, key: kind == .company ? CompanyForm.looseKey : SpellingClusters.key
            ) { left, right in
                // Companies that differ in a sign may be two.
                kind != .company || CompanyForm.key(left) == CompanyForm.key(right)
            }
            pairs = found.pairs
            let merges = Dictionary(
                pairs.filter { $0.decision == .merge }.map { ($0.from, $0) }, uniquingKeysWith: { first, _ in first })
            let doubtful = Dictionary(
                pairs.filter { $0.decision == .doubtful }.map { ($0.from, $0) }, uniquingKeysWith: { first, _ in first }
            )
            for number in planned.indices {
                let text = planned[number].text
                if options.mapping.target(column: name, text) != nil { continue }
                if let pair = merges[text] {
                    planned[number].text = ValuePlan.end(of: pair, merges)
                    planned[number].rules.insert(
                        pair.method == "fingerprint" && pair.to.lowercased() == pair.from.lowercased()
                            ? .letterCase : kind == .company ? .suffix : .spelling)
                    planned[number].confidence = min(planned[number].confidence, pair.confidence)
                } else if let pair = doubtful[text] {
                    doubts[Int32(number)] = Doubt(
                        reason: .spelling, suggestion: pair.to, confidence: min(pair.confidence, 60))
                }
            }
        }
        for number in planned.indices {
            // What a person says of the value as it stands, or as it would become, wins.
            let mapped =
                options.mapping.target(column: name, values[number].text)
                ?? options.mapping.target(column: name, planned[number].text)
            if let mapped, mapped != planned[number].text {
                planned[number].text = mapped
                planned[number].rules = CleaningRules(.mapping)
                planned[number].confidence = 100
                planned[number].condition = .always
            }
            add(planned[number], number)
            if evidence.hasLostText, planned[number].text.utf8.count > 1, ValueForm.isLost(planned[number].text) {
                doubts[Int32(number)] = Doubt(reason: .lostText, suggestion: "", confidence: 0)
            }
        }
        self.pairs = pairs
    }

    /// The spelling at the end of a chain of merges.
    private static func end(
        of pair: SpellingClusters.Pair, _ merges: [String: SpellingClusters.Pair]
    ) -> String {
        var last = pair
        for _ in 0..<8 {
            guard let next = merges[last.to] else { break }
            last = next
        }
        return last.to
    }

    private func add(_ form: ValueForm, _ number: Int) {
        let isSame = counts.withBytes(number) { $0.elementsEqual(form.text.utf8) }
        guard !isSame else { return }
        targets[number] = Int32(forms.count)
        forms.append(
            Form(
                bytes: Array(form.text.utf8), rules: form.rules, confidence: form.confidence,
                condition: form.condition))
    }

    private func planCountry(_ number: Int, _ text: String) {
        let isHidden = withPadded(text) { HiddenMissing.isWord($0) || HiddenMissing.isFiller($0) }
        var form = ValueForm(unchanged: text)
        if let country = Country(text) {
            form.text = country.code
            form.rules = CleaningRules(.country)
        } else if isHidden {
            form.text = ""
            form.rules = CleaningRules(.hiddenMissing)
        } else if let country = Country(misspelt: text) {
            form.text = country.code
            form.rules = CleaningRules(.country, .spelling)
            form.confidence = 94
        } else {
            doubts[Int32(number)] = Doubt(reason: .notACountry, suggestion: "", confidence: 0)
        }
        add(form, number)
    }

    /// Whether the plan leaves all values as they are.
    var isIdle: Bool { forms.isEmpty && doubts.isEmpty }

    /// Brings the cells of a block to their forms.
    func apply(to cells: CleanedCells, country: Int?) {
        guard !isIdle || alone != nil else { return }
        for row in 0..<cells.rowCount {
            let cell = cells.cell(row, column)
            guard !cell.isEmpty else { continue }
            guard let number = counts.index(of: cell) else {
                if let alone { apply(alone, to: cells, row, cell, country) }
                continue
            }
            let target = targets[number]
            if target >= 0 {
                let form = forms[Int(target)]
                guard form.condition == .always || holds(form.condition, country.map { cells.cell(row, $0) }) else {
                    continue
                }
                form.bytes.withUnsafeBufferPointer {
                    cells.set(row, column, to: $0, form.rules, confidence: form.confidence)
                }
            }
            if !doubts.isEmpty, let doubt = doubts[Int32(number)] {
                cells.doubt(
                    row, column, doubt.reason, suggestion: doubt.suggestion, confidence: doubt.confidence)
            }
        }
    }

    /// Brings a cell to its form whose value is not among those that were looked at together.
    private func apply(
        _ alone: (kind: ColumnKind, evidence: ColumnEvidence), to cells: CleanedCells, _ row: Int,
        _ cell: UnsafeBufferPointer<UInt8>, _ country: Int?
    ) {
        let form = ValueForm(String(decoding: cell, as: UTF8.self), count: 1, kind: alone.kind, alone.evidence)
        guard !form.text.utf8.elementsEqual(cell),
            form.condition == .always || holds(form.condition, country.map { cells.cell(row, $0) })
        else { return }
        cells.set(row, column, to: form.text, form.rules, confidence: form.confidence)
    }

    private func holds(_ condition: ValueForm.Guard, _ country: UnsafeBufferPointer<UInt8>?) -> Bool {
        guard let country, country.count == 2 else { return condition != .persian }
        let code = String(decoding: country, as: UTF8.self)
        switch condition {
        case .always: return true
        case .notArabic: return !Country.writesArabic(code)
        case .persian: return Country.writesPersian(code)
        case .notTraditional: return !Country.writesTraditionalChinese(code)
        }
    }
}
