import CustomerData
import Foundation
import LinearAlgebra
import Statistics
import Testing

@testable import Segmentation

@Suite("k-prototypes")
struct KPrototypesTests {
    private func column(_ name: String, _ words: [String]) -> CategoryColumn {
        let labels = Set(words).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        return CategoryColumn(
            name: name, labels: labels, codes: words.map { word in UInt32(labels.firstIndex(of: word) ?? 0) })
    }

    private func numbers(_ rows: [[Double]]) -> Matrix<Double> {
        Matrix(rowCount: rows.count, columnCount: rows.first?.count ?? 0, elements: rows.flatMap { $0 })
    }

    private func problem(_ body: () throws -> Void) -> Problem? {
        do {
            try body()
            return nil
        } catch { return error as? Problem }
    }

    /// Three overlapping groups of numbers and words, by a formula.
    private func made() -> (numbers: Matrix<Double>, categories: [CategoryColumn]) {
        var points = MadePoints.matrix(rows: 300, columns: 2)
        for row in 0..<300 {
            for column in 0..<2 { points[row, column] += Double(row % 3) }
        }
        let names = ["north", "south", "west"]
        var regions: [String] = []
        var channels: [String] = []
        for row in 0..<300 {
            let group = row % 3
            let shifted: Int = row % 7 == 0 ? group + 1 : group
            regions.append(names[shifted % 3])
            let isShop: Bool = (group % 2 == 1) == (row % 5 < 3)
            channels.append(isShop ? "shop" : "web")
        }
        return (points, [column("region", regions), column("channel", channels)])
    }

    // Expected: kmodes 0.12.2, KPrototypes(3, init = rows 0, 1, 2, gamma), cost_ and the sizes of the labels.
    @Test(arguments: [(0.5, 198.08694476212898, [104, 104, 92]), (1.5, 357.1848531232488, [105, 100, 95])])
    func `from the same start it ends where kmodes does`(gamma: Double, cost: Double, sizes: [Int]) throws {
        let (numbers, categories) = made()
        let options = try KPrototypes.Options(.init(clusterCount: 3, tolerance: 0), gamma: gamma)
        let (model, _) = try KPrototypes(options).fitAssigning(numbers, categories, startRows: [0, 1, 2])
        #expect(abs(model.cost - cost) <= 1e-6 * cost)
        #expect(model.sizes == sizes)
        #expect(model.modes == [["north", "web"], ["south", "shop"], ["west", "web"]])
        #expect(model.converged)
    }

    @Test func `cost, labels and prototypes are those of the definition, and cost never rises`() throws {
        let (numbers, categories) = made()
        let weights = (0..<300).map { Double($0 % 4) }
        var before = Double.infinity
        for iterations in 1...8 {
            let options = try KPrototypes.Options(
                .init(clusterCount: 4, seed: 3, runs: 1, maxIterations: iterations, tolerance: 0), gamma: 0.7)
            let (model, assignment) = try KPrototypes(options).fitAssigning(numbers, categories, weights: weights)
            var cost = 0.0
            for row in 0..<300 {
                let costs = (0..<4).map { cluster -> Double in
                    var sum = 0.0
                    for column in 0..<2 {
                        let difference = numbers[row, column] - model.centres[cluster][column]
                        sum += difference * difference
                    }
                    for (place, column) in categories.enumerated()
                    where column.labels[Int(column.codes[row])] != model.modes[cluster][place] { sum += 0.7 }
                    return sum
                }
                let label = Int(assignment.labels[row])
                #expect(costs[label] <= (costs.min() ?? 0) * (1 + 1e-6) + 1e-12)
                #expect(abs(assignment.distances[row] - costs[label].squareRoot()) < 1e-5)
                cost += weights[row] * costs[label]
            }
            #expect(abs(model.cost - cost) <= 1e-6 * cost)
            #expect(model.cost <= before * (1 + 1e-12))
            before = model.cost
            #expect(model.sizes == (0..<4).map { label in assignment.labels.count { $0 == label } })
        }
    }

    @Test func `modes of equally frequent words take the one whose bytes come first`() throws {
        let words = column("w", ["b", "a", "b", "a", "z", "z"])
        let (model, _) = try KPrototypes(.init(.init(clusterCount: 2), gamma: 1)).fitAssigning(
            numbers([[0], [0], [0], [0], [99], [99]]), [words], startRows: [0, 4])
        #expect(model.modes == [["a"], ["z"]])
    }

