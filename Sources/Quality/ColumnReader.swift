import CKernels
import CustomerData
import Semantics

/// A worker's memory for the different values of a column within a block.
final class CellScratch {
    private var capacity = 0
    /// `BlockValues.hash` of each value's letters and digits.
    private(set) var folded: UnsafeMutablePointer<UInt64>
    private(set) var isMissing: UnsafeMutablePointer<Bool>
    fileprivate private(set) var classes: UnsafeMutablePointer<UInt64>
    fileprivate private(set) var filled: UnsafeMutablePointer<UInt64>
    fileprivate private(set) var numbers: UnsafeMutablePointer<Int64>
    fileprivate private(set) var numberTimes: UnsafeMutablePointer<UInt32>
    /// Letters and digits of a cell of at most 64 bytes, with room behind them.
    fileprivate let kept: UnsafeMutablePointer<UInt8>
    fileprivate let scanner = CellScanner()

    init() {
        folded = .allocate(capacity: 0)
        isMissing = .allocate(capacity: 0)
        classes = .allocate(capacity: 0)
        filled = .allocate(capacity: 0)
        numbers = .allocate(capacity: 0)
        numberTimes = .allocate(capacity: 0)
        kept = .allocate(capacity: 128)
    }

    deinit {
        deallocate()
        kept.deallocate()
    }

    private func deallocate() {
        folded.deallocate()
        isMissing.deallocate()
        classes.deallocate()
        filled.deallocate()
        numbers.deallocate()
        numberTimes.deallocate()
    }

    /// Makes room for so many values.
    func reserve(_ count: Int) {
        guard count > capacity else { return }
        deallocate()
        capacity = count
        folded = .allocate(capacity: count)
        isMissing = .allocate(capacity: count)
        classes = .allocate(capacity: count)
        filled = .allocate(capacity: count)
        numbers = .allocate(capacity: count)
        numberTimes = .allocate(capacity: count)
    }
}

/// Reads a column, block after block, on one worker.
final class ColumnReader {
    private let plan: ColumnPlan
    private let reader: CellReader
    private let shapes: CellShapes
    private var patterns = BlockPatterns()
    /// Whether values are countries, by their hashes; nil where the header does not say so.
    private var countries: [UInt64: Bool]?
    var tally = ColumnTally()

    /// Whether cells are read by their shapes, which changes no result.
    private let usesShapes: Bool

    init(_ plan: ColumnPlan, usesShapes: Bool = true) {
        self.plan = plan
        self.usesShapes = usesShapes
        reader = CellReader(plan)
        shapes = CellShapes(plan)
        countries = plan.roles.contains(.country) ? [:] : nil
    }

    /// Whether a value of at most 100 bytes names a country; each is looked up once.
    private func isCountry(_ bytes: UnsafeBufferPointer<UInt8>, _ hash: UInt64) -> Bool {
        if let known = countries?[hash] { return known }
        let isCountry = bytes.count <= 100 && Country(String(decoding: bytes, as: UTF8.self)) != nil
        if let count = countries?.count, count >= 1 << 14 { countries = [:] }
        countries?[hash] = isCountry
        return isCountry
    }

    /// What is counted of a block's values before it goes into the tally.
    private struct Counts {
        var filled = 0
        var numbers = 0
        var codes = 0
        var dates = 0
        var sum = 0.0
        var squares = 0.0
        var decimals = 0
        /// Numbers that were gathered, from the first place on, and days, from the last place back.
        var gathered = 0
        var gatheredDays = 0

        /// Adds what a cell was read as.
        mutating func add(_ reading: CellReading, _ times: Int) {
            guard reading.kind == .number else { return }
            let number = Double(reading.value) / 1e4
            sum += number * Double(times)
            squares += number * number * Double(times)
        }
    }

    /// Where what is read by shapes is gathered.
    private struct Gathered {
        let numbers: UnsafeMutablePointer<Int64>
        let times: UnsafeMutablePointer<UInt32>
        let count: Int
        let folded: UnsafeMutablePointer<UInt64>
        let kept: UnsafeMutablePointer<UInt8>
    }

