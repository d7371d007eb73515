import CustomerData
import Semantics

/// Decides what a column is and means from its header and its counts.
struct ColumnMeaning {
    let type: ColumnType
    let meaning: SemanticType
    /// Filled cells that are it.
    let valid: Int

    init(_ plan: ColumnPlan, _ tally: ColumnTally) {
        let filled = tally.filled
        func count(_ kind: CellKind) -> Int { tally.kinds[Int(kind.rawValue)] }
        func isMost(_ part: Int, _ share: Double = 0.5) -> Bool { Double(part) >= share * Double(filled) }
        let dates = count(.date) + count(.jalaliDate)
        let whole = count(.number) + count(.code)
        let undamaged = filled - ColumnMeaning.damaged(tally)
        guard filled > 0 else {
            (type, meaning, valid) = (.empty, .empty, 0)
            return
        }
        let isNumber = isMost(whole, 0.8)
        let numberType: ColumnType = tally.decimals > 0 ? .decimal : .integer
        // Zeros before numbers, or more digits than a number has, make text of them.
        let isCode = isNumber && count(.code) * 100 > filled
        let plainType: ColumnType = isMost(dates, 0.8) ? .date : isNumber && !isCode ? numberType : .text
        func decide() -> (SemanticType, Int) {
            if isMost(count(.email)) || plan.roles.contains(.email) && isMost(count(.email), 0.1) {
                return (.email, count(.email))
            }
            if isMost(dates, 0.8) || plan.roles.contains(where: \.isDate) && isMost(dates) {
                return (count(.jalaliDate) * 2 >= dates ? .jalaliDate : .date, dates)
            }
            let ids = max(tally.iranianIDs, tally.chineseIDs)
            if plan.hints.contains(.nationalID) && isMost(ids, 0.3) || filled >= 20 && isMost(ids, 0.9) {
                return (.nationalID, tally.iranianIDs + tally.chineseIDs)
            }
            if (plan.roles.contains(.phone) || plan.hints.contains(.fax)) && isMost(tally.phones)
                || !plan.isNamedID && filled >= 10 && isMost(tally.phones, 0.8) && isMost(tally.markedPhones, 0.8)
            {
                return (.phone, tally.phones)
            }
            if plan.hints.contains(.postcode) { return (.postcode, tally.postcodes) }
            if plan.roles.contains(.country) || filled >= 20 && isMost(tally.countryCodes, 0.95) {
                // A column of codes has codes; another may have names, in six languages.
                return (.country, isMost(tally.countryCodes) ? tally.countryCodes : tally.countryNames)
            }
            let isUnique = filled >= 20 && Double(tally.distinct.count) >= 0.97 * Double(filled)
            let isAmount = plan.roles.contains(where: { $0 == .amount || $0 == .unitPrice })
            if isNumber, isAmount || isMost(tally.currencies) { return (.currencyAmount, count(.number)) }
            // A column "product" may hold codes, or names of several words.
            let isCoded = plan.hints.contains(.id) || Double(tally.words) < 1.3 * Double(filled)
            if plan.isNamedID, isCoded, !isNumber || tally.decimals == 0 { return (.id, undamaged) }
            if isUnique, tally.decimals == 0, isNumber, plan.roles.isEmpty { return (.id, whole) }
            if isNumber, !isCode { return (.number, count(.number)) }
            return ColumnMeaning.ofText(plan, tally, isUnique, undamaged)
        }
        (meaning, valid) = decide()
        type = meaning == .date || meaning == .jalaliDate ? .date : plainType
    }

    private static let names: Set<ColumnRole> = [.name, .givenName, .familyName]

    private static func ofText(
        _ plan: ColumnPlan, _ tally: ColumnTally, _ isUnique: Bool, _ undamaged: Int
    ) -> (SemanticType, Int) {
        if plan.hints.contains(.company) { return (.company, undamaged) }
        let length = Double(tally.characters) / Double(tally.filled)
        let words = Double(tally.words) / Double(tally.filled)
        if !plan.roles.isDisjoint(with: names) { return (.personName, undamaged) }
        let isLong = length >= 40 || words >= 5
        if plan.hints.contains(.freeText) && !plan.roles.contains(.description) || plan.roles.contains(.text)
            || plan.roles.contains(.address)
        {
            return (.freeText, undamaged)
        }
        if tally.distinct.isExact, tally.distinct.count <= max(20, min(1000, tally.filled / 20)) {
            return (.category, undamaged)
        }
        if isLong { return (.freeText, undamaged) }
        // One word of letters and digits, a different one in every row.
        if isUnique, words < 1.05, tally.kinds[Int(CellKind.code.rawValue)] * 2 >= tally.filled {
            return (.id, undamaged)
        }
        return (.text, undamaged)
    }

    /// Cells whose text is damaged.
    private static func damaged(_ tally: ColumnTally) -> Int {
        [Suspicion.control, .lostCharacter, .mojibake].reduce(0) { sum, kind in
            sum + (Suspicion.allCases.firstIndex(of: kind).map { tally.suspicions[$0] } ?? 0)
        }
    }
}
