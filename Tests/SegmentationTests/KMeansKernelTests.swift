import CKernels
import LinearAlgebra
import Statistics
import Testing

@testable import Segmentation

/// Every way to find the nearest centres and to add rows up gives the bits of the plain loops in
/// `kmeans_portable.c`.
@Suite("k-means kernels")
struct KMeansKernelTests {
    /// Data on which rounding is most likely to show.
    enum Texture: String, CaseIterable {
        case random, grid, duplicates, farOutlier, farFromOrigin, tiny
    }

    private func points(_ texture: Texture, rows: Int, columns: Int) -> Matrix<Float> {
        var generator = SeededGenerator(seed: 7)
        var elements = [Float](repeating: 0, count: rows * columns)
        for index in elements.indices {
            let unit = Float(generator.unit())
            elements[index] =
                switch texture {
                case .random: unit
                case .grid: Float(generator.index(below: 3))
                case .duplicates: Float(index % columns)
                case .farOutlier: index < columns ? 1e8 : unit
                case .farFromOrigin: 1e6 + Float(generator.index(below: 4)) / 8
                case .tiny: unit * 1e-25
                }
        }
        return Matrix(rowCount: rows, columnCount: columns, elements: elements)
    }

    private func passes(
        _ matrix: Matrix<Float>, weights: [Double]? = nil, threads: Int = 2
    ) throws -> KMeansPasses {
        let parallel = Parallel(threads: threads)
        return KMeansPasses(
            data: try CentredPoints(matrix, columnNames: [], parallel: parallel), weights: weights, parallel: parallel)
    }

    /// The first rows and points between rows: many exact ties on a grid.
    private func centres(_ passes: KMeansPasses, count: Int) -> KMeansCentres {
        var exact: [Double] = []
        for index in 0..<count {
            let row = passes.candidate(index / 2 * 3 % passes.data.rowCount)
            let other = passes.candidate((index * 5 + 1) % passes.data.rowCount)
            exact += index % 2 == 0 ? row : zip(row, other).map { ($0 + $1) / 2 }
        }
        return KMeansCentres(exact: exact, columnCount: passes.data.columnCount)
    }

    @Test(arguments: Texture.allCases, [1, 2, 3, 4, 5, 7, 8, 11, 12, 13, 16, 17, 30, 64])
    func `every path labels as the plain loops do`(texture: Texture, columns: Int) throws {
        for (rows, count) in [(1, 1), (15, 2), (16, 3), (531, 8), (300, 21)] {
            let passes = try passes(points(texture, rows: rows, columns: columns))
            let centres = centres(passes, count: count)
            var labels = [UInt32](repeating: 99, count: rows)
            var squares = [Double](repeating: .nan, count: rows)
            centres.withKernel {
                strata_kmeans_nearest_portable(passes.data.points, rows, $0, &labels, &squares)
            }
            for path in [KMeansPasses.Path.fused, .products] {
                let found = passes.nearest(centres, path: path)
                #expect(found.labels == labels)
                #expect(found.squares == squares)
            }
        }
    }

    @Test(arguments: Texture.allCases, [1, 3, 4, 8, 10, 16, 20, 64])
    func `every path adds up as the plain loops do`(texture: Texture, columns: Int) throws {
        let rows = 777
        for (count, weighted) in [(1, false), (8, false), (8, true), (30, true), (300, false)] {
            let weights = weighted ? (0..<rows).map { Double($0 % 5) / 3 } : nil
            let passes = try passes(points(texture, rows: rows, columns: columns), weights: weights)
            let centres = centres(passes, count: count)
            var sums = [Double](repeating: .nan, count: count * centres.stride)
            var masses = [Double](repeating: .nan, count: count)
            centres.withKernel { kernel in
                var scratch = [Double](repeating: .nan, count: strata_kmeans_scratch_count(kernel))
                passes.withWeights(0..<rows) {
                    strata_kmeans_step_portable(passes.data.points, $0, rows, kernel, &scratch, &sums, &masses)
                }
            }
            let labels = passes.nearest(centres, path: .fused).labels
            for found in [
                passes.sums(centres, path: .fused), passes.sums(centres, path: .products),
                passes.sums(centres, labels: labels),
            ] {
                #expect(found.sums == sums)
                #expect(found.masses == masses)
            }
        }
    }

    @Test(arguments: Texture.allCases, [1, 3, 8, 17, 70])
    func `potentials are those of the plain loops`(texture: Texture, columns: Int) throws {
        for (rows, weighted) in [(1, false), (16, true), (1003, false), (1003, true)] {
            let weights = weighted ? (0..<rows).map { Double($0 % 3) } : nil
            let passes = try passes(points(texture, rows: rows, columns: columns), weights: weights)
            var closest = [Double](repeating: .infinity, count: rows)
            closest += [Double](repeating: 0, count: passes.data.paddedRowCount - rows)
            passes.approach(passes.candidate(rows / 2), &closest)
            let candidates = [0, rows / 3, rows - 1].flatMap(passes.candidate)
            var plain = [Double](repeating: .nan, count: 3)
            var wide = plain
            passes.withWeights(0..<rows) { weights in
                let data = passes.data
                strata_kmeans_potentials_portable(
                    data.points, weights, rows, data.stride, candidates, 3, closest, &plain)
                strata_kmeans_potentials(data.points, weights, rows, data.stride, candidates, 3, closest, &wide)
            }
            #expect(wide == plain)
        }
    }

    @Test func `sums over many blocks are the same for any number of threads`() throws {
        let matrix = points(.random, rows: 3 * CentredPoints.blockSize + 5, columns: 5)
        let one = try passes(matrix, threads: 1)
        let centres = centres(one, count: 6)
        let expected = one.sums(centres, path: .fused)
        for threads in 2...4 {
            let several = try passes(matrix, threads: threads)
            for path in [KMeansPasses.Path.fused, .products] {
                let found = several.sums(centres, path: path)
                #expect(found.sums == expected.sums)
                #expect(found.masses == expected.masses)
            }
        }
    }

    @Test func `few columns and clusters go side by side, many through products`() {
        #expect(KMeansPasses.Path(clusterCount: 8, columnCount: 8) == .fused)
        #expect(KMeansPasses.Path(clusterCount: 64, columnCount: 64) == .products)
        #expect(KMeansPasses.Path(clusterCount: 2, columnCount: 65) == .products)
    }
}
