import Foundation
import Testing

/// `strata clean`, run as a user runs it.
@Suite struct CleanTests {
    let folder = Scratch()

    static let dirty = [
        "customer_id,given_name,family_name,email,phone,birth_date,city,country",
        "1,Ann,Smith,ann@gmail.com,020 7946 0018,1985-05-12,London,United Kingdom",
        "2, bob ,JONES,BOB@GMAIL.COM,+44 7400 123456,25/12/1990,london,GB",
        "3,\"Zoë, \",O'Brien,zoe@gmial.com,n/a,0000-00-00,London,UK",
        "4,علي,رضایی,ali@gmail.com,۰۹۱۲ ۱۲۳ ۴۵۶۷,1370/01/15,تهران,ایران",
        "", "5,Eve,,Miller,eve@gmail.com,1970-01-02,London,GB",
        "6,张,伟,wei@qq.com,13812345678,1985年3月4日,上海,中国", "7,Ann,Smith",
        "1,Ann,Smith,ann@gmail.com,020 7946 0018,1985-05-12,London,United Kingdom",
        "8,\"Say \"\"hi\"\"\",Hill,hill@gmail.com,,03/04/1980,London,GB",
    ]

    private func rows(_ name: String) -> [[String]] { ResultFile(folder.data(name)).rows }

