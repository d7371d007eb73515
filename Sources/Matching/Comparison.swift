import Semantics

/// Compares values of a column: the level of `ComparisonKind.levels`, counted from 1.
extension ValueForms {
    /// The level of two values, each given by its number.
    func level(_ left: Int, _ right: Int) -> UInt8 {
        let top = UInt8(kind.levels.count)
        if left == right { return top }
        let isSameKey = keys[left] == keys[right] && keys[left] != 0
        switch kind {
        case .givenName, .familyName:
            if isSameKey { return 7 }
            if scripts[left] != scripts[right] { return isSameAcrossScripts(left, right) ? 4 : 1 }
            if isOneEdit(left, right) { return 5 }
            if Nicknames.meet(extras[left], extras[right]) || isInitial(left, right) { return 4 }
            let likeness = likeness(left, right)
            return likeness >= 0.9 ? 3 : likeness >= 0.8 ? 2 : 1
        case .words:
            if isSameKey { return 6 }
            if scripts[left] != scripts[right] { return isSameAcrossScripts(left, right) ? 4 : 1 }
            if isOneEdit(left, right) { return 5 }
            let likeness = likeness(left, right)
            return likeness >= 0.9 ? 3 : likeness >= 0.8 ? 2 : 1
        case .name, .company, .address: return wordLevel(left, right, isSameKey)
        case .email:
            if isSameKey { return 5 }
            if isOneEdit(left, right), hasSameDigits(left, right) { return 4 }
            return emailLevel(left, right)
        case .phone:
            if isSameKey { return 4 }
            return isOneEdit(left, right) ? 3 : isTwoEdits(left, right) ? 2 : 1
        case .date: return isSameKey ? 5 : dateLevel(left, right)
        case .code, .placeCode:
            if isSameKey { return 4 }
            return isOneEdit(left, right) ? 3 : isTwoEdits(left, right) ? 2 : 1
        case .number:
            let (a, b) = (numbers[left], numbers[right])
            if a == b || isSameKey { return 4 }
            let gap = abs(a - b) / max(abs(a), abs(b))
            return gap <= 0.01 ? 3 : gap <= 0.1 ? 2 : 1
        case .category: return isSameKey || isSameAcrossScripts(left, right) ? 2 : 1
        case .ignored: return 1
        }
    }

    private func isSameAcrossScripts(_ left: Int, _ right: Int) -> Bool {
        scripts[left] != scripts[right] && isSame(left, self, right)
    }

    /// Whether a value is one with a value of another column, in any script.
    @inline(__always)
    func isSame(_ value: Int, _ other: ValueForms, _ otherValue: Int) -> Bool {
        if keys[value] == other.keys[otherValue] { return keys[value] != 0 }
        let (script, otherScript) = (scripts[value], other.scripts[otherValue])
        if script == otherScript { return false }
        if latinKeys[value] != 0, latinKeys[value] == other.latinKeys[otherValue] { return true }
        let arabic = LatinLetters.Script.arabic.rawValue
        return (script == arabic || otherScript == arabic) && skeletons[value] != 0
            && skeletons[value] == other.skeletons[otherValue]
    }

    /// One edit, of at least three letters.
    private func isOneEdit(_ left: Int, _ right: Int) -> Bool {
        withLetters(left) { a in
            withLetters(right) { b in min(a.count, b.count) >= 3 && EditDistance.isWithin(1, a, b) }
        }
    }

    /// Two edits, of at least six letters.
    private func isTwoEdits(_ left: Int, _ right: Int) -> Bool {
        withLetters(left) { a in
            withLetters(right) { b in min(a.count, b.count) >= 6 && EditDistance.isWithin(2, a, b) }
        }
    }

    /// Jaro's and Winkler's likeness; 0 where it can't be as much as the least that any level asks for.
    private func likeness(_ left: Int, _ right: Int) -> Double {
        withLetters(left) { a in withLetters(right) { b in ValueForms.likeness(a, b) } }
    }

    private static let leastLikeness = 0.8