    /// Looks at the different values of the column in a block.
    func read(
        _ block: CellBlock, column: Int, _ values: BlockValues, _ scratch: CellScratch,
        into findings: inout BlockFindings
    ) {
        let count = values.count
        // Taken out of the object while they are filled: what an object holds is checked at every access.
        var (tally, patterns) = (self.tally, self.patterns)
        (self.tally, self.patterns) = (ColumnTally(), BlockPatterns())
        patterns.removeAll()
        shapes.begin()
        let byShape = usesShapes && shapes.isWorthwhile
        let (hashes, times, spans, text) = (values.hashes, values.counts, values.spans, block.text)
        let (classes, isMissing, folded, filled) = (
            scratch.classes, scratch.isMissing, scratch.folded, scratch.filled
        )
        if byShape {
            strata_cell_classes(text, UnsafeRawPointer(spans).assumingMemoryBound(to: UInt32.self), count, classes)
        } else {
            classes.update(repeating: 0, count: count)
        }
        var counts = Counts()
        var view = shapes.view
        let plan = plan
        let isOfCountries = countries != nil
        let gathered = Gathered(
            numbers: scratch.numbers, times: scratch.numberTimes, count: count, folded: folded, kept: scratch.kept)
        let padded = block.paddedCounts[column]
        if padded > 0 { tally.suspicions[SuspicionPlaces.padded] += padded }
        for position in 0..<count {
            let bytes = UnsafeBufferPointer(
                start: text + Int(spans[position].start), count: Int(spans[position].length))
            let key = classes[position]
            let isFilled: Bool
            if key != 0 {
                var number = view.find(key)
                if number < 0 {
                    number = shapes.enter(key, bytes, scratch.scanner)
                    view = shapes.view
                }
                isFilled = read(
                    bytes, view, view.shapes + number, plan, hash: hashes[position], times: Int(times[position]),
                    position, gathered, &tally,
                    &counts)
            } else {
                isFilled = readWhole(bytes, Int(times[position]), position, scratch, &tally, &patterns, &counts)
            }
            isMissing[position] = !isFilled
            if isFilled {
                if isOfCountries, isCountry(bytes, hashes[position]) { tally.countryNames += Int(times[position]) }
                filled[counts.filled] = hashes[position]
                counts.filled &+= 1
            } else {
                folded[position] = 0
            }
        }
        finish(count, &tally, &patterns, counts, scratch)
        findings.sums.append((counts.sum, counts.squares))
        findings.patterns.append(patterns.summary)
        (self.tally, self.patterns) = (tally, patterns)
        findings.values.append(summary(of: block, values, scratch, kept: counts.filled))
    }

    /// Enters what was counted by shapes and gathered.
    private func finish(
        _ count: Int, _ tally: inout ColumnTally, _ patterns: inout BlockPatterns, _ counts: Counts,
        _ scratch: CellScratch
    ) {
        shapes.end(count) { shape, pattern in
            tally.addScan(shape.scan, shape.times)
            tally.addSuspicions(shape.scan.suspicions, shape.times)
            if case .fixed(let kind) = shape.way { tally.kinds[Int(kind.rawValue)] += shape.times }
            patterns.add(pattern, shape.pattern.count, hash: shape.patternHash, shape.times)
        }
        tally.kinds[Int(CellKind.number.rawValue)] += counts.numbers
        tally.kinds[Int(CellKind.code.rawValue)] += counts.codes
        tally.kinds[Int(CellKind.date.rawValue)] += counts.dates
        tally.decimals = max(tally.decimals, counts.decimals)
        tally.numbers.add(
            UnsafeBufferPointer(start: scratch.numbers, count: counts.gathered), times: scratch.numberTimes)
        let days = count - counts.gatheredDays
        tally.days.add(
            UnsafeBufferPointer(start: scratch.numbers + days, count: counts.gatheredDays),
            times: scratch.numberTimes + days)
        tally.distinct.add(contentsOf: UnsafeBufferPointer(start: scratch.filled, count: counts.filled))
    }

