import LinearAlgebra
import Statistics
import Testing

@testable import Segmentation

@Suite struct TypicalMembersTests {
    @Test func theFirstIsTheMedoidOfSquaredDistances() throws {
        var random = SeededGenerator(seed: 2)
        for rowCount in [1, 2, 5, 40, 200] {
            let points = Matrix(
                rowCount: rowCount, columnCount: 2, elements: (0..<rowCount * 2).map { _ in random.unit() * 10 })
            let division = SegmentDivision(
                by: "x", names: ["a", "b", "empty"],
                segments: (0..<rowCount).map { $0 % 7 == 6 ? .max : UInt16($0 % 2) })
            let found = TypicalMembers.all(points, division: division, parallel: Parallel(threads: 2))
            #expect(found.map(\.segment) == (rowCount > 1 ? [0, 1] : [0]))
            for typical in found {
                let rows = (0..<rowCount).filter { division.place($0) == typical.segment }
                func sum(_ row: Int) -> Double {
                    rows.reduce(0) { sum, other in
                        sum
                            + (0..<2).reduce(0) {
                                $0 + (points[row, $1] - points[other, $1]) * (points[row, $1] - points[other, $1])
                            }
                    }
                }
                let expected = rows.sorted { sum($0) < sum($1) }.prefix(3)
                #expect(typical.members.map(\.row) == Array(expected))
                #expect(typical.members.map(\.distance) == typical.members.map(\.distance).sorted())
            }
            for threads in [1, 3] {
                #expect(
                    TypicalMembers.all(points, division: division, parallel: Parallel(threads: threads)) == found)
            }
        }
    }

    @Test func tiesStandInTheOrderOfTheTableAndGapsAndWeightlessRowsAreLeftOut() {
        let points = Matrix(rowCount: 7, columnCount: 1, elements: [.nan, 1.0, 1, 1, 1, 1, 1])
        let division = SegmentDivision(by: "x", names: ["a"], segments: Array(repeating: 0, count: 7))
        #expect(TypicalMembers.all(points, division: division)[0].members.map(\.row) == [1, 2, 3])
        let weighted = TypicalMembers.all(points, division: division, weights: [1, 0, 1, 0, 1, 1, 1])
        #expect(weighted[0].members.map(\.row) == [2, 4, 5])
        let none = Matrix<Double>(rowCount: 0, columnCount: 1, elements: [])
        #expect(TypicalMembers.all(none, division: SegmentDivision(by: "x", names: ["a"], segments: [])).isEmpty)
    }

    @Test func manyBlocksGiveTheNearest() {
        let points = Matrix(rowCount: 30_000, columnCount: 1, elements: (0..<30_000).map { Double($0 / 2) })
        let division = SegmentDivision(by: "x", names: ["a"], segments: Array(repeating: 0, count: 30_000))
        // The mean is 7,499.5.
        #expect(TypicalMembers.all(points, division: division)[0].members.map(\.row) == [14_998, 14_999, 15_000])
    }
}
