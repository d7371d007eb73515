/// The distance between two spellings: letters left out, put in or replaced, and two letters in each other's place,
/// count one each (Damerau 1964; the restricted form, in which no letter is edited twice).
public enum EditDistance {
    /// The distance.
    ///
    /// - Complexity: O(letters × letters).
    public static func between(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        if left.isEmpty || right.isEmpty { return max(left.count, right.count) }
        var before: [Int] = []
        var last = Array(0...right.count)
        for row in 1...left.count {
            var next = [row] + [Int](repeating: 0, count: right.count)
            for column in 1...right.count {
                let same = left[row - 1] == right[column - 1]
                var best = min(last[column] + 1, next[column - 1] + 1, last[column - 1] + (same ? 0 : 1))
                if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                    best = min(best, before[column - 2] + 1)
                }
                next[column] = best
            }
            before = last
            last = next
        }
        return last[right.count]
    }

    /// Whether the distance is 1.
    ///
    /// - Complexity: O(letters).
    public static func isOne(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Bool {
        let (short, long) = left.count <= right.count ? (left, right) : (right, left)
        guard long.count - short.count <= 1 else { return false }
        var head = 0
        while head < short.count, short[head] == long[head] { head += 1 }
        if short.count == long.count {
            if head == short.count { return false }
            if short[(head + 1)...].elementsEqual(long[(head + 1)...]) { return true }
            return head + 1 < short.count && short[head] == long[head + 1] && short[head + 1] == long[head]
                && short[(head + 2)...].elementsEqual(long[(head + 2)...])
        }
        return short[head...].elementsEqual(long[(head + 1)...])
    }
}
