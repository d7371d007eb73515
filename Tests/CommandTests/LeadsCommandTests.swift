import Foundation
import Testing

/// Leads in `strata lifecycle`, run as a user runs it.
@Suite struct LeadsCommandTests {
    let folder = Scratch()

    /// 2,400 customers that register over 1,000 days; every third was written to by the company, visits and buys soon.
    init() throws {
        func date(_ day: Int) -> String {
            let time = Date(timeIntervalSince1970: Double(18_000 + day) * 86_400)
            return String(time.ISO8601Format().prefix(10))
        }
        var orders = ["customer_id,order_id,date,amount", "z,o0,\(date(0)),1"]
        var people = ["customer_id,name,registered,source,birth_date,lead_status"]
        var visits = ["customer_id,date,kind"]
        for number in 0..<2400 {
            let day = number * 37 % 1000
            let isKeen = number % 3 == 0
            people.append(
                "c\(number),N,\(date(day)),\(number % 2 == 0 ? "till" : "web"),1980-01-0\(number % 9 + 1),new")
            if isKeen { visits.append("c\(number),\(date(day + number % 40)),visit") }
            let buys = isKeen ? number % 5 != 0 : number % 31 == 0
            let bought = day + number % 40 + number % 17
            if buys, bought < 1000 { orders.append("c\(number),o\(number),\(date(bought)),5") }
        }
        orders.append("z,o9,\(date(999)),1")
        try folder.write("orders.csv", orders)
        try folder.write("people.csv", people)
        try folder.write("visits.csv", visits)
    }

    private let files = ["--transactions", "orders.csv", "--customers", "people.csv", "--interactions", "visits.csv"]

    private func lifecycle(_ more: String...) throws -> StrataProcess.Outcome {
        let outcome = try StrataProcess.run(["lifecycle"] + files + more, in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return outcome
    }

    @Test func leadsHaveChancesAndTheRestHasNone() throws {
        let outcome = try lifecycle("--out", "l.csv", "--funnel", "funnel.csv")
        let file = ResultFile(folder.data("l.csv"))
        #expect(file.rows.count == 2401)
        func column(_ name: String) throws -> Int { try #require(file.headers.firstIndex(of: name)) }
        let (stage, lead, back) = try (column("stage"), column("lead_chance"), column("return_chance"))
        for row in file.rows {
            let isLead = row[stage] == "prospect" || row[stage] == "responder"
            #expect(row[lead].isEmpty != isLead, "\(row[0])")
            #expect(row[back].isEmpty == isLead, "\(row[0])")
        }
        #expect(
            outcome.errors.contains("became customers in the 90 days after; the chance of then ranked them with AUC"))
        #expect(outcome.errors.contains("highest fifth"))
        let funnel = ResultFile(folder.data("funnel.csv"))
        #expect(funnel.rows.map { $0[0] } == ["prospect", "responder", "customer", "repeat customer"])
        #expect(funnel.rows[0][1] == "2401" && funnel.rows[3][1] == "1")
    }

    /// The customers stand in another order then; the chances are the same.
    @Test func pseudonymsChangeNoChance() throws {
        try folder.write("key", Data("0123456789abcdef0123456789abcdef\n".utf8))
        _ = try lifecycle("--out", "ids.csv")
        _ = try lifecycle("--out", "names.csv", "--pseudonymise", "key")
        let (ids, names) = (ResultFile(folder.data("ids.csv")), ResultFile(folder.data("names.csv")))
        let column = try #require(ids.headers.firstIndex(of: "lead_chance"))
        let (before, after) = (ids.rows.map { $0[column] }.sorted(), names.rows.map { $0[column] }.sorted())
        #expect(before == after && before.last != "")
        #expect(Set(names.rows.map(\.[0].count)) == [64])
    }

    /// What a customers file says of today tells nothing about the past.
    @Test func theStatusOfTodayChangesNothing() throws {
        _ = try lifecycle("--out", "a.csv")
        let people = folder.text("people.csv").replacing(",new", with: ",customer")
        try folder.write("people.csv", Data(people.utf8))
        _ = try lifecycle("--out", "b.csv")
        #expect(folder.data("a.csv") == folder.data("b.csv"))
    }
}
