import CustomerData
import Foundation
import Testing

@testable import Export

@Suite struct OutputFileTests {
    /// Calls `body` with a folder of its own.
    func inFolder(_ body: (String) throws -> Void) throws {
        let folder = NSTemporaryDirectory() + "strata-output-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    func names(_ folder: String) throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder) }

    func mode(_ path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return try #require(attributes[.posixPermissions] as? Int)
    }

    @Test(arguments: [true, false]) func aFileAppearsWithItsLastByte(unnamed: Bool) throws {
        try inFolder { folder in
            let path = folder + "/out.csv"
            let file = try OutputFile(path: path, personal: false, allowsUnnamed: unnamed)
            try file.write("half ")
            #expect(!FileManager.default.fileExists(atPath: path))
            try file.write("whole")
            try file.commit()
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "half whole")
            #expect(try names(folder) == ["out.csv"])
        }
    }

    @Test(arguments: [true, false]) func aFileNotCommittedLeavesWhatStoodThere(unnamed: Bool) throws {
        try inFolder { folder in
            let path = folder + "/out.csv"
            try "old".write(toFile: path, atomically: false, encoding: .utf8)
            do {
                let file = try OutputFile(path: path, personal: false, allowsUnnamed: unnamed)
                try file.write("new")
            }
            #expect(try names(folder) == ["out.csv"])
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
            let file = try OutputFile(path: path, personal: false, allowsUnnamed: unnamed)
            try file.write("new")
            try file.commit()
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "new")
            #expect(try names(folder) == ["out.csv"])
        }
    }

    @Test(arguments: [true, false]) func personalFilesAreTheOwnersAlone(unnamed: Bool) throws {
        try inFolder { folder in
            for personal in [true, false] {
                let path = folder + "/\(personal).csv"
                let file = try OutputFile(path: path, personal: personal, allowsUnnamed: unnamed)
                try file.commit()
                if personal {
                    #expect(try mode(path) == 0o600)
                } else {
                    #expect(try mode(path) & 0o600 == 0o600 && mode(path) & ~0o644 == 0)
                }
            }
        }
    }

    @Test func aSymbolicLinkStaysOne() throws {
        try inFolder { folder in
            try "old".write(toFile: folder + "/real.csv", atomically: false, encoding: .utf8)
            try FileManager.default.createSymbolicLink(
                atPath: folder + "/link.csv", withDestinationPath: folder + "/real.csv")
            let file = try OutputFile(path: folder + "/link.csv", personal: false)
            try file.write("new")
            try file.commit()
            #expect(try String(contentsOfFile: folder + "/real.csv", encoding: .utf8) == "new")
            let link = try FileManager.default.attributesOfItem(atPath: folder + "/link.csv")
            #expect(link[.type] as? FileAttributeType == .typeSymbolicLink)
        }
    }

    @Test func aFullDiskIsOneSentence() throws {
        let file = try OutputFile(path: "/dev/full", personal: false)
        #expect(throws: Problem(.outputFailed, "can't write /dev/full: No space left on device")) {
            try file.write("x")
        }
    }

    @Test func devicesAreWrittenStraight() throws {
        let file = try OutputFile(path: "/dev/null", personal: false)
        try file.write("x")
        try file.commit()
        let type = try FileManager.default.attributesOfItem(atPath: "/dev/null")[.type]
        #expect(type as? FileAttributeType == .typeCharacterSpecial)
    }

    @Test func aMissingFolderAndAFolderAreNamed() throws {
        try inFolder { folder in
            #expect(
                throws: Problem(.outputFailed, "can't write \(folder)/no/out.csv: there is no folder \(folder)/no")
            ) { try OutputFile(path: folder + "/no/out.csv", personal: false) }
            #expect(throws: Problem(.outputFailed, "can't write \(folder): it is a folder")) {
                try OutputFile(path: folder, personal: false)
            }
            #expect(throws: Problem(.outputFailed, "can't write an output without a name")) {
                try OutputFile(path: "", personal: false)
            }
        }
    }

    /// Whether this process may make a file system of its own.
    static let canMount: Bool = {
        let folder = NSTemporaryDirectory() + "strata-mount-\(UUID().uuidString)"
        mkdir(folder, 0o700)
        defer { rmdir(folder) }
        guard mount("tmpfs", folder, "tmpfs", 0, "size=16k") == 0 else { return false }
        umount(folder)
        return true
    }()

    @Test(.enabled(if: canMount, "needs the right to mount a small file system"), arguments: [true, false])
    func aFullFileSystemLeavesNothing(unnamed: Bool) throws {
        try inFolder { folder in
            try #require(mount("tmpfs", folder, "tmpfs", 0, "size=16k") == 0)
            defer { umount(folder) }
            let path = folder + "/out.csv"
            let file = try OutputFile(path: path, personal: false, allowsUnnamed: unnamed)
            #expect(throws: Problem(.outputFailed, "can't write \(path): No space left on device")) {
                for _ in 0..<100 { try file.write(String(repeating: "x", count: 4096)) }
            }
            #expect(try names(folder) == [])
        }
    }
}
