import Semantics

/// Misspelt providers behind the `@`: one edit away from a well-known one, or from one that is far more frequent.
struct EmailDomains {
    /// What a domain should be.
    private(set) var fixes: [String: String] = [:]
    /// What a domain may be.
    private(set) var doubtful: [String: String] = [:]

    /// Times that the other must be more frequent.
    static let ratio = 50
    /// The same for a slip within the name of a well-known provider.
    static let slipRatio = 5
    /// What `.com` becomes under quick fingers, and no top-level domain (IANA's root zone, 2026).
    private static let slips: Set<String> = ["con", "cmo", "ocm", "comm", "coom", "vom", "xom", "cim", "clm", "c0m"]

    /// Whether two domains differ in the first label alone, behind its first letter.
    private static func isWithinLabel(_ left: String, _ right: String) -> Bool {
        guard let leftDot = left.firstIndex(of: "."), let rightDot = right.firstIndex(of: ".") else { return false }
        return left[leftDot...] == right[rightDot...] && left.first == right.first
    }

    init(_ counts: ValueCounts) {
        guard !counts.isOverfull else { return }
        let all = counts.ranked.map { (name: counts.text($0), count: Int(counts.entries[$0].count)) }
        let frequent = all.prefix(200).filter { $0.count >= EmailDomains.ratio }
        let known = Set(EmailAddress.providers).union(frequent.map(\.name)).sorted()
        let keys = known.map { Array($0.unicodeScalars) }
        for (name, count) in all where !EmailAddress.providers.contains(name) && !EmailDomains.others.contains(name) {
            guard count < EmailDomains.ratio || frequent.allSatisfy({ $0.count < count * EmailDomains.ratio }) == false
            else { continue }
            let letters = Array(name.unicodeScalars)
            var near: [(name: String, count: Int)] = []
            for (place, key) in keys.enumerated() where abs(key.count - letters.count) <= 1 && known[place] != name {
                if EditDistance.isOne(key, letters) { near.append((known[place], counts.count(of: known[place]))) }
            }
            near.sort { ($1.count, $0.name) < ($0.count, $1.name) }
            // No country and nobody else has these ends.
            if let dot = name.lastIndex(of: "."), EmailDomains.slips.contains(String(name[name.index(after: dot)...])) {
                let plain = name[..<dot] + ".com"
                if EmailAddress.providers.contains(String(plain)) {
                    fixes[name] = String(plain)
                    continue
                }
            }
            guard let best = near.first else { continue }
            let isFar = best.count >= count * EmailDomains.ratio
            let isAlone = near.count == 1 || near[1].count * 10 <= best.count
            let isProvider = EmailAddress.providers.contains(best.name)
            // Short labels have other domains beside them: live.com and love.com.
            let isLong = (best.name.split(separator: ".").first?.count ?? 0) >= 5
            // A slip within a well-known name; without its first letter many are words: cloud, mail.
            let isSlip =
                isProvider && best.count >= count * EmailDomains.slipRatio
                && EmailDomains.isWithinLabel(name, best.name)
            if isAlone, isLong, isFar || isSlip || isProvider && count <= 3 && best.count >= count {
                fixes[name] = best.name
            } else if isLong, isFar || isProvider {
                doubtful[name] = best.name
            }
        }
    }

    /// Domains of their own that are an edit away from a provider.
    private static let others: Set<String> = [
        "email.com", "fmail.com", "hmail.com", "gmail.co", "ymail.co", "gmx.at", "gmx.ch", "yahoo.ca", "yahoo.co",
        "yahoo.cn", "yahoo.it", "yahoo.es", "outlook.fr", "outlook.de", "outlook.es", "outlook.it", "outlook.ir",
        "hotmail.it",
        "hotmail.es", "hotmail.ca", "icloud.co", "yahoo.in", "live.cn", "sina.net",
    ]
}
