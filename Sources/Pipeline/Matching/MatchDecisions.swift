import CustomerData
import Matching

/// What persons decided about pairs of records, by their ids: `review.csv` with its column "decision" filled in.
struct MatchDecisions {
    struct Pair: Hashable {
        let left: String
        let right: String

        init(_ left: String, _ right: String) {
            (self.left, self.right) = left < right ? (left, right) : (right, left)
        }
    }

    private(set) var isSame: [Pair: Bool] = [:]

    /// Adds those of a file; later ones win.
    ///
    /// - Throws: `Problem(.data)` for a decision that is none.
    mutating func read(_ path: String) throws {
        for (number, row) in try MatchedFolder.rows(path, headers: ["id_a", "id_b", "decision"]).enumerated() {
            switch row[2].lowercased() {
            case "": continue
            case "same": isSame[Pair(row[0], row[1])] = true
            case "different": isSame[Pair(row[0], row[1])] = false
            default:
                throw Problem(.data, "\(path) row \(number + 1): decision must be same or different, or empty")
            }
        }
    }

    mutating func add(_ left: String, _ right: String, isSame: Bool) { self.isSame[Pair(left, right)] = isSame }

    /// Those whose records are in the table.
    func constraints(_ table: RecordTable) -> [MatchConstraints.Decision] {
        guard !isSame.isEmpty else { return [] }
        var rows: [String: UInt32] = [:]
        let wanted = Set(isSame.keys.flatMap { [$0.left, $0.right] })
        for row in 0..<table.rowCount {
            let name = table.name(of: row)
            if wanted.contains(name) { rows[name] = UInt32(row) }
        }
        return sorted.compactMap { pair, same in
            guard let left = rows[pair.left], let right = rows[pair.right], left != right else { return nil }
            return MatchConstraints.Decision(left, right, isSame: same)
        }
    }

    var sorted: [(Pair, Bool)] {
        isSame.sorted { ($0.key.left, $0.key.right) < ($1.key.left, $1.key.right) }.map { ($0.key, $0.value) }
    }
}
