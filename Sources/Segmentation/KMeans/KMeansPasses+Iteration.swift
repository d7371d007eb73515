extension KMeansPasses {
    /// Where a run has ended.
    struct End {
        /// Centres in the units of the input.
        let centres: [[Double]]
        /// The nearest of those centres, a row.
        let labels: [UInt32]
        let iterations: Int
        let converged: Bool
    }

    /// Lloyd's iterations from a start: at most `maxIterations`, until the squared shift of all centres together is at
    /// most `tolerance`.
    func iterate(from start: KMeansCentres, maxIterations: Int, tolerance: Double, path: Path) -> End {
        var lloyd = LloydIteration(self, clusterCount: start.count, path: path)
        var centres = start
        var (iteration, converged) = (0, false)
        while iteration < maxIterations, !converged {
            iteration += 1
            lloyd.assign(to: centres)
            if lloyd.hasEmptyCluster { lloyd.fillEmptyClusters(centres) }
            let next = lloyd.means(centres)
            var shift = 0.0
            for (new, old) in zip(next.exact, centres.exact) { shift += (new - old) * (new - old) }
            lloyd.spend(from: centres, to: next)
            centres = next
            converged = shift <= tolerance
        }
        // The centres are rounded to the units of the input first, so that the saved model, which has only those,
        // gives exactly the labels and distances of the training run.
        let inputUnits = centres.inputUnits(origin: data.origin)
        let rounded = KMeansCentres(inputUnits: inputUnits, origin: data.origin)
        lloyd.spend(from: centres, to: rounded)
        lloyd.assign(to: rounded)
        return End(centres: inputUnits, labels: lloyd.labels, iterations: iteration, converged: converged)
    }
}
