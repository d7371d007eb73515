import CustomerData
import Foundation
import Statistics
import Testing

/// What every fitter promises.
@Suite("The contract of fitters")
struct ContractTests {
    @Test(arguments: Fitters.all) func `fitting twice gives the same bytes`(fitter: AnyFitter) throws {
        func check<F: Fitter>(_: F.Type) throws {
            let input = F.input(rowCount: 500)
            #expect(try F.saved(F.fit(input)) == F.saved(F.fit(input)))
        }
        try check(fitter.type)
    }

    @Test(arguments: Fitters.all) func `any number of threads gives the same bytes`(fitter: AnyFitter) throws {
        func check<F: Fitter>(_: F.Type) throws {
            let input = F.input(rowCount: 20_000)
            let one = Parallel(threads: 1)
            let expected = try F.fit(input, seed: 1, parallel: one)
            let results = try F.results(expected, input, parallel: one)
            for threads in 2...3 {
                let several = Parallel(threads: threads)
                let model = try F.fit(input, seed: 1, parallel: several)
                #expect(try F.saved(model) == F.saved(expected))
                #expect(try F.results(model, input, parallel: several) == results)
            }
        }
        try check(fitter.type)
    }

    @Test(arguments: Fitters.all) func `a seed repeats, and another gives a model too`(fitter: AnyFitter) throws {
        func check<F: Fitter>(_: F.Type) throws {
            let input = F.input(rowCount: 300)
            for seed: UInt64 in [0, 7, .max] {
                let model = try F.fit(input, seed: seed, parallel: Parallel(threads: 2))
                #expect(try F.saved(model) == F.saved(F.fit(input, seed: seed, parallel: Parallel(threads: 2))))
                #expect(try F.results(model, input).count == 300)
                if !F.isSeeded { #expect(try model == F.fit(input)) }
            }
        }
        try check(fitter.type)
    }

    @Test(arguments: Fitters.all) func `a saved model is read back equal, and says the same`(fitter: AnyFitter) throws {
        func check<F: Fitter>(_: F.Type) throws {
            let input = F.input(rowCount: 200)
            let model = try F.fit(input)
            let read = try JSONDecoder().decode(F.Model.self, from: F.saved(model))
            #expect(read == model)
            #expect(try F.saved(read) == F.saved(model))
            #expect(try F.results(read, input) == F.results(model, input))
        }
        try check(fitter.type)
    }

    @Test(arguments: Fitters.all) func `a damaged model is not read`(fitter: AnyFitter) throws {
        func check<F: Fitter>(_: F.Type) throws {
            let saved = try F.saved(F.fit(F.input(rowCount: 200)))
            let whole = try #require(try JSONSerialization.jsonObject(with: saved) as? [String: Any])
            for key in whole.keys {
                var damaged = whole
                damaged[key] = NSNull()
                let data = try JSONSerialization.data(withJSONObject: damaged)
                #expect(throws: DecodingError.self, "without \(key)") {
                    _ = try JSONDecoder().decode(F.Model.self, from: data)
                }
            }
        }
        try check(fitter.type)
    }

    @Test(arguments: Fitters.all) func `the order of the rows changes no row's result`(fitter: AnyFitter) throws {
        func check<F: Fitter>(_: F.Type) throws {
            let input = F.input(rowCount: 400)
            var generator = SeededGenerator(seed: 11)
            let order = Array(0..<400).shuffled(using: &generator)
            let shuffled = F.reordered(input, order)
            let results = try F.results(F.fit(input), input)
            let others = try F.results(F.fit(shuffled), shuffled)
            let expected = order.map { results[$0] }
            if F.namesAreArbitrary {
                #expect(Renaming.exists(expected, others))
            } else {
                #expect(others == expected)
            }
        }
        try check(fitter.type)
    }

    @Test(arguments: Fitters.all) func `a value that is no number is refused, with its place`(fitter: AnyFitter) throws
    {
        func check<F: Fitter>(_: F.Type) throws {
            guard let poisoned = F.poisoned(F.input(rowCount: 100)) else { return }
            let problem = #expect(throws: Problem.self) { _ = try F.fit(poisoned) }
            #expect(problem?.kind == .data)
            #expect(problem?.description.contains("row ") == true)
            #expect(problem?.description.contains("column ") == true)
        }
        try check(fitter.type)
    }

    @Test(arguments: Fitters.all) func `no rows are refused in a sentence, or have a model`(fitter: AnyFitter) throws {
        func check<F: Fitter>(_: F.Type) throws {
            let empty = F.input(rowCount: 0)
            if F.refusesNoRows {
                let problem = #expect(throws: Problem.self) { _ = try F.fit(empty) }
                #expect(problem?.kind == .data)
            } else {
                #expect(try F.results(F.fit(empty), empty).isEmpty)
            }
            // A model of other rows takes none as well.
            #expect(try F.results(F.fit(F.input(rowCount: 50)), empty).isEmpty)
        }
        try check(fitter.type)
    }

    @Test(arguments: Fitters.all) func `too few rows are refused with both numbers`(fitter: AnyFitter) throws {
        func check<F: Fitter>(_: F.Type) throws {
            guard let few = F.tooFewRows else { return }
            let problem = #expect(throws: Problem.self) { _ = try F.fit(few.input) }
            #expect(problem?.kind == .data)
            for mention in few.mentions { #expect(problem?.description.contains(mention) == true) }
        }
        try check(fitter.type)
    }

    @Test(arguments: Fitters.all) func `one row is judged as it is among many`(fitter: AnyFitter) throws {
        func check<F: Fitter>(_: F.Type) throws {
            let input = F.input(rowCount: 60)
            let model = try F.fit(input)
            let results = try F.results(model, input)
            for row in [0, 17, 59] {
                #expect(try F.results(model, F.reordered(input, [row])) == [results[row]])
            }
        }
        try check(fitter.type)
    }
}

/// Comparison of labels up to their names.
enum Renaming {
    /// Whether some one-to-one renaming turns the left labels into the right ones.
    static func exists(_ left: [String], _ right: [String]) -> Bool {
        guard left.count == right.count else { return false }
        var forward: [String: String] = [:]
        var backward: [String: String] = [:]
        for (one, other) in zip(left, right) {
            if forward[one, default: other] != other || backward[other, default: one] != one { return false }
            forward[one] = other
            backward[other] = one
        }
        return true
    }
}

@Suite("Renaming")
struct RenamingTests {
    @Test func `labels equal up to a permutation are found so, others not`() {
        #expect(Renaming.exists(["0", "1", "1", "2"], ["b", "a", "a", "c"]))
        #expect(!Renaming.exists(["0", "1"], ["a", "a"]))
        #expect(!Renaming.exists(["0", "0"], ["a", "b"]))
        #expect(!Renaming.exists(["0"], ["a", "a"]))
    }
}
