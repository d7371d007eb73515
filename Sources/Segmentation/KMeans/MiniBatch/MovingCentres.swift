import Statistics

/// Centres that move by batches of rows, each with the mass of the rows that it is the mean of.
struct MovingCentres {
    private(set) var centres: KMeansCentres
    private(set) var masses: [Double]

    init(_ centres: KMeansCentres, masses: [Double]) {
        self.centres = centres
        self.masses = masses
    }

    /// Lets all masses count less.
    mutating func fade(by factor: Double) {
        for cluster in masses.indices { masses[cluster] *= factor }
    }

    /// Assigns a batch to the centres and moves them; returns the batch's inertia to the centres as they were, and its
    /// weight.
    mutating func take(_ rows: [UInt32], of passes: KMeansPasses) -> (inertia: Double, weight: Double) {
        let distances = CentreDistances(centres)
        let (stride, count) = (centres.stride, centres.count)
        var sums = [Double](repeating: 0, count: count * stride)
        var added = [Double](repeating: 0, count: count)
        var inertia = 0.0
        withUnsafeTemporaryAllocation(of: Double.self, capacity: rows.count * distances.width) { table in
            guard let base = table.baseAddress else { return }
            passes.data.withStaged(rows) { points in
                distances.write(points, count: rows.count, to: base)
                for (place, row) in rows.enumerated() {
                    let own = base + place * distances.width
                    var best = 0
                    for cluster in 1..<max(1, count) where own[cluster] < own[best] { best = cluster }
                    let weight = passes.weight(Int(row))
                    let point = points + place * stride
                    for index in 0..<stride { sums[best * stride + index] += weight * Double(point[index]) }
                    added[best] += weight
                    inertia += weight * own[best]
                }
            }
        }
        var exact = centres.exact
        for cluster in 0..<count where added[cluster] > 0 {
            let mass = masses[cluster] + added[cluster]
            for index in cluster * stride..<(cluster + 1) * stride {
                // From the difference, so that a row at the centre doesn't move it.
                exact[index] += (sums[index] - added[cluster] * exact[index]) / mass
            }
            masses[cluster] = mass
        }
        centres = KMeansCentres(exact: exact, columnCount: centres.columnCount)
        return (inertia, added.reduce(0, +))
    }

    /// Places centres of less than a share of the greatest mass at random rows of positive weight of a batch.
    mutating func replaceLight(
        below share: Double, by rows: [UInt32], of passes: KMeansPasses, using generator: inout SeededGenerator
    ) {
        let limit = share * (masses.max() ?? 0)
        let light = masses.indices.filter { masses[$0] < limit }.sorted { (masses[$0], $0) < (masses[$1], $1) }
        let heavy = masses.filter { $0 >= limit }.min() ?? 0
        let places = light.prefix(rows.count / 2)
        guard !places.isEmpty else { return }
        var free = rows.filter { passes.weight(Int($0)) > 0 }
        var exact = centres.exact
        for cluster in places where !free.isEmpty {
            let row = Int(free.remove(at: generator.index(below: free.count)))
            exact.replaceSubrange(
                cluster * centres.stride..<(cluster + 1) * centres.stride, with: passes.data.row(row))
            masses[cluster] = heavy
        }
        centres = KMeansCentres(exact: exact, columnCount: centres.columnCount)
    }
}
