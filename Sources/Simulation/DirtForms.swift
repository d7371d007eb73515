import CustomerData
import Semantics
import Statistics

/// What typing, copying and other programs make of a cell.
enum DirtForms {
    /// A date `yyyy-MM-dd` as day first, with points, without the zeros, or of the Persian calendar.
    static func date(_ text: String, form: Int) -> String {
        guard let day = Day(text) else { return text }
        let (year, month, date) = day.civil
        func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        switch form {
        case 0: return "\(padded(date))/\(padded(month))/\(year)"
        case 1: return "\(padded(date)).\(padded(month)).\(year)"
        case 2: return "\(year)/\(month)/\(date)"
        default:
            guard let (year, month, date) = JalaliDate.civil(day) else { return text }
            return "\(year)/\(padded(month))/\(padded(date))"
        }
    }

    /// Digits of another script, by its zero.
    static func digits(_ text: String, zero: UInt32) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isDigit = (48...57).contains(scalar.value)
            result.append(isDigit ? Unicode.Scalar(zero + scalar.value - 48) ?? scalar : scalar)
        }
        return String(result)
    }

    /// A letter left out, doubled, replaced, or two in each other's place (Damerau 1964: four in five misspellings).
    static func typo(_ text: String, _ random: inout SeededGenerator) -> String {
        var letters = Array(text)
        guard letters.count > 1 else { return text + text }
        let place = random.index(below: letters.count - 1)
        switch random.index(below: 4) {
        case 0: letters.remove(at: place)
        case 1: letters.insert(letters[place], at: place)
        case 2: letters.swapAt(place, place + 1)
        default: letters[place] = letters[random.index(below: letters.count)]
        }
        return String(letters)
    }

    /// A letter of a key beside the right one; what has no such letter stays.
    static func slip(_ text: String, _ random: inout SeededGenerator) -> String {
        var letters = Array(text)
        let places = letters.indices.filter { neighbours[Character(letters[$0].lowercased())] != nil }
        guard !places.isEmpty else { return text }
        let place = places[random.index(below: places.count)]
        let keys = Array(neighbours[Character(letters[place].lowercased())] ?? "")
        letters[place] = keys[random.index(below: keys.count)]
        return String(letters)
    }

    /// A space before, behind, or doubled or put within.
    static func spaces(_ text: String, form: Int) -> String {
        switch form {
        case 0: return " " + text
        case 1: return text + "  "
        default:
            if let space = text.firstIndex(of: " ") { return text[..<space] + " " + text[space...] }
            let middle = text.index(text.startIndex, offsetBy: text.count / 2)
            return text[..<middle] + " " + text[middle...]
        }
    }

    /// Neighbours on the English and on the Persian keyboard, along the rows.
    private static let neighbours: [Character: String] = {
        var result: [Character: String] = [:]
        for row in ["qwertyuiop", "asdfghjkl", "zxcvbnm", "ضصثقفغعهخحجچ", "شسیبلاتنمکگ", "ظطزرذدپو"] {
            let keys = Array(row)
            for (place, key) in keys.enumerated() {
                result[key] = String([place - 1, place + 1].filter(keys.indices.contains).map { keys[$0] })
            }
        }
        return result
    }()
}
