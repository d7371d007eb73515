import Testing

/// What stands in the sources, and what must not.
@Suite struct SourceRuleTests {
    let tree: SourceTree

    init() throws { tree = try SourceTree.house.get() }

    /// Lines of Swift outside of the named modules that have one of some texts in their code.
    func lines(with texts: [String], outside modules: Set<String> = []) -> [String] {
        tree.sources.filter { $0.path.hasSuffix(".swift") && !modules.contains($0.module) }.flatMap { file in
            file.lines.enumerated().filter { line in texts.contains { line.element.codeContains($0) } }
                .map { "\(file.path):\($0.offset + 1)" }
        }
    }

    @Test func thereAreSources() {
        #expect(tree.sources.count > 50)
        #expect(tree.others.contains { $0.path == "Tests/ArchitectureTests/SourceRuleTests.swift" })
    }

    @Test func onlyStatisticsStartsThreads() {
        let found = lines(
            with: [
                "DispatchQueue", "DispatchGroup", "OperationQueue", "concurrentPerform", "pthread_create", "Thread(",
                "Thread.", "Task {", "Task(", "Task.detached", "async", "withTaskGroup",
            ], outside: ["Statistics"])
        #expect(found.isEmpty)
    }

    @Test func onlyStatisticsVouchesForTheCompiler() {
        #expect(lines(with: ["@unchecked", "nonisolated(unsafe)"], outside: ["Statistics"]).isEmpty)
    }

    @Test func onlyTheProgramPrints() {
        let found = lines(
            with: ["print(", "debugPrint(", "dump(", "puts(", "fputs(", "printf(", "vprintf(", "NSLog("],
            outside: ["strata"])
        #expect(found.isEmpty)
    }

    @Test func nothingIsForced() {
        #expect(lines(with: ["try!", "as!"]).isEmpty)
        #expect(!tree.manifest.lines.contains { $0.codeContains("unsafeFlags") })
    }

    @Test func noFileIsTooLong() {
        for file in tree.sources {
            #expect(file.lines.count <= 500, "\(file.path) has \(file.lines.count) lines")
        }
    }

    @Test func filesAreNamedAfterWhatTheyHold() {
        for file in tree.sources {
            for word in ["Util", "Helper", "Manager", "Common", "Misc", "Placeholder"] {
                #expect(!file.path.contains(word), "\(file.path)")
            }
        }
    }

    @Test func nothingIsLeftOpen() {
        // Put together here, so that this line is not found.
        let marks = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"]
        for file in tree.sources + tree.others {
            for (number, line) in file.lines.enumerated() {
                for mark in marks where line.contains(mark) {
                    Issue.record("\(file.path):\(number + 1) says \(mark)")
                }
            }
        }
    }
}
