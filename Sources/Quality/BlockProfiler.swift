import CustomerData
import Semantics
import Statistics

/// What a block contributes in the order of the file.
struct BlockFindings: Sendable {
    var values: [FrequentTexts.Summary] = []
    var patterns: [FrequentTexts.Summary] = []
    /// Sums of the numbers and of their squares, column by column.
    var sums: [(sum: Double, squares: Double)] = []
    var sample: [RowSample.Row] = []
}

/// Looks at blocks, one after the other, on one worker.
final class BlockProfiler {
    private let plans: [ColumnPlan]
    private let readers: [CellReader]
    private(set) var tallies: [ColumnTally]
    private var rows = DigestSample()
    private var nearRows = DigestSample()
    private let values = BlockValues()
    private let scanner = CellScanner()
    private var folded: [UInt64] = []
    private var isMissing: [Bool] = []
    private var rowHashes: [UInt64] = []
    private var nearHashes: [UInt64] = []
    private var rowKeys: [UInt64] = []
    private var patterns = BlockPatterns()
    private var filledHashes: [UInt64] = []

    init(_ plans: [ColumnPlan]) {
        self.plans = plans
        readers = plans.map { CellReader($0) }
        tallies = plans.map { _ in ColumnTally() }
    }

    /// Hands over the digests of the rows.
    func takeRows() -> DigestSample {
        defer { rows = DigestSample() }
        return rows
    }

    /// Hands over the digests of the rows in folded form, without their ids.
    func takeNearRows() -> DigestSample {
        defer { nearRows = DigestSample() }
        return nearRows
    }

    /// Looks at a block.
    ///
    /// - Parameter level: the level of the row sample by now.
    func read(_ block: CellBlock, level: Int) -> BlockFindings {
        var findings = BlockFindings()
        let rowCount = block.rowCount
        rowHashes = [UInt64](repeating: 0x9E37_79B9_7F4A_7C15, count: rowCount)
        nearHashes = [UInt64](repeating: 0x9E37_79B9_7F4A_7C15, count: rowCount)
        rowKeys = (0..<rowCount).map { RowSample.key(block: block.number, row: $0) }
        let mask: UInt64 = 1 << UInt64(level) - 1
        let chosen = (0..<rowCount).filter { rowKeys[$0] & mask == 0 }
        var cells = chosen.map { _ in [UInt64](repeating: 0, count: block.columnCount) }
        for column in 0..<block.columnCount {
            values.fill(block, column: column)
            look(at: block, column: column, into: &findings)
            joinRows(column: column)
            for (position, row) in chosen.enumerated() {
                let value = Int(values.positions[row])
                cells[position][column] = isMissing[value] ? 0 : values.hashes[value] | 1
            }
        }
        findings.sample = zip(chosen, cells).map { .init(key: rowKeys[$0], number: $0, cells: $1) }
        rows.add(rowHashes)
        nearRows.add(nearHashes)
        return findings
    }

    /// Looks at the different values of a column.
    private func look(at block: CellBlock, column: Int, into findings: inout BlockFindings) {
        let count = values.count
        let plan = plans[column]
        // Taken out of the object while they are filled: what an object holds is checked at every access.
        var (folded, isMissing, patterns) = (self.folded, self.isMissing, self.patterns)
        (self.folded, self.isMissing, self.patterns) = ([], [], BlockPatterns())
        folded.removeAll(keepingCapacity: true)
        isMissing.removeAll(keepingCapacity: true)
        patterns.removeAll()
        let (scanner, reader) = (scanner, readers[column])
        let pattern = UnsafePointer(scanner.pattern)
        let (hashes, counts, spans, text) = (values.hashes, values.counts, values.spans, block.text)
        let mayHaveRuns = !plan.isNamedID
        var filledHashes = self.filledHashes
        self.filledHashes = []
        filledHashes.removeAll(keepingCapacity: true)
        var sum = 0.0
        var squares = 0.0
        var kept = 0
        tallies.withUnsafeMutableBufferPointer { tallies in
            let padded = block.paddedCounts[column]
            if padded > 0 { tallies[column].suspicions[SuspicionPlaces.padded] += padded }
            for position in 0..<count {
                let bytes = UnsafeBufferPointer(
                    start: text + Int(spans[position].start), count: Int(spans[position].length))
                let times = Int(counts[position])
                if bytes.isEmpty {
                    tallies[column].empty += times
                    folded.append(0)
                    isMissing.append(true)
                    continue
                }
                if let hidden = HiddenMissing(bytes), !plan.isSpoken(hidden, bytes) {
                    tallies[column].hidden[hidden.index] += times
                    folded.append(0)
                    isMissing.append(true)
                    continue
                }
                var scan = scanner.scan(bytes)
                let reading = reader.read(bytes, &scan)
                if scan.upper + scan.lower + scan.letters > 0, scan.characters <= 16, TrialEntries.contains(scan.folded)
                {
                    scan.suspicions |= SuspicionBits.test
                }
                if mayHaveRuns, scan.digits >= 7, scan.upper + scan.lower == 0, reading.kind != .date,
                    reading.kind != .jalaliDate,
                    CellScanner.hasDigitRun(bytes)
                {
                    scan.suspicions |= SuspicionBits.digitRun
                }
                tallies[column].add(bytes, scan, reading, times: times)
                filledHashes.append(hashes[position])
                if reading.kind == .number {
                    let number = Double(reading.value) / 1e4
                    sum += number * Double(times)
                    squares += number * number * Double(times)
                }
                folded.append(scan.folded)
                isMissing.append(false)
                kept += 1
                patterns.add(pattern, scan.patternCount, times)
            }
        }
        findings.sums.append((sum, squares))
        tallies[column].distinct.add(contentsOf: filledHashes)
        self.filledHashes = filledHashes
        findings.patterns.append(patterns.summary)
        (self.folded, self.isMissing, self.patterns) = (folded, isMissing, patterns)
        findings.values.append(summary(of: block, kept: kept))
    }

