import Cleaning
import CustomerData
import Foundation
import Ingest
import Models

/// What a cleaning read, did and found: `manifest.json` of its folder. `strata clean --undo` reads from it how the
/// original was written.
struct CleanManifest: Codable {
    /// How a file was written, so that it can be written so again.
    struct Form: Codable {
        /// Encoding and byte order mark.
        let encoding: TextEncoding
        let hasByteOrderMark: Bool
        let delimiter: String
        /// `LF`, `CRLF` or `CR`.
        let newline: String
        let endsWithNewline: Bool
        /// What stands before the first row: the header as it was written.
        let head: String
        /// By column: whether cells that hold something, and those that hold nothing, stand in quotes.
        let quoted: [Bool]
        let emptyQuoted: [Bool]
    }

    struct Column: Codable {
        let header: String
        let kind: ColumnKind
        /// Its column in customers.csv, from 0.
        let place: Int
        /// Cells that hold something, before and after.
        let filledBefore: Int
        let filledAfter: Int
        /// Cells changed, by rule.
        let changed: [String: Int]
        /// Cells left to a person, by reason.
        let review: [String: Int]
    }

    struct Rows: Codable {
        let read: Int
        let accepted: Int
        let merged: Int
        let archived: Int
        let rejected: [String: Int]
        let blankLines: Int
    }

    struct Source: Codable {
        let name: String
        let path: String
        let sha256: String
        let bytes: Int
        let gzip: Bool
        let records: Int
        /// Of all cells and rejected records in their order (`CellDigest`), by which an undo knows that it gave them back.
        let cells: String
        let form: Form
        let columns: [Column]
        let rows: Rows
    }

    struct Options: Codable {
        let region: String
        let asOf: Day?
        let dateOrder: String?
        let fills: [String]
        let archiveAfterDays: Int?
        let archiveColumn: String?
        let enriched: [String]
        let maxRejectShare: Double
    }

    static let kind = "clean"
    static let format = 1

    let kind: String
    let format: Int
    let strata: String
    let sources: [Source]
    /// Rows of customers.csv, and of archive.csv.
    let customers: Int
    let archived: Int
    let options: Options
    /// Plans that were made until one changed nothing.
    let rounds: Int
    let isSettled: Bool
    let files: [String]

    /// The files of the cleaning that a folder has; none where it has none.
    static func files(in folder: String) -> [String] { (try? read(folder: folder))?.files ?? [] }

    /// Reads the manifest of a folder.
    ///
    /// - Throws: `Problem` when there is none, or it is of another kind or version.
    static func read(folder: String) throws -> CleanManifest {
        let path = OutputFolder.path("manifest.json", in: folder)
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Problem(.inputMissing, "\(path): can't be opened: expected the folder that strata clean wrote")
        }
        struct Head: Decodable {
            let kind: String?
            let format: Int?
        }
        let head = try? JSONDecoder().decode(Head.self, from: data)
        guard head?.kind == kind else {
            throw Problem(.data, "\(path) is no manifest of strata clean: name the folder that it wrote")
        }
        guard head?.format == format, let manifest = try? JSONDecoder().decode(CleanManifest.self, from: data) else {
            throw Problem(.data, "\(path) is damaged, or of another version of strata: clean the file again")
        }
        return manifest
    }
}

/// The files of a cleaning.
enum CleanFiles {
    static let customers = "customers.csv"
    static let ledger = "ledger.csv"
    static let rejects = "rejects.csv"
    static let review = "review.csv"
    static let archive = "archive.csv"
    static let contact = "to-contact.csv"
    static let mapping = "mapping.csv"
    static let links = "links.csv"
    static let conflicts = "conflicts.csv"
    static let quality = "quality.csv"
    static let manifest = "manifest.json"

    static let all = [
        customers, ledger, rejects, review, archive, contact, mapping, links, conflicts, quality, manifest,
    ]

    static let ledgerHeader = ["record", "id", "column", "before", "after", "rule", "confidence", "source"]
    static let rejectsHeader = ["source", "record", "line", "status", "reason", "text"]
    static let reviewHeader = ["record", "id", "column", "value", "reason", "suggestion", "confidence", "source"]
    static let linksHeader = ["source", "record", "row"]
    static let conflictsHeader = ["row", "id", "column", "source", "record", "value", "chosen"]
    static let changesHeader = ["record", "id", "column", "before", "after", "rule", "confidence"]
    static let mappingHeader = ["column", "from", "to", "decision", "rows", "method", "confidence"]
}
