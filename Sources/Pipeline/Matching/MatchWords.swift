import Foundation
import Matching

/// Why two records are one, or not, in words.
enum MatchWords {
    /// Lines for a person: what each column says, strongest first, and what comes of it.
    static func lines(
        _ pair: ScoredPair, _ waterfall: [Float], _ model: MatchModel, _ thresholds: MatchThresholds,
        _ left: String, _ right: String
    ) -> [String] {
        let verdict =
            pair.probability >= thresholds.merge
            ? "one" : pair.probability >= thresholds.review ? "doubtful" : "apart"
        var lines = [
            "\(left) and \(right): \(verdict), with a probability of \(MatchFiles.fixed(pair.probability, 4)) "
                + "(one from \(MatchFiles.fixed(thresholds.merge, 4)), review from \(MatchFiles.fixed(thresholds.review, 4)))",
            "before anything is known, the odds are 1 to \(Int(exp2(-model.priorWeight).rounded())): "
                + "\(MatchFiles.fixed(model.priorWeight, 2)) bits",
        ]
        let columns = model.columns.indices.sorted { (abs(waterfall[$1 + 1]), $0) < (abs(waterfall[$0 + 1]), $1) }
        for number in columns {
            let bits = Double(waterfall[number + 1])
            let level = model.columns[number].levels[pair.level(of: number)]
            let says = bits > 0.05 ? "for" : bits < -0.05 ? "against" : "nothing"
            lines.append(
                "\(model.columns[number].name): \(level), \(MatchFiles.fixed(bits, 2)) bits"
                    + (says == "nothing" ? ", which says nothing" : " \(says) one"))
        }
        let household = Double(waterfall[model.columns.count + 1])
        if household < 0 {
            lines.append(
                "household: given name or birth date contradicts, so what a household shares does not count: "
                    + "\(MatchFiles.fixed(household, 2)) bits")
        }
        lines.append("together \(MatchFiles.fixed(Double(pair.weight), 2)) bits")
        return lines
    }
}
