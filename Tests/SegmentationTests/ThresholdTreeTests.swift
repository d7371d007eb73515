import CustomerData
import Foundation
import LinearAlgebra
import Statistics
import Testing

@testable import Segmentation

/// Rows with clusters, for trees.
struct TreeData {
    var table: FeatureTable
    var labels: [UInt32]
    var centres: [[Double]]
    var weights: [Double]?

    init(_ rows: [[Double]], labels: [UInt32], centres: [[Double]], weights: [Double]? = nil) {
        let width = centres.first?.count ?? 0
        table = FeatureTable(
            columns: (0..<width).map {
                FeatureDefinition(name: "f\($0)", unit: "", formula: "", transform: .init())
            }, ids: nil, idName: "row", values: rows.flatMap { $0 }, rowCount: rows.count)
        self.labels = labels
        self.centres = centres
        self.weights = weights
    }

    /// Random rows on a coarse grid, so that values are often equal, clustered by nearness to random rows.
    static func random(_ random: inout SeededGenerator, isWeighted: Bool = false) -> TreeData {
        let (rowCount, width) = (5 + random.index(below: 60), 1 + random.index(below: 3))
        let grid = [3, 10, 1000][random.index(below: 3)]
        let rows = (0..<rowCount).map { _ in (0..<width).map { _ in Double(random.index(below: grid)) - 2 } }
        var centres: [[Double]] = []
        for row in rows.shuffled(using: &random).prefix(1 + random.index(below: 6)) where !centres.contains(row) {
            centres.append(row)
        }
        let labels = rows.map { row in
            UInt32(
                centres.indices.min {
                    TreeData.square(row, centres[$0]) < TreeData.square(row, centres[$1])
                } ?? 0)
        }
        let means = centres.indices.map { cluster -> [Double] in
            let own = rows.indices.filter { labels[$0] == UInt32(cluster) }
            return (0..<width).map { column in own.reduce(0) { $0 + rows[$1][column] } / Double(own.count) }
        }
        return TreeData(
            rows, labels: labels, centres: Set(means).count == means.count ? means : centres,
            weights: isWeighted ? rows.map { _ in Double(random.index(below: 4)) } : nil)
    }

    static func square(_ one: [Double], _ other: [Double]) -> Double {
        zip(one, other).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }

    func row(_ row: Int) -> [Double] { table.columns.indices.map { table[row, $0] } }

    func weight(_ row: Int) -> Double { weights.map { $0[row] } ?? 1 }

    func tree(threads: Int = 2) throws -> ThresholdTree {
        try IterativeMistakeMinimisation().fit(
            table, labels: labels, centres: centres, weights: weights, parallel: Parallel(threads: threads))
    }

    /// The fewest mistakes that any threshold makes, by trying all of them.
    func fewestMistakes(rows: [Int], clusters: [Int]) -> Double {
        var fewest = Double.infinity
        for column in table.columns.indices {
            let values = rows.map { table[$0, column] } + clusters.map { centres[$0][column] }
            for threshold in Set(values) {
                let low = Set(clusters.filter { centres[$0][column] <= threshold })
                guard !low.isEmpty, low.count < clusters.count else { continue }
                let mistakes = rows.filter { (table[$0, column] <= threshold) != low.contains(Int(labels[$0])) }
                fewest = min(fewest, mistakes.reduce(0) { $0 + weight($1) })
            }
        }
        return fewest
    }
}

