import Testing

@testable import Cleaning

@Suite struct SpellingKeyTests {
    /// Values that a sign tells apart are never one, however frequent the other is.
    @Test(arguments: [
        ("A+", "A-"), ("A", "A+"), ("<18", ">18"), ("1-5", "15"), ("1.5", "15"), ("C", "C++"), ("C#", "C"), ("+", "-"),
        ("10%", "10"), ("0-17", "017"),
    ]) func signsThatTellStay(left: String, right: String) {
        #expect(SpellingClusters.key(left) != SpellingClusters.key(right))
        let pairs = SpellingClusters([
            SpellingClusters.Value(text: left, count: 900, group: ""),
            SpellingClusters.Value(text: right, count: 1, group: ""),
        ]).pairs
        #expect(pairs.allSatisfy { $0.decision != .merge })
    }

    @Test(arguments: [
        ("Closed won", "closed-won"), ("Web shop", "WEB SHOP"), ("St. Louis", "St Louis"), ("Köln", "KÖLN"),
        ("King's Lynn", "Kings Lynn"),
    ]) func signsThatTellNothingGo(left: String, right: String) {
        #expect(SpellingClusters.key(left) == SpellingClusters.key(right))
    }

    @Test func companiesAreOneButForTheirLegalFormsSpelling() {
        for other in ["ACME LTD", "Acme, Ltd.", "acme limited", "Acme Ltd."] {
            #expect(CompanyForm.key(other) == CompanyForm.key("Acme Ltd"), "\(other)")
        }
        for (left, right) in [("A+B Ltd", "AB Ltd"), ("Acme GmbH", "Acme Ltd"), ("Acme", "Acme Ltd"), ("B&Q", "BQ")] {
            #expect(CompanyForm.key(left) != CompanyForm.key(right), "\(left)")
        }
    }
}
