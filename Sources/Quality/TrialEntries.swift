/// Values that people type to try a form, in folded form.
enum TrialEntries {
    private static let hashes: [UInt64] = {
        let scanner = CellScanner()
        let words =
            "test,testtest,testing,test1,test123,asdf,asdfg,asdfgh,qwerty,qwertz,xxx,xxxx,foo,foobar,abc,abcd,abcdef,dummy,"
            + "sample,fake,zzz,tester,example,تست,آزمایش,آزمایشی,测试,测试用户"
        return words.split(separator: ",").map { word in
            var word = String(word)
            return word.withUTF8 { scanner.scan($0).folded }
        }.sorted()
    }()

    /// Twice six bits of the hashes that there are: most others are told by them.
    private static let bits: (low: UInt64, next: UInt64) = hashes.reduce((0, 0)) {
        ($0.0 | 1 << ($1 & 63), $0.1 | 1 << ($1 &>> 6 & 63))
    }

    static func contains(_ folded: UInt64) -> Bool {
        let bits = bits
        return bits.low &>> (folded & 63) & bits.next &>> (folded &>> 6 & 63) & 1 == 1 && hashes.contains(folded)
    }
}
