/// Which segment each cell of a map was given to, and which cells got none or two.
struct CellCover {
    private static let none = UInt16.max
    private let bins: Int
    private let digits: Int
    private(set) var segmentOfCell: [UInt16]
    private var namedTwice: Set<Int> = []

    /// No cell given yet, of `bins` to the power of `digits`.
    init(bins: Int, digits: Int) {
        self.bins = bins
        self.digits = digits
        let cellCount = (0..<digits).reduce(1) { count, _ in count * bins }
        segmentOfCell = Array(repeating: CellCover.none, count: cellCount)
    }

    /// Gives the cells of a pattern to a segment; false when it can't be read.
    mutating func add(_ pattern: String, to segment: Int) -> Bool {
        guard let ranges = ranges(of: pattern) else { return false }
        var cells = [0]
        for range in ranges { cells = cells.flatMap { cell in range.map { cell * bins + $0 - 1 } } }
        for cell in cells {
            if segmentOfCell[cell] != CellCover.none { namedTwice.insert(cell) }
            segmentOfCell[cell] = UInt16(segment)
        }
        return true
    }

    /// What is wrong with the cover, with all the cells; nil when every cell was given once.
    var fault: String? {
        let leftOut = segmentOfCell.indices.filter { segmentOfCell[$0] == CellCover.none }
        var faults: [String] = []
        if !leftOut.isEmpty { faults.append("no segment has \(list(leftOut))") }
        if !namedTwice.isEmpty { faults.append("more than one place names \(list(namedTwice.sorted()))") }
        return faults.isEmpty ? nil : faults.joined(separator: "; ")
    }

    private func list(_ cells: [Int]) -> String {
        cells.map { RFM.joined(CellCover.scores(ofCell: $0, bins: bins, digits: digits), bins: bins) }
            .joined(separator: " ")
    }

    /// The scores of a cell, first to last.
    static func scores(ofCell cell: Int, bins: Int, digits: Int) -> [Int] {
        var rest = cell
        var scores: [Int] = []
        for _ in 0..<digits {
            scores.insert(rest % bins + 1, at: 0)
            rest /= bins
        }
        return scores
    }

    /// The range of each score in a pattern like `5[4-5]1`, or `10-[1-2]-10` with more than 9 bins.
    private func ranges(of pattern: String) -> [ClosedRange<Int>]? {
        var rest = pattern[...]
        var ranges: [ClosedRange<Int>] = []
        while !rest.isEmpty {
            if bins > 9, !ranges.isEmpty {
                guard rest.popFirst() == "-" else { return nil }
            }
            if rest.first == "[" {
                guard let end = rest.firstIndex(of: "]") else { return nil }
                let bounds = rest[..<end].dropFirst().split(separator: "-", omittingEmptySubsequences: false)
                guard bounds.count == 2, let low = score(bounds[0]), let high = score(bounds[1]), low <= high else {
                    return nil
                }
                ranges.append(low...high)
                rest = rest[rest.index(after: end)...]
            } else {
                let end = bins > 9 ? rest.firstIndex(of: "-") ?? rest.endIndex : rest.index(after: rest.startIndex)
                guard let single = score(rest[..<end]) else { return nil }
                ranges.append(single...single)
                rest = rest[end...]
            }
        }
        return ranges.count == digits ? ranges : nil
    }

    private func score(_ text: Substring) -> Int? {
        guard text.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }), let score = Int(text), (1...bins).contains(score) else {
            return nil
        }
        return score
    }
}