    /// Reads a cell by its shape; whether it says something.
    @inline(__always)
    private func read(
        _ bytes: UnsafeBufferPointer<UInt8>, _ view: CellShapes.View, _ shape: UnsafeMutablePointer<CellShape>,
        _ plan: borrowing ColumnPlan, hash: UInt64, times: Int, _ position: Int, _ gathered: Gathered,
        _ tally: inout ColumnTally, _ counts: inout Counts
    ) -> Bool {
        if shape.pointee.mayBeMissing, let hidden = HiddenMissing(bytes), !plan.isSpoken(hidden, bytes) {
            tally.hidden[hidden.index] += times
            return false
        }
        var isDate = false
        switch shape.pointee.way {
        case .fixed: break
        case .number:
            let value = ColumnReader.number(bytes, decimals: shape.pointee.scan.decimals)
            let first = bytes[0] == UInt8(ascii: "-") ? bytes[1] : bytes[0]
            if first == UInt8(ascii: "0"), shape.pointee.scan.decimals == 0, shape.pointee.scan.digits > 1 {
                if value == 0, shape.pointee.scan.digits >= 4, let hidden = HiddenMissing(bytes),
                    !plan.isSpoken(hidden, bytes)
                {
                    tally.hidden[hidden.index] += times
                    return false
                }
                counts.codes &+= times
                tally.suspicions[SuspicionBits.leadingZero.trailingZeroBitCount] += times
            } else {
                counts.numbers &+= times
                counts.decimals = max(counts.decimals, shape.pointee.scan.decimals)
                gathered.numbers[counts.gathered] = value
                gathered.times[counts.gathered] = UInt32(truncatingIfNeeded: times)
                counts.gathered &+= 1
                let number = Double(value) / 1e4
                counts.sum += number * Double(times)
                counts.squares += number * number * Double(times)
            }
        case .isoDate:
            if let day = ColumnReader.usualDay(bytes) {
                counts.dates &+= times
                counts.gatheredDays &+= 1
                gathered.numbers[gathered.count &- counts.gatheredDays] = Int64(day)
                gathered.times[gathered.count &- counts.gatheredDays] = UInt32(truncatingIfNeeded: times)
            } else {
                guard readEach(bytes, shape.pointee.scan, times, isDate: &isDate, &tally, &counts) else { return false }
            }
            isDate = true
        case .each:
            guard readEach(bytes, shape.pointee.scan, times, isDate: &isDate, &tally, &counts) else { return false }
        }
        shape.pointee.times &+= times
        if !plan.isIdentity || shape.pointee.mayBeTrial {
            let plain = shape.pointee.isFolded ? hash : ColumnReader.fold(bytes, shape, view, gathered.kept)
            gathered.folded[position] = plain
            if shape.pointee.mayBeTrial, TrialEntries.contains(plain) { tally.addSuspicions(SuspicionBits.test, times) }
        } else {
            gathered.folded[position] = 0
        }
        if shape.pointee.mayHaveRun, !isDate, CellScanner.hasDigitRun(bytes) {
            tally.addSuspicions(SuspicionBits.digitRun, times)
        }
        if shape.pointee.hasForms { addForms(bytes, shape.pointee, times, &tally) }
        return true
    }

    private func addForms(
        _ bytes: UnsafeBufferPointer<UInt8>, _ shape: CellShape, _ times: Int, _ tally: inout ColumnTally
    ) {
        if shape.isPhone {
            tally.phones += times
            if ColumnTally.isMarked(bytes) { tally.markedPhones += times }
        }
        if shape.isPostcode { tally.postcodes += times }
        if shape.mayBeIranianID, CheckDigits.isIranianNationalID(bytes) { tally.iranianIDs += times }
        if shape.mayBeChineseID, CheckDigits.isChineseResidentID(bytes) { tally.chineseIDs += times }
        if shape.mayBeCountry, Country.isCode(bytes[0], bytes[1]) { tally.countryCodes += times }
    }

    /// Reads a cell of ASCII by itself, but for what its shape tells; whether it says something.
    private func readEach(
        _ bytes: UnsafeBufferPointer<UInt8>, _ scan: CellScan, _ times: Int, isDate: inout Bool,
        _ tally: inout ColumnTally, _ counts: inout Counts
    ) -> Bool {
        if let hidden = HiddenMissing(bytes), !plan.isSpoken(hidden, bytes) {
            tally.hidden[hidden.index] += times
            return false
        }
        var own = scan
        own.suspicions = 0
        if own.isPlainNumber { own.number = ColumnReader.number(bytes, decimals: own.decimals) }
        let reading = reader.read(bytes, &own)
        tally.addSuspicions(own.suspicions, times)
        isDate = reading.kind == .date || reading.kind == .jalaliDate
        tally.addReading(reading, times)
        counts.add(reading, times)
        return true
    }

    /// Reads a cell that has no shape; whether it says something.
    private func readWhole(
        _ bytes: UnsafeBufferPointer<UInt8>, _ times: Int, _ position: Int, _ scratch: CellScratch,
        _ tally: inout ColumnTally, _ patterns: inout BlockPatterns, _ counts: inout Counts
    ) -> Bool {
        if bytes.isEmpty {
            tally.empty += times
            return false
        }
        if let hidden = HiddenMissing(bytes), !plan.isSpoken(hidden, bytes) {
            tally.hidden[hidden.index] += times
            return false
        }
        var scan = scratch.scanner.scan(bytes)
        let reading = reader.read(bytes, &scan)
        let letters = scan.upper + scan.lower
        if letters + scan.letters > 0, scan.characters <= 16, TrialEntries.contains(scan.folded) {
            scan.suspicions |= SuspicionBits.test
        }
        if !plan.isNamedID, scan.digits >= 7, letters == 0, reading.kind != .date, reading.kind != .jalaliDate,
            CellScanner.hasDigitRun(bytes)
        {
            scan.suspicions |= SuspicionBits.digitRun
        }
        tally.add(bytes, scan, reading, times: times)
        counts.add(reading, times)
        scratch.folded[position] = scan.folded
        patterns.add(UnsafePointer(scratch.scanner.pattern), scan.patternCount, times)
        return true
    }

