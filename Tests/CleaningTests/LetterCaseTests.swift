import Testing

@testable import Cleaning

/// Shouted and small names become what the column, or else English, writes.
@Suite struct LetterCaseTests {
    private static let none: [(text: String, count: Int)] = []

    @Test func theColumnDecides() {
        let letterCase = LetterCase([(text: "MacDonald", count: 5), ("Macdonald", 1), ("Smith", 3)])
        #expect(letterCase.fixed("MACDONALD", keepsShort: false) == "MacDonald")
        #expect(letterCase.fixed("smith", keepsShort: false) == "Smith")
        #expect(letterCase.fixed("Smith", keepsShort: false) == nil)
    }

    @Test(arguments: [
        ("o'brien", "O'Brien"), ("SMITH-JONES", "Smith-Jones"), ("mccoy", "McCoy"), ("VAN DER BERG", "Van der Berg"),
        ("fort collins", "Fort Collins"), ("HENRY VIII", "Henry VIII"), ("ZOË", "Zoë"),
        ("LUDWIG VAN BEETHOVEN", "Ludwig van Beethoven"), ("DE NIRO", "De Niro"), ("VON TRAPP", "von Trapp"),
        ("AJ SMITH", "AJ Smith"),
        ("LI WEI", "Li Wei"), ("DE LA CRUZ", "De la Cruz"),
    ])
    func titles(given: String, expected: String) {
        #expect(LetterCase(LetterCaseTests.none).fixed(given, keepsShort: false) == expected)
    }

    @Test func theColumnSaysHowNamesBegin() {
        let small = LetterCase([(text: "van Dyke", count: 3), ("Van Gogh", 2), ("Smith", 9)])
        #expect(small.fixed("VAN DER BERG", keepsShort: false) == "van der Berg")
        let capital = LetterCase([(text: "Von Trapp", count: 3), ("von Bek", 2)])
        #expect(capital.fixed("VON STROHEIM", keepsShort: false) == "Von Stroheim")
    }

    @Test func theColumnSaysHowNamesGoOn() {
        let names = LetterCase([(text: "Robert De Niro", count: 3), ("Charles de Gaulle", 2), ("Vincent van Gogh", 2)])
        #expect(names.fixed("DANNY DE VITO", keepsShort: false) == "Danny De Vito")
        #expect(names.fixed("DICK VAN DYKE", keepsShort: false) == "Dick van Dyke")
    }

    @Test func onlyFamilyNamesBeginSmall() {
        let letterCase = LetterCase(LetterCaseTests.none)
        for (given, right) in [("LA JOLLA", "La Jolla"), ("LE MANS", "Le Mans"), ("rio de janeiro", "Rio de Janeiro")] {
            #expect(letterCase.fixed(given, keepsShort: false, mayBeginSmall: false) == right)
        }
    }

    @Test func codesAndMixedWordsStay() {
        let letterCase = LetterCase(LetterCaseTests.none)
        #expect(letterCase.fixed("CO", keepsShort: true) == nil)
        #expect(letterCase.fixed("DeVito", keepsShort: false) == nil)
        #expect(letterCase.fixed("محمد", keepsShort: false) == nil)
        #expect(letterCase.fixed("王", keepsShort: false) == nil)
    }

    /// A shift key that was locked or held too long: words that the column knows, and those that are the wrong way round
    /// altogether.
    @Test func oddCapitalsAreCalmed() {
        let letters = LetterCase([(text: "Smith", count: 9), (text: "McDonald", count: 9), (text: "MacLeod", count: 9)])
        for (odd, right) in [
            ("sMITH", "Smith"), ("SMith", "Smith"), ("SmITh", "Smith"), ("mCdONALD", "McDonald"), ("jONES", "Jones"),
            ("o'bRIEN", "O'Brien"),
        ] {
            #expect(letters.fixed(odd, keepsShort: false) == right, "\(odd)")
        }
        for right in ["DeAngelo", "van Dyke", "MacLeod", "McDonald", "Smith-Jones", "O'Brien", "Anne-Marie", "LaToya"] {
            #expect(letters.fixed(right, keepsShort: false) == nil, "\(right)")
        }
    }
}