    @Test func cellsBecomeWhatTheyShouldBe() throws {
        try folder.write("in.csv", Self.dirty)
        let outcome = try folder.strata("clean", "in.csv", "--out", "out")
        #expect(
            outcome.output.hasPrefix(
                "9 rows read = 7 accepted + 1 merged + 1 rejected (1 wrong number of fields)\n"))
        let cleaned = Dictionary(uniqueKeysWithValues: rows("out/customers.csv").map { ($0[0], $0) })
        // 020 7946 0018 is Ofcom's number for drama; libphonenumber knows its range.
        #expect(
            cleaned["1"] == ["1", "Ann", "Smith", "ann@gmail.com", "+442079460018", "1985-05-12", "London", "GB"])
        #expect(
            cleaned["2"] == ["2", "Bob", "Jones", "bob@gmail.com", "+447400123456", "1990-12-25", "London", "GB"])
        #expect(cleaned["3"] == ["3", "Zoë", "O'Brien", "zoe@gmail.com", "", "", "London", "GB"])
        #expect(
            cleaned["4"] == ["4", "علی", "رضایی", "ali@gmail.com", "+989121234567", "1991-04-04", "تهران", "IR"])
        #expect(cleaned["5"] == ["5", "Eve", "Miller", "eve@gmail.com", "", "1970-01-02", "London", "GB"])
        #expect(cleaned["6"]?[4] == "+8613812345678" && cleaned["6"]?[5] == "1985-03-04")
        // Twenty-five twelve says that the day comes first.
        #expect(cleaned["8"]?[5] == "1980-04-03")
        for name in ["customers.csv", "ledger.csv", "rejects.csv", "review.csv", "to-contact.csv", "manifest.json"] {
            #expect(folder.mode("out/" + name) == 0o600, "\(name)")
        }
    }

    @Test func theLedgerSaysWhatWhyAndHowSure() throws {
        try folder.write("in.csv", Self.dirty)
        try folder.strata("clean", "in.csv", "--out", "out")
        let ledger = rows("out/ledger.csv")
        #expect(ledger.contains(["2", "2", "family_name", "JONES", "Jones", "case", "0.97", "in.csv"]))
        #expect(ledger.contains(["4", "4", "birth_date", "1370/01/15", "1991-04-04", "jalali", "0.98", "in.csv"]))
        // The blank line is record 5.
        #expect(ledger.contains(["6", "5", "family_name", "", "Miller", "shifted", "0.96", "in.csv"]))
        let rejects = rows("out/rejects.csv")
        #expect(rejects.map { $0[1] } == ["5", "8", "9"])
        #expect(rejects.map { $0[3] } == ["blank", "rejected", "merged"])
        #expect(rejects[1][5] == "7,Ann,Smith")
    }

    @Test func undoGivesTheBytesBack() throws {
        try folder.write("in.csv", Self.dirty)
        try folder.strata("clean", "in.csv", "--out", "out")
        try folder.strata("clean", "--undo", "out", "--out", "again.csv")
        #expect(folder.text("again.csv") == folder.text("in.csv"))
    }

    /// Dialects and encodings: what is given back is what was given, byte for byte.
    @Test func undoKeepsTheDialect() throws {
        let rows = Self.dirty.filter { !$0.contains("علي") && !$0.contains("张") && !$0.contains("Zo") }
        var files: [(String, Data)] = []
        files.append(("crlf.csv", Data(Self.dirty.joined(separator: "\r\n").utf8)))
        files.append(("mark.csv", Data([0xEF, 0xBB, 0xBF]) + Data((Self.dirty.joined(separator: "\n") + "\n").utf8)))
        let semicolons = rows.filter { !$0.contains("\"") }.map { $0.replacing(",", with: ";") }
        files.append(("semi.csv", Data((semicolons.joined(separator: "\n") + "\n").utf8)))
        let quoted = rows.filter { !$0.contains("\"") && !$0.isEmpty }.map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map { "\"\($0)\"" }.joined(separator: ",")
        }
        files.append(("quoted.csv", Data((quoted.joined(separator: "\n") + "\n").utf8)))
        let gb = try #require(
            Self.dirty.joined(separator: "\n").data(using: String.Encoding(rawValue: 0x8000_0632)))
        files.append(("gb.csv", gb))
        let utf16 = try #require((Self.dirty.joined(separator: "\n") + "\n").data(using: .utf16LittleEndian))
        files.append(("utf16.csv", Data([0xFF, 0xFE]) + utf16))
        for (name, data) in files {
            try folder.write(name, data)
            try folder.strata("clean", name, "--out", "out-" + name)
            try folder.strata("clean", "--undo", "out-" + name, "--out", "again-" + name)
            #expect(folder.data("again-" + name) == data, "\(name)")
        }
    }

    @Test func strayBytesSpoilTheirRowsOnly() throws {
        var data = Data("id,name,city\n".utf8)
        for number in 0..<30 { data += Data("\(number),Zoë\(number % 2 == 0 ? "" : " "),Köln\n".utf8) }
        data += Data("90,Jos".utf8) + Data([0xE9]) + Data(",Kln\\x\n91,Nul".utf8) + Data([0]) + Data(",Kln\n".utf8)
        try folder.write("in.csv", data)
        let outcome = try folder.strata("clean", "in.csv", "--out", "out")
        #expect(
            outcome.output.hasPrefix(
                "32 rows read = 30 accepted + 0 merged + 2 rejected (1 a NUL byte, 1 not text in the file's encoding)\n"
            ))
        #expect(rows("out/rejects.csv").map { $0[5] } == [#"90,Jos\xE9,Kln\\x"#, #"91,Nul\x00,Kln"#])
        try folder.strata("clean", "--undo", "out", "--out", "again.csv")
        #expect(folder.data("again.csv") == data)
        let refused = try StrataProcess.run(
            ["clean", "in.csv", "--out", "strict", "--max-reject-share", "0.01"], in: folder)
        #expect(refused.status == 65 && refused.errorLines.count == 1)
        #expect(folder.names(in: "strict") == ["rejects.csv"])
    }

    /// Cleaning what is clean changes nothing, on any number of threads, and the original comes back: a simulated company.
    @Test func cleaningTheCleanedChangesNothing() throws {
        try folder.strata("simulate", "--customers", "3000", "--days", "30", "--seed", "11", "--out", "company")
        try folder.strata("clean", "company/customers.csv", "--out", "one", "--threads", "1")
        try folder.strata("clean", "company/customers.csv", "--out", "four", "--threads", "4")
        for name in ["customers.csv", "ledger.csv", "rejects.csv", "review.csv", "to-contact.csv", "mapping.csv"] {
            #expect(folder.data("one/" + name) == folder.data("four/" + name), "\(name)")
        }
        try folder.strata("clean", "one/customers.csv", "--out", "again")
        #expect(folder.data("again/customers.csv") == folder.data("one/customers.csv"))
        #expect(rows("again/ledger.csv").isEmpty)
        try folder.strata("clean", "--undo", "one", "--out", "original.csv")
        #expect(folder.data("original.csv") == folder.data("company/customers.csv"))
    }

    @Test func sourcesArePutTogetherAndGivenBack() throws {
        try folder.write(
            "crm.csv",
            [
                "id,name,city,updated", "1,ANN LEE,London,2024-01-02", "2,Bob Ray,Leeds,2024-01-02",
                "2,Bob Ray,,2024-01-03", "4,Kim Day,",
            ])
        try folder.write(
            "shop.csv", ["id;Name;town;Updated", "3;Eve Fox;Leeds;2024-02-01", "1;Ann Lee;Bristol;2024-02-01"])
        let outcome = try folder.strata(
            "clean", "crm.csv", "--source", "shop.csv", "--out", "both", "--max-reject-share", "0.5")
        #expect(
            outcome.output.hasPrefix(
                "6 rows read = 3 accepted + 2 merged + 1 rejected (1 wrong number of fields)\n2 sources, "))
        #expect(
            folder.text("both/customers.csv") == """
                id,name,city,updated
                1,Ann Lee,Bristol,2024-02-01
                2,Bob Ray,Leeds,2024-01-03
                3,Eve Fox,Leeds,2024-02-01

                """)
        #expect(rows("both/changes-1-crm.csv").contains { $0[2] == "city" && $0[3] == "London" && $0[5] == "update" })
        for name in ["crm.csv", "shop.csv"] {
            try folder.strata("clean", "--undo", "both", "--source", name, "--out", "again-" + name)
            #expect(folder.data("again-" + name) == folder.data(name), "\(name)")
        }
    }

    @Test func aMappingIsFollowed() throws {
        var lines = ["id,city"]
        for number in 0..<60 { lines.append("\(number),London") }
        try folder.write("in.csv", lines + ["70,Londin", "71,LONDON", "72,Ldn"])
        try folder.strata("clean", "in.csv", "--out", "out")
        #expect(rows("out/customers.csv").suffix(3).map { $0[1] } == ["London", "London", "Ldn"])
        try folder.write(
            "mapping.csv", ["column,from,to,decision", "city,Londin,London,keep", "city,Ldn,London,merge"])
        try folder.strata("clean", "in.csv", "--out", "mapped", "--mapping", "mapping.csv")
        #expect(rows("mapped/customers.csv").suffix(3).map { $0[1] } == ["Londin", "London", "London"])
        #expect(rows("mapped/ledger.csv").contains { $0[3] == "Ldn" && $0[5] == "mapping" })
    }

    @Test func emptyCellsAreFilledWhereAsked() throws {
        var lines = ["id,postcode,city,segment,income"]
        for number in 0..<30 {
            lines.append("\(number),SW\(number % 2),\(number % 2 == 0 ? "London" : "Leeds"),a,\(100 + number)")
        }
        try folder.write("in.csv", lines + ["90,SW0,,a,", "91,,,a,5"])
        try folder.strata(
            "clean", "in.csv", "--out", "out", "--fill", "city=dependency:postcode", "--fill", "income=median:segment")
        let rows = rows("out/customers.csv")
        #expect(rows[30] == ["90", "SW0", "London", "a", "114"])
        #expect(rows[31] == ["91", "", "", "a", "5"])
        #expect(self.rows("out/ledger.csv").contains { $0[5] == "filled: dependency" })
        let refused = try StrataProcess.run(
            ["clean", "in.csv", "--out", "no", "--column", "email=city", "--fill", "city=mode"], in: folder)
        #expect(refused.status == 64)
    }

    @Test func whatFollowsFromOtherCellsIsAdded() throws {
        try folder.write(
            "in.csv",
            [
                "id,given_name,family_name,email,phone,birth_date",
                "1,Ann,Smith,ann@gmail.com,+1 416 555 0123,1985-05-12",
                "2,علی,رضایی,ali@shop.ir,+98 21 8877 6655,", "3,Li,Wei,wei@firm.example,,2001-02-03",
            ])
        try folder.strata("clean", "in.csv", "--out", "out", "--enrich", "--as-of", "2024-01-01")
        #expect(
            folder.text("out/customers.csv").hasPrefix(
                "id,given_name,family_name,email,phone,birth_date,contact_country,contact_region,place_region,address_as,"
                    + "age_band,customer_kind,days_since_contact\n"))
        #expect(
            rows("out/customers.csv").map { Array($0.suffix(7)) } == [
                ["CA", "Ontario", "", "Ann Smith", "35-44", "consumer", ""],
                ["IR", "Tehran province", "", "علی رضایی", "", "company", ""],
                ["", "", "", "Li Wei", "18-24", "company", ""],
            ])
    }

    /// One amount that may be two numbers is a question of its own: the others are read.
    @Test func anUnclearDecimalSignStaysAlone() throws {
        try folder.write(
            "in.csv",
            [
                "id,amount", "1,\"1,200.50\"", "2,$40.00", "3,\"300,5\"", "4,1.200", "5,۱۲۰۰", "6,1e3", "7,\"1,200\"",
                "8,x",
            ])
        try folder.strata("clean", "in.csv", "--out", "out")
        #expect(
            rows("out/customers.csv").map { $0[1] } == [
                "1200.50", "40.00 $", "300,5", "1.200", "1200", "1000", "1,200", "x",
            ])
        let review = rows("out/review.csv").map { [$0[0]] + $0[4...5] }
        #expect(
            review == [
                ["3", "decimal sign unclear", "300.5"], ["4", "decimal sign unclear", ""],
                ["7", "decimal sign unclear", ""],
                ["8", "not an amount", ""],
            ])
        try folder.strata("clean", "out/customers.csv", "--out", "again")
        #expect(folder.data("again/customers.csv") == folder.data("out/customers.csv"))
    }

    /// Where commas are decimal, a point groups thousands: 1.200 is twelve hundred.
    @Test func pointsGroupThousandsWhereCommasAreDecimal() throws {
        try folder.write("in.csv", ["id,amount", "1,\"1.234,50\"", "2,1.200", "3,\"12,5\"", "4,500"])
        try folder.strata("clean", "in.csv", "--out", "out")
        #expect(rows("out/customers.csv").map { $0[1] } == ["1234.50", "1200", "12.5", "500"])
        try folder.strata("clean", "--undo", "out", "--out", "back.csv")
        #expect(folder.data("back.csv") == folder.data("in.csv"))
    }

    @Test func staleRecordsAreArchivedAndComeBack() throws {
        try folder.write(
            "in.csv",
            ["id,name,last_contact", "1,Ann Lee,2019-01-02", "2,BOB RAY,2024-01-02", "3,eve fox,2020-01-02"])
        let outcome = try folder.strata("clean", "in.csv", "--out", "out", "--archive-after", "730d")
        #expect(outcome.output.hasPrefix("3 rows read = 1 accepted + 0 merged + 2 archived + 0 rejected\n"))
        #expect(
            rows("out/archive.csv") == [["1", "1", "Ann Lee", "2019-01-02"], ["3", "3", "Eve Fox", "2020-01-02"]])
        try folder.strata("clean", "--undo", "out", "--out", "again.csv")
        #expect(folder.data("again.csv") == folder.data("in.csv"))
    }

    @Test func anEditedFolderIsNotUndone() throws {
        try folder.write("in.csv", Self.dirty)
        try folder.strata("clean", "in.csv", "--out", "out")
        let edited = folder.text("out/customers.csv").replacing("Jones", with: "Janes")
        try folder.write("out/customers.csv", Data(edited.utf8))
        let outcome = try StrataProcess.run(["clean", "--undo", "out", "--out", "again.csv"], in: folder)
        #expect(outcome.status == 65 && outcome.errorLines.count == 1 && !outcome.errors.contains("Jones"))
        #expect(!folder.names().contains("again.csv"))
    }
}
