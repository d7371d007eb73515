import CustomerData
import Foundation
import Semantics

/// What a cell is written like, beside what it says.
struct CellForm: Sendable {
    let isHidden: Bool
    let kind: CellKind
    /// Scripts, letter case, whether there are digits, and how a date is laid out: few numbers, so that rows can be compared by them.
    let shape: UInt32
    /// Suspicions that say that a cell is damaged, whatever it says.
    let damage: UInt32

    init(_ bytes: UnsafeBufferPointer<UInt8>, _ plan: ColumnPlan, _ reader: CellReader, _ scanner: CellScanner) {
        guard !bytes.isEmpty else {
            (isHidden, kind, shape, damage) = (false, .text, 0, 0)
            return
        }
        if let hidden = HiddenMissing(bytes), !plan.isSpoken(hidden, bytes) {
            (isHidden, kind, shape, damage) = (true, .text, 0, 0)
            return
        }
        var scan = scanner.scan(bytes)
        kind = reader.read(bytes, &scan).kind
        if scan.characters <= 16, TrialEntries.contains(scan.folded) { scan.suspicions |= SuspicionBits.test }
        let letterCase: UInt32 =
            scan.upper > 0 && scan.lower == 0 && scan.upper > 1 ? 1 : scan.upper == 0 && scan.lower > 0 ? 2 : 0
        // A date's separators and which part stands first.
        let layout: UInt32 =
            kind == .date || kind == .jalaliDate
            ? (0..<min(5, scan.patternCount)).reduce(0) { ($0 &* 31 &+ UInt32(scanner.pattern[$1])) & 0x3FFF } : 0
        shape =
            layout << 16 | UInt32(scan.scripts) | (scan.digits > 0 ? 32 : 0) | letterCase << 6 | UInt32(kind.rawValue)
            << 8
            | (scan.suspicions & SuspicionBits.fullWidth != 0 ? 2048 : 0)
            | (scan.suspicions & SuspicionBits.foreignDigits != 0 ? 4096 : 0)
        damage =
            scan.suspicions
            & (SuspicionBits.damage | SuspicionBits.markup | SuspicionBits.test | SuspicionBits.lookalikes
                | SuspicionBits.farDate | SuspicionBits.arabicLetters | SuspicionBits.doubleSpace)
        isHidden = false
    }
}

/// How improbable a form is in a column.
struct FormOdds {
    /// A cell that says nothing is no value, whatever its column.
    static let hidden = 6.0
    /// A form is suspicious when at most this share of the column has it.
    private static let rareShare = 0.02
    private var shapes: [UInt32: Int] = [:]
    private var damages: [UInt32: Int] = [:]
    private var filled = 0

    init(_ column: SuspectSearch.Column) {
        for (form, count) in zip(column.forms, column.counts) where !form.isHidden {
            shapes[form.shape, default: 0] += count
            if form.damage != 0 { damages[form.damage, default: 0] += count }
            filled += count
        }
    }

    /// The logarithm of the odds against a form; 0 for a usual one.
    func score(of form: CellForm) -> Double {
        func odds(_ count: Int) -> Double {
            let share = Double(count) / Double(max(1, filled))
            return share <= FormOdds.rareShare ? log(FormOdds.rareShare / share) + 1 : 0
        }
        // Damage weighs more: a form can be rare and right.
        let damage = form.damage == 0 ? 0 : odds(damages[form.damage] ?? 0) + 3
        return odds(shapes[form.shape] ?? 0) / 2 + damage
    }
}
