import LinearAlgebra
import Statistics
import Testing

@testable import Segmentation

@Suite struct ClusterReachTests {
    @Test func justWithinTheEdgesTheRowStaysAndJustBeyondItMoves() throws {
        var random = SeededGenerator(seed: 5)
        let points = Matrix(rowCount: 200, columnCount: 3, elements: (0..<600).map { _ in random.unit() * 10 })
        let (model, assignment) = try KMeans(.init(clusterCount: 6, runs: 2)).fitAssigning(points)
        func nearest(_ point: [Double]) -> Int {
            model.centres.indices.min { left, right in
                func square(_ cluster: Int) -> Double {
                    zip(point, model.centres[cluster]).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
                }
                return square(left) < square(right)
            } ?? 0
        }
        for row in 0..<200 {
            let point = (0..<3).map { points[row, $0] }
            let own = Int(assignment.labels[row])
            for (column, reach) in model.reach(of: point, in: own).enumerated() {
                for (edge, out) in [(reach.below, -1.0), (reach.above, 1.0)] {
                    var moved = point
                    guard let edge else {
                        moved[column] += out * 1e6
                        #expect(nearest(moved) == own)
                        continue
                    }
                    let width = 1e-6 * (1 + abs(edge.value))
                    moved[column] = edge.value - out * width
                    #expect(nearest(moved) == own)
                    moved[column] = edge.value + out * width
                    #expect(nearest(moved) == edge.cluster)
                }
            }
        }
    }

    @Test func oneClusterHasNoEdges() throws {
        let model = try KMeans(.init(clusterCount: 1)).fit(Matrix(rowCount: 2, columnCount: 1, elements: [1.0, 2]))
        #expect(model.reach(of: [1], in: 0) == [ClusterReach(below: nil, above: nil)])
    }
}
