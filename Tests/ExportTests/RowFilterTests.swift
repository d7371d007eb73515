import CustomerData
import Export
import Statistics
import Testing

@Suite struct RowFilterTests {
    let columns = ["segment", "monetary", "frequency", "last_purchase", "note", "Two Words", "金额", "overdue"]

    func matches(
        _ condition: String, segment: String = "At Risk", monetary: String = "100.50", frequency: String = "3",
        last: String = "2024-03-20", note: String = "", words: String = "x", amount: String = "7"
    ) throws -> Bool {
        try RowFilter(parsing: condition, columns: columns)
            .matches([segment, monetary, frequency, last, note, words, amount, "true"])
    }

    @Test(arguments: [
        ("segment = 'At Risk' and monetary > 100", true), ("segment='At Risk' AND monetary>100.5", false),
        ("segment <> 'At Risk'", false), ("segment != 'Lost'", true), ("segment = 'at risk'", false),
        ("SEGMENT = 'At Risk'", true), ("\"segment\" = 'At Risk'", true), ("\"Two Words\" = 'x'", true),
        ("金额 = 7.000", true), ("monetary = 100.5", true), ("monetary >= 100.5000000000000000000000001", false),
        ("monetary <= 1.005e2", true), ("100 < monetary", true), ("monetary > -100", true), ("+3 = frequency", true),
        ("frequency between 1 and 3", true), ("frequency not between 1 and 3", false),
        ("frequency between 4 and 5", false), ("frequency in (1, 2, 3)", true), ("frequency not in (1, 2)", true),
        ("segment in ('Lost', 'At Risk')", true), ("last_purchase >= '2024-03-20'", true),
        ("last_purchase < '2024-03-20'", false), ("last_purchase between '2024-01-01' and '2024-12-31'", true),
        ("segment like 'At%'", true), ("segment like '%R_sk'", true), ("segment like 'at%'", false),
        ("segment not like '%Risk'", false), ("segment like '%i%i%'", false), ("segment like 'At Risk%'", true),
        ("monetary > frequency", true), ("frequency = \"金额\"", false), ("overdue = true", true),
        ("overdue = FALSE", false),
        ("1 = 1 and not 1 = 2", true), ("monetary < 10 or frequency > 2 and segment like 'A%'", true),
        ("(monetary < 10 or frequency > 2) and segment like 'B%'", false),
        ("not monetary < 10 and not (frequency = 3 and segment = 'Lost')", true), (".5 < frequency", true),
    ]) func conditionsHold(condition: String, holds: Bool) throws {
        #expect(try matches(condition) == holds, "\(condition)")
    }

    @Test func quotesAreDoubled() throws {
        #expect(try matches("segment = 'O''Hara'", segment: "O'Hara"))
        #expect(try RowFilter(parsing: "\"a\"\"b\" = 'x'", columns: ["a\"b"]).matches(["x"]))
    }

    @Test func likeCountsCharacters() throws {
        #expect(try matches("segment like '____'", segment: "آرمان") == false)
        #expect(try matches("segment like '_____'", segment: "آرمان"))
        #expect(try matches("segment like '客_'", segment: "客户"))
        #expect(try matches("segment like '%'", segment: "x"))
    }

    /// SQL's truth tables, with an empty cell for unknown.
    @Test func unknownIsNeitherTrueNorFalse() throws {
        let values = [("1 = 1", true), ("1 = 2", false), ("note = 'x'", nil)] as [(String, Bool?)]
        func truth(_ condition: String) throws -> Bool? {
            let holds = try matches(condition)
            let fails = try matches("not (\(condition))")
            #expect(!(holds && fails))
            return holds ? true : fails ? false : nil
        }
        for (left, a) in values {
            #expect(try truth(left) == a)
            #expect(try truth("not \(left)") == a.map { !$0 })
            for (right, b) in values {
                let both: Bool? = a == false || b == false ? false : a == nil || b == nil ? nil : true
                let either: Bool? = a == true || b == true ? true : a == nil || b == nil ? nil : false
                #expect(try truth("\(left) and \(right)") == both)
                #expect(try truth("\(left) or \(right)") == either)
            }
        }
    }

