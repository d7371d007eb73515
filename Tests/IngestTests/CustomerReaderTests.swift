import CustomerData
import Statistics
import Testing

@testable import Ingest

@Suite("Reading customers") struct CustomerReaderTests {
    private let folder: TestFolder

    init() throws { folder = try TestFolder() }

    private func read(
        _ text: String, attributes: [String] = [], threads: Int = 2, limits: RejectLimits = RejectLimits(maxShare: 1)
    ) throws -> (ids: [String], cells: [[String]], accounts: RowAccounts, rejects: String) {
        let file = try TableFile(path: folder.file(text, name: "people.csv"))
        var rejects: [UInt8] = []
        let writer = RejectsWriter { rejects.append(contentsOf: $0) }
        let read = try CustomerReader(files: [file], overrides: [:]).read(
            attributes: attributes, parallel: Parallel(threads: threads), rejects: writer, limits: limits)
        try writer.flush()
        let people = read.customers
        return (
            (0..<people.ids.count).map { people.ids[$0] },
            people.attributes.map { attribute in (0..<people.ids.count).map { attribute.cells[$0] } }, read.accounts,
            String(decoding: rejects, as: UTF8.self)
        )
    }

    @Test func `Ids once each, in the order of the file, with the columns that are asked for`() throws {
        let read = try read(
            "city,customer_id,age\nBerlin,b,30\n\"Bad \"\"X\"\"\",a,\n,c,20\n\nParis,a,50\nRome,,5\nOslo,d\n",
            attributes: ["age", "city", "customer_id"])
        #expect(read.ids == ["b", "a", "c"])
        #expect(read.cells == [["30", "", "20"], ["Berlin", "Bad \"X\"", ""], ["b", "a", "c"]])
        #expect(read.accounts.read == 6 && read.accounts.accepted == 3 && read.accounts.blankLines == 1)
        #expect(read.accounts.unused == [.duplicateCustomer: 1, .noCustomer: 1, .fieldCount: 1])
        let lines = read.rejects.split(separator: "\n").dropFirst().map { $0.split(separator: "/").last ?? "" }
        #expect(
            lines == [
                "people.csv,6,set aside,customer_id,customer listed before,\"Paris,a,50\"",
                "people.csv,7,set aside,customer_id,no customer,\"Rome,,5\"",
                "people.csv,8,rejected,,wrong number of fields,\"Oslo,d\"",
            ])
    }

    @Test func `Ids are compared by their bytes`() throws {
        // é in one scalar and in two.
        let read = try read("customer_id,x\ncaf\u{E9},1\ncafe\u{301},2\n")
        #expect(read.ids.count == 2)
    }

    @Test func `A file of ids alone, with blank lines`() throws {
        let read = try read("customer_id\na\n\nb\n\n")
        #expect(read.ids == ["a", "b"])
        #expect(read.accounts.blankLines == 2 && read.accounts.read == 2)
    }

    @Test func `The same customers for any number of threads`() throws {
        var random = SeededGenerator(seed: 4)
        let rows = (0..<80_000).map { "\(random.index(below: 50_000)),\($0)\n" }
        let runs = try [1, 2, 5].map { threads in
            try read("customer_id,x\n" + rows.joined(), attributes: ["x"], threads: threads)
        }
        for run in runs {
            #expect(run.ids == runs[0].ids && run.cells == runs[0].cells && run.accounts == runs[0].accounts)
            #expect(run.rejects.utf8.elementsEqual(runs[0].rejects.utf8))
            #expect(run.accounts.count(.duplicateCustomer) == run.rejects.split(separator: "\n").count - 1)
        }
    }

    @Test func `What is refused`() throws {
        let path = "\(folder.path)/people.csv"
        #expect(
            problem { _ = try read("customer_id,x\na,1\n", attributes: ["y"]) }
                == Problem(.usage, "--attribute y: \(path) has no such column; its columns are customer_id, x"))
        #expect(
            problem { _ = try read("customer_id,x\n,1\nNA,2\n") }
                == Problem(.data, "\(path): none of 2 rows has a customer id"))
        #expect(problem { _ = try read("colour,size\nred,1\n") }?.kind == .data)
        let ragged = "customer_id,x\na,1\nb\nc,2\n"
        #expect(
            problem { _ = try read(ragged, limits: .init()) }?.description.contains("1 of 3 rows could not be read")
                == true)
        #expect(try read(ragged, limits: .init(maxShare: 0.4)).ids == ["a", "c"])
        #expect(
            problem { _ = try read(ragged, limits: .init(strict: true)) }
                == Problem(
                    .data,
                    "\(path) line 3: wrong number of fields; without --strict such rows are counted and left out"))
    }
}
