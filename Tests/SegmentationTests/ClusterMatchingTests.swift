import Foundation
import Statistics
import Testing

@testable import Segmentation

@Suite struct ClusterMatchingTests {
    private let three = [[0.0, 0], [10, 0], [0, 10]]

    @Test func theSameCentresInAnotherOrderKeepTheirNumbers() {
        let matching = ClusterMatching([three[2], three[0], three[1]], to: three)
        #expect(matching.numbers == [2, 0, 1] && matching.new.isEmpty && matching.vanished.isEmpty)
        #expect(matching.matched.map(\.number) == [0, 1, 2] && matching.matched.allSatisfy { $0.distance == 0 })
        #expect(matching.matched.map(\.reach) == [10, 10, 10] && matching.usedNumberCount == 3)
    }

    /// Three on a line: moving all by one step would bring two of them onto the neighbour's place. They stay as they are,
    /// and only the one that is beyond the reach is new.
    @Test func whoStayedKeepsTheNumberWhoeverElseMoved() {
        let matching = ClusterMatching([[1], [2], [3]], to: [[0], [1], [2]])
        #expect(matching.numbers == [1, 2, 3] && matching.new == [3] && matching.vanished == [0])
        let slid = ClusterMatching([[0.4], [1.4], [2.4]], to: [[0], [1], [2]])
        #expect(slid.numbers == [0, 1, 2])
    }

    @Test func numbersAreNeverGivenAgain() {
        let first = ClusterMatching([three[0], three[1]], to: three)
        #expect(first.numbers == [0, 1] && first.vanished == [2] && first.usedNumberCount == 3)
        // The third comes back where it was: nobody knows that it is the same.
        let second = ClusterMatching([three[2], three[1], three[0]], to: [three[0], three[1]], numbered: first)
        #expect(second.numbers == [3, 1, 0] && second.new == [3] && second.usedNumberCount == 4)
        let third = ClusterMatching([[0, 1], [50, 50]], to: [three[2], three[1], three[0]], numbered: second)
        #expect(third.numbers == [0, 4] && third.vanished == [1, 3] && third.usedNumberCount == 5)
    }

    @Test func anOnlyClusterIsMatchedHoweverFarItWent() {
        let matching = ClusterMatching([[5, 5], [900, 900]], to: [[0, 0]])
        #expect(Set(matching.numbers) == [0, 1] && matching.matched.first?.reach == nil)
        // Two earlier ones at one place have no reach.
        #expect(ClusterMatching([[1]], to: [[1], [1]]).numbers == [2])
    }

    /// No one-to-one choice among all possible ones is nearer in sum.
    @Test(arguments: Array(1...20) as [UInt64])
    func noOtherChoiceIsNearer(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        func points(_ count: Int) -> [[Double]] { (0..<count).map { _ in [generator.unit(), generator.unit()] } }
        let (old, new) = (points(4), points(4))
        func distance(_ a: [Double], _ b: [Double]) -> Double {
            zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
        }
        let reach = old.indices.map { own in
            old.indices.filter { $0 != own }.map { distance(old[own], old[$0]) }.min() ?? 0
        }
        func nearness(_ new: [Double], _ number: Int) -> Double {
            max(0, 1 - distance(new, old[number]) / reach[number])
        }
        func best(_ rest: ArraySlice<[Double]>, _ free: Set<Int>) -> Double {
            guard let first = rest.first else { return 0 }
            let skipped = best(rest.dropFirst(), free)
            return free.reduce(skipped) {
                max($0, nearness(first, $1) + best(rest.dropFirst(), free.subtracting([$1])))
            }
        }
        let matching = ClusterMatching(new, to: old)
        let found = matching.matched.reduce(0) { $0 + nearness(new[$1.position], $1.number) }
        #expect(abs(found - best(new[...], Set(old.indices))) < 1e-7)
        #expect(matching.matched.allSatisfy { $0.distance < $0.reach ?? .infinity })
        #expect(Set(matching.numbers).count == 4)
    }

    @Test func namesFollowAndNoTwoAreTheSame() {
        let matching = ClusterMatching([three[2], [80, 80], three[0]], to: three)
        #expect(matching.numbers == [2, 3, 0])
        let names = matching.names(["x", "frequent", "y"], earlier: [0: "recent", 1: "silent", 2: "frequent"])
        #expect(names == ["frequent", "frequent 2", "recent"])
    }

    @Test func aMatchingThatDoesNotFitTogetherIsNotRead() throws {
        let matching = ClusterMatching([three[0], three[1]], to: three)
        let text = String(decoding: try JSONEncoder().encode(matching), as: UTF8.self)
        #expect(try JSONDecoder().decode(ClusterMatching.self, from: Data(text.utf8)) == matching)
        for (part, damage) in [
            ("\"numbers\":[0,1]", "\"numbers\":[0,0]"), ("\"numbers\":[0,1]", "\"numbers\":[0,7]"),
            ("\"usedNumberCount\":3", "\"usedNumberCount\":-1"), ("\"position\":1", "\"position\":5"),
        ] {
            let damaged = text.replacingOccurrences(of: part, with: damage)
            #expect(damaged != text)
            #expect(throws: DecodingError.self) {
                try JSONDecoder().decode(ClusterMatching.self, from: Data(damaged.utf8))
            }
        }
    }
}