    /// The folded form of a cell of that shape.
    @inline(__always)
    private static func fold(
        _ bytes: UnsafeBufferPointer<UInt8>, _ shape: UnsafeMutablePointer<CellShape>, _ view: CellShapes.View,
        _ kept: UnsafeMutablePointer<UInt8>
    ) -> UInt64 {
        guard let base = bytes.baseAddress else { return 0 }
        var written = 0
        for run in shape.pointee.runs {
            let (start, count) = (Int(view.runs[run].start), Int(view.runs[run].count))
            var offset = 0
            while offset < count {
                // The bit that makes a letter small; digits have it. What is written too much is overwritten next.
                let word = UnsafeRawPointer(base + start + offset).loadUnaligned(as: UInt64.self)
                UnsafeMutableRawPointer(kept + written + offset).storeBytes(
                    of: word | 0x2020_2020_2020_2020, as: UInt64.self)
                offset &+= 8
            }
            written &+= count
        }
        return BlockValues.hash(kept, written)
    }

    /// Ten-thousandths of a plain number of so many decimals.
    @inline(__always)
    private static func number(_ bytes: UnsafeBufferPointer<UInt8>, decimals: Int) -> Int64 {
        var value: Int64 = 0
        let isNegative = bytes[0] == UInt8(ascii: "-")
        let point = decimals == 0 ? bytes.count : bytes.count &- decimals &- 1
        for position in (isNegative ? 1 : 0)..<point { value = value &* 10 &+ Int64(bytes[position] &- 48) }
        if decimals > 0 {
            for position in (point &+ 1)..<bytes.count { value = value &* 10 &+ Int64(bytes[position] &- 48) }
        }
        for _ in decimals..<4 { value = value &* 10 }
        return isNegative ? -value : value
    }

    /// The day that `9999-99-99` states, where it is one of 1900-01-02 to 2099-12-31: no other may be Jalali, far, or
    /// stand for none.
    @inline(__always)
    private static func usualDay(_ bytes: UnsafeBufferPointer<UInt8>) -> Int32? {
        func pair(_ position: Int) -> Int { Int(bytes[position] &- 48) &* 10 &+ Int(bytes[position &+ 1] &- 48) }
        let year = pair(0) &* 100 &+ pair(2)
        let (month, day) = (pair(5), pair(8))
        guard year >= 1900, year < 2100, month >= 1, month <= 12, day >= 1 else { return nil }
        guard day <= 28, !(year == 1900 && month == 1 && day == 1) else { return rareDay(year, month, day) }
        // Days from the civil calendar (Howard Hinnant), shifted so that years begin in March.
        let shifted = month <= 2 ? year &- 1 : year
        let era = shifted / 400
        let yearOfEra = shifted &- era &* 400
        let dayOfYear = (153 &* (month &+ (month > 2 ? -3 : 9)) &+ 2) / 5 &+ day &- 1
        let dayOfEra = yearOfEra &* 365 &+ yearOfEra / 4 &- yearOfEra / 100 &+ dayOfYear
        return Int32(truncatingIfNeeded: era &* 146_097 &+ dayOfEra &- 719_468)
    }

    private static func rareDay(_ year: Int, _ month: Int, _ day: Int) -> Int32? {
        year == 1900 && month == 1 && day == 1 ? nil : Day(year: year, month: month, day: day)?.number
    }

    /// The most frequent values that say something.
    private func summary(of block: CellBlock, _ values: BlockValues, _ scratch: CellScratch, kept: Int)
        -> FrequentTexts.Summary
    {
        if kept == values.count {
            return FrequentTexts.summary(
                hashes: UnsafeBufferPointer(start: values.hashes, count: kept),
                counts: UnsafeBufferPointer(start: values.counts, count: kept)
            ) { values.bytes($0, of: block) }
        }
        let positions = (0..<values.count).filter { !scratch.isMissing[$0] }
        let hashes = positions.map { values.hashes[$0] }
        let counts = positions.map { values.counts[$0] }
        return hashes.withUnsafeBufferPointer { hashes in
            counts.withUnsafeBufferPointer { counts in
                FrequentTexts.summary(hashes: hashes, counts: counts) { values.bytes(positions[$0], of: block) }
            }
        }
    }
}
