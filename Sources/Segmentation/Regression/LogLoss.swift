import Glibc

/// Adds up the log losses of rows.
struct LogLoss {
    private var loss = 0.0
    // Π(1 + e^−|z|) stands for Σ ln(1 + e^−|z|): a factor is at most 2, so that 512 of them stay in range.
    private var product = 1.0
    private var factors = 0

    /// Adds a row by its log odds and whether it came (1) or not (0); returns its chance.
    @inline(__always)
    mutating func add(odds: Double, came: Double) -> Double {
        let small = exp(-abs(odds))
        loss += max(odds, 0) - came * odds
        product *= 1 + small
        factors += 1
        if factors == 512 {
            loss += log(product)
            product = 1
            factors = 0
        }
        return (odds >= 0 ? 1 : small) / (1 + small)
    }

    /// The sum.
    var total: Double { loss + log(product) }
}
