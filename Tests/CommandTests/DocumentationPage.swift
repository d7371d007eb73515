import Foundation
import Testing

/// A page of the documentation: its commands, what it says they print, its table of refusals, and its links.
struct DocumentationPage: CustomTestStringConvertible {
    /// A fenced block.
    struct Block {
        /// What stands behind the opening fence.
        let language: String
        /// The number of its first line within the fence, from 0.
        let start: Int
        var lines: [String]

        var text: String { lines.joined(separator: "\n") }
    }

    /// A row of a table of refusals: what is wrong, a command, its sentence and its exit status.
    struct Refusal {
        /// The row's line, from 0.
        let line: Int
        let cause: String
        let command: String
        let sentence: String
        let status: String
    }

    /// Path from the package's root.
    let path: String
    var lines: [String]

    var testDescription: String { path }

    /// README.md, ARCHITECTURE.md and everything in `docs`.
    static let all: [DocumentationPage] = {
        let root = DocumentationShell.root
        let folder = root.appending(path: "docs")
        let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.allObjects ?? []
        let pages = found.compactMap { $0 as? URL }.filter { $0.pathExtension == "md" }.map { url in
            "docs/" + url.pathComponents.dropFirst(folder.pathComponents.count).joined(separator: "/")
        }
        return (["README.md", "ARCHITECTURE.md"] + pages.sorted()).compactMap { path in
            (try? String(contentsOf: root.appending(path: path), encoding: .utf8)).map { text in
                DocumentationPage(path: path, lines: text.components(separatedBy: "\n"))
            }
        }
    }()

    /// The fenced blocks from top to bottom.
    var blocks: [Block] {
        var blocks: [Block] = []
        var open: Block?
        for (number, line) in lines.enumerated() {
            if line.hasPrefix("```") {
                if let block = open {
                    blocks.append(block)
                    open = nil
                } else {
                    open = Block(language: String(line.dropFirst(3)), start: number + 1, lines: [])
                }
            } else {
                open?.lines.append(line)
            }
        }
        return blocks
    }

    /// Blocks of commands, each with the block of text that is next to it, which is what it prints.
    var examples: [(commands: Block, output: Block?)] {
        let blocks = blocks
        return blocks.indices.filter { blocks[$0].language == "sh" }.map { index in
            let next = index + 1 < blocks.count ? blocks[index + 1] : nil
            return (blocks[index], next?.language == "text" ? next : nil)
        }
    }

    /// Rows of four cells whose second is a command of strata.
    var refusals: [Refusal] {
        lines.enumerated().compactMap { number, line in
            let bar = "\u{1}"
            let cells = line.replacing("\\|", with: bar).split(separator: "|").map {
                $0.replacing(bar, with: "|").trimmingCharacters(in: .whitespaces)
            }
            guard cells.count == 4, cells[1].hasPrefix("`strata ") else { return nil }
            let code = CharacterSet(charactersIn: "`")
            return Refusal(
                line: number, cause: cells[0], command: cells[1].trimmingCharacters(in: code),
                sentence: cells[2].trimmingCharacters(in: code), status: cells[3])
        }
    }

    /// Targets of links within the package.
    var links: [String] {
        lines.flatMap { line in
            line.components(separatedBy: "](").dropFirst().map { String($0.prefix { $0 != ")" && $0 != "#" }) }
        }.filter { !$0.isEmpty && !$0.contains("://") }
    }

    /// Writes the page, with other text in some blocks and other rows.
    func write(outputs: [(block: Block, text: String)], rows: [(line: Int, text: String)]) throws {
        var lines = lines
        for (line, text) in rows { lines[line] = text }
        // From the bottom up, so that the numbers of the lines above hold.
        for (block, text) in outputs.sorted(by: { $0.block.start > $1.block.start }) {
            lines.replaceSubrange(
                block.start..<block.start + block.lines.count, with: text.components(separatedBy: "\n"))
        }
        try lines.joined(separator: "\n").write(
            to: DocumentationShell.root.appending(path: path), atomically: true, encoding: .utf8)
    }
}
