import CustomerData
import Foundation
import Semantics
import Statistics
import Testing

@testable import Quality

/// What a profile says of tables that are known.
@Suite struct ProfileTests {
    private func column(_ header: String, _ cells: [String]) throws -> ColumnProfile {
        try TableText([header, "row"], cells.enumerated().map { [$1, String($0)] }).profile().columns[0]
    }

    private func meaning(_ header: String, _ cells: [String]) throws -> SemanticType {
        try column(header, cells).meaning
    }

    /// Many cells of a form.
    private func many(_ count: Int = 40, _ cell: (Int) -> String) -> [String] { (0..<count).map(cell) }

    @Test func everyCellIsEmptyHiddenOrFilled() throws {
        let cells = ["a", "", "-", "N/A", "n/a", "Unknown", "ندارد", "无", "b", "请选择", "0000", "1900-01-01", "a"]
        let found = try column("x", cells)
        #expect(found.empty == 1 && found.hidden == 9 && found.filled == 3)
        #expect(found.empty + found.hidden + found.filled == cells.count)
        #expect(found.hiddenMissing.first.map { $0.spelling == "n/a" && $0.count == 2 } == true)
        #expect(found.distinct.count == 2 && found.distinct.isExact)
        #expect(found.values.entries == [.init(text: "a", count: 2), .init(text: "b", count: 1)])
    }

    @Test func whatIsNothingElsewhereMayBeACountryOrAName() throws {
        #expect(try column("country", ["NA", "DE", "NA"]).filled == 3)
        #expect(try column("given_name", ["Na", "Nan", "NA", "null"]).filled == 2)
        #expect(try column("given_name", ["Na", "Nan", "NA", "null"]).hidden == 2)
    }

    @Test func meaningsAreToldByHeaderAndCells() throws {
        #expect(try meaning("contact", many { "p\($0)@example.org" }) == .email)
        #expect(try meaning("x", many { "+49 170 \(1_000_000 + $0 * 7919)" }) == .phone)
        #expect(try meaning("手机", many { "138\(12_345_678 + $0 * 77)" }) == .phone)
        #expect(try meaning("nachname", many { _ in "x" }) == .category)
        #expect(try meaning("last_name", many { "Name\($0 % 7)" }) == .personName)
        #expect(try meaning("Company Name", many { "Firm \($0) Ltd" }) == .company)
        #expect(try meaning("seen", many { "2024-01-\(10 + $0 % 20)" }) == .date)
        #expect(try meaning("تاریخ", many { "1403/01/\(10 + $0 % 20)" }) == .jalaliDate)
        #expect(try meaning("c", many { ["DE", "FR", "ir", "CN"][$0 % 4] }) == .country)
        #expect(try meaning("BILLINGPOSTALCODE", many { "\(10_115 + $0)" }) == .postcode)
        #expect(try meaning("amount", many { "\($0).50" }) == .currencyAmount)
        #expect(try meaning("x", many { "€\($0).50" }) == .currencyAmount)
        #expect(try meaning("customer_id", many { "C\($0)" }) == .id)
        #expect(try meaning("x", many { "\($0 % 9).5" }) == .number)
        #expect(try meaning("note", many { "wrote on day \($0)" }) == .freeText)
        #expect(try meaning("color", many(400) { ["red", "green"][$0 % 2] }) == .category)
    }

    /// The first nine digits of an Iranian id with the digit that belongs to them.
    private func iranianID(_ number: Int) -> String {
        let digits = Array(String(number)).compactMap(\.wholeNumberValue)
        let rest = zip(digits, (2...10).reversed()).reduce(0) { $0 + $1.0 * $1.1 } % 11
        return String(number) + String(rest < 2 ? rest : 11 - rest)
    }

    @Test func nationalIDsAreToldByTheirCheckDigit() throws {
        let cells = many { iranianID(123_456_789 + 37 * $0) }
        let found = try column("x", cells + ["1234567890"])
        #expect(found.meaning == .nationalID && found.valid == 40 && found.filled == 41)
        // GB/T 2260 example of GB 11643-1999.
        #expect(try meaning("身份证", many { _ in "11010519491231002X" }) == .nationalID)
    }

