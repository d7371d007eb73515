import CustomerData
import Features
import Foundation
import Statistics
import Testing

@Suite struct FeatureScalingTests {
    func table(_ columns: [(FeatureTransform, [Double])]) -> FeatureTable {
        let rowCount = columns[0].1.count
        return FeatureTable(
            columns: columns.enumerated().map {
                FeatureDefinition(name: "x\($0)", unit: "", formula: "", transform: $1.0)
            }, ids: nil, idName: "row", values: (0..<rowCount).flatMap { row in columns.map { $0.1[row] } },
            rowCount: rowCount)
    }

    func fitted(_ transform: FeatureTransform, _ values: [Double]) throws -> (FeatureScalingModel.Column, [Double]) {
        let table = table([(transform, values)])
        let model = try FeatureScaling(columns: table.columns).fit(table)
        return (model.columns[0], try model.apply(table))
    }

    @Test func standardIsMeanAndPopulationDeviation() throws {
        // 2, 4, 4, 4, 5, 5, 7, 9: mean 5, population standard deviation 2, by hand.
        let (column, scaled) = try fitted(.init(scaling: .standard), [2, 4, 4, 4, 5, 5, 7, 9])
        #expect(column.center == 5 && column.scale == 2)
        #expect(scaled == [-1.5, -0.5, -0.5, -0.5, 0, 0, 1, 2])
    }

    @Test func robustIsMedianAndInterquartileRange() throws {
        // Type 7 quartiles of 1…5 are 2, 3, 4.
        let (column, scaled) = try fitted(.init(scaling: .robust), [5, 1, 4, 2, 3])
        #expect(column.center == 3 && column.scale == 2)
        #expect(scaled == [1, -1, 0.5, -0.5, 0])
    }

    @Test func theCurveIsLogUnlessAValueIsNegative() throws {
        let (log, logs) = try fitted(.init(curve: .log), [0, 1, 99])
        #expect(log.curve == .log1p)
        #expect(logs == [0, log1p(1.0), log1p(99.0)])
        let (area, areas) = try fitted(.init(curve: .log), [-1, 0, 99])
        #expect(area.curve == .asinh)
        #expect(areas == [asinh(-1.0), 0, asinh(99.0)])
    }

    @Test func winsorisingClipsToTheQuantilesOfTraining() throws {
        // Type 7 quantiles of 0…100 at 0.01 and 0.99 are 1 and 99.
        let (column, scaled) = try fitted(.init(winsorise: 0.01), (0...100).map(Double.init))
        #expect(column.low == 1 && column.high == 99)
        #expect(scaled.first == 1 && scaled[50] == 50 && scaled.last == 99)
    }

    @Test func aConstantFeatureIsZeroEverywhere() throws {
        for scaling in [FeatureTransform.Scaling.standard, .robust] {
            let (column, scaled) = try fitted(.init(curve: .log, winsorise: 0.01, scaling: scaling), [0.1, 0.1, 0.1])
            #expect(column.scale == 1)
            #expect(scaled == [0, 0, 0])
        }
    }

    @Test func aRobustScaleOfZeroFallsBackToTheDeviation() throws {
        // Median 0, quartiles 0 and 0; mean 1, population standard deviation √(mean of squares 10 − 1) = 3.
        let (column, scaled) = try fitted(.init(scaling: .robust), [0, 0, 0, 0, 0, 0, 0, 0, 0, 10])
        #expect(column.center == 0 && column.scale == 3)
        #expect(scaled.last == 10.0 / 3)
    }

    @Test func missingValuesArePassedOverAndStay() throws {
        let (column, scaled) = try fitted(.init(scaling: .standard), [.nan, 1, 3, .nan])
        #expect(column.center == 2 && column.scale == 1)
        #expect(scaled[0].isNaN && scaled[1] == -1 && scaled[2] == 1 && scaled[3].isNaN)
    }

