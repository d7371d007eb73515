import Statistics
import Testing

@Suite struct WilsonIntervalTests {
    /// scipy 1.17.1: `binomtest(k, n).proportion_ci(method="wilson")`.
    @Test(arguments: [
        (10, 50, 0.11243750015776106, 0.33037105932225413), (0, 7, 0, 0.35433043506668743),
        (7, 7, 0.6456695649333126, 1), (1, 1, 0.20654931437723745, 1),
        (324, 885, 0.3350052059645272, 0.39835556647913306),
        (1, 1_000_000, 1.765245767453709e-07, 5.664911804311442e-06),
    ])
    func endsAreThoseOfScipy(_ count: Int, _ total: Int, _ low: Double, _ high: Double) throws {
        let interval = try #require(WilsonInterval(count, of: total))
        #expect(abs(interval.low - low) < 1e-12)
        #expect(abs(interval.high - high) < 1e-12)
    }

    @Test func theShareLiesWithinAndNothingOfNobodyIsKnown() throws {
        #expect(WilsonInterval(0, of: 0) == nil)
        for total in 1...40 {
            for count in 0...total {
                let interval = try #require(WilsonInterval(count, of: total))
                let share = Double(count) / Double(total)
                #expect(0 <= interval.low && interval.low <= share && share <= interval.high && interval.high <= 1)
                // Successes and failures are treated alike.
                let other = try #require(WilsonInterval(total - count, of: total))
                #expect(abs(interval.low + other.high - 1) < 1e-12)
            }
        }
    }
}
