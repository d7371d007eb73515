import Foundation
import Testing

/// `strata deals`, run as a user runs it.
@Suite struct DealsTests {
    let folder = Scratch()

    /// Maven Analytics' CRM sales opportunities, beside the package.
    static let pipeline = StrataProcess.root.deletingLastPathComponent()
        .appending(path: "shared/data/crm_samples/maven_crm_sales_pipeline.csv").path
    static let hasPipeline = FileManager.default.fileExists(atPath: pipeline)

    private func rows(_ name: String, by: String) -> [String: [String]] {
        let file = ResultFile(folder.data(name))
        return Dictionary(uniqueKeysWithValues: file.rows.filter { $0[0] == by }.map { ($0[1], Array($0[2...])) })
    }

    /// pandas 2.3.3 on the same file, dates read with `%d-%m-%y`: `groupby('deal_stage')` of `opportunity_id` (size) and
    /// `close_value` (sum), medians of `close_date - engage_date` and of `2018-01-01 - engage_date`; `groupby` of
    /// `sales_agent`, `product` and `deal_stage`; `pd.cut` of the age of "Engaging" at 30, 90, 180 and 365 days.
    @Test(.enabled(if: hasPipeline, "shared/data/crm_samples is not beside the package"))
    func theFunnelIsThatOfPandas() throws {
        let outcome = try folder.strata("deals", Self.pipeline, "--out", "funnel.csv")
        #expect(outcome.status == 0 && outcome.errors.isEmpty)
        #expect(outcome.output.hasPrefix("8,800 rows read = 8,800 used + 0 set aside + 0 rejected\n"))
        #expect(outcome.output.contains("as of 2018-01-01: 8,800 deals, 2,089 open, 4,238 won, 2,473 lost"))
        #expect(folder.mode("funnel.csv") == 0o600)
        let stages = rows("funnel.csv", by: "stage")
        #expect(stages.count == 4)
        #expect(stages["Prospecting"]?[1] == "500" && stages["Engaging"]?[1] == "1589")
        #expect(stages["Won"]?[1] == "4238" && stages["Lost"]?[1] == "2473")
        #expect(stages["Won"]?[7] == "10005534" && stages["Lost"]?[8] == "0")
        #expect(stages["Won"]?[11] == "57.0" && stages["Lost"]?[11] == "14.0" && stages["Engaging"]?[10] == "166.0")
        let owners = rows("funnel.csv", by: "owner")
        #expect(owners.count == 30)
        // open, won, lost
        #expect(owners["Darcel Schlecht"].map { Array($0[2...4]) } == ["194", "349", "204"])
        #expect(owners["Vicki Laflamme"].map { Array($0[2...4]) } == ["104", "221", "126"])
        #expect(owners["Darcel Schlecht"]?[7] == "1153214" && owners["Kary Hendrixson"]?[7] == "454298")
        let products = rows("funnel.csv", by: "product")
        #expect(
            products.mapValues { $0[7] } == [
                "GTK 500": "400612", "GTX Basic": "499263", "GTX Plus Basic": "705275", "GTX Plus Pro": "2629651",
                "GTXPro": "3510578", "MG Advanced": "2216387", "MG Special": "43768",
            ])
        #expect(products["GTX Basic"].map { Array($0[1...4]) } == ["1866", "430", "915", "521"])
        let ages = rows("funnel.csv", by: "age")
        #expect(
            ages.mapValues { $0[1] } == [
                "0-30 days": "17", "31-90 days": "93", "91-180 days": "746", "181-365 days": "680",
                "over 365 days": "53",
                "not known": "500",
            ])
        // 85 accounts and 1,425 deals without one.
        let accounts = rows("funnel.csv", by: "account")
        #expect(accounts.count == 86 && accounts[""]?[1] == "1425")
    }

    private func writeDeals() throws {
        try folder.write(
            "deals.csv",
            [
                "deal_id,account,owner,stage,amount,opened,closed", "1,ZQ Acme,Zaphod,Won,10.50,2024-01-01,2024-02-01",
                "2,ZQ Acme,Zaphod,Proposal,3,2024-01-15,", "3,ZQ Birch,Zelda,Lost,,2024-01-20,2024-02-10",
                "4,ZQ Birch,Zelda,,1,2024-01-20,2024-02-10",
            ])
    }

    /// Accounts and owners become pseudonyms, the same for the same key, and no rejected row shows one.
    @Test func pseudonymsTakeThePlaceOfNames() throws {
        try writeDeals()
        try folder.write("key", Data("0123456789abcdef0123456789abcdef\n".utf8))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder.path("key"))
        let outcome = try folder.strata(
            "deals", "deals.csv", "--pseudonymise", "key", "--out", "out.csv", "--rejects", "rejects.csv",
            "--max-reject-share", "0.5")
        for text in [outcome.output, outcome.errors, folder.text("out.csv"), folder.text("rejects.csv")] {
            #expect(!text.contains("ZQ") && !text.contains("Zaphod") && !text.contains("Zelda"))
        }
        #expect(folder.text("rejects.csv").contains("no stage"))
        let owners = rows("out.csv", by: "owner")
        #expect(owners.keys.map(\.count) == [64, 64])
        let accounts = rows("out.csv", by: "account")
        #expect(accounts.keys.map(\.count) == [64, 64])
    }

    @Test func theTableCanBeStandardOutput() throws {
        try writeDeals()
        let outcome = try folder.strata("deals", "deals.csv", "--out", "-", "--max-reject-share", "0.5")
        #expect(outcome.output.hasPrefix("by,name,status,deals,open,won,lost,"))
        #expect(outcome.errors.hasPrefix("4 rows read = 3 used + 0 set aside + 1 rejected (1 no stage)\n"))
    }
}