    @Test func whatCanNotBeScaledIsRefused() throws {
        #expect(throws: Problem(.data, "feature \"x0\": the value in row 1 is infinite")) {
            try fitted(.init(), [1, .infinity])
        }
        #expect(throws: Problem(.data, "feature \"x0\": no row has a value")) { try fitted(.init(), [.nan, .nan]) }
        let one = table([(.init(), [1, 2])])
        let other = FeatureDefinition(name: "y", unit: "", formula: "", transform: .init())
        #expect(throws: Problem(.data, "the table has no feature \"y\"")) {
            try FeatureScaling(columns: [other]).fit(one)
        }
    }

    @Test func columnsAreFoundByName() throws {
        let wide = table([(.init(), [1, 2]), (.init(), [3, 4]), (.init(), [5, 6])])
        let model = try FeatureScaling(columns: [wide.columns[2], wide.columns[0]]).fit(wide)
        #expect(try model.apply(wide) == [5, 1, 6, 2])
    }

    @Test func invertingGivesTheFeaturesUnitsBack() throws {
        let values: [Double] = [0, 1, 5, 30, 200]
        let mixed = table([
            (.init(curve: .log, scaling: .standard), values),
            (.init(curve: .log, scaling: .robust), values.map { $0 - 7 }),
            (.init(scaling: .standard), values),
        ])
        let model = try FeatureScaling(columns: mixed.columns).fit(mixed)
        for (back, value) in zip(model.invert(try model.apply(mixed)), mixed.values) {
            #expect(abs(back - value) <= 1e-12 * max(1, abs(value)))
        }
    }

    /// Scaling has mean 0 and deviation 1 on what it was fitted on.
    @Test func scaledFeaturesAreCentredAndOfUnitSpread() throws {
        let history = SmallHistory.drawn(customers: 4000)
        let features = try CustomerFeatures(asOf: SmallHistory.day("2024-10-20"), set: FeatureSet(of: history)).table(
            history)
        let model = try FeatureScaling(columns: features.columns).fit(features)
        let scaled = try model.apply(features)
        for column in features.columns.indices {
            let values = (0..<features.rowCount).map { scaled[$0 * features.columns.count + column] }.filter {
                !$0.isNaN
            }
            let mean = values.reduce(0, +) / Double(values.count)
            let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
            #expect(abs(mean) < 1e-9)
            #expect(abs(variance - 1) < 1e-9, "\(features.columns[column].name)")
        }
    }

    @Test func anyNumberOfThreadsGivesTheSameBytes() throws {
        let history = SmallHistory.drawn(customers: 20_000)
        let features = try CustomerFeatures(asOf: SmallHistory.day("2024-06-01"), set: FeatureSet(of: history)).table(
            history)
        let scaling = FeatureScaling(columns: FeatureSet.clusteringInputs)
        let model = try scaling.fit(features, parallel: Parallel(threads: 1))
        let bits = try model.apply(features, parallel: Parallel(threads: 1)).map(\.bitPattern)
        for threads in [2, 5] {
            #expect(try scaling.fit(features, parallel: Parallel(threads: threads)) == model)
            #expect(try model.apply(features, parallel: Parallel(threads: threads)).map(\.bitPattern) == bits)
        }
        let doubles = try model.apply(features)
        #expect(try model.applyAsFloat(features).map(\.bitPattern) == doubles.map { Float($0).bitPattern })
    }

    @Test func aModelGoesThroughJSONUnchanged() throws {
        let mixed = table([
            (.init(curve: .log, winsorise: 0.01, scaling: .standard), [0, 1, 5, 30, 200]), (.init(), [1, 2, 3, 4, 5]),
        ])
        let model = try FeatureScaling(columns: mixed.columns).fit(mixed)
        let copy = try JSONDecoder().decode(FeatureScalingModel.self, from: JSONEncoder().encode(model))
        #expect(copy == model)
    }

    /// Values beyond the training's are read as its limits, and a negative one under ln(1 + x) as 0.
    @Test func newDataIsClippedToTheTraining() throws {
        let training = table([(.init(curve: .log, winsorise: 0.01, scaling: .standard), (0...100).map(Double.init))])
        let model = try FeatureScaling(columns: training.columns).fit(training)
        let fresh = table([(.init(), [-1, -1e9, .infinity, 1e9, 100])])
        let scaled = try model.apply(fresh)
        #expect(scaled[0] == scaled[1])
        #expect(scaled[2] == scaled[3] && scaled[3] == scaled[4])
        #expect(scaled.allSatisfy { $0.isFinite })
    }
}
