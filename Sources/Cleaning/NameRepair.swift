import CustomerData
import Semantics

/// Puts names back that stand in each other's column, and writes names in their country's own script, by what the other
/// rows say.
struct NameRepair {
    /// Columns whose values may have changed places.
    private let pairs: [(Int, Int)]
    private let plans: [ValuePlan?]
    private let given: Int?
    private let family: Int?
    private let country: Int?
    private let scripts: [Int: ScriptCounts]
    private let answers: [Int: [String: LatinSpellings.Answer]]

    /// Times that a value must be more frequent in the other column.
    static let leastRatio = 15
    /// The product of both ratios: with one row in two hundred swapped, 25 to 1 that this one is.
    static let leastEvidence = (change: 5000.0, review: 500.0)

    init(_ survey: CleaningSurvey, plans: [ValuePlan?]) {
        let columns = survey.options.columns
        given = columns.first(.givenName)
        family = columns.first(.familyName)
        country = columns.first(.country)
        let words = [given, family, columns.first(.city)].compactMap(\.self)
        pairs = words.enumerated().flatMap { position, left in words[(position + 1)...].map { (left, $0) } }
        self.plans = plans
        scripts = survey.scripts
        answers = Dictionary(
            [given, family].compactMap(\.self).map { ($0, survey.spellings.answers(column: $0)) },
            uniquingKeysWith: { first, _ in first })
    }

    func apply(to cells: CleanedCells) {
        for (left, right) in pairs { swap(cells, left, right) }
        transliterate(cells)
    }

    private func swap(_ cells: CleanedCells, _ left: Int, _ right: Int) {
        guard let leftCounts = plans[left]?.counts, let rightCounts = plans[right]?.counts else { return }
        for row in 0..<cells.rowCount {
            let (first, second) = (cells.cell(row, left), cells.cell(row, right))
            guard !first.isEmpty, !second.isEmpty else { continue }
            // This row is none of the others.
            let here = leftCounts.count(of: first) - 1
            let there = rightCounts.count(of: first)
            guard there > 2, there >= here * NameRepair.leastRatio else { continue }
            let other = leftCounts.count(of: second)
            let own = rightCounts.count(of: second) - 1
            guard other > 2, other >= own * NameRepair.leastRatio else { continue }
            let evidence =
                (Double(there) + 0.1) / (Double(max(here, 0)) + 0.1) * (Double(other) + 0.1)
                / (Double(max(own, 0)) + 0.1)
            if evidence >= NameRepair.leastEvidence.change {
                let copy = first
                cells.set(row, left, to: second, CleaningRules(.swapped), confidence: 96)
                cells.set(row, right, to: copy, CleaningRules(.swapped), confidence: 96)
            } else if evidence >= NameRepair.leastEvidence.review {
                cells.doubt(
                    row, left, .swapped, suggestion: String(decoding: second, as: UTF8.self), confidence: 50)
            }
        }
    }

    private func transliterate(_ cells: CleanedCells) {
        guard let given, let family, answers.values.contains(where: { !$0.isEmpty }) else { return }
        for row in 0..<cells.rowCount {
            let first = cells.cell(row, given)
            guard ScriptCounts.script(first) == 0 else { continue }
            let number = ScriptCounts.country(country.map { cells.cell(row, $0) })
            guard let main = scripts[given]?.main(country: number), main != 0,
                ScriptCounts.script(cells.cell(row, family)) == 0
            else { continue }
            let names = [given, family].compactMap { answers[$0]?[NameRepair.key(cells.text(row, $0))] }
            // One name alone may be a foreigner's.
            guard names.count == 2 else { continue }
            for (column, answer) in zip([given, family], names) {
                if answer.isUnique {
                    cells.set(row, column, to: answer.name, CleaningRules(.script), confidence: 92)
                } else {
                    cells.doubt(row, column, .script, suggestion: answer.name, confidence: 50)
                }
            }
        }
    }

    /// A Latin name as it stands in emails: small letters alone.
    static func key(_ name: String) -> String {
        String(PlainText.matchKey(name).filter { $0.isASCII && $0.isLetter })
    }

    /// Latin names of rows whose country writes another script: what is looked for in emails.
    static func latinNames(_ survey: CleaningSurvey, plans: [ValuePlan?]) -> [Int: Set<String>] {
        var wanted: [Int: Set<String>] = [:]
        for (column, counts) in survey.scripts where survey.options.columns.kinds[column] != .name {
            guard (0...676).contains(where: { counts.main(country: $0).map { $0 != 0 } ?? false }),
                let values = plans[column]?.counts, values.count <= 200_000
            else { continue }
            wanted[column] = Set(
                values.entries.indices.lazy.filter { values.withBytes($0) { ScriptCounts.script($0) == 0 } }
                    .map { key(values.text($0)) }.filter { $0.count >= 2 })
        }
        return wanted
    }
}
