import CustomerData
import Report
import Segmentation

/// What the words of clusters are, for people.
enum ClusterWords {
    /// The most frequent word of each cluster and column with its share in the cluster, and in all.
    static func lines(_ categories: [CategoryColumn], labels: [UInt32], clusterCount: Int) -> [String] {
        guard !categories.isEmpty, !labels.isEmpty else { return [] }
        var text = TextTable(["", "most frequent words (of all)"], right: [0])
        var sizes = [Int](repeating: 0, count: clusterCount)
        for label in labels { sizes[Int(label)] += 1 }
        let told = categories.map { column -> [String] in
            let width = column.labels.count
            var counts = [Int](repeating: 0, count: clusterCount * width)
            var total = [Int](repeating: 0, count: width)
            for (row, code) in column.codes.enumerated() {
                counts[Int(labels[row]) * width + Int(code)] += 1
                total[Int(code)] += 1
            }
            return (0..<clusterCount).map { cluster in
                let own = counts[cluster * width..<(cluster + 1) * width]
                guard let most = own.max(), most > 0, let place = own.firstIndex(of: most) else { return "" }
                let code = place - cluster * width
                let word = column.labels[code].isEmpty ? "(none)" : column.labels[code]
                let share = Figures.percent(Double(most) / Double(sizes[cluster]))
                let overall = Figures.percent(Double(total[code]) / Double(labels.count))
                return "\(column.name) \(word) \(share) (\(overall))"
            }
        }
        for cluster in 0..<clusterCount {
            text.add([String(cluster), told.map { $0[cluster] }.filter { !$0.isEmpty }.joined(separator: ", ")])
        }
        return text.lines
    }

    /// Names of clusters that no column of numbers tells of: their words; of equal ones the second gets a number.
    static func names(_ modes: [[String]]) -> [String] {
        var seen: [String: Int] = [:]
        return modes.map { words in
            let name = words.map { $0.isEmpty ? "(none)" : $0 }.joined(separator: ", ")
            seen[name, default: 0] += 1
            return seen[name] == 1 ? name : "\(name) \(seen[name] ?? 0)"
        }
    }
}
