import CustomerData
import Semantics
import Statistics
import Testing

@testable import Ingest

/// A problem says where, never what a person's cell held.
@Suite("What a cell holds stays there") struct SecretTests {
    private static let secret = "Zq7Xsecret"

    /// Reads a text as everything that can be read, and gives the sentences of all problems.
    private func sentences(_ bytes: [UInt8], _ random: inout SeededGenerator) throws -> [String] {
        let folder = try TestFolder()
        let path = try folder.file(bytes)
        let parallel = Parallel(threads: 2)
        let strict = random.index(below: 2) == 0
        let rule = ReturnRule.allCases[random.index(below: 3)]
        var found: [String] = []
        func note(_ body: () throws -> Void) {
            do { try body() } catch {
                found.append("\(error)")
                #expect(error is Problem)
            }
        }
        note {
            _ = try TransactionRun(paths: [path]) {
                $0.strict = strict
                $0.maxRejectShare = 0.2
                $0.returns = rule
                $0.asOf = Day("2024-06-01")
            }
        }
        note {
            let reader = try CustomerReader(files: [TableFile(path: path)], overrides: [:])
            _ = try reader.read(parallel: parallel, limits: .init(strict: strict))
        }
        note {
            let reader = try InteractionReader(
                files: [TableFile(path: path)], overrides: [:], dateOrder: nil, parallel: parallel)
            let builder = PurchaseHistoryBuilder(orderRule: .row, returns: rule, countsProducts: false, threads: 2)
            guard let asOf = Day("2024-06-01") else { return }
            _ = try reader.read(into: builder, asOf: asOf, parallel: parallel, limits: .init(strict: strict))
        }
        note { _ = try FeatureTableReader.read(TableFile(path: path), parallel: parallel) }
        note {
            try TableFile(path: path).forEachTextBlock(parallel: parallel) { _ in
            } commit: { _ in
            }
        }
        return found
    }

    @Test(arguments: 0..<60 as Range<UInt64>)
    func `No sentence holds the content of a cell`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        func pick(_ cells: [String]) -> String { cells[random.index(below: cells.count)] }
        let headers = [
            "customer_id,order_id,date,amount,quantity,currency,kind", "id,name,email,registered,city,x,y",
            "customer,when,when,amount,amount,price,qty", "a,b,c,d,e,f,g", "Email,Name,Date,Total,Items,Currency,Event",
        ]
        let bad = [
            Self.secret, "\"\(Self.secret)", "\"\(Self.secret)\"", "1\(Self.secret)", "\(Self.secret),\(Self.secret)",
        ]
        var text = pick(headers) + "\n"
        let rows = 1 + random.index(below: 40)
        // Files with few faults get further than those with many.
        let faults = [2, 10, 100][random.index(below: 3)]
        for row in 0..<rows {
            let cells = [
                pick(["C\(row % 5)", ""]), "\(row)", pick(["2024-01-02", "03/04/2024", "2024-07-01"]),
                pick(["1.5", "2,5", "-1"]),
                pick(["1", "-2"]), pick(["EUR", "USD", ""]), pick(["visit", "sent", "1"]),
            ]
            text += cells.map { random.index(below: faults) == 0 ? pick(bad) : $0 }.joined(separator: ",") + "\n"
        }
        var bytes = Array(text.utf8)
        switch random.index(below: 6) {
        case 0: bytes += [0xFF, 0xC3, 0x28, 0x0A]
        case 1: bytes = try encoded(text + "é", as: "UTF-16LE")
        case 2: bytes.append(0)
        default: break
        }
        for sentence in try sentences(bytes, &random) {
            #expect(!sentence.contains(Self.secret), "\(sentence.replacing(Self.secret, with: "***"))")
            #expect(!sentence.contains("\n"))
        }
    }
}
