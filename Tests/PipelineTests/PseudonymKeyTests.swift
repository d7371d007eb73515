import CustomerData
import Foundation
import Statistics
import Testing

@testable import Pipeline

@Suite struct PseudonymKeyTests {
    /// RFC 4231, test cases 1, 2 and 6.
    @Test(arguments: [
        (
            [UInt8](repeating: 0x0B, count: 20), "Hi There",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            Array("Jefe".utf8), "what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            [UInt8](repeating: 0xAA, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
    ])
    func aPseudonymIsTheWholeDigest(_ key: [UInt8], _ id: String, _ expected: String) {
        let key = PseudonymKey(key: key)
        #expect(key.pseudonym(of: id) == expected)
        let ids = IdentifierList((0..<20_000).map { $0 == 9000 ? id : "C\($0)" })
        let names = key.pseudonyms(of: ids, parallel: Parallel(threads: 2))
        #expect(names.count == ids.count && names[9000] == expected && names[1] == key.pseudonym(of: "C1"))
    }

    @Test func aKeyTellsNothingOfItself() {
        let key = PseudonymKey(key: Array("a very secret key".utf8), path: "key")
        #expect(key.description == "the key in key" && key.check.count == 16)
        #expect(key.check != PseudonymKey(key: Array("another secret key".utf8)).check)
    }

    @Test func aKeyFileIsChecked() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "strata-key-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        func key(_ text: String, mode: Int = 0o600) throws -> PseudonymKey {
            let path = folder.appending(path: "key").path
            try Data(text.utf8).write(to: URL(filePath: path))
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
            return try PseudonymKey(path: path)
        }
        let plain = try key("0123456789abcdef")
        #expect(plain.warning == nil)
        #expect(try key("0123456789abcdef\n").check == plain.check)
        #expect(try key("0123456789abcdef\r\n").check == plain.check)
        #expect(try key("0123456789abcdef\n\n").check != plain.check)
        #expect(try key("0123456789abcdef", mode: 0o644).warning?.contains("chmod 600") == true)
        #expect(throws: Problem.self) { try key("0123456789abcde\n") }
        #expect(throws: Problem.self) { try key("") }
        #expect(throws: Problem.self) { try PseudonymKey(path: folder.appending(path: "none").path) }
    }

    /// However the rejects come in pieces, the records are left out, and nothing else.
    @Test func recordsAreTakenOutOfTheRejects() {
        let text =
            "file,line,status,column,reason,record\n\"a,b.csv\",2,rejected,,no date,\"C1,\"\"x\"\"\ny\"\n"
            + "c.csv,3,set aside,\"we\"\"ird\",return,C2\n"
        let expected =
            "file,line,status,column,reason,record\n\"a,b.csv\",2,rejected,,no date,\n"
            + "c.csv,3,set aside,\"we\"\"ird\",return,\n"
        let bytes = Array(text.utf8)
        for size in [1, 2, 3, 7, 50, bytes.count] {
            let redaction = RejectsRedaction()
            var passed: [UInt8] = []
            for start in stride(from: 0, to: bytes.count, by: size) {
                bytes[start..<min(start + size, bytes.count)].withUnsafeBytes { passed += redaction.pass($0) }
            }
            #expect(String(decoding: passed, as: UTF8.self) == expected)
        }
    }

    @Test func namesAndContactsAreKnown() {
        for header in [
            "name", "Full Name", "first_name", "email", "Phone", "Billing Phone", "address", "手机号", "ایمیل", "comment",
            "Billing Name", "نام خانوادگی",
        ] {
            #expect(PrivateColumns.isPrivate(header, cells: []), "\(header)")
        }
        for header in [
            "city", "age", "segment", "cluster_name", "monetary", "channel=phone", "product name", "country", "amount",
        ] {
            #expect(!PrivateColumns.isPrivate(header, cells: []), "\(header)")
        }
        #expect(PrivateColumns.isPrivate("k7", cells: ["a@example.org", "", "b@example.org"]))
        for header in ["customer_id", "id", "کد مشتری", "会员号", "user"] { #expect(PrivateColumns.isID(header)) }
        for header in ["segment", "order_id", "sku", "cluster"] { #expect(!PrivateColumns.isID(header)) }
    }
}
