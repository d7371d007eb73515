import Matching

/// What the entities of a matching are called: those that were known keep their names, the lowest where several became one.
struct EntityNames {
    /// The number of each entity.
    let numbers: [Int32]
    /// What is new in the log.
    let log: [MatchLog.Line]

    init(_ table: RecordTable, _ result: MatchResult, _ constraints: MatchConstraints, _ folder: MatchedFolder?) {
        let entities = result.entities.entities
        var numbers = [Int32](repeating: 0, count: result.entities.count)
        for (row, known) in constraints.entities.enumerated() where known >= 0 {
            let entity = Int(entities[row])
            numbers[entity] = numbers[entity] == 0 ? known : min(numbers[entity], known)
        }
        var next = folder?.lastEntity ?? 0
        // Records of new entities: the first of each begins it, the others come to it.
        var isBegun = numbers.map { $0 > 0 }
        var log: [MatchLog.Line] = []
        var mergeNumbers: [Int: Int] = [:]
        var lastNumber = folder?.log.last?.number ?? 0
        for (row, entity) in entities.enumerated().map({ ($0, Int($1)) }) {
            if numbers[entity] == 0 {
                next += 1
                numbers[entity] = next
            }
            let known = constraints.entities.isEmpty ? -1 : constraints.entities[row]
            if known == numbers[entity] { continue }
            if known < 0, !isBegun[entity] {
                isBegun[entity] = true
                continue
            }
            let number: Int
            if let same = mergeNumbers[entity] {
                number = same
            } else {
                lastNumber += 1
                number = lastNumber
                mergeNumbers[entity] = number
            }
            log.append(
                .init(
                    number: number, action: "merge", entity: numbers[entity], from: known < 0 ? nil : known,
                    record: table.name(of: row), of: nil))
        }
        self.numbers = numbers
        // What happened together stands together.
        self.log = log.enumerated().sorted { ($0.element.number, $0.offset) < ($1.element.number, $1.offset) }
            .map(\.element)
    }

    func name(_ entity: Int) -> String { "E\(numbers[entity])" }
}
