import CustomerData
import Quality
import Report

/// A profile as people read it.
enum ProfileText {
    private static let shownRelations = 8

    static func lines(of profile: TableProfile) -> [String] {
        var text = TextTable(
            ["column", "type", "meaning", "filled", "valid", "distinct", "most frequent, or smallest to largest"],
            right: [3, 4, 5])
        for column in profile.columns {
            text.add([
                column.name, column.type.rawValue, column.meaning.words, Figures.percent(column.completeness),
                Figures.percent(column.validity),
                (column.distinct.isExact ? "" : "≈ ") + Figures.count(column.distinct.count), example(of: column),
            ])
        }
        return text.lines + hidden(profile) + suspicious(profile) + relations(profile) + repeats(profile)
    }

    /// What a column holds, in a few words: never a value that may identify a person.
    private static func example(of column: ColumnProfile) -> String {
        if column.filled == 0 { return "" }
        if let dates = column.dates { return "\(dates.first) – \(dates.last)" }
        if let numbers = column.numbers, column.distinct.count > 20 {
            let median = numbers.quantiles.first { $0.probability == 0.5 }?.value
            return "\(Figures.short(numbers.smallest)) – \(Figures.short(median)) – \(Figures.short(numbers.largest))"
        }
        let entries =
            column.values.isHidden || column.values.entries.isEmpty ? column.patterns.entries : column.values.entries
        let shown = entries.prefix(3).map { entry in
            "\(clipped(entry.text)) \(Figures.percent(Double(entry.count) / Double(column.filled)))"
        }
        return (column.values.isHidden || column.values.entries.isEmpty ? "pattern " : "")
            + shown.joined(separator: ", ")
    }

    private static func clipped(_ text: String) -> String {
        let line = String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 })
        return line.count > 24 ? line.prefix(23) + "…" : line
    }

    private static func hidden(_ profile: TableProfile) -> [String] {
        let columns = profile.columns.filter { $0.hidden > 0 }
        guard !columns.isEmpty else { return [] }
        return ["filled, and nothing said:"]
            + columns.map { column in
                let spellings = column.hiddenMissing.prefix(4).map { "\($0.spelling) \(Figures.count($0.count))" }
                return "  \(column.name): \(spellings.joined(separator: ", "))"
                    + (column.hiddenMissing.count > 4 ? ", …" : "")
            }
    }

    private static func suspicious(_ profile: TableProfile) -> [String] {
        let columns = profile.columns.filter { !$0.suspicious.isEmpty }
        guard !columns.isEmpty else { return [] }
        return ["suspicious cells:"]
            + columns.map { column in
                "  \(column.name): "
                    + column.suspicious.sorted { $0.count > $1.count }.map {
                        "\(Figures.count($0.count)) \($0.kind.words)"
                    }.joined(separator: ", ")
            }
    }

    private static func relations(_ profile: TableProfile) -> [String] {
        var lines: [String] = []
        func more(_ count: Int) -> [String] {
            count > shownRelations ? ["  … \(Figures.count(count - shownRelations)) more"] : []
        }
        if !profile.dependencies.isEmpty {
            lines.append("one column determines another (on \(Figures.counted(profile.sampledRowCount, "row"))):")
            lines += profile.dependencies.prefix(shownRelations).map {
                "  \($0.from) → \($0.to): \(Figures.percent(1 - $0.error)) of \(Figures.counted($0.support, "row")), "
                    + "\(Figures.count($0.violations)) differ"
            }
            lines += more(profile.dependencies.count)
        }
        if !profile.equalColumns.isEmpty {
            lines.append("columns with the same cells:")
            lines += profile.equalColumns.prefix(shownRelations).map {
                "  \($0.first) = \($0.second)" + ($0.share < 1 ? " in \(Figures.percent($0.share))" : "")
            }
            lines += more(profile.equalColumns.count)
        }
        let (groups, others) = missingGroups(profile.missingTogether)
        if !groups.isEmpty || !others.isEmpty { lines.append("columns that miss values together (correlation):") }
        lines += groups.map { "  \($0.joined(separator: ", ")): the same rows" }
        lines += others.prefix(shownRelations).map {
            "  \($0.first), \($0.second): \(Figures.fixed($0.correlation, decimals: 2))"
        }
        lines += more(others.count)
        return lines
    }

    /// Columns that miss values in nearly the same rows as groups, and the other pairs.
    private static func missingGroups(
        _ pairs: [TableProfile.MissingTogether]
    ) -> (groups: [[String]], others: [TableProfile.MissingTogether]) {
        var groups: [[String]] = []
        for pair in pairs where pair.correlation >= 0.95 {
            let touched = groups.indices.filter { groups[$0].contains(pair.first) || groups[$0].contains(pair.second) }
            var joined = touched.flatMap { groups[$0] }
            for name in [pair.first, pair.second] where !joined.contains(name) { joined.append(name) }
            for position in touched.reversed() { groups.remove(at: position) }
            groups.append(joined)
        }
        let together = groups
        return (
            groups,
            pairs.filter { pair in
                !together.contains { $0.contains(pair.first) && $0.contains(pair.second) }
            }
        )
    }

    private static func repeats(_ profile: TableProfile) -> [String] {
        func sentence(_ repeats: TableProfile.Repeats, _ what: String) -> String {
            if repeats.extraRows == 0 {
                let looked = repeats.share < 1 ? " of the 1/\(Int(1 / repeats.share)) looked at" : ""
                return "no row\(looked) repeats another \(what)"
            }
            let about = repeats.share < 1 ? "about " : ""
            return
                "\(about)\(Figures.counted(repeats.extraRows, "row")) \(repeats.extraRows == 1 ? "repeats" : "repeat") "
                + "another \(what)"
                + " (\(Figures.counted(repeats.clusters, "kind")), at most \(Figures.count(repeats.largestCluster)) of one)"
        }
        let besides = profile.identityColumns.isEmpty ? "" : profile.identityColumns.joined(separator: ", ") + ", "
        return [
            sentence(profile.exactRepeats, "exactly"),
            sentence(profile.nearRepeats, "but for \(besides)case, blanks and punctuation"),
        ]
    }
}

/// A scorecard as people read it.
enum ScorecardText {
    static func lines(of scorecard: Scorecard) -> [String] {
        var text = TextTable(["quality", "score", "good", "of", "how", "worst"], right: [1, 2, 3])
        for score in scorecard.scores {
            let interval =
                score.interval.map {
                    " [\(Figures.percent($0[0])), \(Figures.percent($0[1]))]"
                } ?? ""
            text.add([
                score.dimension.rawValue,
                score.value == nil ? "not measured" : Figures.percent(score.value) + interval,
                score.value == nil ? "" : Figures.count(score.good),
                score.value == nil ? "" : Figures.count(score.total), score.value == nil ? score.note : score.formula,
                score.worst.prefix(3).map { "\($0.name) \(Figures.count($0.bad))" }.joined(separator: ", "),
            ])
        }
        return text.lines
    }
}
