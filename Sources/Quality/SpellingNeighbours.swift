import CustomerData
import Foundation

/// Values that are written nearly as a much more frequent one.
enum SpellingNeighbours {
    /// How many times as frequent the other value must be.
    private static let leastRatio = 5
    /// Different values beyond which a column is no list of recurring names.
    private static let valueLimit = 50_000

    /// For each value that has one, the value it may be meant for and the odds.
    static func find(_ column: SuspectSearch.Column) -> [Int32: (score: Double, usual: Int32)] {
        let filled = column.counts.reduce(0, +)
        let words = zip(column.forms, column.counts).reduce(0) { $0 + ($1.0.kind == .text ? $1.1 : 0) }
        guard column.texts.count <= valueLimit, filled >= 2 * column.texts.count, words * 10 >= filled * 8 else {
            return [:]
        }
        let scalars = column.texts.map { Array(String(decoding: $0, as: UTF8.self).unicodeScalars) }
        let skeletons = scalars.map(skeleton)
        let byFrequency = column.texts.indices.filter { column.counts[$0] >= leastRatio && !column.forms[$0].isHidden }
            .sorted { (column.counts[$1], $0) < (column.counts[$0], $1) }
        // The most frequent value of each key.
        var same: [String: Int] = [:]
        var mixed: [String: Int] = [:]
        var shorter: [String: [Int]] = [:]
        for value in byFrequency {
            if same[skeletons[value]] == nil { same[skeletons[value]] = value }
            let letters = sorted(skeletons[value])
            if mixed[letters] == nil { mixed[letters] = value }
            for key in deletions(skeletons[value]) + [skeletons[value]] { shorter[key, default: []].append(value) }
        }
        var found: [Int32: (score: Double, usual: Int32)] = [:]
        for value in column.texts.indices where !column.forms[value].isHidden {
            let own = skeletons[value]
            func ratio(_ other: Int?) -> Double? {
                guard let other, other != value, column.counts[other] >= leastRatio * column.counts[value] else {
                    return nil
                }
                return log(Double(column.counts[other]) / Double(column.counts[value]))
            }
            func propose(_ other: Int, _ bonus: Double) {
                guard let odds = ratio(other), odds + bonus > found[Int32(value)]?.score ?? 0 else { return }
                found[Int32(value)] = (odds + bonus, Int32(other))
            }
            if let other = same[own] { propose(other, 5) }
            guard found[Int32(value)] == nil, own.count >= 2 else { continue }
            if let other = mixed[sorted(own)] { propose(other, 2) }
            // One letter more, less or other makes another name of short ones.
            guard own.count >= 4 else { continue }
            for key in deletions(own) + [own] {
                for other in shorter[key] ?? [] where isOneEdit(own, skeletons[other]) { propose(other, 0.5) }
            }
        }
        return found
    }

    /// The letters and digits in lower case, those of other alphabets that look alike as Latin.
    private static func skeleton(_ scalars: [Unicode.Scalar]) -> String {
        var text = String.UnicodeScalarView()
        for scalar in scalars {
            let scalar = lookalikes[scalar] ?? scalar
            guard scalar.properties.isAlphabetic || scalar.properties.numericType != nil else { continue }
            switch scalar.value {
            case 0xFF01...0xFF5E:
                text.append(
                    contentsOf: String(Unicode.Scalar(scalar.value - 0xFF01 + 0x21) ?? scalar).lowercased()
                        .unicodeScalars)
            case 0x064A, 0x0649: text.append("ی")
            case 0x0643: text.append("ک")
            default: text.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
            }
        }
        return String(text)
    }

    private static let lookalikes: [Unicode.Scalar: Unicode.Scalar] = Dictionary(
        uniqueKeysWithValues: zip(
            "АВЕКМНОРСТХІЈаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧο".unicodeScalars,
            "ABEKMHOPCTXIJaeopcyxijsABEZHIKMNOPTYXo".unicodeScalars))

    private static func sorted(_ text: String) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: text.unicodeScalars.sorted { $0.value < $1.value })
        return String(view)
    }

    /// The text without one of its letters, in all ways.
    private static func deletions(_ text: String) -> [String] {
        let scalars = Array(text.unicodeScalars)
        guard scalars.count <= 30 else { return [] }
        return scalars.indices.map { position in
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars[..<position])
            view.append(contentsOf: scalars[(position + 1)...])
            return String(view)
        }
    }

    /// Whether one letter put in, left out or replaced makes the one of the other.
    private static func isOneEdit(_ left: String, _ right: String) -> Bool {
        let (a, b) = (Array(left.unicodeScalars), Array(right.unicodeScalars))
        guard abs(a.count - b.count) <= 1 else { return false }
        var begin = 0
        while begin < min(a.count, b.count), a[begin] == b[begin] { begin += 1 }
        var end = 0
        while end < min(a.count, b.count) - begin, a[a.count - 1 - end] == b[b.count - 1 - end] { end += 1 }
        return max(a.count, b.count) - begin - end <= 1
    }
}
