import Semantics
import Testing

@Suite struct NameComparisonTests {
    func likeness(_ left: String, _ right: String) -> Double {
        Array(left.utf16).withUnsafeBufferPointer { a in
            Array(right.utf16).withUnsafeBufferPointer { b in JaroWinkler.likeness(a, b) }
        }
    }

    /// Winkler (1990), table of examples: MARTHA 0.961, DWAYNE 0.840, DIXON 0.813.
    @Test func winklersOwnExamples() {
        #expect(abs(likeness("MARTHA", "MARHTA") - 0.9611) < 0.0001)
        #expect(abs(likeness("DWAYNE", "DUANE") - 0.84) < 0.0001)
        #expect(abs(likeness("DIXON", "DICKSONX") - 0.8133) < 0.0001)
        #expect(likeness("", "") == 1 && likeness("a", "") == 0)
    }

    @Test func aBoundedDistanceAgreesWithTheWholeOne() {
        let words = ["", "a", "ab", "ba", "abc", "acb", "bca", "abcd", "badc", "abxcd", "xabcd", "dcba", "aabb"]
        for left in words {
            for right in words {
                let distance = EditDistance.between(Array(left.unicodeScalars), Array(right.unicodeScalars))
                for limit in 0...2 {
                    let isWithin = Array(left.utf16).withUnsafeBufferPointer { a in
                        Array(right.utf16).withUnsafeBufferPointer { b in EditDistance.isWithin(limit, a, b) }
                    }
                    #expect(isWithin == (distance <= limit), "\(left) \(right) \(limit)")
                }
            }
        }
    }

    @Test(arguments: [
        ("محمد", "Mohammad"), ("رضایی", "Rezaei"), ("فاطمه", "Fatemeh"), ("حسینی", "Hosseini"), ("اکبری", "Akbari"),
        ("صادق", "Sadegh"), ("شیرین", "Shirin"), ("سلیمانی", "Soleimani"), ("آزاده", "Azadeh"),
    ])
    func persianMeetsLatin(persian: String, latin: String) {
        let left = ConsonantSkeleton.of(PlainText.matchKey(persian).utf16)
        #expect(left == ConsonantSkeleton.of(PlainText.matchKey(latin).utf16))
    }

    @Test func chineseNamesArePinyin() {
        // ICU's Han-Latin/Names reads 曾 and 单 as surnames, not as they read elsewhere (céng, dān).
        #expect(LatinLetters.pinyin("曾国藩", isName: true) == "zeng guo fan")
        #expect(LatinLetters.simplified("臺灣") == "台湾")
        #expect(LatinLetters.parts(ofChineseName: "欧阳修")?.family == "欧阳")
        #expect(LatinLetters.parts(ofChineseName: "曾国藩")?.given == "国藩")
    }

    @Test func nicknamesMeet() {
        func meet(_ left: String, _ right: String) -> Bool {
            Nicknames.meet(Nicknames.groups(of: left), Nicknames.groups(of: right))
        }
        #expect(meet("robert", "bob") && meet("kate", "katherine") && meet("alex", "alexandra"))
        #expect(!meet("robert", "william") && !meet("", "") && !meet("xyz", "xyz"))
    }
}
