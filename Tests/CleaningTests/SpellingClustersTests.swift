import Testing

@testable import Cleaning

/// Spellings of one value: what is merged, what a person decides, what is never compared.
@Suite struct SpellingClustersTests {
    private func pairs(_ values: [(String, Int, String)]) -> [String: SpellingClusters.Pair] {
        let ranked = values.map { SpellingClusters.Value(text: $0.0, count: $0.1, group: $0.2) }.sorted {
            ($1.count, $0.text) < ($0.count, $1.text)
        }
        return Dictionary(SpellingClusters(ranked).pairs.map { ($0.from, $0) }, uniquingKeysWith: { first, _ in first })
    }

    @Test func slipsBecomeTheFrequentSpelling() {
        let found = pairs([
            ("London", 500, "GB"), ("Londno", 2, "GB"), ("Lndon", 1, "GB"), ("LONDON", 9, "GB"), ("Leeds", 90, "GB"),
            ("Leek", 30, "GB"), ("上海", 200, "CN"), ("海上", 1, "CN"), ("上京", 1, "CN"),
        ])
        for spelling in ["Londno", "Lndon", "LONDON"] {
            #expect(found[spelling]?.to == "London" && found[spelling]?.decision == .merge, "\(spelling)")
        }
        #expect(found["Leek"] == nil)
        #expect(found["海上"]?.decision == .merge && found["海上"]?.to == "上海")
        // Another character is another word.
        #expect(found["上京"]?.decision != .merge)
    }

    /// Words an edit apart that occur again and again are words, and so are those that begin otherwise.
    @Test func wordsAreNoSlips() {
        let found = pairs([
            ("Bolton", 300, ""), ("Boston", 6, ""), ("Lead", 300, ""), ("Dead", 6, ""), ("hired", 300, ""),
            ("fired", 1, ""),
            ("Leeds", 300, ""), ("Leed", 6, ""), ("تهران", 300, ""), ("مهران", 3, ""), ("Bristol", 300, ""),
            ("Bristpl", 9, ""),
            ("Brisotl", 9, ""), ("Brstol", 9, ""),
        ])
        for word in ["Boston", "Dead", "fired", "Leed", "مهران"] {
            #expect(found[word]?.decision == .doubtful, "\(word)")
        }
        // A neighbour on the keyboard, letters exchanged, a letter left out.
        for slip in ["Bristpl", "Brisotl", "Brstol"] {
            #expect(found[slip]?.decision == .merge && found[slip]?.to == "Bristol", "\(slip)")
        }
    }

    @Test func wordsInAnotherOrderHaveTheSameGrams() {
        let found = pairs([("Mississippi", 300, ""), ("Missississippi", 1, "")])
        #expect(found.values.first?.method == "n-grams" && found.values.first?.decision == .merge)
    }

    @Test func onlySpellingsOfOneCountryAreCompared() {
        let found = pairs([("Reading", 100, "GB"), ("Redding", 1, "US")])
        #expect(found.isEmpty)
    }

    @Test func codesAndNumbersAreNotSpellings() {
        #expect(pairs([("CA", 100, ""), ("CO", 1, ""), ("Zone 1", 100, ""), ("Zone 2", 1, "")]).isEmpty)
    }

    @Test func halfAndHalfIsForAPerson() {
        let found = pairs([("Málaga", 10, ""), ("Malaga", 9, "")])
        #expect(found["Malaga"]?.decision == .doubtful)
    }

    @Test func mappingsAreFollowedToTheEnd() {
        var mapping = SpellingMapping()
        mapping.add(column: "city", from: "a", to: "b", .merge)
        mapping.add(column: "city", from: "b", to: "c", .merge)
        mapping.add(column: "city", from: "d", to: "c", .keep)
        mapping.add(column: "city", from: "e", to: "c", .doubtful)
        #expect(mapping.target(column: "city", "a") == "c" && mapping.target(column: "city", "d") == "d")
        #expect(mapping.target(column: "city", "e") == nil && mapping.target(column: "town", "a") == nil)
        #expect(mapping.firstCircle() == nil)
        mapping.add(column: "city", from: "c", to: "a", .merge)
        #expect(mapping.firstCircle()?.column == "city")
    }
}
