import LinearAlgebra
import Statistics
import Testing

@testable import Segmentation

@Suite struct ClusterNeighboursTests {
    @Test func theNextCentreIsTheNextAndTheBoundaryLiesBetween() throws {
        var random = SeededGenerator(seed: 3)
        let rows = 300
        let points = Matrix(
            rowCount: rows, columnCount: 3, elements: (0..<rows * 3).map { _ in random.unit() * 10 })
        let (model, assignment) = try KMeans(.init(clusterCount: 5, runs: 2)).fitAssigning(points)
        for row in 0..<rows {
            let point = (0..<3).map { points[row, $0] }
            let own = Int(assignment.labels[row])
            let neighbours = try #require(model.neighbours(of: point, in: own))
            func distance(_ point: [Double], _ cluster: Int) -> Double {
                zip(point, model.centres[cluster]).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
            }
            #expect(abs(neighbours.distance - assignment.distances[row]) < 1e-4)
            #expect(neighbours.next != own && neighbours.nextDistance >= neighbours.distance - 1e-4)
            for cluster in 0..<5 where cluster != own { #expect(distance(point, cluster) >= neighbours.nextDistance) }
            let sum = neighbours.pulls.reduce(0) { $0 + $1.contribution }
            let difference =
                neighbours.nextDistance * neighbours.nextDistance - neighbours.distance * neighbours.distance
            #expect(abs(sum - difference) < 1e-9)
            for column in 0..<3 {
                guard let boundary = neighbours.pulls[column].boundary else { continue }
                var moved = point
                moved[column] = boundary
                #expect(abs(distance(moved, own) - distance(moved, neighbours.next)) < 1e-6 * (1 + abs(boundary)))
            }
        }
    }

    @Test func oneClusterHasNoNeighbour() throws {
        let points = Matrix(rowCount: 3, columnCount: 1, elements: [1.0, 2, 6])
        let model = try KMeans(.init(clusterCount: 1)).fit(points)
        #expect(model.neighbours(of: [2], in: 0) == nil)
    }
}
