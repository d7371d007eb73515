import Foundation
import Testing

@testable import Cleaning

/// Real names, of which none may be harmed: the lists lie beside the package.
@Suite struct GoldenNamesTests {
    static let shared = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared/data")
    static let hasNames = FileManager.default.fileExists(atPath: shared.appending(path: "names_persian").path)

    /// Lines of a file, the first left out; every so many, 200 of them.
    private static func sample(_ path: String, count: Int = 200) throws -> [String] {
        let text = String(decoding: try Data(contentsOf: shared.appending(path: path)), as: UTF8.self)
        let lines = text.split(whereSeparator: \.isNewline).dropFirst(2).map(String.init)
        let step = max(1, lines.count / count)
        return stride(from: 0, to: lines.count, by: step).prefix(count).map { lines[$0] }
    }

    private func changed(_ names: [String], _ kind: ColumnKind) -> [(String, String)] {
        let evidence = ColumnEvidence(names.map { (text: $0, count: 1) })
        return names.compactMap { name in
            let form = ValueForm(name, count: 1, kind: kind, evidence)
            return form.text == name ? nil : (name, form.text)
        }
    }

    /// Iranian given names in Persian spelling: nothing to do.
    @Test(.enabled(if: hasNames, "shared/data is not beside the package"), arguments: ["female_fa.txt", "male_fa.txt"])
    func persianNamesStay(file: String) throws {
        let names = try Self.sample("names_persian/" + file)
        #expect(names.count >= 150)
        #expect(changed(names, .givenName).isEmpty)
    }

    /// Names written with an Arabic keyboard: only yeh, kaf and blanks change.
    @Test(.enabled(if: hasNames, "shared/data is not beside the package"))
    func arabicKeyboardsAreTheOnlyThingThatIsMended() throws {
        let names = try Self.sample("names_persian/names_1.csv").map { String($0.split(separator: ",")[0]) }
        for (before, after) in changed(names, .givenName) {
            let mended = before.replacing("ي", with: "ی").replacing("ك", with: "ک").replacing("ى", with: "ی")
                .split(separator: " ").joined(separator: " ")
            #expect(after == mended, "\(before)")
        }
    }

    @Test(.enabled(if: hasNames, "shared/data is not beside the package"), arguments: ["female_en.txt", "male_en.txt"])
    func latinNamesStay(file: String) throws {
        #expect(changed(try Self.sample("names_persian/" + file), .givenName).isEmpty)
    }

    /// Short names of Chinese companies; two lines of credit come first. Forms of full width, blanks between characters
    /// and traditional characters are all that may change.
    @Test(.enabled(if: hasNames, "shared/data is not beside the package"))
    func chineseCompaniesStay() throws {
        let names = try Self.sample("names_chinese/company_short_names_zh.txt")
        let found = changed(names, .company)
        #expect(found.isEmpty, "\(found)")
    }

    /// Accounts of Salesforce's data loader, whose names are companies: blanks and the case of legal forms alone.
    @Test(.enabled(if: hasNames, "shared/data is not beside the package"))
    func companyNamesStay() throws {
        let names = try Self.sample("crm_samples/salesforce_dataloader_accountData.csv").compactMap { line in
            line.split(separator: ",", omittingEmptySubsequences: false).dropFirst(3).first.map(String.init)
        }.filter { !$0.isEmpty && !$0.hasPrefix("?") && !$0.hasPrefix("\"") }
        #expect(names.count > 150)
        for (before, after) in changed(names, .company) {
            #expect(
                before.split(separator: " ").joined(separator: " ").lowercased() == after.lowercased(), "\(before)")
        }
    }
}
