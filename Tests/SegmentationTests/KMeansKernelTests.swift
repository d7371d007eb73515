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

    /// All rows, staged.
    private func staged(_ passes: KMeansPasses) -> [Float] {
        let data = passes.data
        var all = [Float](repeating: 0, count: CentredPoints.padded(data.rowCount) * data.stride)
        data.forEachChunk(0..<data.rowCount) { points, rows in
            for index in 0..<rows.count * data.stride { all[rows.lowerBound * data.stride + index] = points[index] }
        }
        return all
    }

    /// The labels and squared distances of the law.
    private func plain(_ passes: KMeansPasses, _ centres: KMeansCentres) -> (labels: [UInt32], squares: [Double]) {
        var labels = [UInt32](repeating: 99, count: passes.data.rowCount)
        var squares = [Double](repeating: .nan, count: passes.data.rowCount)
        centres.withKernel {
            strata_kmeans_nearest_portable(staged(passes), passes.data.rowCount, $0, &labels, &squares)
        }
        return (labels, squares)
    }

    /// The first rows and points between rows: many exact ties on a grid.
    private func centres(_ passes: KMeansPasses, count: Int) -> KMeansCentres {
        var exact: [Double] = []
        for index in 0..<count {
            let row = passes.data.row(index / 2 * 3 % passes.data.rowCount)
            let other = passes.data.row((index * 5 + 1) % passes.data.rowCount)
            exact += index % 2 == 0 ? row : zip(row, other).map { ($0 + $1) / 2 }
        }
        return KMeansCentres(exact: exact, columnCount: passes.data.columnCount)
    }

    @Test(arguments: Texture.allCases, [1, 2, 3, 4, 5, 7, 8, 11, 12, 13, 16, 17, 30, 64, 100, 256])
    func `every path labels as the plain loops do`(texture: Texture, columns: Int) throws {
        for (rows, count) in [(1, 1), (15, 2), (16, 3), (531, 8), (300, 21)] {
            let passes = try passes(points(texture, rows: rows, columns: columns))
            let centres = centres(passes, count: count)
            let expected = plain(passes, centres)
            for path in [KMeansPasses.Path.fused, .products] {
                let found = passes.nearest(centres, path: path)
                #expect(found.labels == expected.labels)
                #expect(found.distances == expected.squares.map { $0.squareRoot() })
            }
            let padded = CentredPoints.padded(rows)
            var wide = (
                labels: [UInt32](repeating: 99, count: padded), squares: [Double](repeating: .nan, count: padded)
            )
            centres.withKernel {
                strata_kmeans_nearest(staged(passes), rows, $0, &wide.labels, &wide.squares)
            }
            #expect(Array(wide.labels[..<rows]) == expected.labels)
            #expect(Array(wide.squares[..<rows]) == expected.squares)
            #expect(passes.squares(centres, labels: expected.labels) == expected.squares)
        }
    }

    @Test(arguments: Texture.allCases, [1, 3, 8, 16, 40])
    func `a margin is no more than how much nearer the centre is than any other`(texture: Texture, columns: Int) throws
    {
        let rows = 496
        let passes = try passes(points(texture, rows: rows, columns: columns))
        let centres = centres(passes, count: 7)
        let points = staged(passes)
        let expected = plain(passes, centres).labels
        var useful = 0
        for path in [KMeansPasses.Path.fused, .products] {
            var labels = [UInt32](repeating: 99, count: 512)
            var margins = [Float](repeating: .nan, count: 512)
            var products = [Float](repeating: 0, count: 7 * 512)
            centres.withKernel {
                passes.label(
                    points, count: rows, $0, path: path, products: &products, labels: &labels, margins: &margins)
            }
            #expect(Array(labels[..<rows]) == expected)
            for row in 0..<rows {
                let distances = (0..<7).map { centre in
                    var square = 0.0
                    for column in 0..<columns {
                        let difference =
                            Double(points[row * passes.data.stride + column])
                            - centres.exact[centre * passes.data.stride + column]
                        square += difference * difference
                    }
                    return square.squareRoot()
                }
                let own = distances[Int(labels[row])]
                let others = distances.indices.filter { $0 != Int(labels[row]) }.map { distances[$0] }.min() ?? 0
                #expect(!(Double(margins[row]) > others - own))
                if margins[row] > 0 { useful += 1 }
            }
        }
        // A bound that never lets a row pass would be true as well.
        if texture == .random { #expect(useful > rows) }
    }

    @Test(arguments: Texture.allCases, [1, 3, 8, 16, 20, 64])
    func `while centres move, labels and means are those of looking at every row`(texture: Texture, columns: Int) throws
    {
        let rows = 777
        for (count, weighted) in [(1, false), (8, false), (8, true), (30, true), (100, false)] {
            let weights = weighted ? (0..<rows).map { Double($0 % 5) / 3 } : nil
            let passes = try passes(points(texture, rows: rows, columns: columns), weights: weights)
            for path in [KMeansPasses.Path.fused, .products] {
                var centres = centres(passes, count: count)
                var lloyd = LloydIteration(passes, clusterCount: count, path: path)
                for _ in 0..<6 {
                    lloyd.assign(to: centres)
                    #expect(lloyd.labels == plain(passes, centres).labels)
                    let next = lloyd.means(centres)
                    let expected = means(passes, labels: lloyd.labels, centres)
                    let scale = expected.reduce(0) { max($0, abs($1)) }
                    for (found, mean) in zip(next.exact, expected) { #expect(abs(found - mean) <= 1e-13 * scale) }
                    lloyd.spend(from: centres, to: next)
                    centres = next
                }
            }
        }
    }

    /// Means by plain sums; a cluster without weight stays.
    private func means(_ passes: KMeansPasses, labels: [UInt32], _ centres: KMeansCentres) -> [Double] {
        let stride = passes.data.stride
        let points = staged(passes)
        var sums = [Double](repeating: 0, count: centres.count * stride)
        var masses = [Double](repeating: 0, count: centres.count)
        for (row, label) in labels.enumerated() {
            masses[Int(label)] += passes.weight(row)
            for column in 0..<stride {
                sums[Int(label) * stride + column] += passes.weight(row) * Double(points[row * stride + column])
            }
        }
        return sums.indices.map { masses[$0 / stride] > 0 ? sums[$0] / masses[$0 / stride] : centres.exact[$0] }
    }

    @Test func `what leaves a cluster takes away what it brought`() throws {
        // A far point comes and goes; a plain double would keep the rounding at 1e16.
        let matrix = Matrix<Double>(rowCount: 3, columnCount: 1, elements: [1e16, 0.25, 0.375])
        let one = Parallel(threads: 1)
        let passes = KMeansPasses(
            data: try CentredPoints(matrix, origin: [0], columnNames: [], parallel: one), weights: nil, parallel: one)
        func centres(_ values: [Double]) -> KMeansCentres {
            KMeansCentres(exact: values.flatMap { [$0, 0, 0, 0] }, columnCount: 1)
        }
        var lloyd = LloydIteration(passes, clusterCount: 2, path: .fused)
        let (together, apart) = (centres([0, -1e17]), centres([0, 1e16]))
        lloyd.assign(to: together)
        #expect(lloyd.labels == [0, 0, 0])
        lloyd.spend(from: together, to: apart)
        lloyd.assign(to: apart)
        #expect(lloyd.labels == [1, 0, 0])
        #expect(lloyd.means(apart).exact[0] == 0.3125)
    }

    @Test(arguments: Texture.allCases, [1, 3, 8, 17, 70])
    func `potentials are those of the plain loops`(texture: Texture, columns: Int) throws {
        for (rows, weighted) in [(1, false), (16, true), (1003, false), (1003, true)] {
            let weights = weighted ? (0..<rows).map { Double($0 % 3) } : nil
            let passes = try passes(points(texture, rows: rows, columns: columns), weights: weights)
            var closest = [Double](repeating: .infinity, count: rows)
            closest += [Double](repeating: 0, count: CentredPoints.padded(rows) - rows)
            passes.approach(passes.data.row(rows / 2), &closest)
            let candidates = [0, rows / 3, rows - 1].flatMap(passes.data.row)
            var plain = [Double](repeating: 0, count: 3)
            var wide = plain
            let points = staged(passes)
            passes.weights.withBase(0) { weights in
                let data = passes.data
                strata_kmeans_potentials_portable(
                    points, weights, rows, data.stride, candidates, 3, closest, &plain)
                strata_kmeans_potentials(points, weights, rows, data.stride, candidates, 3, closest, &wide)
            }
            #expect(wide == plain)
        }
    }

    @Test(arguments: [1, 3, 8, 11]) func `moments are those of the columns`(columns: Int) throws {
        let matrix = points(.random, rows: 700, columns: columns)
        let doubles = Matrix<Double>(
            rowCount: 700, columnCount: columns, elements: matrix.elements.map(Double.init))
        let floats = try CentredPoints(matrix, columnNames: [], parallel: Parallel(threads: 2))
        let same = try CentredPoints(doubles, columnNames: [], parallel: Parallel(threads: 1))
        #expect(floats.origin == same.origin)
        #expect(floats.meanVariance == same.meanVariance)
        var variance = 0.0
        for column in 0..<columns {
            let values = (0..<700).map { doubles[$0, column] }
            let mean = values.reduce(0, +) / 700
            #expect(abs(floats.origin[column] - mean) < 1e-14)
            variance += values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 700
        }
        #expect(abs(floats.meanVariance - variance / Double(columns)) < 1e-14)
    }

    @Test func `a fit over many blocks is the same for any number of threads, and for floats and doubles`() throws {
        let matrix = points(.random, rows: 3 * 8192 + 5, columns: 5)
        let doubles = Matrix<Double>(
            rowCount: matrix.rowCount, columnCount: 5, elements: matrix.elements.map(Double.init))
        let kMeans = KMeans(try KMeans.Options(clusterCount: 6, runs: 2))
        let expected = try kMeans.fitAssigning(matrix, parallel: Parallel(threads: 1))
        for threads in 2...4 {
            let found = try kMeans.fitAssigning(matrix, parallel: Parallel(threads: threads))
            #expect(found == expected)
        }
        #expect(try kMeans.fitAssigning(doubles) == expected)
        #expect(try expected.model.assign(matrix) == expected.assignment)
    }

    @Test func `hundreds of columns go through products`() {
        #expect(KMeansPasses.Path(columnCount: 8) == .fused)
        #expect(KMeansPasses.Path(columnCount: 256) == .fused)
        #expect(KMeansPasses.Path(columnCount: 257) == .products)
    }

    @Test func `a fit through products is the fit of the plain loops`() throws {
        let matrix = points(.random, rows: 600, columns: 300)
        let fit = try KMeans(try KMeans.Options(clusterCount: 4, runs: 1)).fitAssigning(matrix)
        let passes = try passes(matrix)
        let centres = KMeansCentres(inputUnits: fit.model.centres, origin: fit.model.origin)
        #expect(fit.assignment.labels == plain(passes, centres).labels)
    }
}
