import CustomerData
import Glibc

/// The chance that a customer buys again within the horizon, and the share that is usual.
public struct ReturnChance: Hashable, Sendable {
    /// How the chance is computed.
    public enum Formula: Hashable, Sendable {
        /// Learnt from who returned at earlier dates of this history.
        case learnt(ReturnRegression)
        /// Counts of purchases alone, where the history is too short to learn from.
        case counts(PurchaseCounts)
    }

    /// How the chance is computed.
    public let formula: Formula
    /// π: the share that returned in training; under `counts` the mean chance.
    public let usualShare: Double

    /// Whether the limits π/4 and π/2 rest on observed returns; if not, results say "thresholds not judged".
    public var thresholdsJudged: Bool {
        if case .learnt = formula { true } else { false }
    }
}

/// Logistic regression of "buys within the horizon" on three numbers of a customer, ridge with C = 1 as in
/// scikit-learn's `LogisticRegression`: the sum of the log losses plus half the squared weights is least; the
/// intercept is free.
public struct ReturnRegression: Hashable, Codable, Sendable {
    /// A number of a customer, brought to mean 0 and standard deviation 1 by `(value − mean)/scale`, and its weight.
    public struct Term: Hashable, Codable, Sendable {
        /// Mean in training.
        public let mean: Double
        /// Standard deviation (n) in training; 1 where it was 0.
        public let scale: Double
        /// Weight of the standardised number.
        public let weight: Double
    }

    /// The log odds of return at the means.
    public let intercept: Double
    /// ln(1 + s/e^μᵢ): days since the last purchase, in gaps of the customer's own.
    public let silence: Term
    /// ln(1 + x): purchase days after the first.
    public let repeats: Term
    /// ln(1 + T): days since the first purchase.
    public let tenure: Term
    /// Rows of training: customers with a purchase, summed over the snapshots.
    public let rowCount: Int
    /// Share of those rows that returned.
    public let returnedShare: Double
    /// Dates at which customers were looked at, newest first.
    public let snapshots: [Day]

    /// The chance at the values of the three numbers.
    func chance(silence: Double, repeats: Double, tenure: Double) -> Double {
        let odds =
            intercept + self.silence.contribution(silence) + self.repeats.contribution(repeats)
            + self.tenure.contribution(tenure)
        return 1 / (1 + exp(-odds))
    }
}

extension ReturnRegression.Term {
    @inline(__always)
    func contribution(_ value: Double) -> Double { (value - mean) / scale * weight }
}

extension ReturnChance: Codable {
    private enum Key: String, CodingKey {
        case usualShare, learnt, counts
    }

    /// Reads the share and the one formula that is there.
    ///
    /// - Throws: a `DecodingError` when there is none.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        usualShare = try container.decode(Double.self, forKey: .usualShare)
        formula =
            if container.contains(.learnt) {
                .learnt(try container.decode(ReturnRegression.self, forKey: .learnt))
            } else {
                .counts(try container.decode(PurchaseCounts.self, forKey: .counts))
            }
    }

    /// Writes the share and the formula under its name, `learnt` or `counts`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(usualShare, forKey: .usualShare)
        switch formula {
        case .learnt(let regression): try container.encode(regression, forKey: .learnt)
        case .counts(let counts): try container.encode(counts, forKey: .counts)
        }
    }
}