@Suite("Threshold trees") struct ThresholdTreeTests {
    /// Walks down a tree with the rows that have not parted from their centres, and compares every split with the best.
    func check(_ tree: ThresholdTree, _ data: TreeData) -> Double {
        var mistakes = 0.0
        func clusters(_ place: Int) -> [Int] {
            switch tree.nodes[place] {
            case .leaf(let cluster): [cluster]
            case .split(_, _, let low, let high): clusters(low) + clusters(high)
            }
        }
        func walk(_ place: Int, _ rows: [Int]) {
            guard case .split(let feature, let threshold, let low, let high) = tree.nodes[place] else { return }
            let (lowClusters, highClusters) = (clusters(low), clusters(high))
            let isLow = { (row: Int) in data.table[row, feature] <= threshold }
            let right = rows.filter { isLow($0) == lowClusters.contains(Int(data.labels[$0])) }
            let parted = (Set(rows).subtracting(right)).sorted().reduce(0) { $0 + data.weight($1) }
            #expect(parted == data.fewestMistakes(rows: rows, clusters: lowClusters + highClusters))
            mistakes += parted
            walk(low, right.filter(isLow))
            walk(high, right.filter { !isLow($0) })
        }
        walk(0, Array(data.labels.indices))
        return mistakes
    }

    @Test(arguments: [false, true]) func everySplitMakesTheFewestMistakesThereAre(isWeighted: Bool) throws {
        var random = SeededGenerator(seed: isWeighted ? 8 : 7)
        for _ in 0..<300 {
            let data = TreeData.random(&random, isWeighted: isWeighted)
            let tree = try data.tree()
            // A leaf a cluster, and a cluster a leaf.
            #expect(tree.leafCount == data.centres.count)
            #expect(tree.rules.map(\.cluster) == Array(data.centres.indices))
            let mistakes = check(tree, data)
            // A row that parted from its centre never meets it again.
            let ruled = try tree.clusters(of: data.table)
            let wrong = ruled.indices.filter { ruled[$0] != data.labels[$0] }.reduce(0) { $0 + data.weight($1) }
            #expect(wrong == mistakes)
            for threads in [1, 3] { #expect(try data.tree(threads: threads) == tree) }
            #expect(try JSONDecoder().decode(ThresholdTree.self, from: JSONEncoder().encode(tree)) == tree)
        }
    }

    @Test func rulesAreTheTree() throws {
        var random = SeededGenerator(seed: 9)
        for _ in 0..<100 {
            let data = TreeData.random(&random)
            let tree = try data.tree()
            let ruled = try tree.clusters(of: data.table)
            for row in data.labels.indices {
                let met = tree.rules.filter { rule in
                    rule.conditions.allSatisfy { condition in
                        let column = data.table.columns.firstIndex { $0.name == condition.feature } ?? 0
                        let value = data.table[row, column]
                        return value > condition.above ?? -.infinity && value <= condition.atMost ?? .infinity
                    }
                }
                #expect(met.map { UInt32($0.cluster) } == [ruled[row]])
                let path = try #require(tree.path(of: data.row(row)))
                #expect(UInt32(path.cluster) == ruled[row])
                #expect(path.steps.allSatisfy { $0.isAbove == ($0.value > $0.threshold) })
            }
        }
    }

    @Test func qualityIsWhatAPlainCountSays() throws {
        var random = SeededGenerator(seed: 10)
        for round in 0..<60 {
            let data = TreeData.random(&random, isWeighted: round % 2 == 0)
            let tree = try data.tree()
            let ruled = try tree.clusters(of: data.table)
            let points = Matrix(
                rowCount: data.labels.count, columnCount: data.table.columns.count,
                elements: data.table.values.asDoubles)
            let quality = RuleQuality(
                ruled, labels: data.labels, points: points, centres: data.centres, weights: data.weights)
            let rows = Array(data.labels.indices)
            let all = rows.reduce(0) { $0 + data.weight($1) }
            let kept = rows.filter { ruled[$0] == data.labels[$0] }.reduce(0) { $0 + data.weight($1) }
            #expect(quality.fidelity == (all > 0 ? kept / all : 1))
            for cluster in data.centres.indices {
                let matched = rows.filter { ruled[$0] == UInt32(cluster) }
                #expect(quality.clusters[cluster].matched == matched.count)
                #expect(quality.clusters[cluster].agreeing == matched.count { data.labels[$0] == UInt32(cluster) })
            }
            func inertia(_ point: (Int) -> [Double]) -> Double {
                rows.reduce(0) { $0 + data.weight($1) * TreeData.square(data.row($1), point($1)) }
            }
            func near(_ one: Double, _ other: Double) -> Bool { abs(one - other) <= 1e-9 * (1 + abs(other)) }
            #expect(near(quality.inertia, inertia { data.centres[Int(data.labels[$0])] }))
            #expect(near(quality.centreInertia, inertia { data.centres[Int(ruled[$0])] }))
            // The mean of a set has the least sum of squares.
            #expect(quality.ruleInertia <= quality.centreInertia * (1 + 1e-12) + 1e-12)
            let means = data.centres.indices.map { cluster -> [Double] in
                let own = rows.filter { ruled[$0] == UInt32(cluster) }
                let weight = own.reduce(0) { $0 + data.weight($1) }
                return data.table.columns.indices.map { column in
                    weight > 0 ? own.reduce(0) { $0 + data.weight($1) * data.table[$1, column] } / weight : 0
                }
            }
            #expect(near(quality.ruleInertia, inertia { means[Int(ruled[$0])] }))
        }
    }

    @Test func separatedClustersAreSaidWithoutAMistakeInRoundNumbers() throws {
        let data = TreeData(
            [[1, 9], [3, 8], [512, 7], [700, 900], [800, 950]], labels: [0, 0, 1, 2, 2],
            centres: [[2, 8.5], [512, 7], [750, 925]])
        let tree = try data.tree()
        #expect(try tree.clusters(of: data.table) == data.labels)
        #expect(
            tree.rules.map(\.words) == [
                "f1 up to 500, f0 up to 300", "f1 up to 500, f0 more than 300", "f1 more than 500",
            ])
        #expect(tree.rules[0].filter { $0 } == "f1 <= 500 and f0 <= 300")
    }

