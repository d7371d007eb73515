import Statistics
import Testing

/// Counts in bounded memory: exact below their limits, within their errors above, and the same in any order.
@Suite struct SketchTests {
    private func hash(_ number: Int) -> UInt64 {
        var generator = SeededGenerator(seed: UInt64(bitPattern: Int64(number)), stream: 7)
        return generator.next()
    }

    @Test(arguments: [0, 1, 100, 5000, 60_000, 400_000])
    func hyperLogLogStaysWithinItsError(_ count: Int) {
        var sketch = HyperLogLog()
        for number in 0..<count { sketch.add(hash(number)) }
        // Four standard errors.
        #expect(abs(sketch.estimate - Double(count)) <= 4 * HyperLogLog.standardError * Double(count) + 0.5)
    }

    @Test func distinctHashesAreExactUpToTheLimit() {
        var left = DistinctHashes()
        var right = DistinctHashes()
        for number in 0..<DistinctHashes.exactLimit {
            left.add(hash(number))
            left.add(hash(number))
            right.add(hash(number / 2))
        }
        #expect(left.isExact && left.count == DistinctHashes.exactLimit)
        #expect(right.isExact && right.count == DistinctHashes.exactLimit / 2)
        right.merge(left)
        #expect(right.isExact && right.count == DistinctHashes.exactLimit)
        right.add(hash(-1))
        #expect(!right.isExact && abs(right.count - DistinctHashes.exactLimit) < DistinctHashes.exactLimit / 25)
        left.add(hash(-1))
        #expect(left.count == right.count)
    }

    @Test func fewNumbersHaveExactQuantiles() {
        var random = SeededGenerator(seed: 1)
        let values = (0..<5001).map { _ in Int64(random.index(below: 3000)) - 1000 }
        var distribution = NumberDistribution()
        for value in values { distribution.add(value, times: 1) }
        let sorted = values.sorted()
        let shares = [0, 0.01, 0.25, 0.5, 0.9, 1]
        #expect(distribution.isExact)
        #expect(
            distribution.quantiles(shares) == shares.map { Double(Quantiles.inverse($0, sorted: sorted)) })
        #expect(distribution.count(from: 100) == values.count { $0 >= 100 })
    }

    @Test func manyNumbersHaveQuantilesWithinTheError() {
        var random = SeededGenerator(seed: 2)
        var values: [Int64] = []
        var parts = (0..<3).map { _ in NumberDistribution() }
        for row in 0..<120_000 {
            let magnitude = Int64(1) << Int64(random.index(below: 62))
            let value = (magnitude + Int64(random.index(below: Int(magnitude)))) * (row % 5 == 0 ? -1 : 1)
            values.append(value)
            parts[row % 3].add(value, times: 1)
        }
        values.sort()
        var forwards = parts[0]
        forwards.merge(parts[1])
        forwards.merge(parts[2])
        var backwards = parts[2]
        backwards.merge(parts[1])
        backwards.merge(parts[0])
        let shares = (0...100).map { Double($0) / 100 }
        let found = forwards.quantiles(shares)
        #expect(!forwards.isExact && found == backwards.quantiles(shares))
        for (share, quantile) in zip(shares, found) {
            let truth = Double(Quantiles.inverse(share, sorted: values))
            #expect(abs(quantile - truth) <= NumberDistribution.relativeError * abs(truth) * 1.0001, "\(share)")
        }
    }

    @Test func repeatsAreCountedExactlyUpToTheLimit() {
        var sample = DigestSample(limit: 1000)
        sample.add((0..<300).map { hash($0) } + (0..<50).map { hash($0) } + (0..<10).map { hash($0) })
        let found = sample.repeats()
        #expect(found.extra == 60 && found.clusters == 50 && found.largest == 3 && sample.share == 1)
    }

    @Test func moreRepeatsAreEstimatedFromAShare() {
        let digests = (0..<40_000).map { hash($0) } + (0..<10_000).map { hash($0) }
        var whole = DigestSample(limit: 8000)
        whole.add(digests)
        var parts = (0..<4).map { _ in DigestSample(limit: 8000) }
        for (position, digest) in digests.enumerated() { parts[position % 4].add([digest]) }
        var joined = parts[3]
        for part in parts[..<3] { joined.merge(part) }
        let (one, other) = (whole.repeats(), joined.repeats())
        #expect(one == other && whole.share == 0.125 && joined.share == 0.125)
        // The share holds about 1250 of the 10,000: four standard deviations.
        #expect(abs(one.extra - 10_000) < 4 * 8 * 36)
    }
}