    @Test func aCellIsValidWhenItIsWhatItsColumnHolds() throws {
        let mails = many { "p\($0)@example.org" } + ["no address", "a@b", "x@@y.org"]
        #expect(try column("email", mails).valid == 40)
        let numbers = many { String($0) } + ["many"]
        let found = try column("score", numbers)
        #expect(found.type == .integer && found.valid == 40 && found.filled == 41)
        let damaged = ["Jos\u{FFFD}", "JosÃ©", "José", "Anna\u{1}"]
        #expect(try column("name", damaged).valid == 1)
    }

    @Test func patternsShowTheFormOfCells() throws {
        let cells = ["Anna-123", "Bo-456", "C-1", "علی 12", "王芳", "É", "x@y.z"]
        let patterns = try column("x", cells).patterns.entries
        #expect(
            Dictionary(uniqueKeysWithValues: patterns.map { ($0.text, $0.count) }) == [
                "Aa+-999": 1, "Aa-999": 1, "A-9": 1, "ع+ 99": 1, "字+": 1, "x": 1, "a@a.a": 1,
            ])
    }

    @Test(arguments: [
        ("name", "a  b", Suspicion.doubleSpace), ("name", "a\u{1}b", .control), ("name", "Jos\u{FFFD}", .lostCharacter),
        ("name", "JosÃ©", .mojibake), ("name", "Salt &amp; Co", .markup), ("name", "asdf", .test),
        ("phone", "+49 1111111", .digitRun), ("phone", "+491234567", .digitRun), ("n", "۱۲", .foreignDigits),
        ("name", "Ａｎｎ", .fullWidth), ("name", "علي", .arabicLetters), ("name", "Lоndon", .lookalikes),
        ("name", "LONDON", .capitals), ("x", "=cmd()", .formula), ("x", "9.89123E+11", .roundedNumber),
        ("x", "007", .leadingZero), ("day", "1827-01-04", .farDate),
    ])
    func suspicionsAreCounted(_ header: String, _ cell: String, _ kind: Suspicion) throws {
        let usual =
            header == "phone"
            ? many { "+49 30 4\(100_000 + $0 * 7919)" }
            : header == "day" ? many { _ in "2024-01-05" } : many { "ab\($0)c" }
        let numeric = many { String($0 + 1) + ".5" }
        let found = try column(header, (kind == .roundedNumber || kind == .leadingZero ? numeric : usual) + [cell])
        // 9.9 · 10^11 lies far outside, too.
        let others = found.suspicious.filter { $0.kind != .outlier }
        #expect(others.map(\.kind) == [kind] && others.first?.count == 1)
    }

    @Test func bitsAreInTheOrderOfTheSuspicions() {
        let bits: [Suspicion: UInt32] = [
            .doubleSpace: SuspicionBits.doubleSpace, .control: SuspicionBits.control,
            .lostCharacter: SuspicionBits.lostCharacter, .mojibake: SuspicionBits.mojibake,
            .markup: SuspicionBits.markup, .test: SuspicionBits.test, .digitRun: SuspicionBits.digitRun,
            .foreignDigits: SuspicionBits.foreignDigits, .fullWidth: SuspicionBits.fullWidth,
            .arabicLetters: SuspicionBits.arabicLetters, .lookalikes: SuspicionBits.lookalikes,
            .capitals: SuspicionBits.capitals, .formula: SuspicionBits.formula,
            .roundedNumber: SuspicionBits.roundedNumber, .leadingZero: SuspicionBits.leadingZero,
            .farDate: SuspicionBits.farDate, .eitherOrder: SuspicionBits.eitherOrder, .long: SuspicionBits.long,
        ]
        for (place, kind) in Suspicion.allCases.enumerated() {
            #expect(bits[kind].map { $0 == 1 << UInt32(place) } ?? (kind == .padded || kind == .outlier), "\(kind)")
        }
        #expect(Suspicion.allCases[SuspicionPlaces.padded] == .padded)
    }

    @Test func numbersAreDescribedAsTheyAre() throws {
        let values = (1...1000).map { Double(($0 * 7919) % 1000) / 4 - 20 }
        let numbers = try #require(try column("score", values.map { String($0) }).numbers)
        let sorted = values.sorted()
        #expect(numbers.smallest == sorted[0] && numbers.largest == sorted[999] && numbers.isExact)
        #expect(numbers.negative == values.count { $0 < 0 })
        #expect(abs(numbers.mean - values.reduce(0, +) / 1000) < 1e-9)
        for quantile in numbers.quantiles {
            #expect(quantile.value == Quantiles.inverse(quantile.probability, sorted: sorted))
        }
        #expect(numbers.histogram.reduce(0) { $0 + $1.count } == 1000 && numbers.histogram.count == 20)
    }

    /// Tables whose rows repeat, exactly or but for their form.
    @Test func repeatsAreCountedByRow() throws {
        let table = TableText(
            ["id", "name", "city"],
            [
                ["1", "Anna Lee", "Bern"], ["2", "ANNA-LEE", "bern"], ["3", "Anna Lee", "Bern"],
                ["1", "Anna Lee", "Bern"],
                ["4", "Ben", "Zug"], ["5", "Ben", "Zürich"],
            ])
        let profile = try table.profile()
        #expect(profile.exactRepeats.extraRows == 1 && profile.exactRepeats.clusters == 1)
        // The ids come twice: they are none of the record's own, and rows that differ in them differ.
        #expect(profile.identityColumns.isEmpty && profile.nearRepeats.extraRows == 1)
        let distinct = TableText(table.headers, table.rows.enumerated().map { [String($0)] + $1.dropFirst() })
        let other = try distinct.profile()
        #expect(other.identityColumns == ["id"] && other.exactRepeats.extraRows == 0)
        #expect(other.nearRepeats.extraRows == 3 && other.nearRepeats.largestCluster == 4)
    }

    @Test func recordsAreFreshUpToTheirAge() throws {
        let table = TableText(
            ["updated_at", "x"],
            [["2024-01-10", "a"], ["2024-01-01", "b"], ["2023-12-31", "c"], ["", "d"], ["2024-02-01", "e"]])
        let ages = try table.profile(ages: .init(asOf: Day("2024-01-11"), maxAgeDays: 10)).freshness
        #expect(ages.map { [$0.dated, $0.fresh] } == [4, 2])
        #expect(try table.profile(ages: .init(maxAgeDays: 0)).freshness?.fresh == 1)
        #expect(throws: Problem.self) { try table.profile(ages: .init(column: "y", maxAgeDays: 1)) }
    }

    /// Everything, from exact sets to sketches and samples, is the same for any number of workers.
    @Test(.timeLimit(.minutes(5))) func threadsChangeNothing() throws {
        var random = SeededGenerator(seed: 5)
        let rows = (0..<70_000).map { row -> [String] in
            let city = random.index(below: 900)
            return [
                "c\(row)", "name \(random.index(below: 30_000))", "city \(city)", "region \(city / 30)",
                String(random.index(below: 1_000_000)), random.unit() < 0.3 ? "-" : "x\(random.index(below: 4))",
            ]
        }
        let table = TableText(["id", "name", "city", "region", "amount", "note"], rows)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let alone = try encoder.encode(table.profile())
        for (threads, seed) in [(2, UInt64(2)), (7, 3)] {
            #expect(try encoder.encode(table.profile(threads: threads, seed: seed)) == alone)
        }
        let profile = try table.profile()
        #expect(profile.column("id")?.distinct.isExact == false)
        #expect(profile.sampledRowCount <= 20_000 && profile.sampledRowCount >= 5000)
    }

    @Test func valuesOfPersonsAreHidden() throws {
        let table = TableText(
            ["email", "city", "remark"], many { "p\($0)@example.org" }.map { [$0, "Bern", "wrote about Anna"] })
        let profile = try table.profile().hidingValues { $0.name == "remark" }
        let text = String(decoding: try JSONEncoder().encode(profile), as: UTF8.self)
        #expect(!text.contains("p1@example") && !text.contains("Anna") && text.contains("Bern"))
        #expect(profile.column("email")?.values.isHidden == true && profile.column("city")?.values.isHidden == false)
    }
}
