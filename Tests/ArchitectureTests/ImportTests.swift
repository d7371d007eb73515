import Testing

/// The three floors: ground imports ground, stages import ground and never each other, the top joins.
@Suite struct ImportTests {
    static let ground: Set<String> = [
        "CCrypto", "COpenBLAS", "CLAPACKE", "CISAL", "CKernels", "CPhoneNumbers", "CResources", "Statistics",
        "LinearAlgebra",
        "CustomerData",
        "Semantics",
    ]
    static let stages: Set<String> = [
        "Ingest", "Quality", "Cleaning", "Matching", "Features", "Segmentation", "Baskets", "Simulation",
    ]
    static let joiners: Set<String> = ["Models", "Export", "Report"]

    let tree: SourceTree

    init() throws { tree = try SourceTree.house.get() }

    @Test func everyModuleHasAFloor() {
        let known = Self.ground.union(Self.stages).union(Self.joiners).union(["Pipeline", "strata"])
        #expect(Set(tree.modules) == known, "name the module's floor here and in ARCHITECTURE.md")
    }

    @Test func groundStagesAndJoinersImportGroundOnly() {
        for module in Self.ground.union(Self.stages).union(Self.joiners) {
            let wrong = tree.imports[module, default: []].subtracting(Self.ground)
            #expect(wrong.isEmpty, "\(module) imports \(wrong.sorted())")
        }
    }

    @Test func theGroundHasNoCircle() {
        var clear: Set<String> = []
        var left = Self.ground
        while let next = left.first(where: { tree.imports[$0, default: []].isSubset(of: clear) }) {
            clear.insert(next)
            left.remove(next)
        }
        #expect(left.isEmpty, "a circle among \(left.sorted())")
    }

    @Test func nothingImportsTheProgramAndOnlyTheProgramThePipeline() {
        for (module, imports) in tree.imports where module != "strata" {
            #expect(!imports.contains("strata") && !imports.contains("Pipeline"), "\(module)")
        }
    }

    @Test func librariesInCHaveOneUser() {
        let users = [
            "COpenBLAS": ["LinearAlgebra"], "CLAPACKE": ["LinearAlgebra"], "CISAL": ["Ingest"],
            "CResources": ["Segmentation"], "CCrypto": ["Pipeline"], "CPhoneNumbers": ["Semantics"],
        ]
        for (library, allowed) in users {
            let found = tree.imports.filter { $0.value.contains(library) }.keys
            #expect(Set(found).isSubset(of: allowed), "\(library) is imported by \(found.sorted())")
        }
    }

    @Test func whatIsImportedIsDeclared() {
        let declared = tree.declared
        for (module, imports) in tree.imports {
            let missing = imports.subtracting(declared[module, default: []])
            #expect(missing.isEmpty, "Package.swift: \(module) does not name \(missing.sorted())")
        }
        for file in tree.others where file.path.hasPrefix("Tests/") {
            let missing = Set(file.lines.compactMap(\.importedModule).filter(tree.modules.contains))
                .subtracting(declared[file.module, default: []])
            #expect(missing.isEmpty, "Package.swift: \(file.module) does not name \(missing.sorted())")
        }
    }

    /// The reading of imports and of the manifest itself, on known text.
    @Test func importsAreRead() {
        // "bring" stands for the keyword, so that these lines are not found themselves.
        let lines = [
            ("bring Foundation", "Foundation"), ("@testable bring Features", "Features"),
            ("public bring CustomerData", "CustomerData"), ("bring struct Ingest.Reader", "Ingest"),
            ("  bring  Statistics // and why", "Statistics"), ("// bring Report", nil),
            ("let word = \"bring Export\"", nil),
            ("reimport Export", nil),
        ]
        for (line, module) in lines {
            let text = line.replacing("bring", with: "import")
            #expect(SourceLine(text).importedModule == module, "\(text)")
        }
        let manifest = #"room("A", []), room("B", ["A", "C"]), .executableTarget(name: "d", dependencies: ["B"]),"#
        #expect(SourceTree.declarations(in: manifest) == ["A": [], "B": ["A", "C"], "d": ["B"]])
        #expect(tree.declared["strata"]?.contains("Pipeline") == true)
    }
}
