import Statistics

/// Which clusters of a fit go on as which of an earlier one, so that "cluster 3" stays cluster 3.
///
/// Centres are compared in one scale by Euclidean distance. A centre can go on as an earlier one when it lies nearer to it
/// than that one's nearest neighbour among the earlier centres did (its *reach*): otherwise it has moved as far as another
/// cluster lay. Of those that can, the pairs are chosen whose nearness, 1 − distance / reach, adds up to the most
/// (Hungarian method, `MaximumAssignment`). Who is left among the new centres gets a number that none ever had, and the
/// numbers of who is left among the earlier are not given again.
public struct ClusterMatching: Hashable, Codable, Sendable {
    /// A cluster that goes on.
    public struct Pair: Hashable, Codable, Sendable {
        /// Its number, the earlier one's.
        public let number: Int
        /// Position of its centre in the new fit.
        public let position: Int
        /// Euclidean distance between the centres, in the scale that they were compared in.
        public let distance: Double
        /// The distance from the earlier centre to the nearest other of its fit; nil when it had no other.
        public let reach: Double?
    }

    /// The number of each cluster of the new fit, by position of its centre; no two the same.
    public let numbers: [Int]
    /// Numbers that have been given so far, by this fit and those before it: all are below.
    public let usedNumberCount: Int
    /// The clusters that go on, ascending by number.
    public let matched: [Pair]
    /// Numbers of earlier clusters that none goes on as, ascending.
    public let vanished: [Int]

    /// Numbers of the new fit that no earlier one had, ascending.
    public var new: [Int] {
        let known = Set(matched.map(\.number))
        return numbers.filter { !known.contains($0) }.sorted()
    }

    /// Steps of nearness that the assignment tells apart.
    private static let steps = 1e9

    /// Matches centres.
    ///
    /// - Parameters:
    ///   - later: centres of the new fit, one value a column.
    ///   - earlier: centres of the earlier fit in the same columns and scale.
    ///   - known: how the earlier fit was matched with one before it; nil when its numbers are its positions.
    /// - Complexity: O(s² l) for s the smaller and l the larger of the numbers of clusters.
    public init(_ later: [[Double]], to earlier: [[Double]], numbered known: ClusterMatching? = nil) {
        precondition(known.map { $0.numbers.count == earlier.count } ?? true)
        func distance(_ left: [Double], _ right: [Double]) -> Double {
            zip(left, right).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
        }
        let reaches = earlier.indices.map { own in
            earlier.indices.filter { $0 != own }.map { distance(earlier[own], earlier[$0]) }.min()
        }
        let distances = later.map { centre in earlier.map { distance(centre, $0) } }
        let columns = MaximumAssignment.columns(
            of: distances.map { row in
                row.indices.map { old in
                    // An only cluster is matched however far it went.
                    guard let reach = reaches[old] else { return 1 }
                    guard row[old] < reach else { return 0 }
                    return 1 + Int(((1 - row[old] / reach) * ClusterMatching.steps).rounded())
                }
            })
        let earlierNumbers = known?.numbers ?? Array(earlier.indices)
        var next = max(known?.usedNumberCount ?? 0, (earlierNumbers.max() ?? -1) + 1)
        var numbers: [Int] = []
        var matched: [Pair] = []
        for (position, column) in columns.enumerated() {
            guard let column else {
                numbers.append(next)
                next += 1
                continue
            }
            numbers.append(earlierNumbers[column])
            matched.append(
                Pair(
                    number: earlierNumbers[column], position: position, distance: distances[position][column],
                    reach: reaches[column]))
        }
        self.numbers = numbers
        usedNumberCount = next
        self.matched = matched.sorted { $0.number < $1.number }
        vanished = earlierNumbers.filter { number in !numbers.contains(number) }.sorted()
    }

    /// The names of the new fit's clusters by position: an earlier name goes on with its number; of a new cluster its own,
    /// with a number behind it where an earlier one has the same.
    ///
    /// - Parameters:
    ///   - own: names that the new fit gave, by position.
    ///   - earlier: names of the earlier fit by number.
    public func names(_ own: [String], earlier: [Int: String]) -> [String] {
        var names = own
        var isKept = [Bool](repeating: false, count: own.count)
        for pair in matched {
            guard let name = earlier[pair.number] else { continue }
            names[pair.position] = name
            isKept[pair.position] = true
        }
        var taken = Set(names.indices.filter { isKept[$0] }.map { names[$0] })
        for position in names.indices where !isKept[position] {
            var name = names[position]
            var number = 2
            while !taken.insert(name).inserted {
                name = "\(names[position]) \(number)"
                number += 1
            }
            names[position] = name
        }
        return names
    }
}

extension ClusterMatching {
    private enum CodingKeys: String, CodingKey {
        case numbers, usedNumberCount, matched, vanished
    }

    /// Reads a matching.
    ///
    /// - Throws: `DecodingError` when a part is missing, or the parts don't fit together.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        numbers = try container.decode([Int].self, forKey: .numbers)
        usedNumberCount = try container.decode(Int.self, forKey: .usedNumberCount)
        matched = try container.decode([Pair].self, forKey: .matched)
        vanished = try container.decode([Int].self, forKey: .vanished)
        let known = 0..<max(usedNumberCount, 0)
        guard Set(numbers).count == numbers.count, (numbers + vanished).allSatisfy(known.contains),
            matched.allSatisfy({ numbers.indices.contains($0.position) && numbers[$0.position] == $0.number })
        else {
            throw DecodingError.dataCorruptedError(
                forKey: .numbers, in: container, debugDescription: "the clusters' numbers don't fit together")
        }
    }
}

extension ClusterDescription {
    /// The same under another number and name.
    public func renamed(_ name: String, number: Int) -> ClusterDescription {
        ClusterDescription(cluster: number, name: name, size: size, share: share, traits: traits)
    }
}
