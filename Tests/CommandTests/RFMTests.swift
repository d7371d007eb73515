import Foundation
import Testing

/// `strata rfm` on real customers.
@Suite struct RFMTests {
    let folder = Scratch()

    static let headers = [
        "customer_id", "first_purchase", "last_purchase", "recency_days", "frequency", "monetary", "average_order", "r",
        "f", "m", "rfm", "segment",
    ]

    @Test func cdnowHasItsKnownFigures() throws {
        let outcome = try folder.strata("rfm", "--transactions", Samples.cdnow, "--out", "rfm.csv")
        let result = ResultFile(folder.data("rfm.csv"))
        #expect(result.headers == Self.headers)
        // Fader & Hardie, CDNOW master set: 23,570 customers, 69,659 purchases; 2,068 repeated customer-days.
        #expect(result.rows.count == 23_570)
        #expect(result.column("frequency").reduce(0) { $0 + (Int($1) ?? 0) } == 69_659 - 2_068)
        // Sizes of the scores: shared/anchors/segmentation.md.
        let sizes = result.tally("f")
        #expect((1...5).map { sizes[String($0), default: 0] } == [12_054, 0, 4_040, 3_641, 3_835])
        #expect(outcome.errors.contains("69,659 rows read = 69,659 used + 0 set aside + 0 rejected"))
        #expect(outcome.errors.contains("12,054") && outcome.errors.contains("nobody has frequency 2"))
        #expect(outcome.errors.contains("customer's purchases of one day count as one order"))
        let ids = result.column("customer_id").map { Array($0.utf8) }
        #expect(zip(ids, ids.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
        #expect(
            zip(zip(result.column("r"), result.column("f")), zip(result.column("m"), result.column("rfm")))
                .allSatisfy { $0.0 + $0.1 + $1.0 == $1.1 })
        #expect(folder.mode("rfm.csv") == 0o600)
    }

    @Test func rowsCanBeOrders() throws {
        let outcome = try folder.strata("rfm", Samples.cdnow, "--order", "row", "--out", "rfm.csv")
        let result = ResultFile(folder.data("rfm.csv"))
        #expect(result.column("frequency").reduce(0) { $0 + (Int($1) ?? 0) } == 69_659)
        #expect(!outcome.errors.contains("one order"))
    }

    @Test func tenBinsNeedAMapOfTheirOwnAndJoinScoresWithADash() throws {
        let refused = try StrataProcess.run(["rfm", Samples.cdnow, "--bins", "10"], in: folder)
        #expect(refused.status == 64 && refused.errors.contains("--map"))
        let map = """
            {"name": "ten", "title": "Two halves", "bins": 10, "scores": ["recency", "frequency"], "segments": [
              {"id": "late", "names": {"en": "Late", "fa": "دیر", "zh": "晚"}, "cells": ["[1-5][1-10]"]},
              {"id": "early", "names": {"en": "Early", "fa": "زود", "zh": "早"}, "cells": ["[6-10][1-10]"]}]}
            """
        try folder.write("ten.json", [map])
        try folder.strata("rfm", Samples.cdnow, "--bins", "10", "--map", "ten.json", "--out", "rfm.csv")
        let result = ResultFile(folder.data("rfm.csv"))
        #expect(Set(result.column("r")) == Set((1...10).map(String.init)))
        #expect(result.rows.allSatisfy { $0[10] == "\($0[7])-\($0[8])-\($0[9])" })
        #expect(result.rows.allSatisfy { ($0[11] == "Early") == ((Int($0[7]) ?? 0) >= 6) })
    }

    @Test func mapsWithGapsOrCellsTwiceAreRefusedWithTheCells() throws {
        let map = try String(
            contentsOf: StrataProcess.root.appending(path: "models/rfm-two-digit.json"), encoding: .utf8)
        try folder.write("gap.json", [map.replacing("\"41\"", with: "\"42\"")])
        let outcome = try StrataProcess.run(["rfm", Samples.cdnow, "--map", "gap.json"], in: folder)
        #expect(outcome.status == 65 && outcome.errorLines.count == 1)
        #expect(outcome.errors.contains("gap.json") && outcome.errors.contains("41") && outcome.errors.contains("42"))
    }

    @Test func theElevenSegmentMapAndNestedBinsWork() throws {
        try folder.strata("rfm", Samples.cdnow, "--map", "rfm-11", "--binning", "nested", "--out", "rfm.csv")
        let segments = Set(ResultFile(folder.data("rfm.csv")).column("segment"))
        #expect(segments.contains("Champions") && segments.count > 5 && !segments.contains(""))
    }

    @Test(.enabled(if: Samples.hasOnlineRetail, "shared/data/online_retail is not there"))
    func onlineRetailWithoutReturnsHasItsKnownFigures() throws {
        let outcome = try folder.strata(
            "rfm", "--transactions", Samples.onlineRetail, "--returns", "ignore", "--rejects", "rejects.csv", "--out",
            "rfm.csv")
        // shared/anchors/segmentation.md: lines with a customer, positive quantity and price.
        #expect(
            outcome.errors.contains(
                "541,909 rows read = 397,884 used + 144,025 set aside (135,080 no customer, 8,945 return) + 0 rejected")
        )
        let result = ResultFile(folder.data("rfm.csv"))
        #expect(result.rows.count == 4_338)
        let thousandths = result.column("monetary").reduce(0) { $0 + (Int($1.replacing(".", with: "")) ?? 0) }
        #expect(thousandths == 8_911_407_904)
        let unused = folder.data("rejects.csv")?.count(where: { $0 == UInt8(ascii: "\n") })
        #expect(unused ?? 0 >= 144_026)
        #expect(folder.mode("rejects.csv") == 0o600)
    }

    @Test(.enabled(if: Samples.hasOnlineRetail, "shared/data/online_retail is not there"))
    func onlineRetailReturnsAreMatched() throws {
        let outcome = try folder.strata("rfm", Samples.onlineRetail, "--out", "rfm.csv")
        // shared/anchors/segmentation.md: of 8,905 return lines 7,516 pair; 162 orders, 11 customers wholly.
        for words in ["8,905 return lines", "7,516 whole", "162 orders wholly", "11 customers left without a purchase"]
        {
            #expect(outcome.errors.contains(words), "\(outcome.errors)")
        }
        let result = ResultFile(folder.data("rfm.csv"))
        // Bought for 77,183.60 and cancelled it 16 minutes later: frequency 0, and nothing else is known.
        #expect(result.rows.first { $0[0] == "12346" } == ["12346", "", "", "", "0", "0.000", "", "", "", "", "", ""])
        #expect(result.rows.filter { $0[4] == "0" }.allSatisfy { $0[1].isEmpty && $0[7].isEmpty && $0[11].isEmpty })
    }
}
