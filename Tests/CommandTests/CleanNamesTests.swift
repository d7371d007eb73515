import Foundation
import Testing

/// `strata clean` on real names, whose lists lie beside the package: of 200 of each script, only what a person has
/// looked at may change.
@Suite struct CleanNamesTests {
    let folder = Scratch()

    static let shared = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared/data")
    static let hasNames = FileManager.default.fileExists(atPath: shared.appending(path: "names_persian").path)

    /// What the ledger says of a column when a list of names is cleaned as such.
    private func changes(_ names: [String], _ header: String) throws -> [String: String] {
        let rows = names.enumerated().map { "\($0.offset + 1),\"\($0.element.replacing("\"", with: "\"\""))\"" }
        try folder.write("in.csv", ["id,\(header)"] + rows)
        try folder.strata("clean", "in.csv", "--out", "out")
        let ledger = ResultFile(folder.data("out/ledger.csv"))
        return Dictionary(zip(ledger.column("before"), ledger.column("after")), uniquingKeysWith: { first, _ in first })
    }

    private func lines(_ path: String) throws -> [String] {
        let text = String(decoding: try Data(contentsOf: Self.shared.appending(path: path)), as: UTF8.self)
        return text.split(whereSeparator: \.isNewline).map(String.init).filter { !$0.hasPrefix("#") }
    }

    /// 200 of a list, at equal steps.
    private func sample(_ names: [String]) -> [String] {
        stride(from: 0, to: names.count, by: max(1, names.count / 200)).prefix(200).map { names[$0] }
    }

    @Test(
        .enabled(if: hasNames, "shared/data is not beside the package"),
        arguments: ["female_fa.txt", "male_fa.txt", "female_en.txt", "male_en.txt"])
    func givenNamesStay(file: String) throws {
        let names = sample(try lines("names_persian/" + file).dropFirst().map(\.self))
        #expect(names.count >= 150)
        #expect(try changes(names, "given_name").isEmpty)
    }

    /// Every name of the list, since rare ones are harmed first. Reviewed: an Arabic keyboard's yeh and kaf, nothing else.
    @Test(.enabled(if: hasNames, "shared/data is not beside the package"))
    func onlyTheLettersOfAnArabicKeyboardChange() throws {
        let names = try lines("names_persian/names_1.csv").dropFirst().map { String($0.split(separator: ",")[0]) }
        let changed = try changes(names, "given_name")
        #expect(changed.count > 1000)
        for (before, after) in changed {
            #expect(after == before.replacing("ي", with: "ی").replacing("ك", with: "ک"), "\(before)")
        }
    }

    /// Reviewed: of all short names of Chinese companies none changes, those with 阪 and 昇 least.
    @Test(.enabled(if: hasNames, "shared/data is not beside the package"))
    func chineseNamesStay() throws {
        let names = try lines("names_chinese/company_short_names_zh.txt").dropFirst(2)
        #expect(try changes(sample(names.map(\.self)), "公司名称").isEmpty)
        #expect(try changes(names.filter { $0.contains("阪") || $0.contains("昇") }, "公司名称").isEmpty)
    }

    /// Reviewed: one doubled blank, and two shouted legal forms behind names that are not shouted.
    @Test(.enabled(if: hasNames, "shared/data is not beside the package"))
    func companiesOfADataLoaderStay() throws {
        let data = try Data(
            contentsOf: Self.shared.appending(path: "crm_samples/salesforce_dataloader_accountData.csv"))
        try folder.write("in.csv", data)
        try folder.strata("clean", "in.csv", "--out", "out")
        let ledger = ResultFile(folder.data("out/ledger.csv")).rows.filter { $0[2] == "NAME" }
        let reviewed = [
            "LoJack  - Direct Group": "LoJack - Direct Group",
            "NETCOM Latin America, INC": "NETCOM Latin America, Inc",
            "Wisdom Software, INC.": "Wisdom Software, Inc.",
        ]
        for row in ledger { #expect(reviewed[row[3]] == row[4], "\(row[3])") }
        // Names that a program lost are left to a person.
        let review = ResultFile(folder.data("out/review.csv")).rows.filter { $0[4] == "characters lost" }
        #expect(review.count { $0[2] == "NAME" } == 5)
        try folder.strata("clean", "out/customers.csv", "--out", "again")
        #expect(folder.data("again/customers.csv") == folder.data("out/customers.csv"))
        #expect(ResultFile(folder.data("again/ledger.csv")).rows.isEmpty)
        try folder.strata("clean", "--undo", "out", "--out", "back.csv")
        #expect(folder.data("back.csv") == data)
    }
}