    @Test func aWayBetweenTwoBoundsIsOneCondition() throws {
        let data = TreeData([[1], [5], [9]], labels: [0, 1, 2], centres: [[1], [5], [9]])
        let tree = try data.tree()
        #expect(tree.rules.map(\.conditions.count) == [1, 1, 1])
        let middle = try #require(tree.rules.first { $0.cluster == 1 }?.conditions.first)
        #expect(middle.above.map { (1..<5).contains($0) } == true && middle.atMost.map { (5..<9).contains($0) } == true)
        #expect(middle.words.hasPrefix("f0 more than ") && middle.words.contains(" and up to "))
    }

    @Test func degenerateRowsHaveTreesToo() throws {
        // All rows equal, one cluster.
        let equal = try TreeData([[2, 2], [2, 2], [2, 2]], labels: [0, 0, 0], centres: [[2, 2]]).tree()
        #expect(equal.leafCount == 1 && equal.rules[0].words == "all" && equal.rules[0].filter { $0 }.isEmpty)
        // One row.
        #expect(try TreeData([[7]], labels: [0], centres: [[7]]).tree().nodes == [.leaf(cluster: 0)])
        // Two distinct points and five centres, of which some are equal: as many leaves as centres that differ.
        let two = try TreeData(
            [[1], [1], [4]], labels: [1, 1, 3], centres: [[1], [1], [4], [4], [4]]
        ).tree()
        #expect(two.leafCount == 2 && two.rules.map(\.cluster) == [1, 3])
        // A cluster that no row is in has a leaf of its own.
        #expect(try TreeData([[1], [9]], labels: [0, 1], centres: [[1], [9], [4]]).tree().leafCount == 3)
        // A row of weight 0 is no mistake: the threshold is between the others.
        let weightless = TreeData(
            [[1], [2], [9], [8]], labels: [0, 0, 1, 0], centres: [[1.5], [9]], weights: [1, 1, 1, 0])
        #expect(try weightless.tree().clusters(of: weightless.table).prefix(3) == [0, 0, 1])
        // A value that is missing on the way leads nowhere.
        let parted = try TreeData([[1], [9]], labels: [0, 1], centres: [[1], [9]]).tree()
        #expect(
            try parted.clusters(of: TreeData([[.nan]], labels: [0], centres: [[0]]).table) == [ThresholdTree.noCluster])
        #expect(parted.path(of: [.nan]) == nil)
    }

    @Test func aMillionDuplicatesAreAFewRows() throws {
        let rows = (0..<1_000_000).map { [Double($0 % 3), Double($0 % 3) * 5] }
        let data = TreeData(
            rows, labels: (0..<1_000_000).map { UInt32($0 % 3) }, centres: [[0, 0], [1, 5], [2, 10]])
        let tree = try data.tree()
        #expect(try tree.clusters(of: data.table) == data.labels)
    }

    @Test func whatCanHaveNoRulesIsRefused() {
        for data in [
            TreeData([], labels: [], centres: [[1]]),
            TreeData([[1], [.infinity]], labels: [0, 0], centres: [[1]]),
            TreeData([[1], [.nan]], labels: [0, 0], centres: [[1]]),
            TreeData([[1], [2]], labels: [0], centres: [[1]]),
            TreeData([[1], [2]], labels: [0, 2], centres: [[1], [2]]),
            TreeData([[1], [2]], labels: [0, 1], centres: [[1], [2]], weights: [1]),
        ] {
            let problem = #expect(throws: Problem.self) { _ = try data.tree() }
            #expect(problem?.kind == .data)
        }
    }

    @Test func nodesThatMakeNoTreeAreNotRead() {
        for nodes in [
            "[]", #"[{"cluster":-1}]"#, #"[{"feature":"f","threshold":1,"low":0,"high":1},{"cluster":0}]"#,
            #"[{"feature":"f","threshold":1,"low":1,"high":1},{"cluster":0}]"#,
            #"[{"feature":"f","threshold":1,"low":1,"high":3},{"cluster":0},{"cluster":1}]"#,
            #"[{"feature":"g","threshold":1,"low":1,"high":2},{"cluster":0},{"cluster":1}]"#,
            #"[{"cluster":0},{"cluster":1}]"#, "[{}]",
        ] {
            let text = #"{"features":["f"],"nodes":\#(nodes)}"#
            #expect(throws: DecodingError.self, "\(nodes)") {
                _ = try JSONDecoder().decode(ThresholdTree.self, from: Data(text.utf8))
            }
        }
    }
}

