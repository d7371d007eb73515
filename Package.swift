// swift-tools-version: 6.2
import PackageDescription

// Modules stand in floor order: ground, stages, top (ARCHITECTURE.md). A target names all it imports;
// Tests/ArchitectureTests hold the list to the rule.

/// A Swift module of the house: Swift 6 language mode, dependencies named in full.
func room(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies)
}

let package = Package(
    name: "strata",
    products: [.executable(name: "strata", targets: ["strata"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    ],
    targets: [
        // Ground: what everything stands on.
        // cblas, from Debian's OpenBLAS.
        .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
        // LAPACK's C interface.
        .systemLibrary(name: "CLAPACKE", pkgConfig: "lapacke", providers: [.apt(["liblapacke-dev"])]),
        // Intel's ISA-L: gzip at 2 GB/s.
        .systemLibrary(name: "CISAL", pkgConfig: "libisal", providers: [.apt(["libisal-dev"])]),
        // OpenSSL's libcrypto: digests.
        .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        // The few hot loops that need wide vectors, with run-time dispatch, and two calls on memory that Swift lacks.
        .target(name: "CKernels"),
        // libphonenumber behind a C interface; libgeocoding is opened when it is asked for.
        .target(name: "CPhoneNumbers", linkerSettings: [.linkedLibrary("phonenumber")]),
        // Data compiled in: the segment maps.
        .target(name: "CResources"),
        // Seeded random numbers, ordered parallel loops, quantiles, AUC.
        room("Statistics", []),
        // Matrices, BLAS and LAPACK calls.
        room("LinearAlgebra", ["CLAPACKE", "COpenBLAS", "Statistics"]),
        // The vocabulary: Day, Money, TransactionBatch, Customers, PurchaseHistory, FeatureTable, ResultTable.
        room("CustomerData", ["CKernels", "Statistics"]),
        // What a cell means: dates, numbers, money, scripts, column names, countries, emails, phones.
        room("Semantics", ["CPhoneNumbers", "CustomerData"]),

        // Stages: one room each.
        // Files → batches, with positioned errors and column detection.
        room("Ingest", ["CISAL", "CKernels", "CustomerData", "LinearAlgebra", "Semantics", "Statistics"]),
        // Profile, scorecard, rules: reads, changes nothing.
        room("Quality", ["CKernels", "CustomerData", "Semantics", "Statistics"]),
        // Cells made right, every change written down.
        room("Cleaning", ["CustomerData", "Semantics", "Statistics"]),
        // Which records are one person or company; golden records.
        room("Matching", ["CustomerData", "Semantics", "Statistics"]),
        // PurchaseHistory and customers → FeatureTable, as of a date.
        room("Features", ["CustomerData", "Semantics", "Statistics"]),
        // RFM, lifecycle, leads, funnels, key figures, k-means.
        room("Segmentation", ["CKernels", "CResources", "CustomerData", "LinearAlgebra", "Semantics", "Statistics"]),
        // Baskets → itemsets, rules.
        room("Baskets", ["CKernels", "CustomerData", "Statistics"]),
        // A company with planted truth.
        room("Simulation", ["CustomerData", "Semantics", "Statistics"]),

        // Top: what joins and shows.
        // The envelope of a saved model.
        room("Models", ["CustomerData"]),
        // Any ResultTable → CSV.
        room("Export", ["CustomerData", "Statistics"]),
        // Any ResultTable → what people look at.
        room("Report", ["CustomerData"]),
        // The order of the stages, scoring, progress, the run manifest.
        room(
            "Pipeline",
            [
                "Baskets", "CCrypto", "CKernels", "Cleaning", "CustomerData", "Export", "Features", "Ingest",
                "LinearAlgebra", "Matching", "Models", "Quality", "Report", "Segmentation", "Semantics", "Simulation",
                "Statistics",
            ]),
        // The commands: parse, call Pipeline, print.
        .executableTarget(
            name: "strata",
            dependencies: [
                "Baskets", "Cleaning", "CustomerData", "Export", "Ingest", "Matching", "Models", "Pipeline", "Quality",
                "Segmentation", "Semantics", "Simulation", "Statistics",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Yams", package: "Yams"),
            ]),

        // Tests.
        tests("StatisticsTests", ["Statistics"]),
        tests("LinearAlgebraTests", ["LinearAlgebra"]),
        tests("CustomerDataTests", ["CustomerData", "Statistics"]),
        tests("SemanticsTests", ["CustomerData", "Semantics"]),
        tests(
            "IngestTests", ["CISAL", "CKernels", "CustomerData", "Ingest", "LinearAlgebra", "Semantics", "Statistics"]),
        tests("QualityTests", ["CKernels", "CustomerData", "Quality", "Semantics", "Statistics"]),
        tests("FeaturesTests", ["CustomerData", "Features", "Statistics"]),
        tests(
            "SegmentationTests",
            ["CKernels", "CustomerData", "LinearAlgebra", "Segmentation", "Semantics", "Statistics"]),
        tests("CleaningTests", ["Cleaning", "CustomerData", "Semantics", "Statistics"]),
        tests("MatchingTests", ["CustomerData", "Ingest", "Matching", "Semantics", "Simulation", "Statistics"]),
        tests("BasketsTests", ["Baskets", "CKernels", "CustomerData", "Ingest", "Statistics"]),
        tests("SimulationTests", ["CustomerData", "Simulation", "Statistics"]),
        tests("ExportTests", ["CustomerData", "Export", "Statistics"]),
        tests("ModelsTests", ["CustomerData", "Models"]),
        tests("ReportTests", ["CustomerData", "Report"]),
        tests("PipelineTests", ["CustomerData", "Pipeline", "Statistics"]),
        // One contract for every fitter.
        tests("ConformanceTests", ["CustomerData", "Features", "LinearAlgebra", "Segmentation", "Statistics"]),
        // The program as a person uses it (STRATA_BINARY, or .build-test/release/strata): its commands, its help, and
        // every command of the documentation.
        .testTarget(name: "CommandTests", exclude: ["Help", "Spoilt"]),
        // The rule of imports.
        tests("ArchitectureTests", []),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .c2x,
    cxxLanguageStandard: .cxx17
)
