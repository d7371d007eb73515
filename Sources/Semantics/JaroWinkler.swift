/// How alike two spellings are, by the letters they have in common nearly in one order (Jaro 1989), more so when they
/// begin alike (Winkler 1990).
public enum JaroWinkler {
    /// The likeness, from 0 (nothing in common) to 1 (equal); two empty spellings are equal.
    ///
    /// Winkler's bonus: a tenth of what lacks to 1 for each of the first four letters that agree, where Jaro's likeness
    /// is above 0.7. Letters behind the 64th do not count.
    ///
    /// - Complexity: O(letters × letters / 2), no allocation.
    public static func likeness(_ left: UnsafeBufferPointer<UInt16>, _ right: UnsafeBufferPointer<UInt16>) -> Double {
        let (leftCount, rightCount) = (min(left.count, 64), min(right.count, 64))
        if leftCount == 0 || rightCount == 0 { return leftCount == rightCount ? 1 : 0 }
        let window = max(0, max(leftCount, rightCount) / 2 - 1)
        var takenLeft: UInt64 = 0
        var takenRight: UInt64 = 0
        for place in 0..<leftCount {
            let letter = left[place]
            var other = max(0, place - window)
            let end = min(rightCount, place + window + 1)
            while other < end {
                if right[other] == letter, takenRight >> UInt64(other) & 1 == 0 {
                    takenLeft |= 1 << UInt64(place)
                    takenRight |= 1 << UInt64(other)
                    break
                }
                other += 1
            }
        }
        let common = takenLeft.nonzeroBitCount
        if common == 0 { return 0 }
        var misplaced = 0
        var rest = takenRight
        var seen = takenLeft
        while seen != 0 {
            if left[seen.trailingZeroBitCount] != right[rest.trailingZeroBitCount] { misplaced += 1 }
            seen &= seen - 1
            rest &= rest - 1
        }
        let count = Double(common)
        let jaro =
            (count / Double(leftCount) + count / Double(rightCount) + (count - Double(misplaced / 2)) / count) / 3
        guard jaro > 0.7 else { return jaro }
        var prefix = 0
        while prefix < 4, prefix < leftCount, prefix < rightCount, left[prefix] == right[prefix] { prefix += 1 }
        return jaro + Double(prefix) * 0.1 * (1 - jaro)
    }
}