    /// The most frequent values that say something.
    private func summary(of block: CellBlock, kept: Int) -> FrequentTexts.Summary {
        if kept == values.count {
            return FrequentTexts.summary(
                hashes: UnsafeBufferPointer(start: values.hashes, count: kept),
                counts: UnsafeBufferPointer(start: values.counts, count: kept)
            ) { values.bytes($0, of: block) }
        }
        let positions = (0..<values.count).filter { !isMissing[$0] }
        let hashes = positions.map { values.hashes[$0] }
        let counts = positions.map { values.counts[$0] }
        return hashes.withUnsafeBufferPointer { hashes in
            counts.withUnsafeBufferPointer { counts in
                FrequentTexts.summary(hashes: hashes, counts: counts) { values.bytes(positions[$0], of: block) }
            }
        }
    }

    /// Mixes a column's values into the digests of their rows and of the column.
    private func joinRows(column: Int) {
        let isIdentity = plans[column].isIdentity
        var digest: UInt64 = 0
        let (positions, hashes) = (values.positions, values.hashes)
        rowHashes.withUnsafeMutableBufferPointer { rowHashes in
            nearHashes.withUnsafeMutableBufferPointer { nearHashes in
                folded.withUnsafeBufferPointer { folded in
                    rowKeys.withUnsafeBufferPointer { keys in
                        for row in rowHashes.indices {
                            let position = Int(positions[row])
                            let hash = hashes[position]
                            rowHashes[row] = BlockProfiler.mix(rowHashes[row], hash)
                            if !isIdentity { nearHashes[row] = BlockProfiler.mix(nearHashes[row], folded[position]) }
                            digest &+= BlockProfiler.mix(keys[row], hash)
                        }
                    }
                }
            }
        }
        tallies[column].digest &+= digest
    }

    @inline(__always)
    static func mix(_ state: UInt64, _ value: UInt64) -> UInt64 {
        let product = (state ^ value).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
        return product.high ^ product.low &+ 0x9E37_79B9_7F4A_7C15
    }
}

/// Values that people type to try a form, in folded form.
enum TrialEntries {
    private static let hashes: [UInt64] = {
        let scanner = CellScanner()
        let words =
            "test,testtest,testing,test1,test123,asdf,asdfg,asdfgh,qwerty,qwertz,xxx,xxxx,foo,foobar,abc,abcd,abcdef,dummy,"
            + "sample,fake,zzz,tester,example,تست,آزمایش,آزمایشی,测试,测试用户"
        return words.split(separator: ",").map { word in
            var word = String(word)
            return word.withUTF8 { scanner.scan($0).folded }
        }.sorted()
    }()

    static func contains(_ folded: UInt64) -> Bool {
        var low = 0
        var high = hashes.count
        while low < high {
            let middle = (low + high) / 2
            if hashes[middle] < folded { low = middle + 1 } else { high = middle }
        }
        return low < hashes.count && hashes[low] == folded
    }
}
