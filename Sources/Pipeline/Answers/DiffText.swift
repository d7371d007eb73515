import CustomerData
import Report

/// The answer of `strata diff` as a person reads it.
struct DiffText {
    let difference: RunDifference

    init(_ difference: RunDifference) { self.difference = difference }

    /// Movements that are listed a kind.
    private static let listed = 10

    /// All of it; one line when nothing changed.
    var lines: [String] {
        guard !difference.nothingChanged else {
            return ["nothing changed from \(difference.before) to \(difference.after)"]
        }
        var lines = ["From \(difference.before) to \(difference.after)"]
        lines += changes("Key figures", difference.figures, all: true)
        lines += changes("Key performance indicators", difference.kpis, all: false)
        lines += changes("Options", difference.options, all: false, isNumeric: false)
        lines += dataLines
        lines += ["", customers]
        for movement in difference.movements { lines += movementLines(movement) }
        return lines
    }

    private func changes(
        _ title: String, _ changes: [RunDifference.Change], all: Bool, isNumeric: Bool = true
    ) -> [String] {
        let shown = changes.filter { all || $0.isChange }
        guard !shown.isEmpty else { return [] }
        let hasNumbers = isNumeric && shown.contains { $0.change != nil }
        var text = TextTable(
            ["", "before", "after"] + (hasNumbers ? ["change", ""] : []), right: hasNumbers ? [1, 2, 3, 4] : [])
        for change in shown {
            // Shares as per cent, their changes in points.
            let isShare = change.name.hasSuffix(", share")
            func number(_ text: String?) -> String {
                isShare ? text.flatMap { Double($0) }.map { Figures.percent($0) } ?? "–" : self.number(text)
            }
            var cells = [change.name, number(change.before), number(change.after)]
            if hasNumbers {
                let sign = change.change.map { $0.hasPrefix("-") ? "" : "+" } ?? ""
                cells.append(change.isChange ? change.change.map { sign + number($0) } ?? "" : "")
                cells.append(change.isChange && !isShare ? change.share.map { sign + Figures.percent($0) } ?? "" : "")
            }
            text.add(cells)
        }
        return ["", title] + text.lines
    }

    /// A number with commas; anything else as it is.
    private func number(_ text: String?) -> String {
        guard let text else { return "–" }
        if let whole = Int64(text) { return Figures.count(whole) }
        guard text.contains("."), let amount = Money(text) else { return text }
        return Figures.money(amount, decimals: text.split(separator: ".").last?.count ?? 2)
    }

    private var dataLines: [String] {
        guard !difference.inputs.isEmpty || difference.rows.contains(where: \.isChange) else { return [] }
        var lines = ["", "Data"]
        for input in difference.inputs {
            let name = input.fate == .renamed ? "\(input.before ?? "") is now \(input.after ?? "")" : nil
            let sizes = [input.bytesBefore, input.bytesAfter].compactMap { $0.map { Figures.bytes(Int($0)) } }
            lines.append(
                "  \(name ?? input.after ?? input.before ?? ""): \(input.fate.rawValue), \(sizes.joined(separator: " → "))"
                    + (input.fate == .changed
                        ? ", SHA-256 \(start(input.sha256Before)) → \(start(input.sha256After))" : ""))
        }
        return lines + changes("", difference.rows, all: false).dropFirst(2)
    }

    private func start(_ sum: String?) -> String { (sum ?? "").prefix(8) + "…" }

    private var customers: String {
        "\(Figures.counted(difference.customersInBoth, "customer")) in both, "
            + "\(Figures.count(difference.customersOnlyBefore)) in \(difference.before) only, "
            + "\(Figures.count(difference.customersOnlyAfter)) in \(difference.after) only; "
            + "\(Figures.count(difference.customersWithOtherValues)) of both have other values"
    }

    private func movementLines(_ movement: RunDifference.Movement) -> [String] {
        func isMissing(_ label: String) -> Bool { label == Movements.notThereName }
        let came = movement.cells.reduce(0) { $0 + (isMissing($1.from) ? $1.customers : 0) }
        let left = movement.cells.reduce(0) { $0 + (isMissing($1.to) ? $1.customers : 0) }
        var lines = [
            "",
            "By \(movement.by): "
                + (movement.moved == 0 ? "nobody moved" : "\(Figures.counted(movement.moved, "customer")) moved")
                + (came > 0 ? ", \(Figures.count(came)) came" : "") + (left > 0 ? ", \(Figures.count(left)) left" : ""),
        ]
        if movement.by == "stage" { return lines + matrix(movement) }
        if let matched = movement.matched {
            lines.append("  numbers of clusters mean nothing to another fit: matched by the customers they share")
            for match in matched where match.from != "no cluster" {
                lines.append(
                    "  \(match.from) → \(match.to.map { "\($0): \(Figures.counted(match.customers, "customer")) stayed" } ?? "none")"
                )
            }
        }
        let moves = movement.cells.filter { $0.moved || isMissing($0.from) || isMissing($0.to) }
        guard !moves.isEmpty else { return lines }
        var text = TextTable(["from", "to", "customers", "revenue before", "after"], right: [2, 3, 4])
        let shown = moves.prefix(DiffText.listed)
        let before = Figures.money(shown.map { Money($0.revenueBefore) ?? .zero }, decimals: 2)
        let after = Figures.money(shown.map { Money($0.revenueAfter) ?? .zero }, decimals: 2)
        for (position, cell) in shown.enumerated() {
            text.add([cell.from, cell.to, Figures.count(cell.customers), before[position], after[position]])
        }
        lines += text.lines
        if moves.count > shown.count {
            let rest = moves.dropFirst(shown.count).reduce(0) { $0 + $1.customers }
            lines.append(
                "  … and \(Figures.counted(moves.count - shown.count, "more movement")) of "
                    + Figures.counted(rest, "customer"))
        }
        return lines
    }

    /// From → to with sums: the rows are the customers of the first run, the columns those of the second.
    private func matrix(_ movement: RunDifference.Movement) -> [String] {
        let order = ["prospect", "responder", "active", "former", Movements.notThereName]
        func used(_ labels: (RunDifference.Cell) -> String) -> [String] {
            let names = Set(movement.cells.map(labels))
            return order.filter(names.contains) + names.subtracting(order).sorted()
        }
        let (rows, columns) = (used(\.from), used(\.to))
        var text = TextTable(["from / to"] + columns + ["total"], right: Set(1...columns.count + 1))
        func sum(_ from: String?, _ to: String?) -> Int {
            movement.cells.filter { (from == nil || $0.from == from) && (to == nil || $0.to == to) }
                .reduce(0) { $0 + $1.customers }
        }
        for row in rows {
            text.add([row] + columns.map { Figures.count(sum(row, $0)) } + [Figures.count(sum(row, nil))])
        }
        text.add(["total"] + columns.map { Figures.count(sum(nil, $0)) } + [Figures.count(sum(nil, nil))])
        return text.lines
    }
}