    @Test func anEmptyCellIsNull() throws {
        #expect(try matches("note is null"))
        #expect(try !matches("note is not null"))
        #expect(try matches("note IS NOT NULL", note: "x"))
        for condition in [
            "note = 'x'", "note <> 'x'", "note < 5", "not note like '%'", "note not in ('a')", "note = segment",
        ] {
            #expect(try !matches(condition), "\(condition)")
        }
    }

    @Test func aCellThatIsNoNumberComparesWithNone() throws {
        for condition in ["note > 5", "note <= 5", "note <> 5", "not note = 5"] {
            for cell in ["abc", "5x", "1,000", "--5", "", ".", "e5", "5e", "0x5", "5e9999999999"] {
                #expect(try !matches(condition, note: cell), "\(condition) on \(cell)")
            }
        }
    }

    @Test func numbersCompareExactlyAtAnyLength() throws {
        let ascending = [
            "-1e+16", "-100.5", "-100.49", "-0.001", "0", "0.0009", "0.001", ".5", "1",
            "1.0000000000000000000000000001",
            "9.99", "10", "170141183460469231731687303715884105727", "170141183460469231731687303715884105728", "1e40",
        ]
        for (i, left) in ascending.enumerated() {
            for (j, right) in ascending.enumerated() {
                #expect(try matches("monetary < \(right)", monetary: left) == (i < j))
                #expect(try matches("monetary = \(right)", monetary: left) == (i == j))
                #expect(try matches("monetary >= frequency", monetary: left, frequency: right) == (i >= j))
            }
        }
        for zero in ["-0", "0.00", "+0", "000", "0e5", "-.0"] {
            #expect(try matches("monetary = 0 and not monetary < 0", monetary: zero))
        }
        #expect(try matches("monetary = 0012.500", monetary: "12.5"))
    }

    @Test(arguments: [
        ("", 1, "expected a column, a number or a text in single quotes, found the end"),
        ("monetery > 1", 1, "there is no column monetery; the columns are segment, monetary, frequency"),
        ("monetary > 1 or \"Segment\" = 'x'", 17, "there is no column Segment; the columns are"),
        ("monetary >", 11, "expected a column, a number or a text in single quotes, found the end"),
        ("monetary > 1 2", 14, "expected AND, OR or the end, found 2"), ("(monetary > 1", 14, "expected AND, OR or )"),
        ("monetary 5", 10, "expected a comparison"), ("segment = 'x", 11, "the quote ' is not closed"),
        ("segment = ''", 11, "an empty cell is found with IS NULL, not with ''"),
        ("segment ; drop", 9, "; means nothing here"), ("monetary > 5x", 12, "5x is no number"),
        ("segment = “x”", 11, "“ means nothing here"), ("monetary in 5", 13, "expected (, found 5"),
        ("monetary in (5 6)", 16, "expected , or ), found 6"),
        ("monetary between 1 or 2", 20, "expected AND, found or"),
        ("5 is null", 1, "IS NULL asks about a column"), ("segment like 5", 14, "expected a pattern in single quotes"),
        ("segment is 5", 12, "expected NULL, found 5"), ("and", 1, "expected a column"),
    ]) func errorsSayWhere(condition: String, position: Int, what: String) throws {
        let problem = try #require(throws: Problem.self) { try RowFilter(parsing: condition, columns: columns) }
        #expect(problem.kind == .usage)
        #expect(problem.description.hasPrefix("the condition can't be read at character \(position): \(what)"))
    }

    @Test func noTextExhaustsTheStack() throws {
        for opening in ["(", "not "] {
            #expect(throws: Problem.self) {
                try RowFilter(parsing: String(repeating: opening, count: 100_000), columns: columns)
            }
        }
    }

    @Test func rowsOfATableAreThoseThatMatch() throws {
        let count = 10_001
        let cells = [
            IdentifierList((0..<count).map(String.init)), IdentifierList((0..<count).map { $0 % 3 == 0 ? "" : "x" }),
        ]
        let filter = try RowFilter(parsing: "n >= 5000 and x is null", columns: ["n", "x"])
        let expected = (5000..<count).filter { $0 % 3 == 0 }
        for threads in [1, 2, 5] { #expect(filter.rows(of: cells, parallel: Parallel(threads: threads)) == expected) }
    }
}
