import CKernels
import Statistics
import Testing

/// The kernel of silhouettes gives the bits of its plain loops.
@Suite("Silhouette kernel")
struct SilhouetteKernelTests {
    @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8, 9, 17, 40])
    func `the kernel adds up as the plain loops do`(columns: Int) {
        let lanes = Int(STRATA_SILHOUETTE_LANES)
        var generator = SeededGenerator(seed: UInt64(columns))
        for (count, levels, scale) in [(0, 1, 1.0), (1, 1, 1), (333, 1, 1e-8), (500, 3, 1), (77, 11, 1e9)] {
            let judged = (0..<columns * lanes).map { _ in generator.unit() * scale }
            let others = (0..<count * columns).map { _ in generator.unit() * scale }
            let slots = (0..<count * levels).map { UInt32($0 % levels * 4 + generator.index(below: 4)) }
            let weights = (0..<count).map { _ in generator.unit() }
            for weights in [nil, weights] {
                var plain = (0..<levels * 4 * lanes).map(Double.init)
                var wide = plain
                if let weights {
                    strata_silhouette_sums_portable(judged, others, weights, count, columns, slots, levels, &plain)
                    strata_silhouette_sums(judged, others, weights, count, columns, slots, levels, &wide)
                } else {
                    strata_silhouette_sums_portable(judged, others, nil, count, columns, slots, levels, &plain)
                    strata_silhouette_sums(judged, others, nil, count, columns, slots, levels, &wide)
                }
                #expect(wide == plain)
            }
        }
    }
}
