import Foundation
import Testing

/// A killed run leaves whole results under their names, and nothing else.
@Suite(.serialized, .enabled(if: Samples.hasOnlineRetail, "shared/data/online_retail is not there"))
struct WholeOrNotAtAllTests {
    let folder = Scratch()

    @Test func aKilledRunLeavesOnlyWholeFiles() throws {
        try folder.strata("run", Samples.onlineRetail, "--out", "whole")
        let names = [
            "cluster-choice.csv", "cluster-rules.csv", "cohorts.csv", "features.csv", "kpis.csv", "manifest.json",
            "model.json", "purchases.csv", "rejects.csv", "segment-features.csv", "segment-overview.csv",
            "segments.csv", "typical-customers.csv",
        ]
        #expect(folder.names(in: "whole") == names)
        let start = ContinuousClock.now
        try folder.strata("run", Samples.onlineRetail, "--out", "measured")
        let usual = (ContinuousClock.now - start) / .seconds(1)
        var found = 0
        for attempt in 0..<10 {
            let process = Process()
            process.executableURL = StrataProcess.binary
            process.arguments = ["run", Samples.onlineRetail, "--out", folder.path("killed")]
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            if attempt < 5 {
                // Anywhere in a run.
                Thread.sleep(forTimeInterval: usual * Double(attempt + 1) / 5)
            } else {
                // While the results are written: after the first appears.
                while process.isRunning, folder.names(in: "killed").isEmpty { usleep(200) }
                usleep(useconds_t(attempt - 5) * 30_000)
            }
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            let left = folder.names(in: "killed")
            found += left.count
            for name in left {
                #expect(names.contains(name), "\(name) was left behind")
                guard name != "manifest.json" else {
                    let manifest = try JSONSerialization.jsonObject(with: folder.data("killed/\(name)") ?? Data())
                    #expect(manifest is [String: Any])
                    continue
                }
                #expect(folder.data("killed/\(name)") == folder.data("whole/\(name)"), "\(name) is not whole")
            }
            _ = try StrataProcess.shell("rm -rf killed", in: folder)
        }
        #expect(found > 0, "no run got as far as a result")
    }
}
