import Statistics
import Testing

@testable import CustomerData

@Suite("Purchase lines by product") struct ProductHistoryTests {
    private struct Pair: Hashable {
        var customer: String
        var product: String
        var category: String
    }

    private func history(
        _ lines: [[(line: TransactionLine, category: String)]], threads: Int
    ) -> ProductHistory {
        let builder = ProductHistoryBuilder(threads: threads)
        // Categories stand behind the batch's lines as customers of lines of their own.
        let batches = lines.map { part in
            OwnedBatch(
                part.map(\.line) + part.map { TransactionLine($0.category, day: 0, value: 0) },
                columns: [.product, .quantity], block: 0)
        }
        let shared = UncheckedSendable(batches)
        Parallel(threads: threads).forEach(batches.count) { number, worker in
            let batch = shared.value[number].batch
            batch.count /= 2
            builder.add(batch, categories: batch.customers + batch.count, worker: worker)
        }
        let customers = Set(lines.joined().map { String(decoding: $0.line.customer, as: UTF8.self) }).sorted {
            $0.utf8.lexicographicallyPrecedes($1.utf8)
        }
        return builder.finish(customers: IdentifierList(customers), parallel: Parallel(threads: threads))
    }

    @Test func `Counts are those of a plain dictionary, for any number of threads`() {
        var random = SeededGenerator(seed: 5)
        let lines = (0..<40).map { _ in
            (0..<200).map { _ in
                (
                    line: TransactionLine(
                        "c\(random.index(below: 90))",
                        product: ["", "p1", "p2", "p33", "a long product"][random.index(below: 5)],
                        day: 1, quantity: random.index(below: 9) == 0 ? -1 : 1, value: 1),
                    category: ["", "tea", "mugs"][random.index(below: 3)]
                )
            }
        }
        var expected: [Pair: UInt32] = [:]
        for (line, category) in lines.joined() where line.quantity > 0 && !(line.product.isEmpty && category.isEmpty) {
            let pair = Pair(
                customer: String(decoding: line.customer, as: UTF8.self),
                product: String(decoding: line.product, as: UTF8.self), category: category)
            expected[pair, default: 0] += 1
        }
        let customers = Set(lines.joined().map { String(decoding: $0.line.customer, as: UTF8.self) }).sorted()
        let one = history(lines, threads: 1)
        var found: [Pair: UInt32] = [:]
        for customer in 0..<one.customerCount {
            for entry in one.starts[customer]..<one.starts[customer + 1] {
                let item = Int(one.items[entry])
                let (product, category) = (one.itemProducts[item], one.itemCategories[item])
                found[
                    Pair(
                        customer: customers[customer],
                        product: product == ProductHistory.none ? "" : one.products[Int(product)],
                        category: category == ProductHistory.none ? "" : one.categories[Int(category)])] =
                    one.lines[entry]
            }
        }
        #expect(found == expected)
        for threads in [2, 5] {
            let many = history(lines.shuffled(using: &random), threads: threads)
            #expect(many.starts == one.starts && many.items == one.items && many.lines == one.lines)
            #expect(many.itemProducts == one.itemProducts && many.itemCategories == one.itemCategories)
        }
    }
}
