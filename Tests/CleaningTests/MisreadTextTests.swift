import Foundation
import Testing

@testable import Cleaning

@Suite struct MisreadTextTests {
    /// What a program does that takes UTF-8 for Windows-1252.
    private func misread(_ text: String) -> String? { String(data: Data(text.utf8), encoding: .windowsCP1252) }

    @Test(arguments: ["Zoë", "Müller", "Ångström", "José María", "علی", "北京", "O’Brien"])
    func whatWasMisreadIsReadAgain(text: String) {
        guard let wrong = misread(text) else { return }
        #expect(MisreadText.decoded(wrong) == text)
        if let twice = misread(wrong) { #expect(MisreadText.decoded(twice) == text) }
    }

    /// Words as languages have them, with the letters that misread text begins with.
    @Test(arguments: [
        "Zoë", "Âme", "Ãngela", "São Paulo", "Île-de-France", "Ñuñoa", "Øystein", "Übergröße", "ÂÊÎÔÛ", "Ànnû",
        "München",
        "Œuvre", "علی", "欧阳", "A&B", "R&D; x", "Smith & Co",
    ]) func whatIsRightStays(text: String) { #expect(MisreadText.decoded(text) == nil) }

    @Test func entitiesAreSigns() {
        #expect(MisreadText.decoded("O&#39;Brien") == "O'Brien")
        #expect(MisreadText.decoded("Smith &amp; Sons") == "Smith & Sons")
    }
}
