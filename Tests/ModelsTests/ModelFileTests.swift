import CustomerData
import Foundation
import Models
import Testing

@Suite struct ModelFileTests {
    struct Content: Codable, Equatable, Sendable {
        var centres: [[Double]]
        var cuts: [Int64]
        var name: String
        var spare: Double?
    }

    let content = Content(
        centres: [[0.1, 1e-300], [.pi, -5]], cuts: [.min, .max], name: "مشتری 客户 \"q\"", spare: nil)

    func read(_ bytes: [UInt8], kind: String = "sample") throws -> Content {
        try ModelFile<Content>(bytes: bytes, path: "m.json", kind: kind).model
    }

    @Test func aModelReadsBackAsItWas() throws {
        let bytes = try ModelFile(kind: "sample", content).bytes()
        #expect(try read(bytes) == content)
        #expect(bytes == (try ModelFile(kind: "sample", content).bytes()), "equal models are equal files")
        #expect(bytes.last == UInt8(ascii: "\n"))
    }

    @Test func numbersReadBackExactly() throws {
        var bits: UInt64 = 0x9E37_79B9_7F4A_7C15
        var values: [Double] = [0, -0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude, .ulpOfOne, 1 / 3]
        while values.count < 5000 {
            bits = bits &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let value = Double(bitPattern: bits)
            if value.isFinite { values.append(value) }
        }
        let model = Content(centres: [values], cuts: [], name: "", spare: nil)
        let back = try read(try ModelFile(kind: "sample", model).bytes())
        #expect(back.centres[0].map(\.bitPattern) == values.map(\.bitPattern))
    }

    @Test func aFileCutAnywhereIsRefused() throws {
        let bytes = try ModelFile(kind: "sample", content).bytes()
        // Without its last newline, and without more after the closing brace, it is whole.
        for length in 0..<(bytes.count - 1) {
            #expect("cut to \(length) bytes") {
                _ = try read(Array(bytes.prefix(length)))
            } throws: { error in
                (error as? Problem)?.kind == .data && (error as? Problem)?.description.contains("m.json") == true
            }
        }
    }

    /// A changed byte may leave a model that is valid, and else it is bad data; it never ends the process.
    @Test func aFileWithAChangedByteIsReadOrRefused() throws {
        let bytes = try ModelFile(kind: "sample", content).bytes()
        var refused = 0
        for position in bytes.indices {
            for byte in [UInt8(0), UInt8(ascii: "9"), UInt8(ascii: "}"), 0xFF] {
                var damaged = bytes
                damaged[position] = byte
                do {
                    _ = try read(damaged)
                } catch let problem as Problem {
                    #expect(problem.kind == .data)
                    refused += 1
                }
            }
        }
        #expect(refused > bytes.count)
    }

    func problem(_ text: String, kind: String = "sample") -> Problem? {
        do {
            _ = try read(Array(text.utf8), kind: kind)
            return nil
        } catch {
            return error as? Problem
        }
    }

    @Test func otherFilesAreNamedForWhatTheyAre() throws {
        let text = String(decoding: try ModelFile(kind: "sample", content).bytes(), as: UTF8.self)
        let newer = problem(text.replacing("\"format\" : 1", with: "\"format\" : 2"))
        #expect(newer?.kind == .data && newer?.description.contains("format 2") == true)
        // A newer format may have other sections.
        #expect(
            problem(#"{"format": 3, "kind": "sample", "strata": "9.0", "model": 5}"#)
                == Problem(
                    .data,
                    "m.json was written by strata 9.0 in format 3; this strata \(strataVersion) reads formats up to 1: use the newer strata"
                ))
        #expect(problem(text, kind: "other")?.description == "m.json is a model of sample, expected one of other")
        #expect(problem("[]")?.description.contains("no strata model") == true)
        #expect(
            problem(text.replacing("\"cuts\"", with: "\"cats\""))?.description.contains("damaged at model.cuts") == true
        )
        #expect(
            problem(text.replacing("-5", with: "\"x\""))?.description.contains("damaged at model.centres.[1].[1]")
                == true)
    }
}
