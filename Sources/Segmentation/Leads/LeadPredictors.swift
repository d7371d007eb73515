import CustomerData
import Glibc

/// The numbers that a lead's chance is computed from: which there are depends on the data, how each is computed only on
/// what was known by the day that it is looked at from.
struct LeadPredictors: Sendable {
    /// The windows that interactions are counted in, in days: what stirs now, and what has been going on.
    static let windows = [30, 180]
    /// Days after which it no longer matters how long ago a lead was heard from.
    static let longestSilence = 365
    /// Sources that have a number of their own at most: those of most customers.
    static let sourceLimit = 20
    /// Customers that such a source has at least.
    static let fewestOfSource = 50
    /// Ages beyond this are mistakes.
    static let oldestAge = 110

    /// What each number is.
    let names: [String]
    private let kinds: [InteractionKind]
    /// The place in `kinds` of each kind, by its raw value; -1 where it does not occur.
    private let kindPlaces: [Int]
    private let sources: [String: Int]
    /// The position of each customer's source among `sources`; -1 for none of them.
    private let sourcePlaces: [Int]
    private let facts: LeadFacts

    /// Numbers of one customer.
    var count: Int { names.count }

    /// - Complexity: O(customers + interactions).
    init(_ facts: LeadFacts) {
        self.facts = facts
        var found = [Bool](repeating: false, count: InteractionKind.allCases.count)
        for event in facts.interactions?.events ?? [] { found[Int(event.kind.rawValue)] = true }
        let kinds = InteractionKind.allCases.filter { found[Int($0.rawValue)] }
        self.kinds = kinds
        kindPlaces = InteractionKind.allCases.map { kind in kinds.firstIndex(of: kind) ?? -1 }
        var counts: [String: Int] = [:]
        for source in facts.sources ?? [] where !source.isEmpty { counts[source, default: 0] += 1 }
        let usual = counts.filter { $0.value >= LeadPredictors.fewestOfSource }
            .sorted { $0.value != $1.value ? $0.value > $1.value : $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            .prefix(LeadPredictors.sourceLimit).map(\.key)
        sources = Dictionary(zip(usual, usual.indices), uniquingKeysWith: { first, _ in first })
        let places = sources
        sourcePlaces = (facts.sources ?? []).map { places[$0] ?? -1 }
        // The first is what judgements hold the chance against.
        var names = ["days known", "took everything back"]
        if facts.interactions != nil {
            names += ["heard from", "days since heard from"]
            for window in LeadPredictors.windows { names += kinds.map { "\($0) in \(window) days" } }
        }
        if facts.birthDays != nil { names += ["age known", "age"] }
        names += usual.map { "source \($0)" }
        self.names = names
    }

    /// Appends a customer's numbers as of a day, not yet standardised; the customer was known by then.
    ///
    /// - Parameter hasOrder: whether an order of the customer's, taken back since, lies before the day.
    /// - Complexity: O(numbers + interactions of the longest window).
    func append(_ customer: Int, asOf day: Int32, hasOrder: Bool, to values: inout [Float]) {
        let known = facts.knownSince(customer)
        values.append(Float(log(1 + Double(max(0, Int(day) - Int(known))))))
        values.append(hasOrder ? 1 : 0)
        if let interactions = facts.interactions { append(interactions, customer, day, to: &values) }
        if let births = facts.birthDays {
            let age = (Double(day) - Double(births[customer])) / 365.25
            let isKnown = births[customer] != PurchaseHistory.noDay && (0...Double(LeadPredictors.oldestAge)) ~= age
            values.append(isKnown ? 1 : 0)
            // Where the age is not known the number is that of forty: the flag beside it learns the difference.
            values.append(isKnown ? Float(age) : 40)
        }
        guard !sources.isEmpty else { return }
        for place in 0..<sources.count { values.append(sourcePlaces[customer] == place ? 1 : 0) }
    }

    private func append(_ history: InteractionHistory, _ customer: Int, _ day: Int32, to values: inout [Float]) {
        let start = values.count + 2
        values.append(contentsOf: repeatElement(0, count: 2 + kinds.count * LeadPredictors.windows.count))
        history.events.withUnsafeBufferPointer { events in
            var heard = LeadPredictors.longestSilence
            var isHeard = false
            var position = history.starts[customer + 1]
            while position > history.starts[customer] {
                position -= 1
                let event = events[position]
                guard event.day <= day else { continue }
                let age = Int(day) - Int(event.day)
                if age > LeadPredictors.longestSilence { break }
                if !isHeard, event.kind.isInbound { (isHeard, heard) = (true, age) }
                for (window, days) in LeadPredictors.windows.enumerated() where age < days {
                    values[start + window * kinds.count + kindPlaces[Int(event.kind.rawValue)]] += 1
                }
            }
            values[start - 2] = isHeard ? 1 : 0
            values[start - 1] = Float(log(1 + Double(heard)))
        }
        for place in start..<start + kinds.count * LeadPredictors.windows.count {
            values[place] = Float(log(1 + Double(values[place])))
        }
    }
}
