import CustomerData
import Statistics
import Testing

@testable import Matching

/// Pairs are compared as the rules say: those that a person gives, and those chosen from the data.
@Suite struct BlockingTests {
    /// Records with few values a column, so that blocks are of many sizes, and with gaps.
    static func records(_ count: Int) -> [String] {
        var generator = SeededGenerator(seed: 11)
        let given = ["Anna", "Boris", "Carla", "Derek", "Fiona", ""]
        let family = ["Adler", "Brandt", "Keller", "Moser", "Neumann", "Oswald", "Richter", ""]
        return ["id,given_name,family_name,birth_date,phone"]
            + (0..<count).map { number in
                let day = Day(number: Int32(generator.index(below: 1500)))
                let phone = "0301\(100_000 + generator.index(below: 300))"
                return "r\(number),\(given[generator.index(below: given.count)]),"
                    + "\(family[generator.index(below: family.count)]),"
                    + "\(generator.index(below: 9) == 0 ? "" : day.description),"
                    + (generator.index(below: 5) == 0 ? "" : phone)
            }
    }

    static func matcher(_ table: RecordTable, _ rules: [BlockingRule]?, pairs: Int? = nil) throws -> Matcher {
        try Matcher(
            table,
            Matcher.Options(pairBudget: pairs, blocking: rules.map { BlockingRules(file: "given.yml", rules: $0) }),
            parallel: Parallel(threads: 2))
    }

    /// The pairs that blocking gives, as often as it gives them.
    static func pairs(_ matcher: Matcher) -> [Int: Int] {
        let count = matcher.distinct.count
        var pairs: [Int: Int] = [:]
        for portion in matcher.blocking.portions() {
            matcher.blocking.forEachPair(of: portion) { left, right in
                pairs[min(left, right) * count + max(left, right), default: 0] += 1
            }
        }
        return pairs
    }

    /// What a key is, from the cell itself.
    static func part(_ cell: String?, _ form: BlockingForm) -> String? {
        guard let cell else { return nil }
        switch form {
        case .year: return String(cell.prefix(4))
        case .yearMonth: return String(cell.prefix(7))
        case .monthDay: return String(cell.suffix(5))
        case .last(let count): return String(cell.suffix(count))
        case .first(let count): return String(cell.lowercased().prefix(count))
        default: return cell.lowercased()
        }
    }

    /// Pairs by going through all of them.
    static func expected(_ matcher: Matcher, _ rules: [BlockingRule]) -> Set<Int> {
        let table = matcher.table
        let count = matcher.distinct.count
        func value(_ record: Int, _ key: BlockingRule.Key) -> String? {
            table.columns.headers.firstIndex(of: key.column).flatMap { column in
                part(table.text(row: Int(matcher.distinct.first[record]), column: column), key.form)
            }
        }
        let values = rules.map { rule in
            (0..<count).map { record -> [String]? in
                let parts = rule.keys.compactMap { value(record, $0) }
                if parts.count < rule.keys.count { return nil }
                return rule.isEitherOrder ? parts.sorted() : parts
            }
        }
        var pairs: Set<Int> = []
        for left in 0..<count {
            for right in (left + 1)..<max(count, left + 1)
            where values.contains(where: { $0[left] != nil && $0[left] == $0[right] }) {
                pairs.insert(left * count + right)
            }
        }
        return pairs
    }

    static let given: [[BlockingRule]] = [
        [BlockingRule([.init(column: "phone", form: .exact)])],
        [
            BlockingRule([.init(column: "family_name", form: .exact), .init(column: "birth_date", form: .year)]),
            BlockingRule([.init(column: "phone", form: .last(3))]),
        ],
        [
            BlockingRule([
                .init(column: "given_name", form: .first(1)), .init(column: "family_name", form: .first(2)),
                .init(column: "birth_date", form: .monthDay),
            ]),
            BlockingRule([.init(column: "birth_date", form: .yearMonth), .init(column: "phone", form: .last(2))]),
        ],
        [
            BlockingRule(
                [.init(column: "given_name", form: .exact), .init(column: "family_name", form: .exact)],
                isEitherOrder: true)
        ],
        [BlockingRule([])],
    ]

    @Test(arguments: given) func givenRulesGiveTheirPairsAndNoOther(rules: [BlockingRule]) throws {
        let records = try MatchedTable(BlockingTests.records(400))
        let matcher = try BlockingTests.matcher(records.table, rules)
        let pairs = BlockingTests.pairs(matcher)
        #expect(Set(pairs.keys) == BlockingTests.expected(matcher, rules))
        #expect(pairs.values.allSatisfy { $0 == 1 })
        #expect(!pairs.isEmpty)
    }

    @Test func aLargestBlockIsKeptToAndTold() throws {
        let records = try MatchedTable(BlockingTests.records(400))
        let key = BlockingRule.Key(column: "given_name", form: .exact)
        let all = try BlockingTests.matcher(records.table, [BlockingRule([key])])
        let sizes = all.blocking.rules[0].ends
        let bounded = try BlockingTests.matcher(records.table, [BlockingRule([key], largestBlock: 70)])
        let accounts = bounded.blockingAccounts(bounded.result()).rules
        #expect(sizes.count == 5)
        #expect(accounts[0].largestBlock == 70)
        #expect(accounts[0].oversizedRecords + Int(bounded.blocking.rules[0].members.count) == Int(sizes[4]))
        #expect(accounts[0].oversizedRecords > 0)
        #expect(BlockingTests.pairs(bounded).count == accounts[0].pairs)
        // What all rules together may have, bounds too.
        let few = try BlockingTests.matcher(records.table, [BlockingRule([key])], pairs: 5000)
        #expect(BlockingTests.pairs(few).count <= 5000)
        #expect(few.blocking.rules[0].oversizedCount > 0)
    }

    @Test(arguments: [2000, 20_000, 10_000_000]) func theChosenRulesGivenAgainGiveTheSamePairs(budget: Int) throws {
        let records = try MatchedTable(BlockingTests.records(600))
        let chosen = try BlockingTests.matcher(records.table, nil, pairs: budget)
        let again = try BlockingTests.matcher(records.table, chosen.blockingRules, pairs: budget)
        let pairs = BlockingTests.pairs(chosen)
        #expect(Set(pairs.keys) == Set(BlockingTests.pairs(again).keys))
        #expect(pairs.values.allSatisfy { $0 == 1 })
    }

    @Test func rulesThatDoNotFitAreRefusedWithTheirLine() throws {
        let records = try MatchedTable(BlockingTests.records(20))
        func sentence(_ key: BlockingRule.Key) -> String {
            do {
                _ = try BlockingTests.matcher(records.table, [BlockingRule([key], line: 7)])
                return ""
            } catch { return "\(error)" }
        }
        #expect(
            sentence(.init(column: "street", form: .exact)).hasPrefix("given.yml line 7: there is no column \"street\"")
        )
        #expect(
            sentence(.init(column: "phone", form: .year))
                == "given.yml line 7: column \"phone\" (phone) has no key year")
        #expect(
            sentence(.init(column: "id", form: .exact)).hasPrefix("given.yml line 7: column \"id\" is not compared"))
    }
}
