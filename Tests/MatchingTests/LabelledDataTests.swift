import CustomerData
import Foundation
import Matching
import Simulation
import Statistics
import Testing

/// How well records are found whose truth is known. The truth is never compared, and no setting is made for a file.
@Suite(.serialized) struct LabelledDataTests {
    /// F1 of Splink's own demonstration on febrl3 at its best threshold: 0.9954.
    @Test(.enabled(if: SharedData.has("febrl/dataset3.csv"), "needs ../shared/data/febrl"), arguments: [1, 2, 3])
    func febrl(number: Int) throws {
        let records = try MatchedTable(path: SharedData.path("febrl/dataset\(number).csv"), id: "rec_id")
        let result = try records.result()
        let accuracy = records.accuracy(result) { row in
            records.table.name(of: row).split(separator: "-").dropFirst().first.map(String.init)
        }
        #expect(accuracy.f1 >= 0.995)
        #expect(accuracy.bCubedF1 >= 0.995)
    }

    /// F1 of Splink's own demonstration at its best threshold: 0.862.
    @Test(.enabled(if: SharedData.has("splink/fake_1000.csv"), "needs ../shared/data/splink"))
    func fake1000() throws {
        let records = try MatchedTable(
            path: SharedData.path("splink/fake_1000.csv"), id: "unique_id", columns: ["ignored=cluster"])
        let result = try records.result()
        let cluster = try #require(records.table.columns.headers.firstIndex(of: "cluster"))
        let accuracy = records.accuracy(result) { records.table.text(row: $0, column: cluster) }
        #expect(accuracy.truePairs == 2031)
        #expect(accuracy.f1 >= 0.87)
    }
}
