import Baskets
import CustomerData
import Foundation
import Ingest
import Statistics
import Testing

/// Numbers of sets in well-known baskets.
@Suite(.serialized) struct ItemsetAnchorTests {
    static let shared = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared/data")
    static let isThere = FileManager.default.fileExists(atPath: shared.appending(path: "fimi/chess.dat").path)

    struct Cell: Sendable, CustomTestStringConvertible {
        let file: String
        let minimum: Int
        let all: Int
        let closed: Int?
        let maximal: Int?

        init(_ file: String, _ minimum: Int, _ all: Int, _ closed: Int?, _ maximal: Int?) {
            (self.file, self.minimum, self.all, self.closed, self.maximal) = (file, minimum, all, closed, maximal)
        }

        var testDescription: String { "\(file) at \(minimum)" }
    }

    // Borgelt's FIM (PyPI pyfim 6.28), as written down in the anchors of the project. PyFIM leaves out the set of an item
    // that is in every basket (of [[1, 2], [1, 3], [1]] at 1 it lists {2}, {3}, {1, 2}, {1, 3}, but not {1}); mushroom
    // has such an item, 85, so its numbers of all and of closed sets are one more here.
    static let cells: [Cell] = [
        Cell("groceries/groceries.csv", 99, 333, 333, 243), Cell("groceries/groceries.csv", 10, 13_492, 13_464, 7_794),
        Cell("fimi/retail.dat.gz", 89, 7_589, 7_572, 3_452), Cell("fimi/retail.dat.gz", 45, 19_242, 19_114, 8_143),
        Cell("fimi/retail.dat.gz", 18, 67_186, 65_301, 25_580), Cell("fimi/retail.dat.gz", 10, 189_400, nil, nil),
        Cell("fimi/T10I4D100K.dat.gz", 1000, 385, 385, 370), Cell("fimi/T10I4D100K.dat.gz", 500, 1_073, 1_073, 585),
        Cell("fimi/T10I4D100K.dat.gz", 100, 27_532, 26_806, 4_054),
        Cell("fimi/T10I4D100K.dat.gz", 50, 53_385, 46_993, 12_062),
        Cell("fimi/mushroom.dat", 3250, 564 + 1, 139 + 1, 41), Cell("fimi/mushroom.dat", 2438, 2_734 + 1, 426 + 1, 63),
        Cell("fimi/mushroom.dat", 1625, 53_582 + 1, 1_196 + 1, 158),
        Cell("fimi/mushroom.dat", 813, 574_430 + 1, 4_884 + 1, 547),
        Cell("fimi/chess.dat", 2557, 8_227, 5_083, 226), Cell("fimi/chess.dat", 1918, 254_944, 98_392, 3_323),
        Cell("fimi/chess.dat", 1500, 2_076_329, 549_872, nil),
    ]

    @Test(.enabled(if: isThere, "shared/data/fimi is not beside the package"), arguments: cells)
    func setsAreAsManyAsThePeersFind(_ cell: Cell) throws {
        let isNumbers = cell.file.contains(".dat")
        let table = try BasketReader(
            paths: [Self.shared.appending(path: cell.file).path], form: isNumbers ? .dat : .lines,
            options: .init(delimiter: isNumbers ? nil : UInt8(ascii: ","))
        ).read().baskets
        for (target, expected) in [
            (Itemsets.Target.all, Optional(cell.all)), (.closed, cell.closed), (.maximal, cell.maximal),
        ] {
            guard let expected else { continue }
            var options = Itemsets.Options(support: .count(cell.minimum))
            options.target = target
            let search = try Itemsets(options).search(table)
            #expect(try search.count().setCount == expected, "counted")
            var listed = 0
            _ = try search.list { block in
                var sets = 0
                block.forEach { _, count in if count >= cell.minimum { sets += 1 } }
                return sets
            } take: {
                listed += $0
            }
            #expect(listed == expected, "listed")
        }
    }
}
