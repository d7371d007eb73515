import Statistics
import Testing

@Suite struct MaximumAssignmentTests {
    /// The most that any assignment of the rows from `row` on reaches, by trying all.
    func best(_ weights: [[Int]], _ row: Int = 0, _ taken: Set<Int> = []) -> Int {
        guard row < weights.count else { return 0 }
        var most = best(weights, row + 1, taken)
        for column in weights[row].indices where !taken.contains(column) {
            most = max(most, weights[row][column] + best(weights, row + 1, taken.union([column])))
        }
        return most
    }

    @Test func noAssignmentWeighsMore() {
        var random = SeededGenerator(seed: 5)
        for rowCount in 1...5 {
            for columnCount in 1...6 {
                for largest in [2, 10, 1_000_000] {
                    let weights = (0..<rowCount).map { _ in
                        (0..<columnCount).map { _ in random.index(below: largest) }
                    }
                    let columns = MaximumAssignment.columns(of: weights)
                    let used = columns.compactMap(\.self)
                    #expect(columns.count == rowCount && Set(used).count == used.count)
                    var weight = 0
                    for (row, column) in columns.enumerated() {
                        guard let column else { continue }
                        #expect(weights[row][column] > 0)
                        weight += weights[row][column]
                    }
                    #expect(weight == best(weights), "\(weights)")
                }
            }
        }
    }

    @Test func nothingIsAssignedToNothing() {
        #expect(MaximumAssignment.columns(of: []).isEmpty)
        #expect(MaximumAssignment.columns(of: [[], []]) == [nil, nil])
        #expect(MaximumAssignment.columns(of: [[0, 0], [0, 3]]) == [nil, 1])
    }
}
