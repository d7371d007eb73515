extension EditDistance {
    /// Whether the distance between two spellings is at most a small limit.
    ///
    /// - Complexity: O(letters · 4^limit), no allocation.
    public static func isWithin(
        _ limit: Int, _ left: UnsafeBufferPointer<UInt16>, _ right: UnsafeBufferPointer<UInt16>
    ) -> Bool {
        if abs(left.count - right.count) > limit { return false }
        var start = 0
        var (leftEnd, rightEnd) = (left.count, right.count)
        while start < leftEnd, start < rightEnd, left[start] == right[start] { start += 1 }
        while leftEnd > start, rightEnd > start, left[leftEnd - 1] == right[rightEnd - 1] {
            leftEnd -= 1
            rightEnd -= 1
        }
        let (leftCount, rightCount) = (leftEnd - start, rightEnd - start)
        if leftCount == 0 || rightCount == 0 { return max(leftCount, rightCount) <= limit }
        if limit == 0 { return false }
        func leftRest(_ first: Int) -> UnsafeBufferPointer<UInt16> { .init(rebasing: left[(start + first)..<leftEnd]) }
        func rightRest(_ first: Int) -> UnsafeBufferPointer<UInt16> {
            .init(rebasing: right[(start + first)..<rightEnd])
        }
        if leftCount > 1, rightCount > 1, left[start] == right[start + 1], left[start + 1] == right[start],
            isWithin(limit - 1, leftRest(2), rightRest(2))
        {
            return true
        }
        return isWithin(limit - 1, leftRest(1), rightRest(1)) || isWithin(limit - 1, leftRest(1), rightRest(0))
            || isWithin(limit - 1, leftRest(0), rightRest(1))
    }
}
