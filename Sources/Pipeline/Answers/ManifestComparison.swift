import CustomerData
import Export

/// What two manifests, and the key figures beside them, have of each other.
struct ManifestComparison {
    let before: RunFolder
    let after: RunFolder

    private var first: JSONValue { before.manifest.content }
    private var second: JSONValue { after.manifest.content }

    /// The totals: customers, orders, revenue, returns.
    var figures: [RunDifference.Change] {
        changes(first["counts"], second["counts"]).filter { !$0.name.contains(", ") && $0.name != "clusters" }
    }

    /// The options, and the version of strata, where they differ.
    var options: [RunDifference.Change] {
        ([RunDifference.Change("strata", first["strata"]?.shown, second["strata"]?.shown)]
            + changes(first["options"], second["options"])).filter(\.isChange)
    }

    /// Rows read, used and not used by reason, where they differ.
    var rows: [RunDifference.Change] {
        ["transactions", "customers", "interactions"].flatMap { input in
            changes(first[input], second[input]).map {
                RunDifference.Change("\(input): \($0.name)", $0.before, $0.after)
            }
        }.filter(\.isChange)
    }

    /// Two objects entry by entry, those within them under both keys.
    private func changes(_ old: JSONValue?, _ new: JSONValue?) -> [RunDifference.Change] {
        let (left, right) = (ManifestComparison.leaves(old), ManifestComparison.leaves(new))
        return Set(left.keys).union(right.keys).sorted().map { RunDifference.Change($0, left[$0], right[$0]) }
    }

    private static func leaves(_ value: JSONValue?) -> [String: String] {
        var leaves: [String: String] = [:]
        for (key, value) in value?.entries ?? [] {
            if case .object = value {
                for (inner, leaf) in value.entries { leaves["\(words(key)), \(inner)"] = leaf.shown }
            } else {
                leaves[words(key)] = value.shown
            }
        }
        return leaves
    }

    /// `setAside` as `set aside`.
    private static func words(_ key: String) -> String {
        key.reduce(into: "") { text, letter in
            if letter.isUppercase, !text.isEmpty { text.append(" ") }
            text.append(contentsOf: letter.lowercased())
        }
    }

    /// The files that were read, where they differ: a file is the same when its content is.
    var inputs: [RunDifference.Input] {
        struct File {
            let path: String
            let bytes: Int64?
            let sum: String
        }
        func files(_ manifest: JSONValue) -> [File] {
            (manifest["inputs"]?.elements ?? []).map { input in
                var bytes: Int64?
                if case .whole(let count)? = input["file"]?["bytes"] { bytes = count }
                return File(
                    path: input["file"]?["path"]?.text ?? "", bytes: bytes, sum: input["sha256"]?.text ?? "")
            }
        }
        var old = files(first)
        var new = files(second)
        var changes: [RunDifference.Input] = []
        func match(_ isPair: (File, File) -> Bool, _ fate: RunDifference.Input.Fate?) {
            for file in old {
                guard let position = new.firstIndex(where: { isPair(file, $0) }),
                    let own = old.firstIndex(where: { $0.path == file.path && $0.sum == file.sum })
                else { continue }
                let other = new.remove(at: position)
                old.remove(at: own)
                guard let fate else { continue }
                changes.append(
                    .init(
                        fate: fate, before: file.path, after: other.path, bytesBefore: file.bytes,
                        bytesAfter: other.bytes, sha256Before: file.sum, sha256After: other.sum))
            }
        }
        match({ $0.path == $1.path && $0.sum == $1.sum }, nil)
        match({ $0.sum == $1.sum }, .renamed)
        match({ $0.path == $1.path }, .changed)
        changes += old.map {
            .init(
                fate: .removed, before: $0.path, after: nil, bytesBefore: $0.bytes, bytesAfter: nil,
                sha256Before: $0.sum, sha256After: nil)
        }
        return changes
            + new.map {
                .init(
                    fate: .added, before: nil, after: $0.path, bytesBefore: nil, bytesAfter: $0.bytes,
                    sha256Before: nil, sha256After: $0.sum)
            }
    }

    /// The key figures of `kpis.csv`, when both runs have it: rows are matched by the columns before `value`.
    ///
    /// - Throws: `Problem` when one can't be read.
    func kpis() throws -> [RunDifference.Change] {
        guard before.has("kpis.csv"), after.has("kpis.csv") else { return [] }
        let (old, new) = (try KeyedValues(before.table("kpis.csv")), try KeyedValues(after.table("kpis.csv")))
        let known = Set(old.keys)
        let added = new.keys.filter { !known.contains($0) }
        return (old.keys + added).map { RunDifference.Change($0, old.values[$0], new.values[$0]) }
    }
}

/// A table of one value a row, by the cells before it.
struct KeyedValues {
    /// The cells before the value, apart by a comma, in the order of the table.
    private(set) var keys: [String] = []
    /// The values; an empty cell is no value.
    private(set) var values: [String: String] = [:]

    /// - Throws: `Problem(.data)` when there is no column `value`, or the table is damaged.
    init(_ table: SortedTable) throws {
        let value = try table.column("value")
        let rows = table.rows()
        while try rows.advance() {
            let key = (0..<value).map { rows.text($0) }.filter { !$0.isEmpty }.joined(separator: ", ")
            keys.append(key)
            let cell = rows.text(value)
            values[key] = cell.isEmpty ? nil : cell
        }
    }
}
