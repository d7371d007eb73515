import Testing

@testable import Semantics

/// Cells of customers: countries, emails, phones, identity numbers, and cells that stand for nothing.
@Suite struct CustomerCellTests {
    @Test(arguments: [
        ("United Kingdom", "GB"), ("UK", "GB"), ("england", "GB"), ("USA", "US"), ("ایران", "IR"), ("中国", "CN"),
        ("中國", "CN"), ("Iran, Islamic Republic of", "IR"), ("DEU", "DE"), ("Deutschland", "DE"), ("ir", "IR"),
        ("امریکا", "US"), ("Côte d'Ivoire", "CI"), ("156", "CN"), ("آلمان", "DE"), ("Türkiye", "TR"),
    ])
    func countries(cell: String, code: String) { #expect(Country(cell)?.code == code) }

    @Test func countriesThatAreNone() {
        #expect(Country("Utopia") == nil && Country("") == nil && Country("Xx") == nil)
        #expect(Country(misspelt: "Philipines")?.code == "PH" && Country(misspelt: "Germny")?.code == "DE")
        #expect(Country(misspelt: "Nigxr") == nil || Country(misspelt: "Nigxr")?.code == "NE")
    }

    @Test(arguments: [
        ("John.Smith@Gmail.COM", "john.smith@gmail.com"), (" ann @ gmail.com ", "ann@gmail.com"),
        ("mailto:a@b.org", "a@b.org"), ("Ann <a@b.org>", "a@b.org"), ("a@b.org,", "a@b.org"), ("a@b,org", "a@b.org"),
        ("ａ@b.org", "a@b.org"),
    ])
    func emails(cell: String, expected: String) { #expect(EmailAddress.standard(cell) == expected) }

    @Test(arguments: ["", "@", "a@", "a@b", "a b", "a@@b.org", "a..b@c.org", ".a@b.org", "a@-b.org", "a@b.o1"])
    func noEmails(cell: String) {
        #expect(!cell.withUTF8Bytes(EmailAddress.isStandard))
    }

    /// Iranian codes by the published rule; 0499370899 is the usual example. 11010519491231002X is the example of
    /// GB 11643-1999.
    @Test func identityNumbers() {
        #expect(NationalID.iranian("0499370899") == "0499370899")
        #expect(NationalID.iranian("۰۴۹۹۳۷۰۸۹۹") == "0499370899")
        #expect(NationalID.iranian("499370899") == "0499370899")
        #expect(NationalID.iranian("0499370898") == nil && NationalID.iranian("1111111111") == nil)
        #expect(NationalID.chinese("11010519491231002x") == "11010519491231002X")
        #expect(NationalID.chinese("110105194912310021") == nil)
    }

    /// libphonenumber 8.12.57 (Debian 12): parse with the region, format E164.
    @Test func phones() {
        let parser = PhoneParser()
        func parse(_ cell: String, _ region: String) -> PhoneNumber? {
            cell.withUTF8Bytes { parser.parse($0, region: region) }
        }
        #expect(parse("020 7946 0018", "GB")?.standard == "+442079460018")
        #expect(parse("۰۹۱۲ ۱۲۳ ۴۵۶۷", "IR")?.standard == "+989121234567")
        #expect(parse("１３８１２３４５６７８", "CN")?.standard == "+8613812345678")
        #expect(parse("+44 (0)20 7946 0018 x12", "")?.standard == "+442079460018 ext. 12")
        #expect(parse("138", "CN")?.isValid != true)
        #expect(parse("020 7946 0018", "") == nil)
    }

    /// libgeocoding 8.12.57 (Debian 12), in English.
    @Test(.enabled(if: PhoneParser.knowsAreas))
    func placesOfPhones() {
        let parser = PhoneParser()
        for (number, country, area) in [
            ("+982188776655", "IR", "Tehran province"), ("+861065529988", "CN", "Beijing"),
            ("+14165550123", "CA", "Ontario"),
            ("+12125551234", "US", "New York, NY"), ("+77272345678", "KZ", "Almaty"), ("+989121234567", "IR", ""),
            ("+442079460018", "GB", "London"),
        ] {
            let place = number.withUTF8Bytes { parser.place(of: $0) }
            #expect(place == PhonePlace(country: country, area: area), "\(number)")
        }
        for number in ["02079460018", "+9991234567", "+", ""] {
            #expect(number.withUTF8Bytes { parser.place(of: $0) } == nil, "\(number)")
        }
    }

    @Test func hiddenMissing() {
        for cell in ["N/A", " - ", "(none)", "未知", "ندارد", "NULL", "?"] {
            #expect(cell.withUTF8Bytes { HiddenMissing.isWord($0) }, "\(cell)")
        }
        for cell in ["Na", "Nan", "Null", "Test", "空"] {
            #expect(!cell.withUTF8Bytes { HiddenMissing.isWord($0, amongNames: true) }, "\(cell)")
        }
        #expect("000000".withUTF8Bytes(HiddenMissing.isFiller) && "xxx".withUTF8Bytes(HiddenMissing.isFiller))
        #expect(!"1234".withUTF8Bytes(HiddenMissing.isFiller) && !"101".withUTF8Bytes(HiddenMissing.isFiller))
    }

    @Test func distances() {
        func letters(_ text: String) -> [Unicode.Scalar] { Array(text.unicodeScalars) }
        for (left, right, distance) in [
            ("London", "Londno", 1), ("London", "Lodon", 1), ("London", "Lonndon", 1), ("London", "Londxn", 1),
            ("London", "London", 0), ("London", "Leeds", 4), ("ab", "ba", 1), ("", "a", 1),
        ] {
            #expect(EditDistance.between(letters(left), letters(right)) == distance, "\(left) \(right)")
            #expect(EditDistance.isOne(letters(left), letters(right)) == (distance == 1), "\(left) \(right)")
        }
    }
}