    @Test func `a missing word is a category of its own`() throws {
        let words = column("w", ["", "", "", "x", "x", "x"])
        let (model, assignment) = try KPrototypes(.init(.init(clusterCount: 2))).fitAssigning(
            Matrix(rowCount: 6, columnCount: 0), [words])
        #expect(model.cost == 0)
        #expect(Set(model.modes) == [[""], ["x"]])
        #expect(assignment.labels[0] == assignment.labels[2] && assignment.labels[0] != assignment.labels[3])
    }

    // 100 numbers 0 or 2: variance 1. Words half and half: 1 − (1/4 + 1/4) = 1/2.
    @Test func `the default gamma is the mean variance over the mean impurity of the words`() throws {
        let rows = (0..<100).map { [Double($0 % 2 * 2)] }
        let words = column("w", (0..<100).map { $0 < 50 ? "p" : "q" })
        let (model, _) = try KPrototypes(.init(.init(clusterCount: 2))).fitAssigning(numbers(rows), [words])
        #expect(abs(model.gamma - 2) < 1e-12)
        let constant = try KPrototypes(.init(.init(clusterCount: 2))).fitAssigning(
            numbers(rows.map { _ in [7] }), [words]
        ).model
        #expect(constant.gamma == 1)
        #expect(constant.cost == 0)
    }

    @Test func `with gamma 0 words count for nothing: it is k-means`() throws {
        let (points, categories) = made()
        let kMeans = try KMeans.Options(clusterCount: 3, tolerance: 0)
        let start = Matrix(rowCount: 3, columnCount: 2, elements: Array(points.elements[..<6]))
        let plain = try KMeans(kMeans).fitAssigning(points, initialCentres: start)
        let (model, assignment) = try KPrototypes(.init(kMeans, gamma: 0)).fitAssigning(
            points, categories, startRows: [0, 1, 2])
        #expect(assignment.labels == plain.assignment.labels)
        #expect(abs(model.cost - plain.model.inertia) <= 1e-9 * plain.model.inertia)
    }

    @Test func `a saved model labels as the one that was fitted, and a new word differs from all modes`() throws {
        let (numbers, categories) = made()
        let (model, assignment) = try KPrototypes(.init(.init(clusterCount: 3))).fitAssigning(numbers, categories)
        let read = try JSONDecoder().decode(KPrototypesModel.self, from: JSONEncoder().encode(model))
        #expect(read == model)
        #expect(try read.assign(numbers, categories) == assignment)
        let row = Matrix(rowCount: 1, columnCount: 2, elements: model.centres[1])
        let known = try model.assign(
            row, [column("region", [model.modes[1][0]]), column("channel", [model.modes[1][1]])])
        #expect(known.labels == [1])
        #expect(known.distances[0] < 1e-3)
        let new = try model.assign(row, [column("region", ["mars"]), column("channel", ["tube"])])
        #expect(new.labels == [1])
        #expect(abs(new.distances[0] - (2 * model.gamma).squareRoot()) < 1e-3)
        #expect(
            problem { _ = try model.assign(row, [self.column("planet", ["mars"])]) }
                == Problem(.data, "other columns than the k-prototypes model has"))
    }

    @Test func `options and input are checked`() throws {
        let kMeans = try KMeans.Options(clusterCount: 3)
        #expect(
            problem { _ = try KPrototypes.Options(kMeans, gamma: -1) }
                == Problem(.usage, "KPrototypes.gamma must be 0 or more; got -1.0"))
        let fit = { (rows: [[Double]], words: [String]) in
            _ = try KPrototypes(.init(kMeans)).fitAssigning(self.numbers(rows), [self.column("w", words)])
        }
        #expect(
            problem { try fit([[1], [1], [2]], ["a", "a", "a"]) }
                == Problem(.data, "2 distinct rows, fewer than the 3 clusters asked for"))
        #expect(
            problem { try fit([[1], [1]], ["a", "a", "a"]) }
                == Problem(.data, "columns of different lengths: 2 rows of numbers, 3 of words"))
        #expect(problem { try fit([[1], [.nan], [2]], ["a", "b", "c"]) }?.kind == .data)
        #expect(
            problem { _ = try KPrototypes(.init(kMeans)).fitAssigning(self.numbers([[1], [2], [3]]), []) }
                == Problem(.data, "no columns of words to cluster on"))
    }
}