    private static func likeness(_ a: UnsafeBufferPointer<UInt16>, _ b: UnsafeBufferPointer<UInt16>) -> Double {
        if a.isEmpty || b.isEmpty || max(a.count, b.count) > 64 { return JaroWinkler.likeness(a, b) }
        // Letters of one that the other may have, by six bits of each: no more agree than that.
        var (inLeft, inRight): (UInt64, UInt64) = (0, 0)
        for letter in a { inLeft |= 1 << UInt64(letter & 63) }
        for letter in b { inRight |= 1 << UInt64(letter & 63) }
        var (ofLeft, ofRight) = (0, 0)
        for letter in a { ofLeft += Int(inRight >> UInt64(letter & 63) & 1) }
        for letter in b { ofRight += Int(inLeft >> UInt64(letter & 63) & 1) }
        let common = Double(min(ofLeft, ofRight))
        let jaro = (common / Double(a.count) + common / Double(b.count) + 1) / 3
        var prefix = 0
        while prefix < min(4, a.count, b.count), a[prefix] == b[prefix] { prefix += 1 }
        if jaro + Double(prefix) * 0.1 * (1 - jaro) < leastLikeness - 1e-9 { return 0 }
        return JaroWinkler.likeness(a, b)
    }

    /// Whether one is the first letter of the other.
    private func isInitial(_ left: Int, _ right: Int) -> Bool {
        withLetters(left) { a in
            withLetters(right) { b in (a.count == 1 || b.count == 1) && a.first == b.first && a.first != nil }
        }
    }

    private func emailLevel(_ left: Int, _ right: Int) -> UInt8 {
        if skeletons[left] == skeletons[right] { return 3 }
        return withLetters(left) { a in
            withLetters(right) { b in
                let (a, b) = (ValueForms.local(a), ValueForms.local(b))
                if min(a.count, b.count) >= 4, EditDistance.isWithin(1, a, b), hasSameDigits(left, right) { return 3 }
                return ValueForms.likeness(a, b) >= 0.88 ? 2 : 1
            }
        }
    }

    /// Whether two emails have the same digits: namesakes are told apart by these (`ann.lee51`, `ann.lee57`), and an edit
    /// among them is no slip.
    private func hasSameDigits(_ left: Int, _ right: Int) -> Bool {
        withLetters(left) { a in
            withLetters(right) { b in
                func isDigit(_ letter: UInt16) -> Bool { letter >= 0x30 && letter <= 0x39 }
                return a.lazy.filter(isDigit).elementsEqual(b.lazy.filter(isDigit))
            }
        }
    }

    private static func local(_ letters: UnsafeBufferPointer<UInt16>) -> UnsafeBufferPointer<UInt16> {
        UnsafeBufferPointer(rebasing: letters[..<(letters.lastIndex(of: 0x40) ?? letters.count)])
    }

    private func dateLevel(_ left: Int, _ right: Int) -> UInt8 {
        if extras[left] == 0 || extras[right] == 0 { return isOneEdit(left, right) ? 4 : 1 }
        return withLetters(left) { a in
            withLetters(right) { b in
                func same(_ range: Range<Int>, _ other: Range<Int>) -> Bool {
                    zip(range, other).allSatisfy { a[$0] == b[$1] }
                }
                guard a.count == 8, b.count == 8 else { return 1 }
                if EditDistance.isWithin(1, a, b) { return 4 }
                let isSameYear = same(0..<4, 0..<4)
                if isSameYear, same(4..<6, 6..<8), same(6..<8, 4..<6) { return 4 }
                let isSameMonth = same(4..<6, 4..<6)
                let isSameDay = same(6..<8, 6..<8)
                if isSameYear && (isSameMonth || isSameDay) || isSameMonth && isSameDay { return 3 }
                let gap = Int64(bitPattern: extras[left]) - Int64(bitPattern: extras[right])
                return abs(gap) <= 366 ? 2 : 1
            }
        }
    }

    private func wordLevel(_ left: Int, _ right: Int, _ isSameKey: Bool) -> UInt8 {
        if isSameKey { return 6 }
        let (a, b) = (wordRange(left), wordRange(right))
        var (place, other) = (a.lowerBound, b.lowerBound)
        var common = 0
        while place < a.upperBound, other < b.upperBound {
            if words[place] == words[other] {
                common += 1
                place += 1
                other += 1
            } else if words[place] < words[other] {
                place += 1
            } else {
                other += 1
            }
        }
        let (fewer, more) = (min(a.count, b.count), max(a.count, b.count))
        if common == more, more > 0 { return scripts[left] == scripts[right] ? 6 : 4 }
        if scripts[left] != scripts[right] { return isSameAcrossScripts(left, right) ? 4 : common > 0 ? 2 : 1 }
        if latinKeys[left] != 0, latinKeys[left] == latinKeys[right] { return 6 }
        if isOneEdit(left, right) { return 5 }
        if common == fewer, fewer >= 2 { return 4 }
        let likeness = likeness(left, right)
        if 3 * common >= 2 * more || likeness >= 0.92 { return 3 }
        return common > 0 || likeness >= 0.8 ? 2 : 1
    }
}