@Suite struct RoundNumberTests {
    @Test func theRoundestNumberIsTaken() {
        for (low, high, expected) in [
            (365, 366, 365), (1, 2, 1), (300, 512, 400), (-5, 3, 0), (0, 9, 0), (0.1, 0.2, 0.1), (57.3, 58.9, 58),
            (57.31, 57.33, 57.32), (-512, -300, -400), (1234567, 1234568, 1_234_567), (1e-9, 2e-9, 1e-9),
            (99.5, 1001, 1000), (1e20, 3e20, 2e20),
        ] as [(Double, Double, Double)] {
            #expect(RoundNumber.within(low, high) == expected, "\(low) \(high)")
        }
        #expect(RoundNumber.text(365) == "365" && RoundNumber.text(-0.5) == "-0.5" && RoundNumber.text(0) == "0")
    }

    @Test func itLiesWithinHoweverNarrow() {
        var random = SeededGenerator(seed: 12)
        for _ in 0..<3000 {
            let low = (random.unit() - 0.5) * [1e-6, 1, 1e5, 1e18][random.index(below: 4)]
            let high = random.index(below: 2) == 0 ? low.nextUp : low + random.unit() * abs(low)
            guard low < high else { continue }
            let number = RoundNumber.within(low, high)
            #expect(low <= number && number < high)
            #expect(Double(RoundNumber.text(number)) == number)
        }
    }
}
